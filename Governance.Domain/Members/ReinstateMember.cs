using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

public sealed record ReinstateMember(DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member) => member.At(On) switch
    {
        Member.Suspended => member.Accept(On, new MemberReinstated(Decision)),
        Member.Active when member.Recorded.Any(e => e.Event is MemberReinstated && e.On == On) => Kernel.Decision.NoChange,
        _ => member.Stands(On),
    };
}
