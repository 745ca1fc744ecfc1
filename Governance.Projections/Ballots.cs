using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;
using State = Governance.Domain.Ballots.Ballot;

namespace Governance.Projections;

/// <summary>
/// Questions put to the vote and outcomes transcribed from documents. Who may vote are <see cref="Electors"/>, who has voted are
/// <see cref="Votes"/>, late facts that would have changed an act are <see cref="Irregularities"/>.
/// </summary>
public sealed class Ballots : TimelineModel<Ballots.Ballot>
{
    internal const string Stored = "ballots_9";

    public enum Stage
    {
        Drafted,

        /// <summary>Votes can be cast within its window, until it is closed.</summary>
        Open,
        Closed,
        Counted,
        Proclaimed,

        /// <summary>Decided before the system: an outcome without papers.</summary>
        Transcribed,
        Annulled,
    }

    /// <param name="Since">When it came to its stage.</param>
    /// <param name="Opens">The first instant at which a vote can be cast.</param>
    /// <param name="Closes">The first instant at which none can be any more.</param>
    /// <param name="Electors">How many are on the frozen roll.</param>
    /// <param name="Rules">The rules it runs under, as in force when it opened.</param>
    /// <param name="Count">The papers as counted.</param>
    /// <param name="Outcome">What a motion came to, with its working; null while not proclaimed, and of a contest.</param>
    /// <param name="Verdict">What stands as decided; null before it is proclaimed and once it is annulled.</param>
    /// <param name="Counts">Votes as a document gives them, of a transcribed outcome.</param>
    /// <param name="Annulment">Why it was annulled.</param>
    /// <param name="AnnulledBy">The later decision that annulled it; null for none.</param>
    /// <param name="Unsettled">Irregularities that nobody has confirmed or drawn the consequence of.</param>
    /// <param name="Secret">Papers are put in sealed; false before it opens.</param>
    /// <param name="Contest">The options and the method; null for a motion.</param>
    /// <param name="Method">What a contest came to, with its working; null while not proclaimed, and of a motion.</param>
    /// <param name="LinkIssue">Number of the last issue of voting links; 0 while there is none.</param>
    /// <param name="Suspended">It is open and takes no vote: a secret vote is demanded of it, and granted.</param>
    /// <param name="Hands">Hands are counted, in a meeting.</param>
    /// <param name="Meeting">The meeting recorded here whose vote it is; null for none.</param>
    /// <param name="Parted">How a tie that the result had declared was parted; null while it was not, and where there was none.</param>
    /// <param name="SecondRoundOf">The ballot whose result called for this one; null for none.</param>
    /// <param name="Round">Of a ballot that another called for, from 2; null of a first one.</param>
    /// <param name="SecondRoundPut">The second round that its result called for and that was put last; null for none.</param>
    /// <param name="Minutes">The meeting whose minutes it approves; null for none.</param>
    /// <param name="Beside">Electors whom an interest of their own keeps off the roll; null for none.</param>
    /// <param name="Elected">Whom it elected, in order; null for nobody.</param>
    public sealed record Ballot(
        BallotId Id, BodyId? Body, DecisionKind Decision, string Title, string? Question, string? Motion, WorkstreamId? Workstream, string? Reference,
        Stage Stage, EffectiveTime Since, HeldIn? Held, EffectiveTime? Opens, EffectiveTime? Closes, int? Electors, BallotRules? Rules,
        StatutesVersionId? Statutes, MandateId? Chair, ClosedBy? ClosedBy, EffectiveTime? ClosedOn, BallotCounted? Count, Outcome? Outcome, Verdict? Verdict,
        EffectiveTime? DecidedOn, TranscribedCounts? Counts, string? Annulment, int Unsettled, Contest? Contest = null,
        MethodOutcome? Method = null, bool Secret = false, int LinkIssue = 0, bool Suspended = false, bool Hands = false,
        MeetingId? Meeting = null, IReadOnlyList<Elector>? Beside = null, IReadOnlyList<PersonId>? Elected = null, PartedTie? Parted = null, BallotId? SecondRoundOf = null, BallotId? AnnulledBy = null,
        int? Round = null, BallotId? SecondRoundPut = null, MeetingId? Minutes = null)
    {
        /// <summary>The contest as it was counted last: with the order that parted its tie.</summary>
        public Contest? CountedContest => Contest is { } put && Parted is { } parted ? put with { Question = put.Question with { TieOrder = parted.Order } } : Contest;

        /// <summary>Whether a lot has parted the result, or is about to.</summary>
        public bool IsLeftToLot => Parted is { By: TieBreak.Lot } || this is { Contest: not null, Verdict: Domain.Voting.Verdict.Tied, Rules.Tie.Content.Break: TieBreak.Lot };

        /// <summary>Whether a vote can be cast at an instant.</summary>
        public bool TakesVotesAt(DateTimeOffset instant) =>
            Stage == Stage.Open && !Suspended && Opens is { } opens && opens.Instant <= instant && Closes is { } closes && instant < closes.Instant;
    }

    /// <summary>How a tie was parted: see <see cref="DeclaredTieParted"/>.</summary>
    public sealed record PartedTie(TieBreak By, IReadOnlyList<string> Order, LotSeed? Seed = null, string? Source = null);

    /// <summary>A ballot that a person can vote in, for one mandate.</summary>
    /// <param name="Voted">A vote for this mandate has been cast.</param>
    /// <param name="ByProxy">The mandate is somebody else's.</param>
    public sealed record Asked(Ballot Ballot, MandateId Mandate, bool Voted, bool ByProxy = false);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["ballot"];

    // Rolls and papers are long, and a row tells of neither.
    public override IReadOnlyList<Type> Events =>
    [
        .. BallotEvents.Types.Except(
            [typeof(VoteCast), typeof(VoteChanged), typeof(ElectorateChunk), typeof(ElectorsLeftOut), typeof(PapersChunk), typeof(PapersPublished)]),
    ];

    // The clock asks every few seconds what is due, in all associations: what is decided stays out of its way.
    public override IReadOnlyList<string> Indexes => ["(tenant, workstream)", $"(closes) where {WaitingForTheClock}", $"(tenant, key) where {WaitingForALot}"];

    private const string WaitingForTheClock = "upper_inf(recorded) and upper_inf(effective) and stage in ('open', 'closed', 'counted')";

    private const string WaitingForALot =
        "upper_inf(recorded) and upper_inf(effective) and stage = 'proclaimed' and verdict = 'tied' and contest is not null and rules -> 'tie' -> 'content' ->> 'break' = 'lot'";

    public override Columns<Ballot> Columns { get; } = new Columns<Ballot>()
        .Uuid("body", b => b.Body?.Value, optional: true)
        .Choice<DecisionKind>("decision", b => b.Decision)
        .Text("title", b => b.Title)
        .Text("question", b => b.Question, optional: true)
        .Text("motion", b => b.Motion, optional: true)
        .Uuid("workstream", b => b.Workstream?.Value, optional: true)
        .Text("reference", b => b.Reference, optional: true)
        .Choice<Stage>("stage", b => b.Stage)
        .Time("since", b => b.Since)
        .Choice<HeldIn>("held", b => b.Held, optional: true)
        .Time("opens", b => b.Opens, optional: true)
        .Time("closes", b => b.Closes, optional: true)
        .Int32("electors", b => b.Electors, optional: true)
        .Json("rules", b => b.Rules, optional: true)
        .Uuid("statutes", b => b.Statutes?.Value, optional: true)
        .Uuid("chair", b => b.Chair?.Value, optional: true)
        .Choice<ClosedBy>("closed_by", b => b.ClosedBy, optional: true)
        .Time("closed_on", b => b.ClosedOn, optional: true)
        .Json("count", b => b.Count, optional: true)
        .Json("outcome", b => b.Outcome, optional: true)
        .Choice<Verdict>("verdict", b => b.Verdict, optional: true)
        .Time("decided_on", b => b.DecidedOn, optional: true)
        .Json("counts", b => b.Counts, optional: true)
        .Text("annulment", b => b.Annulment, optional: true)
        .Int32("unsettled", b => b.Unsettled)
        .Json("contest", b => b.Contest, optional: true)
        .Json("method", b => b.Method, optional: true)
        .Bool("secret", b => b.Secret)
        .Int32("link_issue", b => b.LinkIssue)
        .Bool("suspended", b => b.Suspended)
        .Bool("hands", b => b.Hands)
        .Uuid("meeting", b => b.Meeting?.Value, optional: true)
        .Json("beside", b => b.Beside, optional: true)
        .Json("elected", b => b.Elected, optional: true)
        .Json("parted", b => b.Parted, optional: true)
        .Uuid("second_round_of", b => b.SecondRoundOf?.Value, optional: true)
        .Uuid("annulled_by", b => b.AnnulledBy?.Value, optional: true)
        .Int32("round", b => b.Round, optional: true)
        .Uuid("second_round_put", b => b.SecondRoundPut?.Value, optional: true)
        .Uuid("minutes", b => b.Minutes?.Value, optional: true);

    public override IEnumerable<Segment<Ballot>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var key = history[0].Stream.Thing();
        var drafted = history[0].On;
        return Segments.Of<State, Ballot>(key, history, state => RowOf(state, new BallotId(key), drafted));
    }

    private static Ballot? RowOf(State state, BallotId id, EffectiveTime drafted) => state switch
    {
        State.Drafted b => OfDraft(b.Draft, id) with { Since = drafted },
        State.Open b => OfHeld(b, id) with { Stage = Stage.Open, Since = b.Since, Suspended = b.IsSuspended },
        State.Closed b => OfHeld(b, id) with { Stage = Stage.Closed, Since = b.On, ClosedBy = b.By, ClosedOn = b.On },
        State.Counted b => RowOf(b.Was, id, drafted)! with { Stage = Stage.Counted, Since = b.On, Count = b.Count, Unsettled = b.Unsettled.Count() },
        State.Proclaimed b => RowOf(b.Was, id, drafted)! with
        {
            Stage = Stage.Proclaimed,
            Since = b.On,
            Outcome = b.Outcome,
            Method = b.Method,
            Verdict = b.Verdict,
            DecidedOn = b.On,
            Elected = b.Elected is { Count: > 0 } people ? people : null,
            SecondRoundPut = b.SecondRound,
            Parted = b.Parted is { } parted ? new(parted.By, parted.Order, parted.Seed, parted.Source) : null,
            Unsettled = b.Unsettled.Count(),
        },
        State.Transcribed b => new(
            id, b.Record.Body, b.Record.Decision, b.Record.Title, null, b.Record.Motion, b.Record.Workstream, b.Record.Reference, Stage.Transcribed, b.On, null,
            null, null, null, null, b.Record.Statutes, null, null, null, null, null, b.Record.Verdict, b.On, b.Record.Counts, null, 0, Elected: b.Elected is { Count: > 0 } people ? people : null, Minutes: b.Record.Minutes),
        State.Annulled b => RowOf(b.Was, id, drafted)! with { Stage = Stage.Annulled, Since = b.On, Verdict = null, Elected = null, Annulment = b.Annulment.Reason, AnnulledBy = b.Annulment.Decision?.Ballot, Suspended = false },
        _ => null,
    };

    private static Ballot OfDraft(BallotDrafted draft, BallotId id) => new(
        id, draft.Body, draft.Decision, draft.Title, draft.Question, draft.Motion, draft.Workstream, draft.Reference, Stage.Drafted, default, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, 0, draft.Contest, SecondRoundOf: draft.SecondRoundOf, Round: draft.Round, Minutes: draft.Minutes);

    private static Ballot OfHeld(State.Held held, BallotId id) => OfDraft(held.Draft, id) with
    {
        Held = held.Opening.Held,
        Opens = held.Opening.Opens,
        Closes = held.Opening.Closes,
        Electors = held.Opening.ElectorCount,
        Rules = held.Opening.Rules,
        Statutes = held.Opening.Statutes,
        Chair = held.Opening.Chair,
        Secret = held.Opening.Secret,
        Hands = held.Opening.Hands,
        Meeting = held.Opening.Meeting,
        Beside = held.Opening.Beside,
        LinkIssue = held.LinkIssue,
        Unsettled = held.Unsettled.Count(),
    };

    private const string Selected =
        "b.key, b.body, b.decision, b.title, b.question, b.motion, b.workstream, b.reference, b.stage, b.since, b.since_precision, b.held, b.opens, "
        + "b.opens_precision, b.closes, b.closes_precision, b.electors, b.rules, b.statutes, b.chair, b.closed_by, b.closed_on, b.closed_on_precision, b.count, "
        + "b.outcome, b.verdict, b.decided_on, b.decided_on_precision, b.counts, b.annulment, b.unsettled, "
        + "b.contest, b.method, b.secret, b.link_issue, b.suspended, b.hands, b.meeting, b.beside, b.elected, b.parted, b.second_round_of, b.annulled_by, b.round, b.second_round_put, b.minutes";

    // What takes room, and no list tells.
    private static readonly string Listed = string.Join(
        ", ", Selected.Split(", ").Select(column => column is "b.rules" or "b.count" or "b.outcome" or "b.counts" or "b.method" or "b.beside" ? "null::jsonb" : column));

    /// <summary>
    /// Every ballot known at the view's moment as a list tells of it, without its rules, its papers and the working of what it came to: open ones first, the soonest
    /// to close at the head, then the others, latest first.
    /// </summary>
    public static ValueTask<IReadOnlyList<Ballot>> ListedAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Listed} from read.{Stored} b where {AsOf.Of("b")} {InOrder}", Read, ct);

    /// <summary>Titles of those that came to one of these verdicts, latest first.</summary>
    public static ValueTask<IReadOnlyList<(BallotId Id, string Title)>> DecidedAsync(ReadView view, IReadOnlyList<Verdict> verdicts, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select b.key, b.title from read.{Stored} b where {AsOf.Of("b")} and b.verdict = any(@verdicts) order by b.since desc, b.key",
        r => (r.Id<BallotId>(0), r.GetString(1)),
        ct,
        ("verdicts", verdicts.Select(Choices<Verdict>.Name).ToArray()));

    /// <summary>Some ballots as far as they are known at the view's moment.</summary>
    public static async ValueTask<IReadOnlyDictionary<BallotId, Ballot>> ManyAsync(ReadView view, IEnumerable<BallotId> ballots, CancellationToken ct = default)
    {
        var rows = await view.Database.ListAsync(
            view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and b.key = any(@keys)", Read, ct,
            ("keys", ballots.Select(b => b.Value).Distinct().ToArray())).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Id);
    }

    private const string InOrder = "order by b.stage <> 'open', case when b.stage = 'open' then b.closes end, b.since desc, b.key";

    /// <summary>Every ballot known at the view's moment with all that is known of it, in the same order.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} b where {AsOf.Of("b")} {InOrder}
        """,
        Read,
        ct);

    /// <summary>Those that take votes at the view's moment, the soonest to close first.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> OpenAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and {TakingVotes} order by b.closes, b.key", Read, ct);

    /// <summary>Those about one workstream, latest first.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> OfWorkstreamAsync(ReadView view, WorkstreamId workstream, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and b.workstream = @workstream order by b.since desc, b.key",
            Read,
            ct,
            ("workstream", workstream.Value));

    /// <summary>As <see cref="OfWorkstreamAsync"/>, and those that rank it among other workstreams.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> AboutWorkstreamAsync(ReadView view, WorkstreamId workstream, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"""
            select {Selected} from read.{Stored} b
            where {AsOf.Of("b")} and (b.workstream = @workstream
                or b.contest ->> 'of' = 'workstreams' and jsonb_exists(b.contest -> 'question' -> 'options', @option))
            order by b.since desc, b.key
            """,
            Read,
            ct,
            ("workstream", workstream.Value),
            ("option", workstream.ToString()));

    /// <summary>Those that have adopted a workstream whose adoption is not recorded, latest first.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> AwaitingAdoptionAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} b join read.{Workstreams.Stored} w on w.tenant = b.tenant and w.key = b.workstream and {AsOf.Of("w")}
        where {AsOf.Of("b")} and b.verdict = 'adopted' and w.stage = 'proposed' order by b.since desc, b.key
        """,
        Read,
        ct);

    /// <summary>One ballot, or null when it was not drafted yet at the view's moment.</summary>
    public static ValueTask<Ballot?> FindAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and b.key = @ballot", Read, ct, ("ballot", ballot.Value));

    /// <summary>The ballots that a ballot's result called for as its second round, those annulled too, the first drafted first.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> SecondRoundsOfAsync(ReadView view, BallotId first, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and b.second_round_of = @first order by b.key", Read, ct, ("first", first.Value));

    /// <summary>What a person is asked to vote on at the view's moment, for each mandate of theirs on a roll; the soonest to close first.</summary>
    public static ValueTask<IReadOnlyList<Asked>> AskedOfAsync(ReadView view, PersonId person, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected}, e.mandate,
            exists (select from read.{Votes.Stored} v where {AsOf.Of("v")} and v.ballot = b.key and v.elector = e.mandate)
        from read.{Electors.Stored} e join read.{Stored} b on b.tenant = e.tenant and b.key = e.ballot and {AsOf.Of("b")}
        where {AsOf.Of("e")} and e.person = @person and {TakingVotes} order by b.closes, b.key, e.mandate
        """,
        r => new Asked(Read(r), r.Id<MandateId>(46), r.GetBoolean(47)),
        ct,
        ("person", person.Value));

    /// <summary>
    /// Ballots of all associations whose time is over at an instant and which the clock, not somebody, is to close; those too that it closed and that wait
    /// for their count or their result, save where an irregularity stands in the way. Hands wait for whoever counts them: see <see cref="AwaitingHandsAsync"/>.
    /// </summary>
    public static ValueTask<IReadOnlyList<(AssociationId Association, BallotId Ballot)>> DueAsync(
        ReadDatabase reads, DateTimeOffset now, CancellationToken ct = default) => reads.ListAsync(
        $"""
        select b.tenant, b.key from read.{Stored} b
        where {WaitingForTheClock} and b.closes <= @now
            and (b.stage = 'open' and not b.suspended and not b.hands and b.rules -> 'closing' -> 'content' ->> 'mode' is distinct from 'by-hand'
                or b.stage in ('closed', 'counted') and b.closed_by = 'time' and b.unsettled = 0)
        order by b.closes, b.key
        """,
        r => (r.Id<AssociationId>(0), r.Id<BallotId>(1)),
        ct,
        ("now", now.UtcDateTime));

    /// <summary>Ballots of all associations whose tie a lot is to part, and that wait for the draw.</summary>
    public static ValueTask<IReadOnlyList<(AssociationId Association, BallotId Ballot)>> LotsDueAsync(ReadDatabase reads, CancellationToken ct = default) => reads.ListAsync(
        $"select b.tenant, b.key from read.{Stored} b where {WaitingForALot} order by b.tenant, b.key", r => (r.Id<AssociationId>(0), r.Id<BallotId>(1)), ct);

    /// <summary>Votes by hands whose time is over and whose hands nobody has entered, the longest overdue first.</summary>
    public static ValueTask<IReadOnlyList<Ballot>> AwaitingHandsAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} b where {AsOf.Of("b")} and b.stage = 'open' and b.hands and b.closes <= @instant order by b.closes, b.key",
        Read,
        ct);

    private const string TakingVotes = "b.stage = 'open' and not b.suspended and b.opens <= @instant and b.closes > @instant";

    private static Ballot Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<BallotId>(0), r.IdOrNull<BodyId>(1), r.Choice<DecisionKind>(2), r.GetString(3), r.TextOrNull(4), r.TextOrNull(5), r.IdOrNull<WorkstreamId>(6),
        r.TextOrNull(7), r.Choice<Stage>(8), r.Time(9), r.ChoiceOrNull<HeldIn>(11), r.TimeOrNull(12), r.TimeOrNull(14), r.Int32OrNull(16),
        r.JsonOrNull<BallotRules>(17), r.IdOrNull<StatutesVersionId>(18), r.IdOrNull<MandateId>(19), r.ChoiceOrNull<ClosedBy>(20), r.TimeOrNull(21),
        r.JsonOrNull<BallotCounted>(23), r.JsonOrNull<Outcome>(24), r.ChoiceOrNull<Verdict>(25), r.TimeOrNull(26), r.JsonOrNull<TranscribedCounts>(28),
        r.TextOrNull(29), r.GetInt32(30), r.JsonOrNull<Contest>(31), r.JsonOrNull<MethodOutcome>(32), r.GetBoolean(33), r.GetInt32(34), r.GetBoolean(35), r.GetBoolean(36),
        r.IdOrNull<MeetingId>(37), r.JsonOrNull<IReadOnlyList<Elector>>(38), r.JsonOrNull<IReadOnlyList<PersonId>>(39), r.JsonOrNull<PartedTie>(40), r.IdOrNull<BallotId>(41), r.IdOrNull<BallotId>(42), r.Int32OrNull(43), r.IdOrNull<BallotId>(44), r.IdOrNull<MeetingId>(45));
}
