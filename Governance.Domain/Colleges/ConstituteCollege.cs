using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Colleges;

/// <summary>Constitutes a college (circle); it is then composed by appointing to mandates in it.</summary>
/// <param name="Seats">How many mandates it can have at once; null when nothing limits them.</param>
/// <param name="Weight">What its votes weigh beside the other colleges'.</param>
public sealed record ConstituteCollege(BodyId College, string Name, int? Seats, Fraction Weight, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> college, Timeline<RegisterOfBodies> register)
    {
        if ((Texts.Name("name", Name) ?? Texts.Number("seats", Seats, 1, BodyChecks.MaximumSeats) ?? CollegeChecks.Weight(Weight)) is { } wrong)
            return wrong;
        return college.Latest switch
        {
            Body.Unconstituted => RegisterOfBodies.Constitute(
                college, register, College, On, new CollegeConstituted(College, Name, Weight, Seats, Decision)),
            Body.Constituted { Kind: BodyKind.College } b when b.Name == Name && b.Seats == Seats && b.Weight == Weight && b.Since == On
                => Kernel.Decision.NoChange,
            Body.Constituted b => new BodyAlreadyConstituted(b.Name),
            _ => college.Missing(On),
        };
    }
}
