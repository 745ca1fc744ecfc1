using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>A workstream waits for another one, or for a milestone of it.</summary>
/// <param name="Milestone">The milestone waited for; null when the whole prerequisite is.</param>
/// <param name="Since">When it was said; what is said otherwise of the same wait (its reason) leaves that as it was.</param>
/// <param name="Reason">What is needed from it; null when not said.</param>
public sealed record Dependency(WorkstreamId Workstream, WorkstreamId Prerequisite, EffectiveTime Since, MilestoneId? Milestone = null, string? Reason = null)
{
    /// <param name="before">What was said of the two before; null for nothing.</param>
    public static Dependency Of(DependencyRecorded said, EffectiveTime on, Dependency? before) =>
        new(said.Workstream, said.Prerequisite, before is not null && before.Milestone == said.Milestone ? before.Since : on, said.Milestone, said.Reason);

    /// <summary>Whether what is waited for is there: the milestone reached, or the whole completed.</summary>
    public bool IsMetBy(Workstream.Known prerequisite) =>
        prerequisite is Workstream.Completed || (Milestone is { } milestone && prerequisite.Plan.Find(milestone) is { Reached: not null });
}

/// <summary>
/// Which workstreams of an association wait for which, of all its roadmaps. Whoever records a dependency moves this stream, so that two
/// opposite ones recorded at once cannot both pass.
/// </summary>
public sealed record Dependencies(ImmutableList<Dependency> All) : IState<Dependencies>
{
    public static Dependencies Initial { get; } = new(ImmutableList<Dependency>.Empty);

    public static StreamId Stream { get; } = new("dependencies");

    public Dependency? Find(WorkstreamId workstream, WorkstreamId prerequisite) => All.Find(d => d.Workstream == workstream && d.Prerequisite == prerequisite);

    /// <summary>From a workstream, along what each waits for, to another: both ends included; empty when there is no such path.</summary>
    public IReadOnlyList<WorkstreamId> Path(WorkstreamId from, WorkstreamId to)
    {
        var before = new Dictionary<WorkstreamId, WorkstreamId> { [from] = from };
        var open = new Queue<WorkstreamId>([from]);
        while (open.TryDequeue(out var at) && at != to)
        {
            foreach (var next in All.Where(d => d.Workstream == at).Select(d => d.Prerequisite).Where(next => before.TryAdd(next, at)))
                open.Enqueue(next);
        }

        if (!before.ContainsKey(to))
            return [];
        var path = new List<WorkstreamId> { to };
        while (path[^1] != from)
            path.Add(before[path[^1]]);
        path.Reverse();
        return path;
    }

    public Dependencies Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        DependencyRecorded e when Path(e.Prerequisite, e.Workstream).Count == 0
            => new(Without(e.Workstream, e.Prerequisite).Add(Dependency.Of(e, on, Find(e.Workstream, e.Prerequisite)))),
        DependencyReleased e when Find(e.Workstream, e.Prerequisite) is not null => new(Without(e.Workstream, e.Prerequisite)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private ImmutableList<Dependency> Without(WorkstreamId workstream, WorkstreamId prerequisite) =>
        Find(workstream, prerequisite) is { } known ? All.Remove(known) : All;
}
