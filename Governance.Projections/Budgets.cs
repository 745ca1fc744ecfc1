using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What workstreams may cost, by calendar year.</summary>
public sealed class Budgets : TimelineModel<Budgets.Entry>
{
    private const string Stored = "budgets_1";

    /// <param name="Cents">Whole cents of euros, above 0.</param>
    /// <param name="Event">The event that says so.</param>
    /// <param name="Decision">The ballot that decided it; null when none was named.</param>
    public sealed record Year(int Of, int Cents, EventId Event, BallotId? Decision = null);

    /// <param name="Years">In order; a year without a budget is not among them.</param>
    public sealed record Entry(WorkstreamId Workstream, IReadOnlyList<Year> Years);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["workstream"];

    public override IReadOnlyList<Type> Events => [typeof(BudgetPlanned)];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>().Json("years", e => e.Years);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var workstream = history[0].Stream.Thing();
        return Segments.Of(workstream, history, new Entry(new WorkstreamId(workstream), []), Evolve, e => e);
    }

    private static Entry Evolve(Entry entry, Recorded e) => e.Event is BudgetPlanned planned
        ? entry with
        {
            Years =
            [
                .. entry.Years.Where(y => y.Of != planned.Year)
                    .Concat(planned.AmountCents > 0 ? [new Year(planned.Year, planned.AmountCents, e.Id, planned.Decision?.Ballot)] : Array.Empty<Year>())
                    .OrderBy(y => y.Of),
            ],
        }
        : throw ImpossibleHistoryException.After(entry, e.Event, e.On);

    /// <summary>Every workstream that a budget was ever planned for, at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select key, years from read.{Stored} b where {AsOf.Of("b")} order by key", r => new Entry(r.Id<WorkstreamId>(0), r.Json<IReadOnlyList<Year>>(1)), ct);
}
