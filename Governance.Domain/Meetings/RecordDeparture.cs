using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Checks a person out. What becomes of the proxies in hand is the rule's: see <see cref="Room"/>.</summary>
/// <param name="On">The minute at which it happened, which may lie in the past.</param>
public sealed record RecordDeparture(MeetingId Meeting, PersonId Person, EffectiveTime On, DateTimeOffset Now)
{
    /// <param name="minutes">Of the meeting; null while it runs, when there are none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet, Timeline<MeetingProxies> proxies, Timeline<Minutes>? minutes)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known)
            return new MeetingNotFound();
        if (((Refusal?)NotYetHappened.Of(On, Now) ?? known.Ended(On)) is { } outside)
            return outside;
        var then = sheet.At(On);
        if (then.There(Person) is null)
            return then.All.TryGetValue(Person, out var left) && left.Left == On ? Decision.NoChange : new NotInTheMeeting();
        // Who comes back gets no proxy back that fell with the leaving.
        var held = proxies.Latest.All.Exists(p => p.End is null && (p.Holder == Person || p.Substitute == Person));
        return Decision.All(
            sheet.Accept(On, new PersonLeft(Meeting, Person)),
            LateAttendance.Raise(meeting, Person, On, held ? null : LateAttendance.Next(sheet, Person, On), Now, minutes));
    }
}
