using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record LeaveSharedTool(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool) => tool.At(On) switch
    {
        SharedTool.InUse { Rota.All: [.., var turns] } known when turns.Order.Contains(Centre) => new StillOnTheRota(known.Name),
        SharedTool.InUse known when known.Centres.Contains(Centre) => tool.Accept(On, new SharedToolLeft(Centre)),
        SharedTool.InUse when tool.Effective.Any(e => e.On == On && e.Event is SharedToolLeft left && left.Centre == Centre)
            => Decision.NoChange,
        SharedTool.InUse known => new NotATakerOfTheTool(known.Name),
        _ => tool.NotInUse(On),
    };
}
