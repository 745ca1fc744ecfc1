using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="Due">To be reached by the end of this day, month, quarter...</param>
public sealed record PlanMilestone(MilestoneId Milestone, string Title, EffectiveTime Due, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Name("title", Title) is { } wrong)
            return wrong;
        var planned = new MilestonePlanned(Milestone, Title, Due);
        if (workstream.Latest is Workstream.Known latest && latest.Plan.Find(Milestone) is { } known)
            return workstream.Recorded.Any(e => e.On == On && planned.Equals(e.Event)) ? Decision.NoChange : new MilestoneAlreadyPlanned(known.Title);
        return workstream.At(On) is Workstream.Live ? workstream.Accept(On, planned) : workstream.Stands(On);
    }
}
