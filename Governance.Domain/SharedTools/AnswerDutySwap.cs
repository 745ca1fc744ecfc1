using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>The centre that a swap of weeks was proposed to agrees, or does not.</summary>
/// <param name="With">Who answers.</param>
/// <param name="Week">A day of the week that was offered.</param>
public sealed record AnswerDutySwap(MemberId With, DateOnly Week, DutyAnswer Answer, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        var week = Rota.WeekOf(Week);
        return tool.At(On) switch
        {
            SharedTool.InUse known when known.Rota.Proposed.Find(s => s.With == With && s.Week == week) is { } swap =>
                tool.Accept(On, new DutySwapAnswered(swap.By, swap.Week, swap.With, swap.Their, Answer)),
            SharedTool.InUse when tool.Effective.Any(e => e.On == On && e.Event is DutySwapAnswered a && a.With == With && a.Week == week && a.Answer == Answer) => Decision.NoChange,
            SharedTool.InUse => new NoSwapProposed(),
            _ => tool.NotInUse(On),
        };
    }
}
