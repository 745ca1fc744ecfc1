using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="Due">To be reached by the end of this day, month, quarter... instead.</param>
/// <param name="Reason">Why it moves: what slips shows with its reason.</param>
public sealed record MoveMilestone(MilestoneId Milestone, EffectiveTime Due, string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (workstream.At(On) is not Workstream.Live w)
            return workstream.Stands(On);
        return w.Plan.Find(Milestone) switch
        {
            null => new MilestoneNotFound(),
            { Reached: { } reached } => new MilestoneAlreadyReached(reached),
            { Due: var due } when due == Due => Kernel.Decision.NoChange,
            _ => workstream.Accept(On, new MilestoneMoved(Milestone, Due, Reason, Decision)),
        };
    }
}
