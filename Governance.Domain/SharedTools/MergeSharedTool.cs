using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.SharedTools;

/// <summary>A working group carries on what the tool was for.</summary>
public sealed record MergeSharedTool(WorkingGroupId Into, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool, Timeline<WorkingGroup> into) => (tool.At(On), into.At(On)) switch
    {
        (SharedTool.Merged gone, _) when gone.Into == Into => Decision.NoChange,
        (SharedTool.InUse, WorkingGroup.Active) => tool.Accept(On, new SharedToolMerged(Into)),
        (SharedTool.InUse, _) => into.NotActive(On),
        _ => tool.NotInUse(On),
    };
}
