using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Colleges;

/// <summary>Records a review of how the college works; a refinement of its rules may follow.</summary>
public sealed record ReviewCollege(string Findings, bool RefinementWanted, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> college)
    {
        if (Texts.Text("findings", Findings) is { } wrong)
            return wrong;
        var reviewed = new CollegeReviewed(Findings, RefinementWanted);
        return college.At(On) switch
        {
            Body.Constituted { Kind: not BodyKind.College } b => new NotACollege(b.Name),
            Body.Constituted when college.Recorded.Any(e => e.On == On && reviewed.Equals(e.Event)) => Decision.NoChange,
            Body.Constituted => college.Accept(On, reviewed),
            _ => college.Missing(On),
        };
    }
}
