using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>Takes back a fact of a workstream: no proposal of one that others wait for or that waits, and no funding that an expense uses.</summary>
/// <param name="Event">The fact, of the workstream given.</param>
public sealed record RetractWorkstreamFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Dependencies> dependencies)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(workstream);
        return decision is Decision.Accepted { Facts: var facts }
            && workstream.Latest is Workstream.Known { Plan.Id: var id } && workstream.After(facts).Latest is Workstream.Unproposed
            && dependencies.From(On).Any(state => state.All.Exists(d => d.Workstream == id || d.Prerequisite == id))
            ? new WorkstreamInDependencies()
            : workstream.Funded(decision);
    }
}
