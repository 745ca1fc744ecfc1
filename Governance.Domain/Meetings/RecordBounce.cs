using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Records that the convocation did not reach a person.</summary>
/// <param name="Refused">The channel on which it was not even accepted, so that no sending is recorded before; null for one that came back.</param>
public sealed record RecordBounce(MeetingId Meeting, PersonId Person, string Reason, EffectiveTime On, NoticeChannel? Refused = null)
{
    public Decision Decide(Timeline<Convocations> convocations)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        var sending = convocations.Latest.To.GetValueOrDefault(Person);
        if (sending?.Bounced == Reason)
            return Decision.NoChange;
        return (Refused ?? sending?.Channel) is { } channel
            ? convocations.Accept(On, new ConvocationBounced(Meeting, Person, channel, Reason))
            : new ConvocationNotSent();
    }
}
