using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;

namespace Governance.Domain.Gatherings;

/// <summary>What a gathering agreed on starts: a draft of the statutes from the version in force, or a workstream proposed for a roadmap.</summary>
/// <param name="Version">Of the draft, for an amendment.</param>
/// <param name="Workstream">To be, for a workstream.</param>
/// <param name="Roadmap">Null for an amendment.</param>
public sealed record StartFollowUp(FollowUpId FollowUp, StatutesVersionId Version, WorkstreamId Workstream, RoadmapId? Roadmap, EffectiveTime On)
{
    /// <param name="roadmap">Null when none is named.</param>
    public Decision Decide(Timeline<Gathering> gathering, Timeline<StatutesVersions> statutes, Timeline<Workstream> workstream, Timeline<Roadmap>? roadmap)
    {
        if (gathering.At(On) is not Gathering.Planned planned)
            return gathering.NotPlanned(On);
        return planned.FollowUps.Find(f => f.Id == FollowUp) switch
        {
            null => new FollowUpNotFound(),
            { Started: true } one => gathering.Effective.Any(e => e.On == On && e.Event is FollowUpStarted started && started.FollowUp == FollowUp)
                ? Decision.NoChange
                : new FollowUpAlreadyStarted(one.Title),
            { Kind: FollowUpKind.Amendment } one => statutes.At(On).InForceAt(On.Instant) is { } inForce
                ? Decision.All(
                    new DraftStatutes(Version, one.Title, inForce.Id, null, null, On).Decide(statutes),
                    gathering.Accept(On, new FollowUpStarted(FollowUp, Version: Version)))
                : new NothingToStartFrom(FollowUpKind.Amendment),
            { } one => roadmap is null
                ? new NothingToStartFrom(FollowUpKind.Workstream)
                : Decision.All(
                    new ProposeWorkstream(Workstream, Roadmap!.Value, one.Title, null, On).Decide(workstream, roadmap),
                    gathering.Accept(On, new FollowUpStarted(FollowUp, Workstream: Workstream))),
        };
    }
}
