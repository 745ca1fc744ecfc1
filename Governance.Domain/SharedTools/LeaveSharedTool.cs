using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record LeaveSharedTool(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool, TimeZoneInfo zone) => tool.At(On) switch
    {
        SharedTool.InUse known when known.Centres.Contains(Centre) && IsStillOnTheRota(tool, Rota.WeekOf(LocalTime.DayOf(On.Instant, zone))) => new StillOnTheRota(known.Name),
        SharedTool.InUse known when known.Centres.Contains(Centre) => tool.Accept(On, new SharedToolLeft(Centre)),
        SharedTool.InUse when tool.Effective.Any(e => e.On == On && e.Event is SharedToolLeft left && left.Centre == Centre)
            => Decision.NoChange,
        SharedTool.InUse known => new NotATakerOfTheTool(known.Name),
        _ => tool.NotInUse(On),
    };

    // In turn, or by a swap, in what was known then and in whatever was set since.
    private bool IsStillOnTheRota(Timeline<SharedTool> tool, DateOnly week) =>
        tool.From(On).TakeWhile(state => state is SharedTool.InUse known && known.Centres.Contains(Centre)).Cast<SharedTool.InUse>().Any(known => known.Rota.IsOnDutyFrom(Centre, week));
}
