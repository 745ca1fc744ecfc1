using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;
using State = Governance.Domain.Elections.Election;

namespace Governance.Projections;

/// <summary>What is to be filled by a vote, who stands, which ballots decide, who was installed, on any date.</summary>
public sealed class Elections : TimelineModel<Elections.Election>
{
    private const string Stored = "elections_1";

    /// <param name="Electing">The body that elects.</param>
    /// <param name="Body">The body to be filled.</param>
    /// <param name="Seats">The longest terms first.</param>
    /// <param name="Ballots">One for each round, annulled ones too.</param>
    public sealed record Election(
        ElectionId Id, string Title, BodyId Electing, BodyId Body, Office Office, EffectiveTime TermBegins, EffectiveTime Called, IReadOnlyList<ElectedSeat> Seats,
        IReadOnlyList<Candidate> Candidates, IReadOnlyList<BallotId> Ballots, IReadOnlyList<PersonId> Declined, IReadOnlyList<Installed> Installed);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["election"];

    public override IReadOnlyList<Type> Events => ElectionEvents.Types;

    public override IReadOnlyList<string> Indexes => ["(tenant, body)"];

    public override Columns<Election> Columns { get; } = new Columns<Election>()
        .Text("title", e => e.Title)
        .Uuid("electing", e => e.Electing.Value)
        .Uuid("body", e => e.Body.Value)
        .Choice<Office>("office", e => e.Office)
        .Time("term_begins", e => e.TermBegins)
        .Time("called", e => e.Called)
        .Json("seats", e => e.Seats)
        .Json("candidates", e => e.Candidates)
        .Uuids("ballots", e => [.. e.Ballots.Select(b => b.Value)])
        .Uuids("declined", e => [.. e.Declined.Select(p => p.Value)])
        .Json("installed", e => e.Installed);

    public override IEnumerable<Segment<Election>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of<State, Election>(history[0].Stream.Thing(), history, state => state is State.Called { Call: var call } called
            ? new(
                call.Election, call.Title, call.Electing, call.Body, call.Office, call.TermBegins, history[0].On, call.Seats, called.Candidates, called.Ballots,
                called.Declined, called.Installed)
            : null);

    private const string Selected =
        "key, title, electing, body, office, term_begins, term_begins_precision, called, called_precision, seats, candidates, ballots, declined, installed";

    /// <summary>The elections called by the view's moment, the latest first.</summary>
    public static ValueTask<IReadOnlyList<Election>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} order by called desc, title, key", Read, ct);

    /// <summary>Those that fill a body, the latest first.</summary>
    public static ValueTask<IReadOnlyList<Election>> OfBodyAsync(ReadView view, BodyId body, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} and body = @body order by called desc, key", Read, ct, ("body", body.Value));

    /// <summary>One election, or null when it was not called yet at the view's moment.</summary>
    public static ValueTask<Election?> FindAsync(ReadView view, ElectionId election, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} and key = @election", Read, ct, ("election", election.Value));

    /// <summary>The election that a ballot decides; null for one that decides none.</summary>
    public static ValueTask<Election?> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} and ballots @> array[@ballot]", Read, ct, ("ballot", ballot.Value));

    private static Election Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<ElectionId>(0), r.GetString(1), r.Id<BodyId>(2), r.Id<BodyId>(3), r.Choice<Office>(4), r.Time(5), r.Time(7), r.Json<IReadOnlyList<ElectedSeat>>(9),
        r.Json<IReadOnlyList<Candidate>>(10), r.Ids<BallotId>(11), r.Ids<PersonId>(12), r.Json<IReadOnlyList<Installed>>(13));
}
