using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Calls a meeting off before it is opened.</summary>
public sealed record CancelMeeting(MeetingId Meeting, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting) => meeting.Latest switch
    {
        _ when Texts.Text("reason", Reason) is { } wrong => wrong,
        Meetings.Meeting.Planned or Meetings.Meeting.Convened => meeting.Accept(On, new MeetingCancelled(Meeting, Reason)),
        Meetings.Meeting.Cancelled => Decision.NoChange,
        var otherwise => otherwise.Otherwise(),
    };
}
