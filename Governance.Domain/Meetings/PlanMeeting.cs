using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Meetings;

/// <summary>Plans a meeting of a body or of a working group.</summary>
/// <param name="Starts">When it begins.</param>
/// <param name="SecondOf">The meeting after which it is held, which could not decide, or no longer, for want of a quorum.</param>
public sealed record PlanMeeting(
    MeetingId Meeting, BodyId? Body, WorkingGroupId? Group, MeetingKind Type, string Title, EffectiveTime Starts, string? Place, bool Remote, MeetingId? SecondOf,
    EffectiveTime On)
{
    /// <param name="body">Of the body; null for a working group.</param>
    /// <param name="group">Of the working group; null for a body.</param>
    /// <param name="first">The meeting named by <see cref="SecondOf"/>; null for none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Body>? body, Timeline<WorkingGroup>? group, Timeline<Meeting>? first)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalName("place", Place)) is { } wrong)
            return wrong;
        if ((Body is null) == (Group is null))
            return new MeetingOfBodyOrGroup();
        if (Place is null && !Remote)
            return new MeetingNowhere();
        if ((body is not null && body.At(On) is not Mandates.Body.Constituted) || (group is not null && group.At(On) is not WorkingGroup.Active))
            return new MeetingBodyNotFound();
        if (SecondOf is not null && !(first?.EndedWithoutQuorum() is { } ended && ended.Plan.Body == Body))
            return first?.Latest is null or Meetings.Meeting.Unknown ? new MeetingNotFound() : new FirstMeetingHadQuorum();
        if (first?.Latest is Meetings.Meeting.Known { Plan.Kind: var kind } && kind != Type)
            return new SecondMeetingOfAnotherKind(kind);
        var planned = new MeetingPlanned(Meeting, Type, Title, Starts, Remote, Body, Group, Place, SecondOf);
        return meeting.Latest switch
        {
            Meetings.Meeting.Unknown => meeting.Accept(On, planned),
            Meetings.Meeting.Known known when known.Plan == planned => Decision.NoChange,
            _ => new MeetingAlreadyPlanned(Title),
        };
    }
}
