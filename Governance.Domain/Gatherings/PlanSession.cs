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
        if (gathering.At(On) is not Gathering.Planned planned || gathering.Latest is not Gathering.Planned)
            return gathering.NotPlanned(On);
        if (Starts.Precision != Precision.Instant || Ends.Precision != Precision.Instant || Ends.Instant <= Starts.Instant)
            return new SessionOutsideItsDays();
        if (Texts.Number("sessions", planned.Sessions.Count, 0, Most - 1) is { } many && !planned.Sessions.ContainsKey(Session))
            return many;
        var session = new SessionPlanned(Session, Title, Starts, Ends, Room);
        if (session.Equals(planned.Sessions.GetValueOrDefault(Session)))
            return Decision.NoChange;
        var decision = gathering.Accept(On, session);
        if (decision is not Decision.Accepted { Facts: var facts })
            return decision;
        // What is planned late has to fit what was planned for later already, while it is not planned otherwise itself.
        foreach (var state in gathering.After(facts).From(On).OfType<Gathering.Planned>().Where(state => session.Equals(state.Sessions.GetValueOrDefault(Session))))
        {
            if (!Gathering.IsOnItsDays(state.Plan.Starts, state.Plan.Days, Starts, Ends, zone))
                return new SessionOutsideItsDays();
            if (Room is not null && state.Sessions.Values.FirstOrDefault(Clashes) is { } other)
                return new RoomTaken(other.Title);
        }

        return decision;
    }

    private bool Clashes(SessionPlanned other) =>
        other.Session != Session && other.Room == Room && other.Starts.Instant < Ends.Instant && Starts.Instant < other.Ends.Instant;
}
