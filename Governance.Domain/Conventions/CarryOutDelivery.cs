using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>A delivery took place on the day given: it counts from then on, once.</summary>
/// <param name="Participants">How many took part, from 0; null when not counted.</param>
/// <param name="Evidence">The document that shows it, and no other delivery.</param>
public sealed record CarryOutDelivery(DeliveryId Delivery, int? Participants, DocumentId? Evidence, EffectiveTime On)
{
    public const int MostParticipants = 1_000_000;

    /// <param name="evidence">The document named; null when none is.</param>
    public Decision Decide(Timeline<Convention> convention, Timeline<DeliveryBook> book, Timeline<Document>? evidence, TimeZoneInfo zone)
    {
        if (Texts.Number("participants", Participants, 0, MostParticipants) is { } wrong)
            return wrong;
        if (convention.Latest is not Convention.Signed { File.InForce.Terms: var terms })
            return convention.NotSigned(convention.Latest is Convention.Ended e ? e.On : On);
        var known = book.Latest;
        if (known.Find(Delivery) is not { } delivery)
            return new DeliveryNotFound();
        if (delivery.CarriedOut is { } before)
        {
            return before == On && delivery.Participants == Participants && delivery.Evidence == Evidence
                ? Decision.NoChange
                : new DeliveryCountedTwice(delivery.Title, before);
        }

        if (delivery.Cancelled is not null)
            return new DeliveryIsCancelled(delivery.Title);
        if (terms.Within(On, delivery.Days, zone) is { } outside)
            return outside;
        if (known.Deliveries.Find(d => d.CarriedOut is { } on && ((Evidence is not null && d.Evidence == Evidence) || IsTheSame(d, on))) is { } twice)
            return new DeliveryCountedTwice(twice.Title, twice.CarriedOut!.Value);
        return Evidence is not null && evidence?.Latest is not Document.Kept
            ? new DocumentNotKeptHere()
            : book.Accept(On, new DeliveryCarriedOut(Delivery, Participants, Evidence));

        bool IsTheSame(Delivery other, EffectiveTime on) =>
            other.Kind == delivery.Kind && LocalTime.DayOf(on.Instant, zone) == LocalTime.DayOf(On.Instant, zone) && other.IsCalled(delivery.Title);
    }
}
