using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record ResumeWorkstream(string? Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.OptionalText("remark", Remark) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Paused => workstream.Accept(On, new WorkstreamResumed(Remark)),
            Workstream.Underway when workstream.Recorded.Any(e => e.On == On && e.Event is WorkstreamResumed) => Decision.NoChange,
            _ => workstream.Stands(On),
        };
    }
}
