using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Says which days the version in preparation covers, and for how much.</summary>
public sealed record SetConventionTerms(DateOnly FirstDay, DateOnly LastDay, int AmountCents, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((ConventionChecks.Amount("amountCents", AmountCents, 0) ?? ConventionChecks.Days(FirstDay, LastDay)) is { } wrong)
            return wrong;
        if (convention.At(On) is Convention.Known { File.Prepared.Terms: var terms } && (terms.FirstDay, terms.LastDay, terms.Cents) == (FirstDay, LastDay, AmountCents))
            return Decision.NoChange;
        return convention.Revise(On, (prepared, _) => Above(prepared), new ConventionTermsSet(FirstDay, LastDay, AmountCents));
    }

    private TrancheAboveAgreed? Above(ConventionTerms terms) =>
        terms.Tranches.Sum(t => (long)t.Cents) is var all && all > AmountCents
            ? new TrancheAboveAgreed(terms.Tranches[^1].Title, ConventionChecks.Cents(AmountCents), ConventionChecks.Cents(all))
            : null;
}
