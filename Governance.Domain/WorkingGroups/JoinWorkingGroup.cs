using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record JoinWorkingGroup(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group) => group.At(On) switch
    {
        WorkingGroup.Active known when known.Centres.Contains(Centre) => Decision.NoChange,
        WorkingGroup.Active => group.Accept(On, new WorkingGroupJoined(Centre)),
        _ => group.NotActive(On),
    };
}
