using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Conventions;

/// <summary>Has these centres do a delivery, in the place of those before.</summary>
public sealed record AssignDeliveryCentres(DeliveryId Delivery, IReadOnlyList<DeliveryCentre> Centres, EffectiveTime On)
{
    /// <param name="members">Those of the centres, each once.</param>
    public Decision Decide(Timeline<DeliveryBook> book, IReadOnlyList<Timeline<Member>> members) => book.At(On).Find(Delivery) switch
    {
        null => new DeliveryNotFound(),
        { Cancelled: not null } gone => new DeliveryIsCancelled(gone.Title),
        { } delivery when delivery.Centres.SequenceEqual(Centres) => Decision.NoChange,
        { } delivery => ConventionChecks.Centres(delivery.Kind, Centres, members, On) is { } unfit
            ? unfit
            : book.Accept(On, new DeliveryCentresAssigned(Delivery, Centres)),
    };
}
