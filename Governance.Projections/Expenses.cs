using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What workstreams cost: each expense as committed, and what became of it.</summary>
public sealed class Expenses : TimelineModel<Expenses.Entry>
{
    private const string Stored = "expenses_2";

    /// <param name="Committed">The event that entered it.</param>
    /// <param name="Ended">The event by which it was paid or cancelled; null while it is neither.</param>
    /// <param name="PaidPaper">The paper that shows the payment.</param>
    public sealed record Entry(WorkstreamId Workstream, Expense Expense, EventId Committed, EventId? Ended = null, string? PaidPaper = null);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["workstream"];

    public override IReadOnlyList<Type> Events => [typeof(ExpenseCommitted), typeof(ExpensePaid), typeof(ExpenseCancelled)];

    public override IReadOnlyList<string> Indexes => ["(tenant, workstream)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("workstream", e => e.Workstream.Value)
        .Text("purpose", e => e.Expense.Purpose)
        .Json("expense", e => e.Expense)
        .Uuid("committed", e => e.Committed.Value)
        .Uuid("ended", e => e.Ended?.Value, optional: true)
        .Text("paid_paper", e => e.PaidPaper, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        ExpenseCommitted e => e.Expense.Value,
        ExpensePaid e => e.Expense.Value,
        ExpenseCancelled e => e.Expense.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Keys.Of(history[0].Stream.Thing(), Part(history[0].Event)), history, default(Entry), Evolve, e => e);

    private static Entry? Evolve(Entry? entry, Recorded e) => (entry, e.Event) switch
    {
        (null, ExpenseCommitted c) => new(new WorkstreamId(e.Stream.Thing()), new Expense(c.Expense, c.Year, c.Purpose, c.AmountCents, c.Paper, e.On, c.Convention), e.Id),
        ({ Expense: var x }, ExpensePaid p) => entry with { Expense = x with { Paid = new ExpensePayment(p.AmountCents, e.On) }, Ended = e.Id, PaidPaper = p.Paper },
        ({ Expense: var x }, ExpenseCancelled c) => entry with { Expense = x with { Cancelled = c.Reason }, Ended = e.Id },
        _ => throw ImpossibleHistoryException.After((object?)entry ?? "an expense not committed", e.Event, e.On),
    };

    private const string Selected = "workstream, expense, committed, ended, paid_paper";

    /// <summary>Every expense known at the view's moment, by purpose.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} x where {AsOf.Of("x")} order by purpose, key", Read, ct);

    /// <summary>Those of one workstream, by purpose.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfWorkstreamAsync(ReadView view, WorkstreamId workstream, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} x where {AsOf.Of("x")} and workstream = @workstream order by purpose, key", Read, ct, ("workstream", workstream.Value));

    private static Entry Read(Npgsql.NpgsqlDataReader r) =>
        new(r.Id<WorkstreamId>(0), r.Json<Expense>(1), r.Id<EventId>(2), r.IdOrNull<EventId>(3), r.TextOrNull(4));
}
