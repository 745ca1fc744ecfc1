using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Records that the convocation did not reach a person.</summary>
public sealed record RecordBounce(MeetingId Meeting, PersonId Person, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Convocations> convocations)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return convocations.Latest.To.TryGetValue(Person, out var sending)
            ? sending.Bounced == Reason ? Decision.NoChange : convocations.Accept(On, new ConvocationBounced(Meeting, Person, sending.Channel, Reason))
            : new ConvocationNotSent();
    }
}
