using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Records that the convocation was sent to a person, with what shows it.</summary>
public sealed record RecordSending(MeetingId Meeting, PersonId Person, NoticeChannel Channel, string? Proof, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Convocations> convocations)
    {
        if (Texts.OptionalName("proof", Proof) is { } wrong)
            return wrong;
        if (meeting.Latest is not Meetings.Meeting.Known known)
            return new MeetingNotFound();
        if (known.Convocation is null)
            return new MeetingNotConvened();
        return convocations.Latest.To.TryGetValue(Person, out var before) && before == new Convocations.Sending(On, Channel, Proof)
            ? Decision.NoChange
            : convocations.Accept(On, new ConvocationSent(Meeting, Person, Channel, Proof));
    }
}
