using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record CloseWorkingGroup(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return group.At(On) switch
        {
            WorkingGroup.Closed => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, new WorkingGroupClosed(Reason)),
            _ => group.NotActive(On),
        };
    }
}
