using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record AbandonWorkstream(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Abandoned => Kernel.Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new WorkstreamAbandoned(Reason, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
