using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record JoinSharedTool(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool) => tool.At(On) switch
    {
        SharedTool.InUse known when known.Centres.Contains(Centre) => Decision.NoChange,
        SharedTool.InUse => tool.Accept(On, new SharedToolJoined(Centre)),
        _ => tool.NotInUse(On),
    };
}
