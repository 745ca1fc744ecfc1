using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The bodies of an association and its colleges, with their seats and weights, on any date.</summary>
public sealed class Bodies : TimelineModel<Bodies.Body>
{
    internal const string Stored = "bodies_1";

    /// <param name="Seats">How many mandates it can have at once; null when nothing limits them.</param>
    /// <param name="Weight">What a college's votes weigh beside the other colleges'; one for any other body.</param>
    /// <param name="Colleges">The colleges that compose a general assembly.</param>
    /// <param name="Reviews">How many times a college has been reviewed.</param>
    /// <param name="RefinementWanted">The last review asked for a refinement that has not come yet.</param>
    /// <param name="Decision">The decision that constituted it.</param>
    public sealed record Body(
        BodyId Id, string Name, BodyKind Kind, int? Seats, Fraction Weight, IReadOnlyList<BodyId> Colleges, EffectiveTime Since,
        int Reviews, bool RefinementWanted, BallotId? Decision);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["body"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(BodyConstituted), typeof(BodyRecomposed), typeof(BodyRenamed), typeof(BodyDissolved), typeof(CollegeConstituted),
        typeof(CollegeReviewed), typeof(CollegeRefined),
    ];

    public override Columns<Body> Columns { get; } = new Columns<Body>()
        .Text("name", b => b.Name)
        .Choice<BodyKind>("kind", b => b.Kind)
        .Int32("seats", b => b.Seats, optional: true)
        .Fraction("weight", b => b.Weight)
        .Uuids("colleges", b => [.. b.Colleges.Select(c => c.Value)])
        .Time("since", b => b.Since)
        .Int32("reviews", b => b.Reviews)
        .Bool("refinement_wanted", b => b.RefinementWanted)
        .Uuid("decision", b => b.Decision?.Value, optional: true);

    public override IEnumerable<Segment<Body>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Body), Evolve, b => b);

    // A body dissolved has no row.
    private static Body? Evolve(Body? b, Recorded e) => (b, e.Event) switch
    {
        (null, BodyConstituted c) => new(c.Body, c.Name, c.Kind, c.Seats, Fraction.One, c.Colleges, e.On, 0, false, c.Decision?.Ballot),
        (null, CollegeConstituted c) => new(c.College, c.Name, BodyKind.College, c.Seats, c.Weight, [], e.On, 0, false, c.Decision?.Ballot),
        (not null, BodyRecomposed c) => b with { Colleges = c.Colleges },
        (not null, BodyRenamed r) => b with { Name = r.Name },
        (not null, CollegeReviewed r) => b with { Reviews = b.Reviews + 1, RefinementWanted = r.RefinementWanted },
        (not null, CollegeRefined r) => b with { Seats = r.Seats, Weight = r.Weight, RefinementWanted = false },
        (not null, BodyDissolved) => null,
        _ => throw ImpossibleHistoryException.After((object?)b ?? "a body not constituted", e.Event, e.On),
    };

    private const string Selected = "key, name, kind, seats, weight, colleges, since, since_precision, reviews, refinement_wanted, decision";

    /// <summary>The bodies that stand at the view's moment: the general assembly first, then board, bureau, colleges and the others, by name.</summary>
    public static ValueTask<IReadOnlyList<Body>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} b where {AsOf.Of("b")}
        order by array_position(array['general-assembly', 'board', 'bureau', 'college', 'secretariat', 'auditors'], kind), name, key
        """,
        Read,
        ct);

    /// <summary>The colleges that stand, by name.</summary>
    public static ValueTask<IReadOnlyList<Body>> CollegesAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and kind = 'college' order by name, key", Read, ct);

    /// <summary>One body, or null when it does not stand at the view's moment.</summary>
    public static ValueTask<Body?> FindAsync(ReadView view, BodyId body, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and key = @body", Read, ct, ("body", body.Value));

    /// <summary>Bodies by id, each as it stands nearest to the view's moment, dissolved ones too; what was never constituted is left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<BodyId, Body>> ManyAsync(ReadView view, IEnumerable<BodyId> bodies, CancellationToken ct = default)
    {
        var found = await view.Database.ListAsync(
            view,
            $"""
            select distinct on (key) {Selected} from read.{Stored} b where {AsOf.KnownOf("b")} and key = any(@keys)
            order by key, effective @> @instant desc, abs(extract(epoch from lower(effective) - @instant))
            """,
            Read,
            ct,
            ("keys", bodies.Select(b => b.Value).Distinct().ToArray())).ConfigureAwait(false);
        return found.ToDictionary(body => body.Id);
    }

    private static Body Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<BodyId>(0), r.GetString(1), r.Choice<BodyKind>(2), r.Int32OrNull(3), r.Fraction(4), r.Ids<BodyId>(5), r.Time(6), r.GetInt32(8),
        r.GetBoolean(9), r.IdOrNull<BallotId>(10));
}
