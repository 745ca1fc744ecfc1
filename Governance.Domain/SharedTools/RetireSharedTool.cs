using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record RetireSharedTool(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return tool.At(On) switch
        {
            SharedTool.Retired => Decision.NoChange,
            SharedTool.InUse => tool.Accept(On, new SharedToolRetired(Reason)),
            _ => tool.NotInUse(On),
        };
    }
}
