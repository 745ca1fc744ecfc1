using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record ProposeWorkstream(WorkstreamId Workstream, RoadmapId Roadmap, string Title, string? Description, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Roadmap> roadmap)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("description", Description)) is { } wrong)
            return wrong;
        var proposed = new WorkstreamProposed(Workstream, Roadmap, Title, Description);
        return workstream.Latest switch
        {
            Roadmaps.Workstream.Known when workstream.Recorded.Any(e => e.On == On && proposed.Equals(e.Event)) => Decision.NoChange,
            Roadmaps.Workstream.Known w => new WorkstreamAlreadyProposed(w.Plan.Title),
            _ when roadmap.At(On) is Roadmaps.Roadmap.Open => workstream.Accept(On, proposed),
            _ when roadmap.Latest is Roadmaps.Roadmap.Open => BeforeItsBeginning.Of(BegunThing.Roadmap, roadmap, On),
            _ => new RoadmapNotFound(),
        };
    }
}
