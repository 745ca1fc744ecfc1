using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>Says when it is meant to run.</summary>
/// <param name="Start">Meant to be started by the end of this day, month, quarter...</param>
/// <param name="End">Meant to be completed by the end of this period; null when not said.</param>
public sealed record ScheduleWorkstream(EffectiveTime Start, EffectiveTime? End, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (End < Start)
            return new ScheduleUnfit();
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.Schedule == new Schedule(Start, End) => Kernel.Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new WorkstreamScheduled(Start, End, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
