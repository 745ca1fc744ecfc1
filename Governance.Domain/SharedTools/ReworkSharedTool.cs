using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>A rework begins; a release ends it.</summary>
public sealed record ReworkSharedTool(string Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        if (Texts.Text("remark", Remark) is { } wrong)
            return wrong;
        return tool.At(On) switch
        {
            SharedTool.InUse { BeingReworked: true } => Decision.NoChange,
            SharedTool.InUse => tool.Accept(On, new SharedToolReworked(Remark)),
            _ => tool.NotInUse(On),
        };
    }
}
