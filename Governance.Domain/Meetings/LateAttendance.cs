using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Who came or left, or gave a proxy, is recorded after acts that rest on what was known of it then.</summary>
internal static class LateAttendance
{
    /// <summary>When the person came or left next; null for not again.</summary>
    public static EffectiveTime? Next(Timeline<AttendanceSheet> sheet, PersonId person, EffectiveTime on) => sheet.Effective
        .FirstOrDefault(e => e.On > on && e.Event switch { PersonArrived a => a.Person == person, PersonLeft l => l.Person == person, _ => false })?.On;

    /// <summary>
    /// An irregularity that names each act that the fact might have changed; no change when there is none. Whoever signed the minutes, or approved them, did
    /// so on what was known of all that happened in the meeting.
    /// </summary>
    /// <param name="on">From when.</param>
    /// <param name="next">Until when; null for the end.</param>
    /// <param name="minutes">Of the meeting; null while it runs, when there are none.</param>
    public static Decision Raise(Timeline<Meeting> meeting, PersonId person, EffectiveTime on, EffectiveTime? next, DateTimeOffset now, Timeline<Minutes>? minutes = null)
    {
        List<EventId> acts =
        [
            .. meeting.Effective
                .Where(e => e.Event is MeetingOpened or QuorumNotReached or ResolutionPutToVote or MeetingAdjourned { Quorum: not null } or MeetingResumed)
                .Where(e => e.On > on && (next is null || e.On < next))
                .Select(e => e.Id),
            .. minutes?.Effective.Where(e => e.Event is MinutesSigned or MinutesApproved).Select(e => e.Id) ?? [],
        ];
        return acts.Count == 0
            ? Decision.NoChange
            : meeting.Accept(meeting.ActAt(EffectiveTime.At(now)), new AttendanceIrregularityRaised(((Meeting.Known)meeting.Latest).Plan.Meeting, person, on, acts));
    }
}
