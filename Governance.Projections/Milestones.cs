using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The steps of the workstreams: when each is due, how often that was moved, when it was reached.</summary>
public sealed class Milestones : TimelineModel<Milestones.Milestone>
{
    private const string Stored = "milestones_2";

    /// <param name="Due">To be reached by the end of this period.</param>
    /// <param name="FirstDue">What was first planned.</param>
    /// <param name="Moves">How many times it was moved.</param>
    /// <param name="Remark">Why it was last moved, or what was said when it was reached.</param>
    public sealed record Milestone(
        MilestoneId Id, WorkstreamId Workstream, string Title, EffectiveTime Due, EffectiveTime FirstDue, int Moves, EffectiveTime? Reached, string? Remark);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["workstream"];

    public override IReadOnlyList<Type> Events => [typeof(MilestonePlanned), typeof(MilestoneMoved), typeof(MilestoneReached)];

    public override IReadOnlyList<string> Indexes => ["(tenant, workstream)"];

    public override Columns<Milestone> Columns { get; } = new Columns<Milestone>()
        .Uuid("milestone", m => m.Id.Value)
        .Uuid("workstream", m => m.Workstream.Value)
        .Text("title", m => m.Title)
        .Time("due", m => m.Due)
        .Time("first_due", m => m.FirstDue)
        .Int32("moves", m => m.Moves)
        .Time("reached", m => m.Reached, optional: true)
        .Text("remark", m => m.Remark, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        MilestonePlanned e => e.Milestone.Value,
        MilestoneMoved e => e.Milestone.Value,
        MilestoneReached e => e.Milestone.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Milestone>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Keys.Of(history[0].Stream.Thing(), Part(history[0].Event)), history, default(Milestone), Evolve, m => m);

    private static Milestone? Evolve(Milestone? m, Recorded e) => (m, e.Event) switch
    {
        (null, MilestonePlanned p) => new(p.Milestone, new WorkstreamId(e.Stream.Thing()), p.Title, p.Due, p.Due, 0, null, null),
        (not null, MilestoneMoved v) => m with { Due = v.Due, Moves = m.Moves + 1, Remark = v.Reason },
        (not null, MilestoneReached r) => m with { Reached = e.On, Remark = r.Remark },
        _ => throw ImpossibleHistoryException.After((object?)m ?? "a milestone not planned", e.Event, e.On),
    };

    private const string Selected =
        "milestone, workstream, title, due, due_precision, first_due, first_due_precision, moves, reached, reached_precision, remark";

    /// <summary>Every milestone known at the view's moment, in the order in which they are due.</summary>
    public static ValueTask<IReadOnlyList<Milestone>> ListAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} order by due, title, key", Read, ct);

    /// <summary>Those of one workstream, in the order in which they are due.</summary>
    public static ValueTask<IReadOnlyList<Milestone>> OfWorkstreamAsync(ReadView view, WorkstreamId workstream, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and workstream = @workstream order by due, title, key",
            Read,
            ct,
            ("workstream", workstream.Value));

    private static Milestone Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<MilestoneId>(0), r.Id<WorkstreamId>(1), r.GetString(2), r.Time(3), r.Time(5), r.GetInt32(7), r.TimeOrNull(8), r.TextOrNull(10));
}
