using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Constitutes a body other than a college.</summary>
/// <param name="Seats">How many mandates it can have at once; null when nothing limits them.</param>
/// <param name="Colleges">The colleges that compose it, for a general assembly; else empty.</param>
public sealed record ConstituteBody(
    BodyId Body, string Name, BodyKind Kind, int? Seats, IReadOnlyList<BodyId> Colleges, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="colleges">The colleges named.</param>
    public Decision Decide(Timeline<Body> body, Timeline<RegisterOfBodies> register, IReadOnlyList<Timeline<Body>> colleges)
    {
        if ((Texts.Name("name", Name) ?? Texts.Number("seats", Seats, 1, BodyChecks.MaximumSeats)) is { } wrong)
            return wrong;
        if (Kind == BodyKind.College)
            return new CollegeIsConstitutedAsOne();
        if (Colleges.Count > 0 && Kind != BodyKind.GeneralAssembly)
            return new CompositionUnfit();
        if (BodyChecks.Composition(Colleges, colleges, On) is { } unfit)
            return unfit;
        return body.Latest switch
        {
            Mandates.Body.Unconstituted => RegisterOfBodies.Constitute(
                body, register, Body, On, new BodyConstituted(Body, Name, Kind, Colleges, Seats, Decision)),
            Mandates.Body.Constituted b when b.Name == Name && b.Kind == Kind && b.Seats == Seats && b.Since == On && b.Colleges.SequenceEqual(Colleges)
                => Kernel.Decision.NoChange,
            Mandates.Body.Constituted b => new BodyAlreadyConstituted(b.Name),
            _ => body.Missing(On),
        };
    }
}
