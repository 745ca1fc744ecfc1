using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Decision">The ballot that decided to sign.</param>
public sealed record SignConvention(DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention) => convention.At(On) switch
    {
        Convention.Draft { File.InForce.Terms.Indicators.IsEmpty: true } => new ConventionCommitsToNothing(),
        Convention.Draft => convention.Accept(On, new ConventionSigned(Decision)),
        Convention.Signed c when c.File.Versions[0].Signed == On && c.File.Versions[0].Decision == Decision?.Ballot => Kernel.Decision.NoChange,
        Convention.Signed c => new ConventionAlreadySigned(c.File.Title),
        _ => convention.NotSigned(On),
    };
}
