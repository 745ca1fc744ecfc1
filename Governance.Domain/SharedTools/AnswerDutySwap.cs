using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>The centre that a swap of weeks was proposed to agrees, or does not.</summary>
/// <param name="With">Who answers.</param>
/// <param name="Week">A day of the week that was offered.</param>
/// <param name="Their">A day of the week asked for it; null where only one swap is proposed of the week offered.</param>
public sealed record AnswerDutySwap(MemberId With, DateOnly Week, DateOnly? Their, DutyAnswer Answer, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        var (week, their) = (Rota.WeekOf(Week), Their is { } day ? Rota.WeekOf(day) : (DateOnly?)null);
        if (tool.At(On) is not SharedTool.InUse known)
            return tool.NotInUse(On);
        return known.Rota.Proposed.FindAll(s => s.With == With && s.Week == week && (their is null || s.Their == their)) switch
        {
            [var swap] => tool.Accept(On, new DutySwapAnswered(swap.By, swap.Week, swap.With, swap.Their, Answer)),
            [_, ..] => new SeveralSwapsProposed(),
            _ when tool.Effective.Any(e => e.On == On && e.Event is DutySwapAnswered a && a.With == With && a.Week == week && a.Answer == Answer && (their is null || a.Their == their))
                => Decision.NoChange,
            _ => new NoSwapProposed(),
        };
    }
}
