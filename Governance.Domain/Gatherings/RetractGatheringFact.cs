using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Takes back a fact of a gathering; whoever waits moves up into places that come free by that.</summary>
/// <param name="Event">The fact, of the gathering given.</param>
public sealed record RetractGatheringFact(EventId Event, string Reason, EffectiveTime On)
{
    /// <param name="others">Every other gathering: while this one was called off, its edition may have been planned anew.</param>
    public Decision Decide(Timeline<Gathering> gathering, IReadOnlyList<Timeline<Gathering>> others)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(gathering);
        if (decision is not Decision.Accepted { Facts: var facts })
            return decision;
        if (gathering.Latest is Gathering.Cancelled { Plan.Edition: var edition } && gathering.After(facts).Latest is Gathering.Planned && others.Planning(edition) is { } other)
            return new EditionPlannedAlready(edition, other.Title);
        return Decision.Accept([.. facts, .. gathering.MovingUp(facts, On)]);
    }
}
