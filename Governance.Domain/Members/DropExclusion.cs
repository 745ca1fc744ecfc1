using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Gives a procedure of exclusion up: the member stays.</summary>
public sealed record DropExclusion(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        var then = member.At(On);
        return then switch
        {
            _ when member.Recorded.Any(e => e.Event is ExclusionDropped && e.On == On) => Kernel.Decision.NoChange,
            { IsMember: false } => member.Stands(On),
            { ExclusionUnderWay: null } => new ExclusionNotNotified(),
            _ => member.Accept(On, new ExclusionDropped(Reason, Decision)),
        };
    }
}
