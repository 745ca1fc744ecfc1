using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>A member owes dues for a period, from here on.</summary>
/// <param name="Period">What the association calls it, such as « 2024 »; called once of a member.</param>
/// <param name="AmountCents">1 to 100,000,000 cents.</param>
/// <param name="DueOn">The last day on which they are paid in time.</param>
/// <param name="Decision">The decision that set the amount.</param>
public sealed record CallDues(string Period, int AmountCents, EffectiveTime DueOn, DecisionReference? Decision, EffectiveTime On)
{
    public const int MostCents = 100_000_000;

    public Decision Decide(Timeline<Member> member)
    {
        if ((Texts.Name("period", Period) ?? Texts.Number("amountCents", AmountCents, 1, MostCents)) is { } wrong)
            return wrong;
        if (!member.At(On).IsMember)
            return member.Stands(On);
        return member.Latest.DuesOf(Period) switch
        {
            null => member.Accept(On, new DuesCalled(Period, AmountCents, DueOn, Decision)),
            { } known when known.AmountCents == AmountCents && known.DueOn == DueOn => Kernel.Decision.NoChange,
            var known => new DuesAlreadyCalled(Period, new(known.AmountCents)),
        };
    }
}
