using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Two groups no longer work together.</summary>
public sealed record EndCrossing(WorkingGroupId Group, WorkingGroupId With, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group, Timeline<WorkingGroup> with) => (group.At(On), with.At(On)) switch
    {
        (WorkingGroup.Active a, _) when a.Crossings.ContainsKey(With) => group.Accept(On, new CrossingEnded(With)),
        (_, WorkingGroup.Active b) when b.Crossings.ContainsKey(Group) => with.Accept(On, new CrossingEnded(Group)),
        (WorkingGroup.Active, _) when Ended(group, With) || Ended(with, Group) => Decision.NoChange,
        (WorkingGroup.Active a, _) => new GroupsNotCrossed(a.Name),
        _ => group.NotActive(On),
    };

    private bool Ended(Timeline<WorkingGroup> of, WorkingGroupId other) =>
        of.Effective.Any(e => e.On == On && e.Event is CrossingEnded ended && ended.With == other);
}
