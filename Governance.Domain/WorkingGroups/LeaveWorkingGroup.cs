using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record LeaveWorkingGroup(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group) => group.At(On) switch
    {
        WorkingGroup.Active known when known.Pilots.ContainsKey(Centre) => new CentreStillPilots(known.Name),
        WorkingGroup.Active known when known.Centres.Contains(Centre) => group.Accept(On, new WorkingGroupLeft(Centre)),
        WorkingGroup.Active when group.Effective.Any(e => e.On == On && e.Event is WorkingGroupLeft left && left.Centre == Centre)
            => Decision.NoChange,
        WorkingGroup.Active known => new CentreNotInGroup(known.Name),
        _ => group.NotActive(On),
    };
}
