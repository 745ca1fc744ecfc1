using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Foresees a payment in the version in preparation, or another one in the place of what was foreseen under its identifier.</summary>
/// <param name="AmountCents">Above 0; tranches together come to no more than the amount agreed.</param>
/// <param name="Expected">To be paid by the end of this day, month, quarter...</param>
public sealed record AgreeTranche(TrancheId Tranche, string Title, int AmountCents, EffectiveTime Expected, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((Texts.Name("title", Title) ?? ConventionChecks.Amount("amountCents", AmountCents, 1)) is { } wrong)
            return wrong;
        return convention.At(On) is Convention.Known { File.Prepared.Terms: var terms } && terms.Tranches.Contains(new Tranche(Tranche, Title, AmountCents, Expected))
            ? Decision.NoChange
            : convention.Revise(On, Above, new TrancheAgreed(Tranche, Title, AmountCents, Expected));
    }

    private Refusal? Above(ConventionTerms terms, ConventionFile file)
    {
        var all = terms.Tranches.Where(t => t.Id != Tranche).Sum(t => (long)t.Cents) + AmountCents;
        return all > terms.Cents ? new TrancheAboveAgreed(Title, ConventionChecks.Cents(terms.Cents), ConventionChecks.Cents(all))
            : file.BelowReceived(Tranche, Title, AmountCents);
    }
}
