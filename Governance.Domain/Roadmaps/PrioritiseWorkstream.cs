using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="Rank">From 1, the first; two workstreams can share a rank.</param>
public sealed record PrioritiseWorkstream(int Rank, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Number("rank", Rank, 1, 1000) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.Rank == Rank => Kernel.Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new WorkstreamPrioritised(Rank, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
