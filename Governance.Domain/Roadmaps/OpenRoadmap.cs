using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="FirstYear">First year it covers.</param>
/// <param name="LastYear">Last year it covers.</param>
public sealed record OpenRoadmap(RoadmapId Roadmap, string Title, int FirstYear, int LastYear, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Roadmap> roadmap)
    {
        if (Texts.Name("title", Title) is { } wrong)
            return wrong;
        if (FirstYear is < 1901 or > 2200 || LastYear < FirstYear || LastYear - FirstYear >= 20)
            return new RoadmapYearsUnfit(FirstYear, LastYear);
        return roadmap.Latest switch
        {
            Roadmaps.Roadmap.Open r when r == new Roadmaps.Roadmap.Open(Roadmap, Title, FirstYear, LastYear, On) => Kernel.Decision.NoChange,
            Roadmaps.Roadmap.Open r => new RoadmapAlreadyOpen(r.Title),
            _ => roadmap.Accept(On, new RoadmapOpened(Roadmap, Title, FirstYear, LastYear, Decision)),
        };
    }
}
