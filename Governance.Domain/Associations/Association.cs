using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <summary>A declaration to the prefecture, as filed and acknowledged.</summary>
public sealed record Declaration(string Reference, EffectiveTime FiledOn, string? Receipt = null, EffectiveTime? ReceiptOn = null);

public abstract record Association : IState<Association>
{
    private Association() { }

    public sealed record Unfounded : Association;

    /// <param name="Statutes">The version of the statutes adopted with the last transformation; null before any.</param>
    /// <param name="Declarations">By the event that made each due.</param>
    public sealed record Active(
        AssociationId Id,
        string Slug,
        string Name,
        string ShortName,
        string Purpose,
        string Seat,
        string TimeZone,
        EffectiveTime Since,
        StatutesVersionId? Statutes,
        ImmutableDictionary<EventId, Declaration> Declarations) : Association;

    public sealed record Dissolved(Active Was, EffectiveTime On) : Association;

    public static Association Initial { get; } = new Unfounded();

    public static StreamId Stream { get; } = new("association");

    /// <summary>The declaration that an event made due; null when none was filed.</summary>
    public Declaration? DeclarationOf(EventId due) => (this switch
    {
        Active active => active,
        Dissolved gone => gone.Was,
        _ => null,
    })?.Declarations.GetValueOrDefault(due);

    public Association Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unfounded, AssociationFounded e) => new Active(
            e.Association, e.Slug, e.Name, e.ShortName, e.Purpose, e.Seat, e.TimeZone, on, null, ImmutableDictionary<EventId, Declaration>.Empty),
        (Active a, AssociationRenamed e) => a with { Name = e.Name, ShortName = e.ShortName },
        (Active a, PurposeChanged e) => a with { Purpose = e.Purpose },
        (Active a, SeatMoved e) => a with { Seat = e.Seat },
        (Active a, AssociationTransformed e) => a with { Name = e.Name, ShortName = e.ShortName, Purpose = e.Purpose, Statutes = e.Statutes },
        (Active a, AssociationDissolved) => new Dissolved(a, on),
        (Active a, DeclarationFiled or DeclarationReceiptRecorded) => Declare(a, @event, on),
        (Dissolved d, DeclarationFiled or DeclarationReceiptRecorded) => d with { Was = Declare(d.Was, @event, on) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private static Active Declare(Active a, IEvent @event, EffectiveTime on) => @event switch
    {
        DeclarationFiled e when !a.Declarations.ContainsKey(e.Due)
            => a with { Declarations = a.Declarations.Add(e.Due, new Declaration(e.Reference, on)) },
        DeclarationReceiptRecorded e when a.Declarations.GetValueOrDefault(e.Due) is { Receipt: null } filed
            => a with { Declarations = a.Declarations.SetItem(e.Due, filed with { Receipt = e.Receipt, ReceiptOn = on }) },
        _ => throw ImpossibleHistoryException.After(a, @event, on),
    };
}
