using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Has the convocation go out by e-mail once more: to one person, or to everybody whom it did not reach.</summary>
/// <param name="Person">Null for everybody whose convocation came back, or for whom there was no address.</param>
public sealed record SendConvocationAgain(MeetingId Meeting, PersonId? Person, EffectiveTime On)
{
    /// <param name="invited">To whom the convocation goes by now; whom it went to before may have it again all the same.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Convocations> convocations, IReadOnlySet<PersonId> invited)
    {
        switch (meeting.Latest)
        {
            case Meetings.Meeting.Planned:
                return new MeetingNotConvened();
            case Meetings.Meeting.Convened { Convocation.Channel: not NoticeChannel.Email }:
                return new NotConvenedByEmail();
            case Meetings.Meeting.Convened convened when On >= convened.Starts:
                return new ConvenedAfterStart(convened.Starts);
            case Meetings.Meeting.Convened:
                break;
            case var otherwise:
                return otherwise.Otherwise();
        }

        var latest = convocations.Latest;
        if (Person is { } person)
        {
            return invited.Contains(person) || latest.To.ContainsKey(person) || latest.Unaddressed.ContainsKey(person)
                ? convocations.Accept(On, new ConvocationRepeated(Meeting, [person]))
                : new NotConvoked();
        }

        var missed = latest.Missed;
        return missed.Count > 0 ? convocations.Accept(On, new ConvocationRepeated(Meeting, missed)) : new NobodyToSendAgain();
    }
}
