using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Records that the convocation could not be sent to a person, of whom no address is known.</summary>
public sealed record RecordNoAddress(MeetingId Meeting, PersonId Person, NoticeChannel Channel, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Convocations> convocations)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known)
            return new MeetingNotFound();
        if (known.Convocation is null)
            return new MeetingNotConvened();
        return convocations.Latest.Unaddressed.ContainsKey(Person)
            ? Decision.NoChange
            : convocations.Accept(On, new ConvocationUnaddressed(Meeting, Person, Channel));
    }
}
