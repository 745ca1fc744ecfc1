using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="When">The day, month... on which it is to take place instead: within the convention.</param>
public sealed record MoveDelivery(DeliveryId Delivery, EffectiveTime When, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention, Timeline<DeliveryBook> book, TimeZoneInfo zone)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (convention.Latest is not Convention.Signed { File.InForce.Terms: var terms })
            return convention.NotSigned(convention.Latest is Convention.Ended e ? e.On : On);
        return book.At(On).Find(Delivery) switch
        {
            null => new DeliveryNotFound(),
            { CarriedOut: { } on } done => new DeliveryCountedTwice(done.Title, on),
            { Cancelled: not null } gone => new DeliveryIsCancelled(gone.Title),
            { Planned: var planned } when planned == When => Decision.NoChange,
            { } delivery when terms.Within(When, delivery.Days, zone) is { } outside => outside,
            _ => book.Accept(On, new DeliveryMoved(Delivery, When, Reason)),
        };
    }
}
