using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What an association is called, what it is for and where it sits, on any date.</summary>
public sealed class Associations : TimelineModel<Associations.Association>
{
    private const string Stored = "associations_1";

    /// <param name="Founded">When it came to be.</param>
    /// <param name="Statutes">The version of the statutes adopted when it was last transformed; null when it never was.</param>
    /// <param name="Dissolved">When it came to its end; null while it stands.</param>
    public sealed record Association(
        AssociationId Id, string Slug, string Name, string ShortName, string Purpose, string Seat, string TimeZone,
        EffectiveTime Founded, StatutesVersionId? Statutes, EffectiveTime? Dissolved);

    /// <summary>Where an association is found in this installation.</summary>
    public sealed record Address(AssociationId Association, string Slug, string Name, string TimeZone);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["association"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(AssociationFounded), typeof(AssociationRenamed), typeof(PurposeChanged), typeof(SeatMoved), typeof(AssociationTransformed),
        typeof(AssociationDissolved),
    ];

    public override IReadOnlyList<string> Indexes => ["(slug)"];

    public override Columns<Association> Columns { get; } = new Columns<Association>()
        .Text("slug", a => a.Slug)
        .Text("name", a => a.Name)
        .Text("short_name", a => a.ShortName)
        .Text("purpose", a => a.Purpose)
        .Text("seat", a => a.Seat)
        .Text("time_zone", a => a.TimeZone)
        .Time("founded", a => a.Founded)
        .Uuid("statutes", a => a.Statutes?.Value, optional: true)
        .Time("dissolved", a => a.Dissolved, optional: true);

    public override IEnumerable<Segment<Association>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(association.Value, history, default(Association), Evolve, a => a);

    private static Association? Evolve(Association? a, Recorded e) => (a, e.Event) switch
    {
        (null, AssociationFounded f) => new(f.Association, f.Slug, f.Name, f.ShortName, f.Purpose, f.Seat, f.TimeZone, e.On, null, null),
        (not null, AssociationRenamed r) => a with { Name = r.Name, ShortName = r.ShortName },
        (not null, PurposeChanged p) => a with { Purpose = p.Purpose },
        (not null, SeatMoved s) => a with { Seat = s.Seat },
        (not null, AssociationTransformed t) => a with { Name = t.Name, ShortName = t.ShortName, Purpose = t.Purpose, Statutes = t.Statutes },
        (not null, AssociationDissolved) => a with { Dissolved = e.On },
        _ => throw ImpossibleHistoryException.After((object?)a ?? "an association not founded", e.Event, e.On),
    };

    /// <summary>The association at the view's moment; null before it was founded or known.</summary>
    public static ValueTask<Association?> FindAsync(ReadView view, CancellationToken ct = default) => view.Database.FindAsync(
        view,
        $"""
        select slug, name, short_name, purpose, seat, time_zone, founded, founded_precision, statutes, dissolved, dissolved_precision
        from read.{Stored} a where {AsOf.Of("a")}
        """,
        r => new Association(
            view.Association, r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.Time(6),
            r.IdOrNull<StatutesVersionId>(8), r.TimeOrNull(9)),
        ct);

    /// <summary>Every association of this installation under its latest name, ordered by name, whatever the dates of its life.</summary>
    public static ValueTask<IReadOnlyList<Address>> AddressesAsync(ReadDatabase database, CancellationToken ct = default) =>
        AddressesAsync(database, null, ct);

    /// <summary>The association of an address, or null.</summary>
    public static async ValueTask<Address?> AddressOfAsync(ReadDatabase database, string slug, CancellationToken ct = default) =>
        await AddressesAsync(database, slug, ct).ConfigureAwait(false) is [var address, ..] ? address : null;

    private static ValueTask<IReadOnlyList<Address>> AddressesAsync(ReadDatabase database, string? slug, CancellationToken ct) => database.ListAsync(
        $"""
        select tenant, slug, name, time_zone from (
            select distinct on (tenant) tenant, slug, name, time_zone from read.{Stored}
            where upper_inf(recorded) and (@slug::text is null or slug = @slug) order by tenant, lower(effective) desc) a
        order by name, tenant
        """,
        r => new Address(r.Id<AssociationId>(0), r.GetString(1), r.GetString(2), r.GetString(3)),
        ct,
        ("slug", slug));
}
