using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Decision">The ballot that decided to sign.</param>
public sealed record SignAmendment(AmendmentId Amendment, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention) => convention.At(On) switch
    {
        Convention.Signed { File.Prepared: { } prepared } when prepared.Amendment == Amendment && Below(prepared.Terms, convention.Latest) is { } below => below,
        Convention.Signed { File.Prepared: { } prepared } when prepared.Amendment == Amendment
            => convention.Accept(On, new AmendmentSigned(Amendment, Decision)),
        Convention.Signed c when c.File.Versions.Find(v => v.Amendment == Amendment) is { } signed && signed.Signed == On && signed.Decision == Decision?.Ballot
            => Kernel.Decision.NoChange,
        Convention.Signed => new AmendmentNotFound(),
        Convention.Draft c => convention.NotAmended(c.File),
        _ => convention.NotSigned(On),
    };

    // What came in while the amendment was prepared is no less than what it agrees.
    private static Refusal? Below(ConventionTerms terms, Convention known) =>
        known is Convention.Known { File: var file } ? terms.Tranches.Select(tranche => file.BelowReceived(tranche.Id, tranche.Title, tranche.Cents)).FirstOrDefault(r => r is not null) : null;
}
