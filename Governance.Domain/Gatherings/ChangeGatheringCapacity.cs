using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>There are more or fewer places; whoever waits moves up into those that come free.</summary>
/// <param name="Capacity">Null for no bound.</param>
public sealed record ChangeGatheringCapacity(int? Capacity, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering)
    {
        if (Texts.Number("capacity", Capacity, 1, PlanGathering.MostPlaces) is { } wrong)
            return wrong;
        return gathering.Open(On) switch
        {
            { Plan.Capacity: var known } when known == Capacity => Decision.NoChange,
            { } planned when Capacity < planned.Taken => new PlacesGivenOut(planned.Taken),
            { } => gathering.AcceptAndMoveUp(On, new GatheringCapacityChanged(Capacity)),
            null => gathering.NotPlanned(On),
        };
    }
}
