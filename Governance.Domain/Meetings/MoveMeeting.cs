using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Holds a meeting at another time or place, as long as it is not convened.</summary>
public sealed record MoveMeeting(MeetingId Meeting, EffectiveTime Starts, string? Place, bool Remote, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if (Texts.OptionalName("place", Place) is { } wrong)
            return wrong;
        if (Place is null && !Remote)
            return new MeetingNowhere();
        return meeting.Latest switch
        {
            Meetings.Meeting.Planned known when known.Starts == Starts && known.Place == Place && known.Remote == Remote => Decision.NoChange,
            Meetings.Meeting.Planned => meeting.Accept(On, new MeetingMoved(Meeting, Starts, Remote, Place)),
            Meetings.Meeting.Convened convened => new MeetingAlreadyConvened(convened.ConvenedOn!.Value),
            var otherwise => otherwise.Otherwise(),
        };
    }
}
