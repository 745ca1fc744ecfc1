using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Conventions;

/// <summary>Plans what is to count towards an indicator of a signed convention.</summary>
/// <param name="When">The day, month... on which it is to take place: within the convention.</param>
/// <param name="Days">How many days it takes, 1 to 10.</param>
/// <param name="Centres">Who does what; a webinar has its pair.</param>
public sealed record PlanDelivery(
    ConventionId Convention, DeliveryId Delivery, IndicatorId Indicator, string Title, EffectiveTime When, int Days, string? Place,
    IReadOnlyList<DeliveryCentre> Centres, EffectiveTime On)
{
    public const int MostDays = 10;

    /// <summary>What took place before it is written down was planned by then: it is recorded as of its own day.</summary>
    /// <param name="members">Those of the centres, each once.</param>
    public Decision Decide(Timeline<Convention> convention, Timeline<DeliveryBook> book, IReadOnlyList<Timeline<Member>> members, TimeZoneInfo zone)
    {
        if ((Texts.Name("title", Title) ?? Texts.Number("days", Days, 1, MostDays) ?? Texts.OptionalName("place", Place)) is { } wrong)
            return wrong;
        if (convention.Latest is not Conventions.Convention.Signed { File.InForce.Terms: var terms })
            return convention.NotSigned(convention.Latest is Conventions.Convention.Ended e ? e.On : On);
        if (terms.Find(Indicator) is not { } indicator)
            return new IndicatorNotFound();
        var on = When < On ? When : On;
        var planned = new DeliveryPlanned(Convention, Delivery, Indicator, indicator.Counts, Title, When, Days, Centres, Place);
        if (book.Latest.Find(Delivery) is { } known)
            return IsSame(known) ? Decision.NoChange : new DeliveryAlreadyPlanned(known.Title);
        if (terms.Within(When, Days, zone) is { } outside)
            return outside;
        if (book.Latest.Deliveries.Find(d => d is { Cancelled: null } && d.Indicator == Indicator && d.Planned == When && d.IsCalled(Title)) is { } same)
            return new DeliveryAlreadyPlanned(same.Title);
        return ConventionChecks.Centres(indicator.Counts, Centres, members, When) is { } unfit ? unfit : book.Accept(on, planned);
    }

    private bool IsSame(Delivery known) =>
        (known.Indicator, known.Title, known.Planned, known.Days, known.Place) == (Indicator, Title, When, Days, Place) && known.Centres.SequenceEqual(Centres);
}
