using Governance.Domain.Kernel;

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
        (_, DebateNoted or IncidentRecorded or AgendaItemTaken or GroupCentresRecorded) => false,
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
