using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Somebody else presides from here on.</summary>
public sealed record HandOverChair(MeetingId Meeting, PersonId Chair, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        return session.Chair == Chair ? Decision.NoChange
            : sheet.At(On).There(Chair) is null ? new OfficerNotThere("chair")
            : meeting.Accept(meeting.ActAt(On), new ChairHandedOver(Meeting, Chair));
    }
}
