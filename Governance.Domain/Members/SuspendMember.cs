using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Takes the rights of a member away until it is reinstated; its mandates go on.</summary>
public sealed record SuspendMember(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return member.At(On) switch
        {
            Member.Suspended => Kernel.Decision.NoChange,
            Member.Active => member.Accept(On, new MemberSuspended(Reason, Decision)),
            _ => member.Stands(On),
        };
    }
}
