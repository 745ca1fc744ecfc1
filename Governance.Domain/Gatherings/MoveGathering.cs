using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>The gathering is held elsewhere or on other days; its sessions are planned anew where they no longer fit.</summary>
public sealed record MoveGathering(string Place, EffectiveTime Starts, int Days, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering)
    {
        if ((Texts.Name("place", Place) ?? Texts.Number("days", Days, 1, PlanGathering.MostDays)) is { } wrong)
            return wrong;
        return gathering.At(On) switch
        {
            Gathering.Planned { Plan: var plan } when plan.Place == Place && plan.Starts == Starts && plan.Days == Days => Decision.NoChange,
            Gathering.Planned => gathering.Accept(On, new GatheringMoved(Place, Starts, Days)),
            _ => gathering.NotPlanned(On),
        };
    }
}
