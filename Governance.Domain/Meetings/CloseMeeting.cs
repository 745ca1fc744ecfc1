using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Meetings;

/// <summary>Closes a meeting. Whoever is still there has been there until its end.</summary>
public sealed record CloseMeeting(MeetingId Meeting, EffectiveTime On)
{
    /// <param name="vote">The ballot that the meeting voted on last; null for none.</param>
    /// <param name="group">The working group that meets; null where a body does.</param>
    /// <param name="zone">The association's clocks.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Ballot>? vote, Timeline<WorkingGroup>? group, TimeZoneInfo zone) => meeting.Latest switch
    {
        Meetings.Meeting.Closed => Decision.NoChange,
        Meetings.Meeting.InSession or Meetings.Meeting.Adjourned => UnderWay((Meetings.Meeting.Held)meeting.Latest, vote) is { } voting
            ? voting
            : Decision.All(meeting.Accept(meeting.ActAt(On), new MeetingClosed(Meeting)), GroupMeetingHeld.Count((Meetings.Meeting.Held)meeting.Latest, meeting, group, zone)),
        var otherwise => otherwise.Otherwise(),
    };

    internal static VoteUnderWay? UnderWay(Meetings.Meeting.Held held, Timeline<Ballot>? vote) =>
        vote?.Latest is Ballot.Open open ? new(held.Resolutions.Find(r => r.Ballot == open.Opening.Ballot)?.Title ?? open.Draft.Title) : null;
}
