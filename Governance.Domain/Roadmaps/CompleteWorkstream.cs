using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record CompleteWorkstream(string? Outcome, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.OptionalText("outcome", Outcome) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Completed => Decision.NoChange,
            Workstream.Underway => workstream.Accept(On, new WorkstreamCompleted(Outcome)),
            _ => workstream.Stands(On),
        };
    }
}
