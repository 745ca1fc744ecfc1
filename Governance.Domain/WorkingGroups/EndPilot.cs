using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record EndPilot(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group) => group.At(On) switch
    {
        WorkingGroup.Active known when known.Pilots.ContainsKey(Centre) => group.Accept(On, new PilotEnded(Centre)),
        WorkingGroup.Active when group.Effective.Any(e => e.On == On && e.Event is PilotEnded ended && ended.Centre == Centre)
            => Decision.NoChange,
        WorkingGroup.Active known => new CentreDoesNotPilot(known.Name),
        _ => group.NotActive(On),
    };
}
