using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Records that a meeting cannot be opened because too few are there: « constat de carence ».</summary>
public sealed record FindNoQuorum(MeetingId Meeting, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis)
    {
        if (meeting.Latest is Meetings.Meeting.WithoutQuorum)
            return Decision.NoChange;
        if (meeting.Latest is not Meetings.Meeting.Convened convened)
            return meeting.Latest is Meetings.Meeting.Planned ? new MeetingNotConvened() : meeting.Latest.Otherwise();
        if (On < convened.Starts)
            return new MeetingStillToStart(convened.Starts);
        var room = Room.At(convened, basis, convened.Decision, On.Instant, null);
        var quorum = room.Found();
        return quorum.Reached ? new QuorumIsReached() : meeting.Accept(On, new QuorumNotReached(Meeting, quorum, room.Rules.Version));
    }
}
