using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>Centres keep the tool a week each, in turn; nobody named ends the turns.</summary>
/// <param name="From">A day of the first week.</param>
public sealed record SetRota(IReadOnlyList<MemberId> Order, DateOnly From, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        var week = SharedTools.Rota.WeekOf(From);
        return tool.At(On) switch
        {
            SharedTool.InUse known when Order.Any(c => !known.Centres.Contains(c)) => new NotATakerOfTheTool(known.Name),
            SharedTool.InUse when Order.Distinct().Count() != Order.Count => new TwiceOnTheRota(),
            SharedTool.InUse { Rota.All: [.., var last] } when last.Week == week && last.Order.SequenceEqual(Order) => Decision.NoChange,
            SharedTool.InUse => tool.Accept(On, new RotaSet(Order, week)),
            _ => tool.NotInUse(On),
        };
    }
}
