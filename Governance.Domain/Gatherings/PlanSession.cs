using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Puts a session on the programme, or changes one that is on it.</summary>
/// <param name="Starts">To the minute.</param>
/// <param name="Ends">To the minute; its own instant is no longer part of the session.</param>
/// <param name="Room">Where in the place; null when not said.</param>
public sealed record PlanSession(SessionId Session, string Title, EffectiveTime Starts, EffectiveTime Ends, string? Room, EffectiveTime On)
{
    /// <summary>Sessions of one gathering at most.</summary>
    public const int Most = 500;

    public Decision Decide(Timeline<Gathering> gathering, TimeZoneInfo zone)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalName("room", Room)) is { } wrong)
            return wrong;
        if (gathering.At(On) is not Gathering.Planned planned)
            return gathering.NotPlanned(On);
        if (Starts.Precision != Precision.Instant || Ends.Precision != Precision.Instant || Ends.Instant <= Starts.Instant || !IsWithin(planned.Plan, zone))
            return new SessionOutsideItsDays();
        if (Texts.Number("sessions", planned.Sessions.Count, 0, Most - 1) is { } many && !planned.Sessions.ContainsKey(Session))
            return many;
        if (Room is not null && planned.Sessions.Values.FirstOrDefault(Clashes) is { } other)
            return new RoomTaken(other.Title);
        var session = new SessionPlanned(Session, Title, Starts, Ends, Room);
        return session.Equals(planned.Sessions.GetValueOrDefault(Session)) ? Decision.NoChange : gathering.Accept(On, session);
    }

    private bool Clashes(SessionPlanned other) =>
        other.Session != Session && other.Room == Room && other.Starts.Instant < Ends.Instant && Starts.Instant < other.Ends.Instant;

    // Of a gathering whose month alone is known, any day of the month can be one of its days.
    private bool IsWithin(GatheringPlanned plan, TimeZoneInfo zone)
    {
        var last = plan.Starts.Precision is Precision.Instant or Precision.Day
            ? LocalTime.DayOf(plan.Starts.Instant, zone).AddDays(plan.Days - 1)
            : LocalTime.LastDayOf(plan.Starts, zone).AddDays(plan.Days - 1);
        return LocalTime.StartOf(LocalTime.DayOf(plan.Starts.Instant, zone), zone) <= Starts.Instant && Ends.Instant <= LocalTime.EndOf(last, zone);
    }
}
