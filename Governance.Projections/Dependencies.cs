using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Which workstreams wait for which.</summary>
public sealed class Dependencies : TimelineModel<Dependencies.Entry>
{
    private const string Stored = "dependencies_2";

    /// <param name="Waits">What the workstream waits for, in the order in which it was said.</param>
    public sealed record Entry(WorkstreamId Workstream, IReadOnlyList<Dependency> Waits);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["dependencies"];

    public override IReadOnlyList<Type> Events => [typeof(DependencyRecorded), typeof(DependencyReleased)];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>().Json("waits", e => e.Waits);

    public override Guid Part(IEvent @event) => @event switch
    {
        DependencyRecorded e => e.Workstream.Value,
        DependencyReleased e => e.Workstream.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var workstream = Part(history[0].Event);
        return Segments.Of(workstream, history, new Entry(new WorkstreamId(workstream), []), Evolve, e => e);
    }

    private static Entry Evolve(Entry entry, Recorded e) => e.Event switch
    {
        DependencyRecorded d => entry with
        {
            Waits = [.. entry.Waits.Where(w => w.Prerequisite != d.Prerequisite), Dependency.Of(d, e.On, entry.Waits.FirstOrDefault(w => w.Prerequisite == d.Prerequisite))],
        },
        DependencyReleased d => entry with { Waits = [.. entry.Waits.Where(w => w.Prerequisite != d.Prerequisite)] },
        _ => throw ImpossibleHistoryException.After(entry, e.Event, e.On),
    };

    /// <summary>Every dependency that holds at the view's moment, of all roadmaps.</summary>
    public static async ValueTask<IReadOnlyList<Dependency>> ListAsync(ReadView view, CancellationToken ct = default) =>
    [
        .. (await view.Database.ListAsync(view, $"select waits from read.{Stored} d where {AsOf.Of("d")} order by key", r => r.Json<IReadOnlyList<Dependency>>(0), ct).ConfigureAwait(false))
            .SelectMany(waits => waits),
    ];
}
