using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Meetings;

/// <summary>Enters the centres that take part in a meeting of a working group, whether anybody there holds a seat anywhere or not.</summary>
/// <param name="Centres">All of them; each has joined the group.</param>
public sealed record RecordGroupCentres(MeetingId Meeting, IReadOnlyList<MemberId> Centres, EffectiveTime On)
{
    /// <param name="group">The working group that meets; null where a body does.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<WorkingGroup>? group)
    {
        if (meeting.Latest is not (Meetings.Meeting.Planned or Meetings.Meeting.Convened or Meetings.Meeting.InSession or Meetings.Meeting.Adjourned))
            return meeting.Latest.Otherwise();
        var known = (Meetings.Meeting.Known)meeting.Latest;
        if (known.Plan.Group is null || group is null)
            return new CentresOfBodyMeeting();
        if (group.At(On) is not WorkingGroup.Active active)
            return group.NotActive(On);
        IReadOnlyList<MemberId> centres = [.. Centres.Distinct()];
        return centres.Any(c => !active.Centres.Contains(c)) ? new CentreNotInGroup(active.Name)
            : centres.SequenceEqual(known.Centres) ? Decision.NoChange
            : meeting.Accept(meeting.ActAt(On), new GroupCentresRecorded(Meeting, centres));
    }
}
