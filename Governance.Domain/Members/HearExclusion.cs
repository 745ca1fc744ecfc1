using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Records that the member was heard, or did not come though called.</summary>
/// <param name="Statement">What the member had to say; names nobody.</param>
public sealed record HearExclusion(bool Attended, string? Statement, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if (Texts.OptionalText("statement", Statement) is { } wrong)
            return wrong;
        var then = member.At(On);
        return then.ExclusionUnderWay switch
        {
            _ when !then.IsMember => member.Stands(On),
            null => new ExclusionNotNotified(),
            { HeardOn: { } heard } => heard == On ? Decision.NoChange : new MemberAlreadyHeard(heard),
            { HearingOn: var hearing } when On < hearing => new HearingTooEarly(hearing),
            _ => member.Accept(On, new ExclusionHeard(Attended, Statement)),
        };
    }
}
