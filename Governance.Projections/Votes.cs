using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>
/// Who has voted. What they voted in an open ballot is told once the ballot is closed, and not before; in a secret one there is nothing to tell.
/// </summary>
public sealed class Votes : TimelineModel<Votes.Row>
{
    internal const string Stored = "votes_2";

    /// <summary>The vote of one elector, as the table keeps it.</summary>
    public sealed record Row(BallotId Ballot, MandateId Elector, PersonId By, EffectiveTime On, int Changes, Choice? Choice, Paper? Paper);

    /// <param name="On">When the vote was cast as it stands.</param>
    /// <param name="Changes">How many times it was changed; in a secret ballot, how many times somebody else signed for it.</param>
    /// <param name="Choice">On a motion; null while the ballot is open, and in a secret one.</param>
    /// <param name="Paper">In a contest; null while the ballot is open, and in a secret one.</param>
    public sealed record Vote(BallotId Ballot, MandateId Elector, PersonId By, EffectiveTime On, int Changes, Choice? Choice, Paper? Paper = null);

    /// <summary>How many have voted, of how many on the roll.</summary>
    /// <param name="There">How many of the roll were present or represented as a vote of a meeting recorded here opened: nobody else votes in it. Null of any other.</param>
    public sealed record Turnout(long Voted, int Electors, int? There = null);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["vote", "signing"];

    public override IReadOnlyList<Type> Events => [typeof(VoteCast), typeof(VoteChanged), .. SigningEvents.Types];

    public override IReadOnlyList<string> Indexes => ["(tenant, ballot)"];

    public override Columns<Row> Columns { get; } = new Columns<Row>()
        .Uuid("ballot", v => v.Ballot.Value)
        .Uuid("elector", v => v.Elector.Value)
        .Uuid("cast_by", v => v.By.Value)
        .Time("cast_on", v => v.On)
        .Int32("changes", v => v.Changes)
        .Choice<Choice>("choice", v => v.Choice, optional: true)
        .Json("paper", v => v.Paper, optional: true);

    public override IEnumerable<Segment<Row>> Rows(AssociationId association, IReadOnlyList<Recorded> history) => history[0].Event switch
    {
        VoteCast e => Segments.Of<Domain.Ballots.Vote, Row>(
            Keys.Of(e.Ballot.Value, e.Elector.Value), history,
            vote => vote is Domain.Ballots.Vote.Cast c ? new(c.Ballot, c.Elector, c.By, c.On, c.Changes, c.Choice, c.Paper) : null),
        ElectorSigned e => Segments.Of<Signing, Row>(
            Keys.Of(e.Ballot.Value, e.Elector.Value), history,
            signing => signing is Signing.Signed s ? new(s.Ballot, s.Elector, s.By, s.On, s.Changes, null, null) : null),
        var other => throw ImpossibleHistoryException.After("no vote", other, history[0].On),
    };

    // A ballot annulled while it was open tells no choices either: it was never closed.
    private const string Selected =
        "v.ballot, v.elector, v.cast_by, v.cast_on, v.cast_on_precision, v.changes, case when b.closed_on is not null then v.choice end, "
        + "case when b.closed_on is not null then v.paper end";

    private static readonly string FromVotes =
        $"read.{Stored} v join read.{Ballots.Stored} b on b.tenant = v.tenant and b.key = v.ballot and {AsOf.Of("b")} where {AsOf.Of("v")} and v.ballot = @ballot";

    /// <summary>Who has voted in a ballot, in the order in which the votes were cast.</summary>
    public static ValueTask<IReadOnlyList<Vote>> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from {FromVotes} order by v.cast_on, v.elector", Read, ct, ("ballot", ballot.Value));

    /// <summary>The vote of one elector, or null when none was cast.</summary>
    public static ValueTask<Vote?> FindAsync(ReadView view, BallotId ballot, MandateId elector, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from {FromVotes} and v.elector = @elector", Read, ct, ("ballot", ballot.Value), ("elector", elector.Value));

    /// <summary>Votes that a person cast, for whomever, and those cast for mandates of theirs, in the order in which they were cast.</summary>
    public static ValueTask<IReadOnlyList<Vote>> OfPersonAsync(ReadView view, PersonId person, IEnumerable<MandateId> mandates, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} v join read.{Ballots.Stored} b on b.tenant = v.tenant and b.key = v.ballot and {AsOf.Of("b")}
        where {AsOf.Of("v")} and (v.cast_by = @person or v.elector = any(@mandates)) order by v.cast_on, v.ballot, v.elector
        """,
        Read,
        ct,
        ("person", person.Value),
        ("mandates", mandates.Select(m => m.Value).ToArray()));

    /// <summary>How many have voted in a ballot; null when it has not been opened at the view's moment.</summary>
    public static ValueTask<Turnout?> TurnoutAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.FindAsync(
        view,
        $"""
        select (select count(*) from read.{Stored} v where {AsOf.Of("v")} and v.ballot = b.key), b.electors,
            case when b.meeting is not null
                then (select count(*)::int from read.{Electors.Stored} e where {AsOf.Of("e")} and e.ballot = b.key and e.present is not null) end
        from read.{Ballots.Stored} b where {AsOf.Of("b")} and b.key = @ballot and b.electors is not null
        """,
        r => new Turnout(r.GetInt64(0), r.GetInt32(1), r.IsDBNull(2) ? null : r.GetInt32(2)),
        ct,
        ("ballot", ballot.Value));

    private static Vote Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<BallotId>(0), r.Id<MandateId>(1), r.Id<PersonId>(2), r.Time(3), r.GetInt32(5), r.ChoiceOrNull<Choice>(6), r.JsonOrNull<Paper>(7));
}
