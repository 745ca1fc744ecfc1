using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What is delivered under conventions: when it is planned, who does it, when it took place.</summary>
public sealed class Deliveries : TimelineModel<Deliveries.Entry>
{
    private const string Stored = "deliveries_1";

    /// <param name="FirstPlanned">When it was to take place at first.</param>
    /// <param name="Remark">Why it was last moved; null when it never was.</param>
    public sealed record Entry(ConventionId Convention, Delivery Delivery, EffectiveTime FirstPlanned, string? Remark);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["deliveries"];

    public override IReadOnlyList<Type> Events => ConventionEvents.OfDeliveries;

    public override IReadOnlyList<string> Indexes => ["(tenant, convention)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("convention", e => e.Convention.Value)
        .Uuid("indicator", e => e.Delivery.Indicator.Value)
        .Choice<DeliveryKind>("kind", e => e.Delivery.Kind)
        .Text("title", e => e.Delivery.Title)
        .Time("planned", e => e.Delivery.Planned)
        .Int32("days", e => e.Delivery.Days)
        .Json("centres", e => e.Delivery.Centres)
        .Text("place", e => e.Delivery.Place, optional: true)
        .Time("carried_out", e => e.Delivery.CarriedOut, optional: true)
        .Int32("participants", e => e.Delivery.Participants, optional: true)
        .Uuid("evidence", e => e.Delivery.Evidence?.Value, optional: true)
        .Text("cancelled", e => e.Delivery.Cancelled, optional: true)
        .Time("first_planned", e => e.FirstPlanned)
        .Text("remark", e => e.Remark, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        DeliveryPlanned e => e.Delivery.Value,
        DeliveryCentresAssigned e => e.Delivery.Value,
        DeliveryMoved e => e.Delivery.Value,
        DeliveryCarriedOut e => e.Delivery.Value,
        DeliveryCancelled e => e.Delivery.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Part(history[0].Event), history, default(Entry), Evolve, e => e);

    private static Entry? Evolve(Entry? entry, Recorded e) => (entry, e.Event) switch
    {
        (null, DeliveryPlanned p) => new(p.Convention, new Delivery(p.Delivery, p.Indicator, p.Kind, p.Title, p.When, p.Days, p.Centres, p.Place), p.When, null),
        ({ Delivery: var d }, DeliveryCentresAssigned a) => entry with { Delivery = d with { Centres = a.Centres } },
        ({ Delivery: var d }, DeliveryMoved m) => entry with { Delivery = d with { Planned = m.When }, Remark = m.Reason },
        ({ Delivery: var d }, DeliveryCarriedOut c) => entry with { Delivery = d with { CarriedOut = e.On, Participants = c.Participants, Evidence = c.Evidence } },
        ({ Delivery: var d }, DeliveryCancelled c) => entry with { Delivery = d with { Cancelled = c.Reason } },
        _ => throw ImpossibleHistoryException.After((object?)entry ?? "a delivery not planned", e.Event, e.On),
    };

    private const string Selected =
        "key, convention, indicator, kind, title, planned, planned_precision, days, centres, place, carried_out, carried_out_precision, participants, evidence, "
        + "cancelled, first_planned, first_planned_precision, remark";

    /// <summary>What is delivered under one convention, known at the view's moment, in the order in which it takes place.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfConventionAsync(ReadView view, ConventionId convention, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} d where {AsOf.Of("d")} and convention = @convention order by coalesce(carried_out, planned), title, key",
        Read,
        ct,
        ("convention", convention.Value));

    /// <summary>Of all conventions, in the same order.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} d where {AsOf.Of("d")} order by coalesce(carried_out, planned), title, key", Read, ct);

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<ConventionId>(1),
        new Delivery(
            r.Id<DeliveryId>(0), r.Id<IndicatorId>(2), r.Choice<DeliveryKind>(3), r.GetString(4), r.Time(5), r.GetInt32(7), r.Json<IReadOnlyList<DeliveryCentre>>(8),
            r.TextOrNull(9), r.TimeOrNull(10), r.Int32OrNull(12), r.IdOrNull<DocumentId>(13), r.TextOrNull(14)),
        r.Time(15),
        r.TextOrNull(17));
}
