using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Gatherings;

/// <summary>The gathering hears the review (bilan) of a working group.</summary>
public sealed record ReviewWorkingGroup(WorkingGroupId Group, string Findings, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering, Timeline<WorkingGroup> group)
    {
        if (Texts.Text("findings", Findings) is { } wrong)
            return wrong;
        if (gathering.At(On) is not Gathering.Planned planned)
            return gathering.NotPlanned(On);
        if (group.At(On) is not WorkingGroup.Active)
            return group.NotActive(On);
        return planned.Reviews.GetValueOrDefault(Group) == Findings ? Decision.NoChange : gathering.Accept(On, new GroupReviewed(Group, Findings));
    }
}
