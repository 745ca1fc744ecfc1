using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Members;

/// <summary>Excludes a member who was notified and heard; the mandates that represent it end with its membership.</summary>
public sealed record ExcludeMember(DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="bodies">Every body of the association: where the member may be represented.</param>
    public Decision Decide(Timeline<Member> member, IReadOnlyList<Timeline<Body>> bodies) => member.At(On) switch
    {
        Member.Excluded => Kernel.Decision.NoChange,
        { IsMember: false } => member.Stands(On),
        { ExclusionUnderWay: null } => new ExclusionNotNotified(),
        { ExclusionUnderWay: { HeardOn: null } exclusion } => new MemberNotHeard(exclusion.HearingOn),
        { Register: var entry } => Leaving.Decide(member, entry!.Id, new MemberExcluded(Decision), bodies, On),
    };
}
