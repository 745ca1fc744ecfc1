using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record ReachMilestone(MilestoneId Milestone, string? Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.OptionalText("remark", Remark) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Known w when w.Plan.Find(Milestone) is { Reached: { } reached }
                => reached == On ? Decision.NoChange : new MilestoneAlreadyReached(reached),
            Workstream.Live w => w.Plan.Find(Milestone) is null
                ? new MilestoneNotFound()
                : workstream.Accept(On, new MilestoneReached(Milestone, Remark)),
            _ => workstream.Stands(On),
        };
    }
}
