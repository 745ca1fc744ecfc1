using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Reduces what a member owes for a period, or waives it, by a decision.</summary>
/// <param name="AmountCents">What it owes in all from here on; 0 waives it.</param>
/// <param name="Reason">In the terms of the decision; names nobody.</param>
public sealed record ReduceDues(string Period, int AmountCents, string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if ((Texts.Name("period", Period) ?? Texts.Number("amountCents", AmountCents, 0, CallDues.MostCents) ?? Texts.Text("reason", Reason)) is { } wrong)
            return wrong;
        if (member.At(On) is Member.Unknown)
            return member.Stands(On);
        if (member.At(On).DuesOf(Period) is null)
            return new DuesNotCalled(Period);
        var known = member.Latest.DuesOf(Period)!;
        if (known.AmountCents == AmountCents && known.ReducedFromCents is not null)
            return Kernel.Decision.NoChange;
        return AmountCents >= known.AmountCents || AmountCents < known.PaidCents
            ? new DuesNotReduced(Period, new(known.AmountCents), new(known.PaidCents))
            : member.Accept(On, new DuesReduced(Period, AmountCents, Reason, Decision));
    }
}
