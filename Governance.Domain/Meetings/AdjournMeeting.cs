using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Breaks a meeting off, to go on later; where too few are left, the quorum is recorded with it.</summary>
/// <param name="Resumes">When it goes on, as far as is known.</param>
public sealed record AdjournMeeting(MeetingId Meeting, string Reason, EffectiveTime? Resumes, EffectiveTime On)
{
    /// <param name="vote">The ballot that the meeting voted on last; null for none.</param>
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis, Timeline<Ballot>? vote)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (meeting.Latest is Meetings.Meeting.Adjourned)
            return Decision.NoChange;
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        if (CloseMeeting.UnderWay(session, vote) is { } voting)
            return voting;
        var at = meeting.ActAt(On);
        var quorum = Room.At(session, basis, session.Decision, at.Instant, session.Chair).Found();
        return meeting.Accept(at, new MeetingAdjourned(Meeting, Reason, Resumes, quorum.Reached ? null : quorum));
    }
}
