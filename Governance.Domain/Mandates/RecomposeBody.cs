using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Has a general assembly composed of other colleges than before.</summary>
public sealed record RecomposeBody(IReadOnlyList<BodyId> Colleges, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="colleges">The colleges named.</param>
    public Decision Decide(Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges) => body.At(On) switch
    {
        Body.Constituted { Kind: not BodyKind.GeneralAssembly } => new CompositionUnfit(),
        Body.Constituted b when b.Colleges.SequenceEqual(Colleges) => Kernel.Decision.NoChange,
        Body.Constituted => BodyChecks.Composition(Colleges, colleges, On) is { } unfit
            ? unfit
            : body.Accept(On, new BodyRecomposed(Colleges, Decision)),
        _ => body.Missing(On),
    };
}
