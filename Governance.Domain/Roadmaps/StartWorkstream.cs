using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record StartWorkstream(EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream) => workstream.At(On) switch
    {
        Workstream.Underway => Decision.NoChange,
        Workstream.Adopted => workstream.Accept(On, new WorkstreamStarted()),
        Workstream.Proposed => new WorkstreamNotAdopted(),
        _ => workstream.Stands(On),
    };
}
