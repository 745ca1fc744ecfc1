using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

public sealed record CancelDelivery(DeliveryId Delivery, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<DeliveryBook> book)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return book.At(On).Find(Delivery) switch
        {
            null => new DeliveryNotFound(),
            { Cancelled: not null } => Decision.NoChange,
            { CarriedOut: { } on } done => new DeliveryCountedTwice(done.Title, on),
            _ => book.Accept(On, new DeliveryCancelled(Delivery, Reason)),
        };
    }
}
