using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record PauseWorkstream(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Paused => Kernel.Decision.NoChange,
            Workstream.Underway => workstream.Accept(On, new WorkstreamPaused(Reason, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
