using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Goes on with a meeting that was adjourned; the quorum is fixed again.</summary>
public sealed record ResumeMeeting(MeetingId Meeting, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis)
    {
        if (meeting.Latest is Meetings.Meeting.InSession)
            return Decision.NoChange;
        if (meeting.Latest is not Meetings.Meeting.Adjourned adjourned)
            return meeting.Latest.Otherwise();
        var at = meeting.ActAt(On);
        var room = Room.At(adjourned, basis, adjourned.Decision, at.Instant, adjourned.Chair);
        var quorum = room.Found();
        return quorum.Missing() is { } missing && room.Quorum.Content.Check == Voting.QuorumCheck.Both
            ? missing
            : meeting.Accept(at, new MeetingResumed(Meeting, quorum));
    }
}
