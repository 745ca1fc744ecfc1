using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Meetings;

/// <summary>Takes back a fact of a meeting, unless an act rests on it: what was announced or voted on stays as it was then.</summary>
/// <param name="Event">The fact, of the meeting given.</param>
public sealed record RetractMeetingFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        return meeting.Effective.FirstOrDefault(e => e.Id == Event) is { Event: not IAct } fact && meeting.Latest is Meeting.Known known
            && meeting.Effective.FirstOrDefault(act => act.Position > fact.Position && RestsOn(act.Event, fact.Event, known)) is { } act
            ? new MeetingActRestsOnIt(act.Event.GetType().Name)
            : new RetractFact(Event, Reason, On).Decide(meeting);
    }

    private static bool RestsOn(IEvent act, IEvent fact, Meeting.Known meeting) => (act, fact) switch
    {
        (_, DebateNoted or IncidentRecorded or AgendaItemTaken) => false,
        (ResolutionPutToVote or ResolutionTranscribed, ResolutionProposed f) => VotedIn(act) == f.Resolution,
        (ResolutionPutToVote or ResolutionTranscribed, ResolutionAmended f) => VotedIn(act) == f.Resolution,
        (ResolutionPutToVote a, InterestDeclared f) => meeting.Find(a.Resolution)?.Item == f.Item,
        (_, ResolutionProposed or ResolutionAmended or ResolutionWithdrawn or InterestDeclared) => false,
        (_, ChairHandedOver) => act is ResolutionPutToVote or MeetingAdjourned or MeetingResumed,
        _ => act is ResolutionTranscribed or MeetingConvened or MeetingOpened or ResolutionPutToVote or QuorumNotReached,
    };

    private static ResolutionId? VotedIn(IEvent act) => act switch
    {
        ResolutionPutToVote e => e.Resolution,
        ResolutionTranscribed e => e.Resolution,
        _ => null,
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

    /// <param name="body">That meets.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<MeetingProxies> proxies, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(proxies);
        if (decision is not Decision.Accepted || proxies.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var mandate = fact.Event switch
        {
            MeetingProxyGiven e => e.Giver,
            MeetingProxyHandedOn e => e.Giver,
            _ => ((MeetingProxyRevoked)fact.Event).Giver,
        };
        var electorate = Electorate.At(body.At(fact.On), [.. colleges.Select(c => c.At(fact.On))], fact.On.Instant);
        return electorate.Electors.FirstOrDefault(e => e.Mandate == mandate) is { Person: var giver }
            ? Decision.All(decision, LateAttendance.Raise(meeting, giver, fact.On, null, On.Instant))
            : decision;
    }
}
