using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Decision">The ballot that decided to sign.</param>
public sealed record SignAmendment(AmendmentId Amendment, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention) => convention.At(On) switch
    {
        Convention.Signed { File.Prepared: { } prepared } when prepared.Amendment == Amendment
            => convention.Accept(On, new AmendmentSigned(Amendment, Decision)),
        Convention.Signed c when c.File.Versions.Find(v => v.Amendment == Amendment) is { } signed && signed.Signed == On && signed.Decision == Decision?.Ballot
            => Kernel.Decision.NoChange,
        Convention.Signed => new AmendmentNotFound(),
        Convention.Draft c => convention.NotAmended(c.File),
        _ => convention.NotSigned(On),
    };
}
