using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Members;

/// <summary>The member leaves; the mandates that represent it end with its membership.</summary>
public sealed record ResignMember(string? Reason, EffectiveTime On)
{
    /// <param name="bodies">Every body of the association: where the member may be represented.</param>
    public Decision Decide(Timeline<Member> member, IReadOnlyList<Timeline<Body>> bodies)
    {
        if (Texts.OptionalText("reason", Reason) is { } wrong)
            return wrong;
        return member.At(On) switch
        {
            Member.Resigned => Decision.NoChange,
            { IsMember: true, Register: { } entry } => Leaving.Decide(member, entry.Id, new MemberResigned(Reason), bodies, On),
            _ => member.Stands(On),
        };
    }
}
