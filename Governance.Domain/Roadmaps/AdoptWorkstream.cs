using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="Decision">The ballot, held here or transcribed, that adopts it.</param>
public sealed record AdoptWorkstream(DecisionReference Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream) => workstream.At(On) switch
    {
        Workstream.Proposed => workstream.Accept(On, new WorkstreamAdopted(Decision)),
        Workstream.Known w when w.Plan.AdoptedBy == Decision => Kernel.Decision.NoChange,
        _ => workstream.Stands(On),
    };
}
