using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Takes back a fact of a meeting, unless an act rests on it: what was announced or voted on stays as it was then.</summary>
/// <param name="Event">The fact, of the meeting given.</param>
public sealed record RetractMeetingFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(meeting);
        return decision is Decision.Accepted && meeting.Effective.FirstOrDefault(e => e.Id == Event) is { } fact
            && meeting.Effective.FirstOrDefault(act => act.Position > fact.Position && RestsOn(act.Event, fact.Event, (Meeting.Known)meeting.Latest)) is { } act
            ? new MeetingActRestsOnIt(act.Event.GetType().Name)
            : decision;
    }

    private static bool RestsOn(IEvent act, IEvent fact, Meeting.Known meeting) => (act, fact) switch
    {
        (_, DebateNoted or IncidentRecorded or AgendaItemTaken) => false,
        (ResolutionPutToVote a, ResolutionProposed f) => a.Resolution == f.Resolution,
        (ResolutionPutToVote a, ResolutionAmended f) => a.Resolution == f.Resolution,
        (ResolutionPutToVote a, InterestDeclared f) => meeting.Find(a.Resolution)?.Item == f.Item,
        (_, ResolutionProposed or ResolutionAmended or ResolutionWithdrawn or InterestDeclared) => false,
        (_, ChairHandedOver) => act is ResolutionPutToVote or MeetingAdjourned or MeetingResumed,
        _ => act is MeetingConvened or MeetingOpened or ResolutionPutToVote or QuorumNotReached,
    };
}

/// <summary>Takes back that somebody came or left, or gave a proxy: acts that rest on it are named by an irregularity.</summary>
/// <param name="Event">The fact, of the sheet or the proxies given.</param>
public sealed record RetractAttendance(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(sheet);
        if (decision is not Decision.Accepted || sheet.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var person = fact.Event is PersonArrived arrived ? arrived.Person : ((PersonLeft)fact.Event).Person;
        return Decision.All(decision, LateAttendance.Raise(meeting, person, fact.On, null, On.Instant));
    }

    /// <param name="holder">Who holds the giver's mandate; null when nobody does.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<MeetingProxies> proxies, PersonId? holder)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(proxies);
        return decision is Decision.Accepted && holder is { } giver && proxies.Effective.FirstOrDefault(e => e.Id == Event) is { } fact
            ? Decision.All(decision, LateAttendance.Raise(meeting, giver, fact.On, null, On.Instant))
            : decision;
    }

    /// <summary>The giver of the proxy that the fact is of; null for a fact of none.</summary>
    public static MandateId? GiverIn(Timeline<MeetingProxies> proxies, EventId fact) => proxies.Recorded.FirstOrDefault(e => e.Id == fact)?.Event switch
    {
        MeetingProxyGiven e => e.Giver,
        MeetingProxyHandedOn e => e.Giver,
        MeetingProxyRevoked e => e.Giver,
        _ => null,
    };
}
