using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>A workstream waits for another one no more.</summary>
public sealed record ReleaseDependency(WorkstreamId Workstream, WorkstreamId Prerequisite, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Dependencies> dependencies)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        var released = new DependencyReleased(Workstream, Prerequisite, Reason);
        return dependencies.At(On).Find(Workstream, Prerequisite) is not null ? dependencies.Accept(On, released)
            : dependencies.Recorded.Any(e => e.On == On && released.Equals(e.Event)) ? Decision.NoChange
            : new DependencyNotFound();
    }
}
