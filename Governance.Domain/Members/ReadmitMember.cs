using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>A member that resigned or was excluded comes back, under the same name; its mandates do not come back with it.</summary>
public sealed record ReadmitMember(DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member) => member.At(On) switch
    {
        Member.Resigned or Member.Excluded => member.Accept(On, new MemberReadmitted(Decision)),
        Member.Active when member.Recorded.Any(e => e.Event is MemberReadmitted && e.On == On) => Kernel.Decision.NoChange,
        _ => member.Stands(On),
    };
}
