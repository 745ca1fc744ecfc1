using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>The acts of a meeting stand although somebody's coming or leaving was recorded late.</summary>
/// <param name="When">When the person came or left, which with the person names the irregularity.</param>
public sealed record ConfirmAttendance(MeetingId Meeting, PersonId Person, EffectiveTime When, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return meeting.Latest is not Meetings.Meeting.Known known ? new MeetingNotFound()
            : known.Irregularities.Find(i => i.What.Person == Person && i.What.When == When) switch
            {
                null => new IrregularityOfAttendanceNotFound(),
                { Confirmed: { } before } when before == Reason => Decision.NoChange,
                _ => meeting.Accept(meeting.ActAt(On), new AttendanceIrregularityConfirmed(Meeting, Person, When, Reason)),
            };
    }
}
