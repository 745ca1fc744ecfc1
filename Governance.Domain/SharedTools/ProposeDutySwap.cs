using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>A centre on duty in one week would swap it with another's; that one has to agree.</summary>
/// <param name="Week">A day of the week that <paramref name="By"/> gives away.</param>
/// <param name="Their">A day of the week that <paramref name="With"/> gives for it.</param>
public sealed record ProposeDutySwap(MemberId By, DateOnly Week, MemberId With, DateOnly Their, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        var swap = new DutySwap(By, Rota.WeekOf(Week), With, Rota.WeekOf(Their));
        return tool.At(On) switch
        {
            SharedTool.InUse known when known.Rota.Proposed.Contains(swap) => Decision.NoChange,
            SharedTool.InUse when By == With => new SwapWithItself(),
            SharedTool.InUse known when known.Rota.OnDuty(swap.Week) != By => new NotOnDutyThen(swap.Week),
            SharedTool.InUse known when known.Rota.OnDuty(swap.Their) != With => new NotOnDutyThen(swap.Their),
            SharedTool.InUse => tool.Accept(On, new DutySwapProposed(swap.By, swap.Week, swap.With, swap.Their)),
            _ => tool.NotInUse(On),
        };
    }
}
