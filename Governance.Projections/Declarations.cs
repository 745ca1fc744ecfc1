using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Changes that the prefecture must be told of: due, overdue, filed, acknowledged, on any date.</summary>
public sealed class Declarations : TimelineModel<Declarations.Row>
{
    private const string Stored = "declarations_1";

    /// <summary>A change to be declared, or a declaration filed: the table holds both, joined when read, for they come from streams apart.</summary>
    /// <param name="Due">The event that made the declaration due.</param>
    /// <param name="ChangedOn">When the change took effect; null for a declaration filed.</param>
    /// <param name="Statutes">The version that the change adopted.</param>
    public sealed record Row(
        EventId Due, IReadOnlyList<DeclarationMatter> Matters, EffectiveTime? ChangedOn, StatutesVersionId? Statutes, string? Reference,
        EffectiveTime? FiledOn, string? Receipt, EffectiveTime? ReceiptOn);

    /// <param name="Due">The event that made it due.</param>
    /// <param name="DueOn">The last day to declare it, in the association's time zone.</param>
    public sealed record Declaration(
        EventId Due, IReadOnlyList<DeclarationMatter> Matters, EffectiveTime ChangedOn, DateOnly DueOn, DeclarationStanding Standing, string? Reference,
        EffectiveTime? FiledOn, string? Receipt, EffectiveTime? ReceiptOn);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["association", "body", "statutes"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(AssociationRenamed), typeof(PurposeChanged), typeof(SeatMoved), typeof(AssociationTransformed), typeof(DeclarationFiled),
        typeof(DeclarationReceiptRecorded), typeof(BodyConstituted), typeof(MandateAppointed), typeof(MandateEnded), typeof(StatutesAdopted),
    ];

    public override IReadOnlyList<string> Indexes => ["(tenant, due)"];

    public override Columns<Row> Columns { get; } = new Columns<Row>()
        .Uuid("due", d => d.Due.Value)
        .Json("matters", d => d.Matters)
        .Time("changed_on", d => d.ChangedOn, optional: true)
        .Uuid("statutes", d => d.Statutes?.Value, optional: true)
        .Text("reference", d => d.Reference, optional: true)
        .Time("filed_on", d => d.FiledOn, optional: true)
        .Text("receipt", d => d.Receipt, optional: true)
        .Time("receipt_on", d => d.ReceiptOn, optional: true);

    public override IEnumerable<Segment<Row>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var administers = history.Any(e => e.Event is BodyConstituted { Kind: BodyKind.Board or BodyKind.Bureau });
        var amended = false;
        foreach (var e in history)
        {
            IReadOnlyList<DeclarationMatter> matters = e.Event switch
            {
                MandateAppointed or MandateEnded => administers ? [DeclarationMatter.Officers] : [],
                StatutesAdopted => amended ? [DeclarationMatter.Statutes] : [],
                _ => DeclarationDuties.Matters(e.Event),
            };

            // The first version amends nothing.
            amended |= e.Event is StatutesAdopted;
            var statutes = e.Event switch
            {
                AssociationTransformed t => t.Statutes,
                StatutesAdopted a => a.Version,
                _ => default(StatutesVersionId?),
            };
            if (matters.Count > 0)
                yield return new(e.Id.Value, e.On.Instant, null, new(e.Id, matters, e.On, statutes, null, null, null, null));
        }

        foreach (var due in history.Select(e => DueOf(e.Event)).OfType<EventId>().Distinct())
        {
            var filing = history.Where(e => DueOf(e.Event) == due).ToList();
            foreach (var segment in Segments.Of(Keys.Of(due.Value, association.Value), filing, default(Row), Evolve, row => row))
                yield return segment;
        }
    }

    private static EventId? DueOf(IEvent @event) => @event switch
    {
        DeclarationFiled e => e.Due,
        DeclarationReceiptRecorded e => e.Due,
        _ => null,
    };

    private static Row? Evolve(Row? filed, Recorded e) => (filed, e.Event) switch
    {
        (null, DeclarationFiled f) => new(f.Due, [], null, null, f.Reference, e.On, null, null),
        (not null, DeclarationReceiptRecorded r) => filed with { Receipt = r.Receipt, ReceiptOn = e.On },
        _ => throw ImpossibleHistoryException.After((object?)filed ?? "no declaration", e.Event, e.On),
    };

    /// <summary>Every declaration due by the view's moment, the latest change first.</summary>
    public static async ValueTask<IReadOnlyList<Declaration>> ListAsync(ReadView view, CancellationToken ct = default)
    {
        if (await Associations.FindAsync(view, ct).ConfigureAwait(false) is not { } association)
            return [];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(association.TimeZone);
        var today = LocalTime.DayOf(view.AsOf.Instant, zone);

        // Statutes adopted with a transformation are declared with it.
        return await view.Database.ListAsync(
            view,
            $"""
            select d.due, d.matters, d.changed_on, d.changed_on_precision, f.reference, f.filed_on, f.filed_on_precision, f.receipt, f.receipt_on, f.receipt_on_precision
            from read.{Stored} d left join read.{Stored} f on {AsOf.Of("f")} and f.due = d.due and f.filed_on is not null
            where {AsOf.Of("d")} and d.changed_on is not null and not (d.matters = '["statutes"]' and exists (
                select from read.{Stored} t where {AsOf.Of("t")} and t.statutes = d.statutes and t.key <> d.key and jsonb_array_length(t.matters) > 1))
            order by d.changed_on desc, d.due
            """,
            r =>
            {
                var changed = r.Time(2);
                var dueOn = DeclarationDuties.DueOn(changed, zone);
                var (filed, receipt) = (r.TimeOrNull(5), r.TextOrNull(7));
                var standing = receipt is not null ? DeclarationStanding.Acknowledged
                    : filed is not null ? DeclarationStanding.Filed
                    : today > dueOn ? DeclarationStanding.Overdue
                    : DeclarationStanding.Awaited;
                return new Declaration(
                    r.Id<EventId>(0), r.Json<IReadOnlyList<DeclarationMatter>>(1), changed, dueOn, standing, r.TextOrNull(4), filed, receipt, r.TimeOrNull(8));
            },
            ct).ConfigureAwait(false);
    }
}
