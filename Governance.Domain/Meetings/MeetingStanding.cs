using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>What stands in the way of acting on a meeting, and when an act of this moment holds.</summary>
public static class MeetingStanding
{
    /// <summary>Why a meeting in this state is not the one that is asked for.</summary>
    internal static Refusal Otherwise(this Meeting meeting) => meeting switch
    {
        Meeting.Planned or Meeting.Convened => new MeetingNotOpen(),
        Meeting.InSession open => new MeetingAlreadyOpen(open.Since),
        Meeting.Adjourned adjourned => new MeetingIsAdjourned(adjourned.On),
        Meeting.Closed closed => new MeetingIsClosed(closed.On),
        Meeting.WithoutQuorum without => new MeetingHadNoQuorum(without.On),
        Meeting.Cancelled => new MeetingIsCancelled(),
        _ => new MeetingNotFound(),
    };

    /// <summary>
    /// An act now, never before the last thing that holds on the same meeting: the clocks of two hosts differ by some milliseconds, and the order of
    /// acts is the order of recording.
    /// </summary>
    internal static EffectiveTime ActAt(this Timeline<Meeting> meeting, EffectiveTime now) =>
        meeting.Effective is [.., { On: var last }] && now < last && meeting.Latest is not (Meeting.Planned or Meeting.Convened) ? last : now;

    /// <summary>Why nobody can have come or left then any more; null when they can.</summary>
    internal static Refusal? Ended(this Meeting.Known meeting, EffectiveTime on) =>
        meeting is Meeting.Closed closed && on > closed.On ? new MeetingIsClosed(closed.On) : null;

    /// <summary>The meeting in session; or why it is not.</summary>
    internal static (Meeting.InSession? Session, Refusal? Refused) InSession(this Timeline<Meeting> meeting) =>
        meeting.Latest is Meeting.InSession session ? (session, null) : (null, meeting.Latest.Otherwise());

    /// <summary>The meeting while its agenda and texts can still change; or why they cannot.</summary>
    internal static (Meeting.Known? Known, Refusal? Refused) Changeable(this Timeline<Meeting> meeting) =>
        meeting.Latest is Meeting.Planned or Meeting.Convened or Meeting.InSession ? ((Meeting.Known)meeting.Latest, null) : (null, meeting.Latest.Otherwise());

    /// <summary>
    /// The meeting that ended for want of a quorum: found so before it was opened, or broken off so and closed without going on; null for any other.
    /// </summary>
    public static Meeting.Known? EndedWithoutQuorum(this Timeline<Meeting> meeting) => meeting.Latest switch
    {
        Meeting.WithoutQuorum without => without,
        Meeting.Closed closed when meeting.Effective.LastOrDefault(e => e.Event is MeetingAdjourned or MeetingResumed)?.Event is MeetingAdjourned { Quorum: not null } => closed,
        _ => null,
    };

    /// <summary>What a quorum that is not reached comes to; null when it is.</summary>
    internal static Refusal? Missing(this QuorumFound quorum) => quorum.Reached
        ? null
        : quorum.Steps.OfType<Voting.CollegesWithQuorum>().FirstOrDefault(s => !s.Reached) is { } colleges
            ? new TooFewColleges(colleges.WithQuorum, colleges.Needed, colleges.Article)
            : quorum.Steps.OfType<Voting.QuorumChecked>().FirstOrDefault(s => !s.Reached) is { } check
                ? new QuorumMissing(check.TakingPart, check.Total, check.Threshold, check.Article)
                : new CollegesMissing(quorum.Steps.OfType<Voting.CollegeMissing>().FirstOrDefault()?.Article ?? Voting.RulesInForce.DefaultArticle);
}
