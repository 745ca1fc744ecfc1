using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Planned">The day, month... on which it is to take place.</param>
/// <param name="Days">How many days it takes.</param>
/// <param name="CarriedOut">When it took place; null while it has not.</param>
/// <param name="Cancelled">Why it will not take place.</param>
public sealed record Delivery(
    DeliveryId Id, IndicatorId Indicator, DeliveryKind Kind, string Title, EffectiveTime Planned, int Days, IReadOnlyList<DeliveryCentre> Centres, string? Place,
    EffectiveTime? CarriedOut = null, int? Participants = null, DocumentId? Evidence = null, string? Cancelled = null)
{
    /// <summary>Neither carried out nor cancelled.</summary>
    public bool IsAhead => CarriedOut is null && Cancelled is null;

    /// <summary>The first instant after the time planned, all its days included.</summary>
    public DateTimeOffset Over(TimeZoneInfo zone) => Planned.Precision is Precision.Day or Precision.Instant
        ? LocalTime.StartOf(LocalTime.DayOf(Planned.Instant, zone).AddDays(Days), zone)
        : Planned.PeriodEnd(zone);
}

/// <summary>Every delivery of one convention: that none counts twice is asked here.</summary>
public sealed record DeliveryBook(ImmutableList<Delivery> Deliveries) : IState<DeliveryBook>
{
    public static DeliveryBook Initial { get; } = new(ImmutableList<Delivery>.Empty);

    public static StreamId Stream(ConventionId convention) => new($"deliveries:{convention}");

    public Delivery? Find(DeliveryId delivery) => Deliveries.Find(d => d.Id == delivery);

    public DeliveryBook Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        DeliveryPlanned e when Find(e.Delivery) is null
            => new(Deliveries.Add(new Delivery(e.Delivery, e.Indicator, e.Kind, e.Title, e.When, e.Days, e.Centres, e.Place))),
        DeliveryCentresAssigned e when Find(e.Delivery) is { Cancelled: null } d => Change(d, d with { Centres = e.Centres }),
        DeliveryMoved e when Find(e.Delivery) is { IsAhead: true } d => Change(d, d with { Planned = e.When }),
        DeliveryCarriedOut e when Find(e.Delivery) is { IsAhead: true } d
            => Change(d, d with { CarriedOut = on, Participants = e.Participants, Evidence = e.Evidence }),
        DeliveryCancelled e when Find(e.Delivery) is { IsAhead: true } d => Change(d, d with { Cancelled = e.Reason }),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private DeliveryBook Change(Delivery before, Delivery after) => new(Deliveries.Replace(before, after));
}
