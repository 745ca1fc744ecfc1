using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>
/// The gathering is held elsewhere or on other days. Its sessions move by as many days, at their hours; one that is then beyond its days stays on the
/// programme to be planned anew.
/// </summary>
public sealed record MoveGathering(string Place, EffectiveTime Starts, int Days, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering, TimeZoneInfo zone)
    {
        if ((Texts.Name("place", Place) ?? Texts.Number("days", Days, 1, PlanGathering.MostDays)) is { } wrong)
            return wrong;
        return gathering.At(On) switch
        {
            Gathering.Planned { Plan: var plan } when plan.Place == Place && plan.Starts == Starts && plan.Days == Days => Decision.NoChange,
            Gathering.Planned planned => gathering.Accept(On, [new GatheringMoved(Place, Starts, Days), .. SessionsMoved(planned, zone)]),
            _ => gathering.NotPlanned(On),
        };
    }

    // Where only a month is known, now or before, no number of days is.
    private IEnumerable<SessionPlanned> SessionsMoved(Gathering.Planned planned, TimeZoneInfo zone)
    {
        if (!HasDay(planned.Plan.Starts) || !HasDay(Starts))
            return [];
        var days = LocalTime.DayOf(Starts.Instant, zone).DayNumber - LocalTime.DayOf(planned.Plan.Starts.Instant, zone).DayNumber;
        return days == 0
            ? []
            : planned.Sessions.Values.OrderBy(s => s.Starts.Instant).ThenBy(s => s.Session.Value)
                .Select(s => s with { Starts = LocalTime.DaysLater(s.Starts, days, zone), Ends = LocalTime.DaysLater(s.Ends, days, zone) });
    }

    private static bool HasDay(EffectiveTime on) => on.Precision is Precision.Instant or Precision.Day;
}
