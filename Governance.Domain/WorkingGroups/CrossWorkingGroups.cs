using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Two groups work together on something, and each goes on.</summary>
/// <param name="Topic">What on.</param>
public sealed record CrossWorkingGroups(string Topic, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group, Timeline<WorkingGroup> with)
    {
        if (Texts.Name("topic", Topic) is { } wrong)
            return wrong;
        if (group.Stream == with.Stream)
            return new GroupCrossedWithItself();
        return (group.At(On), with.At(On)) switch
        {
            (WorkingGroup.Active a, WorkingGroup.Active b) when a.Crossings.GetValueOrDefault(b.Id) == Topic || b.Crossings.GetValueOrDefault(a.Id) == Topic
                => Decision.NoChange,
            // What one of them says already is changed where it is said.
            (WorkingGroup.Active a, WorkingGroup.Active b) when b.Crossings.ContainsKey(a.Id) => with.Accept(On, new GroupsCrossed(a.Id, Topic)),
            (WorkingGroup.Active, WorkingGroup.Active b) => group.Accept(On, new GroupsCrossed(b.Id, Topic)),
            (WorkingGroup.Active, _) => with.NotActive(On),
            _ => group.NotActive(On),
        };
    }
}
