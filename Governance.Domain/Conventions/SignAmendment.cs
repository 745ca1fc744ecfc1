using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Decision">The ballot that decided to sign.</param>
public sealed record SignAmendment(AmendmentId Amendment, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention) => convention.At(On) switch
    {
        Convention.Signed { File: { Prepared: { } prepared } file } when prepared.Amendment == Amendment && Less(prepared.Terms, convention.Latest) is { } less
            => new TrancheAboveAgreed(less.Title, ConventionChecks.Cents(less.Cents), ConventionChecks.Cents(file.Received(less.Id))),
        Convention.Signed { File.Prepared: { } prepared } when prepared.Amendment == Amendment
            => convention.Accept(On, new AmendmentSigned(Amendment, Decision)),
        Convention.Signed c when c.File.Versions.Find(v => v.Amendment == Amendment) is { } signed && signed.Signed == On && signed.Decision == Decision?.Ballot
            => Kernel.Decision.NoChange,
        Convention.Signed => new AmendmentNotFound(),
        Convention.Draft c => convention.NotAmended(c.File),
        _ => convention.NotSigned(On),
    };

    // What came in while the amendment was prepared is no less than what it agrees.
    private static Tranche? Less(ConventionTerms terms, Convention known) =>
        known is Convention.Known { File: var file } ? terms.Tranches.Find(tranche => file.Received(tranche.Id) > tranche.Cents) : null;
}
