using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Which objectives of conventions fund which workstreams.</summary>
public sealed class WorkstreamFundings : TimelineModel<WorkstreamFundings.Entry>
{
    private const string Stored = "workstream_fundings_1";

    public sealed record Funding(ConventionId Convention, IReadOnlyList<ObjectiveId> Objectives);

    /// <param name="Fundings">One for each convention that funds it, in the order in which they came.</param>
    public sealed record Entry(WorkstreamId Workstream, IReadOnlyList<Funding> Fundings);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["workstream"];

    public override IReadOnlyList<Type> Events => [typeof(WorkstreamFunded)];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>().Json("fundings", e => e.Fundings);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var workstream = new WorkstreamId(history[0].Stream.Thing());
        return Segments.Of(history[0].Stream.Thing(), history, new Entry(workstream, []), Evolve, e => e);
    }

    private static Entry Evolve(Entry entry, Recorded e) => e.Event is WorkstreamFunded funded
        ? entry with
        {
            Fundings =
            [
                .. entry.Fundings.Where(f => f.Convention != funded.Convention),
                .. funded.Objectives.Count > 0 ? [new Funding(funded.Convention, funded.Objectives)] : Array.Empty<Funding>(),
            ],
        }
        : throw ImpossibleHistoryException.After(entry, e.Event, e.On);

    /// <summary>Every workstream that names what funds it at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select key, fundings from read.{Stored} f where {AsOf.Of("f")} order by key", r => new Entry(r.Id<WorkstreamId>(0), r.Json<IReadOnlyList<Funding>>(1)), ct);
}
