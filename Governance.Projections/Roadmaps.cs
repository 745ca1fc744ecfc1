using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Roadmaps over some years; their lines of work are <see cref="Workstreams"/>.</summary>
public sealed class Roadmaps : TimelineModel<Roadmaps.Roadmap>
{
    private const string Stored = "roadmaps_1";

    /// <param name="FirstYear">First year, included.</param>
    /// <param name="LastYear">Last year, included.</param>
    public sealed record Roadmap(RoadmapId Id, string Title, int FirstYear, int LastYear, EffectiveTime Opened, BallotId? Decision);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["roadmap"];

    public override IReadOnlyList<Type> Events => [typeof(RoadmapOpened)];

    public override Columns<Roadmap> Columns { get; } = new Columns<Roadmap>()
        .Text("title", r => r.Title)
        .Int32("first_year", r => r.FirstYear)
        .Int32("last_year", r => r.LastYear)
        .Time("opened", r => r.Opened)
        .Uuid("decision", r => r.Decision?.Value, optional: true);

    public override IEnumerable<Segment<Roadmap>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Roadmap), Evolve, r => r);

    private static Roadmap? Evolve(Roadmap? r, Recorded e) => (r, e.Event) switch
    {
        (null, RoadmapOpened o) => new(o.Roadmap, o.Title, o.FirstYear, o.LastYear, e.On, o.Decision?.Ballot),
        _ => throw ImpossibleHistoryException.After((object?)r ?? "a roadmap not opened", e.Event, e.On),
    };

    private const string Selected = "key, title, first_year, last_year, opened, opened_precision, decision";

    /// <summary>The roadmaps opened by the view's moment, latest first.</summary>
    public static ValueTask<IReadOnlyList<Roadmap>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} r where {AsOf.Of("r")} order by first_year desc, opened desc, key", Read, ct);

    /// <summary>One roadmap, or null when it was not opened yet at the view's moment.</summary>
    public static ValueTask<Roadmap?> FindAsync(ReadView view, RoadmapId roadmap, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} r where {AsOf.Of("r")} and key = @roadmap", Read, ct, ("roadmap", roadmap.Value));

    private static Roadmap Read(Npgsql.NpgsqlDataReader r) =>
        new(r.Id<RoadmapId>(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.Time(4), r.IdOrNull<BallotId>(6));
}
