using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Who came or left is recorded after acts that rest on the attendance known then.</summary>
internal static class LateAttendance
{
    /// <summary>An irregularity that names each act between the arrival or departure and what the person did next; no change when there is none.</summary>
    public static Decision Raise(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet, PersonId person, EffectiveTime on, DateTimeOffset now)
    {
        var next = sheet.Effective.FirstOrDefault(e => e.On > on && e.Event switch { PersonArrived a => a.Person == person, PersonLeft l => l.Person == person, _ => false })?.On;
        List<EventId> acts =
        [
            .. meeting.Effective
                .Where(e => e.Event is MeetingOpened or QuorumNotReached or ResolutionPutToVote or MeetingAdjourned { Quorum: not null } or MeetingResumed)
                .Where(e => e.On > on && (next is null || e.On < next))
                .Select(e => e.Id),
        ];
        return acts.Count == 0
            ? Decision.NoChange
            : meeting.Accept(meeting.ActAt(EffectiveTime.At(now)), new AttendanceIrregularityRaised(((Meeting.Known)meeting.Latest).Plan.Meeting, person, on, acts));
    }
}
