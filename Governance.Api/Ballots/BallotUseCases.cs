using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;

namespace Governance.Api.Ballots;

/// <param name="Motion">The text put to the vote; with a contest, the text that says what is decided by it.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates are put.</param>
/// <param name="Minutes">The meeting whose minutes are put for approval.</param>
/// <param name="SecondRoundOf">The ballot whose result calls for this one.</param>
public sealed record DraftBallotRequest(
    BodyId Body,
    DecisionKind Decision,
    string Title,
    string Question,
    string Motion,
    WorkstreamId? Workstream = null,
    string? Reference = null,
    BallotId? Ballot = null,
    Contest? Contest = null,
    ElectionId? Election = null,
    MeetingId? Minutes = null,
    BallotId? SecondRoundOf = null);

/// <param name="Closes">The first instant at which no vote can be cast any more.</param>
/// <param name="Opens">Null for now.</param>
/// <param name="Present">Who is present, in a meeting.</param>
/// <param name="Chair">The mandate that presides: it has the casting vote and gets blank proxies where the rules say so.</param>
/// <param name="Convened">When the convocation went out: needed for a meeting where dues count at the convocation.</param>
public sealed record OpenBallotRequest(
    BallotId Ballot,
    HeldIn Held,
    DateTimeOffset Closes,
    DateTimeOffset? Opens = null,
    IReadOnlyList<Attendance>? Present = null,
    MandateId? Chair = null,
    bool Secret = false,
    EffectiveTime? Convened = null);

/// <param name="TakingPart">Of how many who take part; left out in a meeting that is recorded here, whose attendance tells it.</param>
/// <param name="Demanding">How many electors demand a secret vote, 0 where whoever presides does alone; left out, those named are counted.</param>
/// <param name="ByChair">Whoever presides demands it.</param>
/// <param name="Electors">The mandates of those who are known by name, among those counted.</param>
public sealed record DemandSecretVoteRequest(
    BallotId Ballot, int? TakingPart = null, int? Demanding = null, bool ByChair = false, IReadOnlyList<MandateId>? Electors = null);

/// <summary>A vote: a choice on a motion, a paper in a contest.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="Person">Who cast it, in an import; everybody else votes as who they are.</param>
public sealed record CastVoteRequest(BallotId Ballot, MandateId Elector, Choice? Choice = null, PersonId? Person = null, Paper? Paper = null);

/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="Code">The tracking code, made by whoever votes: twelve of the signs of <see cref="TrackingCode.Signs"/>, in groups or not.</param>
/// <param name="Choice">On a motion.</param>
/// <param name="Paper">In a contest.</param>
public sealed record CastSecretVoteRequest(BallotId Ballot, MandateId Elector, string Code, Choice? Choice = null, Paper? Paper = null);

/// <param name="Elector">The mandate whose paper it is.</param>
/// <param name="Choice">What is marked on a motion; null paper included.</param>
/// <param name="Paper">What is marked in a contest; null paper included.</param>
public sealed record EnterPaperVoteRequest(BallotId Ballot, MandateId Elector, Choice? Choice = null, Paper? Paper = null);

/// <param name="Giver">The mandate whose vote is given.</param>
/// <param name="Holder">Who may cast it; null for a blank proxy.</param>
/// <param name="Person">Who gives it, in an import; everybody else gives as who they are.</param>
/// <param name="Substitute">Who may cast it once the holder is no elector any more, where the rules have substitutes.</param>
public sealed record GiveProxyRequest(BallotId Ballot, MandateId Giver, PersonId? Holder = null, PersonId? Person = null, PersonId? Substitute = null);

/// <param name="Form">How it was received.</param>
/// <param name="Substitute">Who may cast it once the holder is no elector any more, where the rules have substitutes.</param>
public sealed record RecordProxyRequest(BallotId Ballot, MandateId Giver, PersonId? Holder = null, ProxyForm Form = ProxyForm.Paper, PersonId? Substitute = null);

/// <param name="Giver">The mandate whose vote it is.</param>
/// <param name="Holder">Who may cast it from now on.</param>
public sealed record ReassignProxyRequest(BallotId Ballot, MandateId Giver, PersonId Holder);

/// <param name="Person">Who takes it back, in an import; everybody else does as who they are.</param>
public sealed record RevokeProxyRequest(BallotId Ballot, MandateId Giver, PersonId? Person = null);

/// <param name="Raised">Hands raised, by college and choice.</param>
/// <param name="Chair">How whoever presides voted, where that parts a tie.</param>
public sealed record CountHandsRequest(BallotId Ballot, IReadOnlyList<Hands> Raised, Choice? Chair = null);

/// <param name="Elector">The mandate whose vote it is.</param>
public sealed record AnswerRollCallRequest(BallotId Ballot, MandateId Elector, Choice Choice);

public sealed record EndProxyRequest(BallotId Ballot, MandateId Giver, ProxyEnd Because = ProxyEnd.TakenBack);

public sealed record BallotRequest(BallotId Ballot);

/// <param name="TieOrder">By age: at least the options tied, the eldest first. None for a lot.</param>
/// <param name="Source">By age: the document that tells it. None for a lot.</param>
public sealed record PartTieRequest(BallotId Ballot, IReadOnlyList<string>? TieOrder = null, string? Source = null);

/// <param name="Decision">The ballot that annuls it.</param>
public sealed record AnnulBallotRequest(BallotId Ballot, string Reason, bool Retroactive = false, BallotId? Decision = null);

/// <param name="Election">The election that it decided.</param>
/// <param name="Elected">Whom it elected, in order.</param>
/// <param name="Minutes">The meeting whose minutes it approved.</param>
public sealed record TranscribeOutcomeRequest(
    DecisionKind Decision,
    string Title,
    Verdict Verdict,
    BodyId? Body = null,
    string? Motion = null,
    TranscribedCounts? Counts = null,
    StatutesVersionId? Statutes = null,
    WorkstreamId? Workstream = null,
    string? Reference = null,
    BallotId? Ballot = null,
    ElectionId? Election = null,
    IReadOnlyList<PersonId>? Elected = null,
    MeetingId? Minutes = null);

/// <param name="Late">The event recorded late, which names the irregularity.</param>
public sealed record ConfirmDespiteIrregularityRequest(BallotId Ballot, EventId Late, string Reason);

public sealed record RaiseIrregularityRequest(BallotId Ballot, EventId Late);

/// <summary>What can be asked of ballots.</summary>
public static class BallotUseCases
{
    public static UseCase<DraftBallotRequest> Draft { get; } = new(
        nameof(DraftBallot),
        Permission.ConductBallots,
        async (request, deciding, ct) =>
        {
            var id = request.Ballot ?? deciding.NewId<BallotId>("ballot");
            var (ballot, body) = await deciding.ReadAsync<Ballot, Body>(Ballot.Stream(id), Body.Stream(request.Body), ct);
            // More options than a paper takes are refused before anybody asks what they are.
            var contest = request.Contest?.Fault() is null ? request.Contest : null;
            var workstreams = await deciding.ReadAllAsync<Workstream>([.. (contest?.Workstreams() ?? []).Select(Workstream.Stream)], ct);
            var people = await deciding.ReadAllAsync<Person>([.. (contest?.People() ?? []).Select(Person.Stream)], ct);
            if (await MinutesAsync(request.Minutes, deciding, ct) is { Latest: Domain.Meetings.Minutes.Unwritten })
                return new Domain.Meetings.MinutesNotDrafted();
            var (first, put) = await RoundsAsync(request.SecondRoundOf, deciding, ct);
            return new DraftBallot(
                id, request.Body, request.Decision, request.Title, request.Question, request.Motion, request.Workstream, request.Reference, deciding.On,
                request.Contest, request.Election, request.Minutes, request.SecondRoundOf).Decide(ballot, body, workstreams, people, await ElectionAsync(request.Election, deciding, ct), first, put);
        });

    /// <summary>Whoever conducts the ballot records that a secret vote is demanded.</summary>
    public static UseCase<DemandSecretVoteRequest> DemandSecrecy { get; } = Act<DemandSecretVoteRequest>(
        nameof(DemandSecretVote),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            var (body, colleges) = await BodiesAsync(ballot.Latest, deciding, ct);
            return new DemandSecretVote(request.Ballot, request.Demanding, request.TakingPart, request.ByChair, request.Electors, deciding.On.Instant)
                .Decide(ballot, body, colleges);
        });

    /// <summary>A ballot that a demand for a secret vote has suspended goes on in secret.</summary>
    public static UseCase<BallotRequest> HoldInSecret { get; } = Act<BallotRequest>(
        nameof(Domain.Ballots.HoldInSecret),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            // Each vote and each paper keyed was recorded on condition that the ballot took votes, so that none can follow its suspension.
            MandateId[] roll = ballot.Latest is Ballot.Open { IsSuspended: true } open ? [.. open.Roll.Keys] : [];
            var votes = await deciding.ReadSettledAsync<Vote>([.. roll.Select(elector => Vote.Stream(request.Ballot, elector))], ct);
            var entries = await deciding.ReadSettledAsync<PaperEntry>([.. roll.Select(elector => PaperEntry.Stream(request.Ballot, elector))], ct);
            var decision = new HoldInSecret(request.Ballot, deciding.On.Instant).Decide(ballot, votes.Zip(entries));
            if (decision is Decision.Accepted)
                deciding.Boxes.Secrets.Make(deciding.Association.Value, request.Ballot.Value);
            return decision;
        });

    public static UseCase<OpenBallotRequest> Open { get; } = Act<OpenBallotRequest>(
        nameof(OpenBallot),
        async (request, deciding, ct) =>
        {
            var (ballot, basis) = await BasisAsync(request.Ballot, deciding, ct);
            var proxies = await deciding.ReadAsync<ProxyBook>(ProxyBook.Stream(request.Ballot), ct);
            var (first, _) = await RoundsAsync((ballot.Latest as Ballot.Drafted)?.Draft.SecondRoundOf, deciding, ct);
            deciding.StatutesVersion = basis.Statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            var decision = new OpenBallot(
                request.Ballot, request.Held, request.Opens, request.Closes, request.Present, request.Chair, request.Secret, request.Convened,
                deciding.On.Instant).Decide(ballot, proxies, basis, first);
            // Durable before the opening is: a ballot that is open has a box that can be locked. One that is never opened has one for nothing.
            if (decision is Decision.Accepted { Facts: [{ Event: BallotOpened { Secret: true } }, ..] })
                deciding.Boxes.Secrets.Make(deciding.Association.Value, request.Ballot.Value);
            return decision;
        });

    /// <summary>The actor votes by mandates of their own; who votes for a roll that an import brings is named there.</summary>
    public static UseCase<CastVoteRequest> Cast { get; } = new(
        nameof(CastVote),
        Permission.Vote,
        async (request, deciding, ct) =>
        {
            // Most votes are cast once: that none was is taken for granted until the append says otherwise.
            var (vote, ballot) = await deciding.ReadNewAsync<Vote, Ballot>(Vote.Stream(request.Ballot, request.Elector), Ballot.Stream(request.Ballot), ct);
            var by = deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person;
            if (request.Person is { } other && other != by)
                by = null;
            var (proxies, refused) = await CastingAsync(ballot, request.Ballot, request.Elector, by, deciding, ct);
            return refused is not null
                ? refused
                : new CastVote(request.Ballot, request.Elector, by!.Value, request.Choice, deciding.On.Instant, request.Paper).Decide(ballot, vote, proxies);
        })
    {
        Dating = Dating.Now,
    };

    /// <summary>The actor votes by mandates of their own, in secret.</summary>
    public static UseCase<CastSecretVoteRequest> CastSecretly { get; } = new(
        nameof(CastSecretVote),
        Permission.Vote,
        async (request, deciding, ct) =>
        {
            var (signing, ballot) = await deciding.ReadAsync<Signing, Ballot>(
                Signing.Stream(request.Ballot, request.Elector), Ballot.Stream(request.Ballot), ct);
            var (proxies, refused) = await CastingAsync(ballot, request.Ballot, request.Elector, deciding.Actor.Person, deciding, ct);
            if (refused is not null)
                return refused;
            var command = new CastSecretVote(
                request.Ballot, request.Elector, deciding.Actor.Person!.Value, new(TrackingCode.Read(request.Code) ?? request.Code, request.Choice, request.Paper), deciding.On.Instant);
            // Without its secret the box is neither read nor filled; what else stands against the vote is said first.
            var contest = ballot.Latest.Contest;
            using var box = deciding.Boxes.Open(deciding.Association, request.Ballot, contest);
            var before = box is null || signing.Latest is Signing.NotSigned ? null : await box.FindAsync(request.Elector, ct);
            var decision = command.Decide(ballot, signing, before, proxies);
            if (decision is Decision.Refused || (decision is Decision.Unchanged && command.IsIn(before, contest)))
                return decision;
            if (box is null)
                return new BallotSecretNotHere();
            deciding.Papers = box.PutIn(request.Elector, command.Paper);
            return decision;
        })
    {
        Dating = Dating.Now,
        Confidential = true,
    };

    /// <summary>Whoever keeps the records keys an elector's paper; the vote is cast when a second person keys the same.</summary>
    public static UseCase<EnterPaperVoteRequest> EnterPaper { get; } = Act<EnterPaperVoteRequest>(
        nameof(EnterPaperVote),
        async (request, deciding, ct) =>
        {
            var (ballot, entry, vote) = await deciding.ReadAsync<Ballot, PaperEntry, Vote>(
                Ballot.Stream(request.Ballot), PaperEntry.Stream(request.Ballot, request.Elector), Vote.Stream(request.Ballot, request.Elector), ct);
            if (deciding.Actor.Person is not { } by)
                return new PaperKeyedByNobody();
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            return new EnterPaperVote(request.Ballot, request.Elector, by, request.Choice, request.Paper, deciding.On.Instant).Decide(ballot, entry, vote);
        });

    /// <summary>Whoever keeps the records enters the hands counted in a meeting: with them the ballot is closed, counted and proclaimed.</summary>
    public static UseCase<CountHandsRequest> CountHands { get; } = Of<CountHandsRequest>(
        nameof(Domain.Ballots.CountHands), r => r.Ballot, (r, ballot, now) => new CountHands(r.Ballot, r.Raised, r.Chair, now).Decide(ballot));

    /// <summary>Whoever keeps the records takes down what an elector answers when called.</summary>
    public static UseCase<AnswerRollCallRequest> AnswerRollCall { get; } = Act<AnswerRollCallRequest>(
        nameof(Domain.Ballots.AnswerRollCall),
        async (request, deciding, ct) =>
        {
            var (vote, ballot) = await deciding.ReadNewAsync<Vote, Ballot>(Vote.Stream(request.Ballot, request.Elector), Ballot.Stream(request.Ballot), ct);
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            return new AnswerRollCall(request.Ballot, request.Elector, request.Choice, deciding.On.Instant)
                .Decide(ballot, vote, await ProxiesAsync(ballot.Latest, request.Ballot, deciding, ct));
        });

    /// <summary>The papers of a closed secret ballot come out of the box; the last of them with the box itself.</summary>
    public static UseCase<BallotRequest> Publish { get; } = Act<BallotRequest>(
        nameof(PublishPapers),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            var command = new PublishPapers(request.Ballot, deciding.On.Instant);
            if (ballot.Latest is not Ballot.Closed { Opening.Secret: true, IsPublished: false } closed)
                return command.Decide(ballot, new Dictionary<MandateId, SecretPaper?>(), 0);
            deciding.StatutesVersion = closed.Opening.Statutes;
            using var box = deciding.Boxes.Open(deciding.Association, request.Ballot, closed.Draft.Contest);
            if (box is null)
                return await UnlessEmptiedAsync(new BallotSecretNotHere());
            // Each paper was put in on condition that the ballot was open, so that none can follow its closing.
            var signed = (await SigningsAsync(closed, deciding, ct)).Select(s => s.Latest).OfType<Signing.Signed>();
            var (papers, strays) = await box.EmptyAsync([.. signed.Select(s => s.Elector)], ct);
            var decision = command.Decide(ballot, papers, strays);
            if (decision is Decision.Refused { Refusal: SealedPapersUnreadable unreadable })
                return await UnlessEmptiedAsync(unreadable);
            if (PublishPapers.EmptiesTheBox(decision))
                deciding.Papers = SealedPaperChange.DropAll(request.Ballot.Value);
            return decision;

            // Whoever publishes at the same time empties the box and destroys its secret, after the ballot was read here: the log tells that from a loss.
            async ValueTask<Decision> UnlessEmptiedAsync(Refusal missing) =>
                await deciding.ReadAgainAsync<Ballot>(Ballot.Stream(request.Ballot), ct) is { Latest: not Ballot.Closed { IsPublished: false } } now
                    ? command.Decide(now, new Dictionary<MandateId, SecretPaper?>(), 0)
                    : missing;
        });

    /// <summary>The actor gives the vote of an own mandate.</summary>
    public static UseCase<GiveProxyRequest> GiveProxy { get; } = new(
        nameof(Domain.Ballots.GiveProxy),
        Permission.Vote,
        (request, deciding, ct) => (deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person) is { } by
            ? GiveAsync(new(request.Ballot, request.Giver, request.Holder, by, ProxyForm.Platform, deciding.On.Instant, request.Substitute), deciding, ct)
            : NobodyAsync(request.Ballot, deciding, ct))
    {
        Dating = Dating.Now,
    };

    /// <summary>Whoever keeps the records enters a proxy that was received, or puts a blank one into a hand.</summary>
    public static UseCase<RecordProxyRequest> RecordProxy { get; } = Act<RecordProxyRequest>(
        "RecordProxy",
        (request, deciding, ct) => GiveAsync(new(request.Ballot, request.Giver, request.Holder, null, request.Form, deciding.On.Instant, request.Substitute), deciding, ct));

    /// <summary>Whoever presides puts a proxy whose holder is no elector any more into another hand.</summary>
    public static UseCase<ReassignProxyRequest> ReassignProxy { get; } = Act<ReassignProxyRequest>(
        nameof(Domain.Ballots.ReassignProxy),
        async (request, deciding, ct) =>
        {
            var given = await GivenAsync(request.Ballot, request.Giver, deciding, ct, request.Holder);
            return new ReassignProxy(request.Ballot, request.Giver, request.Holder, deciding.On.Instant)
                .Decide(given.Ballot, given.Vote, given.Signing, given.Basis, given.Statutes);
        });

    /// <summary>The actor takes back the vote of an own mandate.</summary>
    public static UseCase<RevokeProxyRequest> RevokeProxy { get; } = new(
        nameof(Domain.Ballots.RevokeProxy),
        Permission.Vote,
        (request, deciding, ct) => (deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person) is { } by
            ? RevokeAsync(new(request.Ballot, request.Giver, by, ProxyEnd.TakenBack, deciding.On.Instant), deciding, ct)
            : NobodyAsync(request.Ballot, deciding, ct))
    {
        Dating = Dating.Now,
    };

    /// <summary>Whoever keeps the records enters that a proxy was taken back, or that its giver came.</summary>
    public static UseCase<EndProxyRequest> EndProxy { get; } = Act<EndProxyRequest>(
        "EndProxy", (request, deciding, ct) => RevokeAsync(new(request.Ballot, request.Giver, null, request.Because, deciding.On.Instant), deciding, ct));

    /// <summary>Everybody on the roll gets a personal voting link; earlier ones open nothing any more.</summary>
    public static UseCase<BallotRequest> IssueVotingLinks { get; } = Of<BallotRequest>(
        nameof(Domain.Ballots.IssueVotingLinks), r => r.Ballot, (r, ballot, now) => new IssueVotingLinks(r.Ballot, now).Decide(ballot));

    public static UseCase<BallotRequest> Close { get; } = Of<BallotRequest>(
        nameof(CloseBallot), r => r.Ballot, (r, ballot, now) => new CloseBallot(r.Ballot, ClosedBy.Hand, now).Decide(ballot));

    /// <summary>The closing that the clock brings: given by the system alone.</summary>
    public static UseCase<BallotRequest> CloseAtItsTime { get; } = Of<BallotRequest>(
        "CloseBallotAtItsTime", r => r.Ballot, (r, ballot, now) => new CloseBallot(r.Ballot, ClosedBy.Time, now).Decide(ballot));

    public static UseCase<BallotRequest> Count { get; } = Act<BallotRequest>(
        nameof(CountBallot),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            // Each vote was recorded on condition that the ballot was open, so that none can follow its closing.
            var closing = ballot.Latest switch { Ballot.Closed b => b, Ballot.Counted { IsWhole: false } b => b.Was, _ => null };
            var votes = closing is { Opening.Secret: false } closed
                ? await deciding.ReadSettledAsync<Vote>([.. closed.Roll.Keys.Select(elector => Vote.Stream(request.Ballot, elector))], ct)
                : [];
            var signings = closing is { Opening.Secret: true } secret ? await SigningsAsync(secret, deciding, ct) : [];
            var proxies = await ProxiesAsync(ballot.Latest, request.Ballot, deciding, ct);
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            return new CountBallot(request.Ballot, deciding.On.Instant).Decide(ballot, votes, signings, proxies);
        });

    /// <summary>Counts to the end: the command is given again, under another key each time, while it records something.</summary>
    /// <param name="count">Gives it for the n-th time, from 0.</param>
    /// <returns>What kept it from the end, or the last that was recorded, or that there was nothing to count.</returns>
    public static async Task<CommandResult> CountToTheEndAsync(Func<int, Task<CommandResult>> count)
    {
        var last = await count(0);
        for (var n = 1; last is CommandResult.Done; n++)
        {
            if (await count(n) is var next and not CommandResult.Unchanged)
                last = next;
            else
                break;
        }

        return last;
    }

    public static UseCase<BallotRequest> Proclaim { get; } = Of<BallotRequest>(
        nameof(ProclaimResult), r => r.Ballot, (r, ballot, now) => new ProclaimResult(r.Ballot, now).Decide(ballot));

    /// <summary>Parts what a result left tied, by lot or by age.</summary>
    public static UseCase<PartTieRequest> PartTie { get; } = Act<PartTieRequest>(
        nameof(Domain.Ballots.PartTie),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            var declared = ballot.Recorded.LastOrDefault(e => e.Event is ResultProclaimed);
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            var seed = declared is not null && ballot.Latest is Ballot.Proclaimed { Opening.Rules.Tie.Content.Break: TieBreak.Lot, Verdict: Verdict.Tied }
                ? await deciding.TreeHoldingAsync(declared.Position, ct)
                : null;
            return new PartTie(request.Ballot, request.TieOrder, request.Source, seed is var (size, root) ? new(size, root) : null, deciding.On.Instant).Decide(ballot);
        });

    public static UseCase<AnnulBallotRequest> Annul { get; } = Act<AnnulBallotRequest>(
        nameof(AnnulBallot),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            var decision = request.Decision is { } by ? await deciding.ReadAsync<Ballot>(Ballot.Stream(by), ct) : null;
            // What is annulled before its papers came out is never told: the box goes with it, unopened.
            if (ballot.Latest is Ballot.Open { Opening.Secret: true } or Ballot.Closed { Opening.Secret: true, IsPublished: false })
                deciding.Papers = SealedPaperChange.DropAll(request.Ballot.Value);
            return new AnnulBallot(
                request.Ballot, request.Reason, request.Retroactive, request.Decision is { } reference ? new DecisionReference(reference) : null,
                deciding.On.Instant).Decide(ballot, decision, deciding.Zone);
        });

    public static UseCase<TranscribeOutcomeRequest> Transcribe { get; } = new(
        nameof(TranscribeOutcome),
        Permission.CorrectRecord,
        async (request, deciding, ct) =>
        {
            var id = request.Ballot ?? deciding.NewId<BallotId>("ballot");
            var (ballot, statutes) = await deciding.ReadAsync<Ballot, StatutesVersions>(Ballot.Stream(id), StatutesVersions.Stream, ct);
            var body = request.Body is { } named ? await deciding.ReadAsync<Body>(Body.Stream(named), ct) : null;
            return new TranscribeOutcome(
                id, request.Decision, request.Title, request.Verdict, request.Body, request.Motion, request.Counts, request.Statutes, request.Workstream,
                request.Reference, deciding.On, request.Election, request.Elected, request.Minutes).Decide(ballot, body, statutes, await ElectionAsync(request.Election, deciding, ct));
        });

    public static UseCase<ConfirmDespiteIrregularityRequest> Confirm { get; } = Of<ConfirmDespiteIrregularityRequest>(
        nameof(ConfirmDespiteIrregularity),
        r => r.Ballot,
        (r, ballot, now) => new ConfirmDespiteIrregularity(r.Ballot, r.Late, r.Reason, now).Decide(ballot)) with
    {
        Permission = Permission.CorrectRecord,
    };

    /// <summary>Given by the system after a fact that was recorded late.</summary>
    public static UseCase<RaiseIrregularityRequest> Raise { get; } = Act<RaiseIrregularityRequest>(
        nameof(RaiseIrregularity),
        async (request, deciding, ct) =>
        {
            var (ballot, basis) = await BasisAsync(request.Ballot, deciding, ct);
            var (first, _) = await RoundsAsync((ballot.Latest as Ballot.Held)?.Draft.SecondRoundOf, deciding, ct);
            return new RaiseIrregularity(request.Ballot, request.Late, deciding.On.Instant).Decide(ballot, basis, first);
        });

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Draft), Import.Importable.Of(DemandSecrecy), Import.Importable.Of(Open), Import.Importable.Of(Cast), Import.Importable.Of(CountHands), Import.Importable.Of(AnswerRollCall), Import.Importable.Of(Close), Import.Importable.Of(Count),
        Import.Importable.Of(Proclaim), Import.Importable.Of(Annul), Import.Importable.Of(Transcribe), Import.Importable.Of(Confirm),
        Import.Importable.Of(GiveProxy), Import.Importable.Of(RecordProxy), Import.Importable.Of(ReassignProxy), Import.Importable.Of(RevokeProxy), Import.Importable.Of(EndProxy),
    ];

    /// <summary>The election that a ballot is to put; null for none.</summary>
    internal static async ValueTask<Timeline<Election>?> ElectionAsync(ElectionId? election, Deciding deciding, CancellationToken ct) =>
        election is { } named ? await deciding.ReadAsync<Election>(Election.Stream(named), ct) : null;

    /// <summary>The ballot that calls for a second round, with the one that it has already; nulls for none.</summary>
    internal static async ValueTask<(Timeline<Ballot>? First, Timeline<Ballot>? Put)> RoundsAsync(BallotId? first, Deciding deciding, CancellationToken ct)
    {
        var called = first is { } round ? await deciding.ReadAsync<Ballot>(Ballot.Stream(round), ct) : null;
        return (called, called?.Latest is Ballot.Proclaimed { SecondRound: { } known } ? await deciding.ReadAsync<Ballot>(Ballot.Stream(known), ct) : null);
    }

    /// <summary>The minutes that a vote is to approve; null for none.</summary>
    internal static async ValueTask<Timeline<Domain.Meetings.Minutes>?> MinutesAsync(MeetingId? meeting, Deciding deciding, CancellationToken ct) =>
        meeting is { } named ? await deciding.ReadAsync<Domain.Meetings.Minutes>(Domain.Meetings.Minutes.Stream(named), ct) : null;

    // Bounds what one round trip brings: a general assembly may have many thousand members.
    private const int MembersAtOnce = 2_000;

    /// <summary>
    /// All that the opening of a ballot rests on: the ballot, its body with the colleges that it is made of, the statutes, and the stream of each member
    /// whom a mandate represents there at the opening. All are conditions of the append.
    /// </summary>
    private static async ValueTask<(Timeline<Ballot> Ballot, OpeningBasis Basis)> BasisAsync(BallotId id, Deciding deciding, CancellationToken ct)
    {
        var (ballot, statutes) = await deciding.ReadAsync<Ballot, StatutesVersions>(Ballot.Stream(id), StatutesVersions.Stream, ct);
        var state = ballot.Latest;
        return (ballot, await BasisAsync(BodyOf(state), statutes, state is Ballot.Held held ? held.Since.Instant : deciding.On.Instant, deciding, ct));
    }

    /// <summary>What an opening at an instant rests on beside the ballot; of no body, nothing but the statutes.</summary>
    internal static async ValueTask<OpeningBasis> BasisAsync(
        BodyId? of, Timeline<StatutesVersions> statutes, DateTimeOffset instant, Deciding deciding, CancellationToken ct)
    {
        var (body, colleges) = await BodiesAsync(of, deciding, ct);
        var members = await MembersAsync(Electorate.MembersAt(body.At(instant), [.. colleges.Select(c => c.At(instant))], instant), deciding, ct);
        return new(body, colleges, statutes, members, deciding.Zone);
    }

    private static ValueTask<(Timeline<Body> Body, IReadOnlyList<Timeline<Body>> Colleges)> BodiesAsync(Ballot ballot, Deciding deciding, CancellationToken ct) =>
        BodiesAsync(BodyOf(ballot), deciding, ct);

    /// <summary>A body with the colleges that it has ever named.</summary>
    internal static async ValueTask<(Timeline<Body> Body, IReadOnlyList<Timeline<Body>> Colleges)> BodiesAsync(BodyId? of, Deciding deciding, CancellationToken ct)
    {
        // A ballot that was never drafted names no body; what is read in its place is an empty stream, and the decision refuses.
        var body = await deciding.ReadAsync<Body>(Body.Stream(of ?? default), ct);
        return (body, await deciding.ReadAllAsync<Body>([.. Body.CollegesNamedBy(body).Select(Body.Stream)], ct));
    }

    private static ValueTask<IReadOnlyList<Timeline<Signing>>> SigningsAsync(Ballot.Closed closed, Deciding deciding, CancellationToken ct) =>
        deciding.ReadSettledAsync<Signing>([.. closed.Roll.Keys.Select(elector => Signing.Stream(closed.Opening.Ballot, elector))], ct);

    internal static async ValueTask<IReadOnlyDictionary<MemberId, Timeline<Member>>> MembersAsync(IReadOnlyList<MemberId> members, Deciding deciding, CancellationToken ct)
    {
        var read = new Dictionary<MemberId, Timeline<Member>>();
        foreach (var part in members.Chunk(MembersAtOnce))
        {
            foreach (var (member, timeline) in part.Zip(await deciding.ReadAllAsync<Member>([.. part.Select(Member.Stream)], ct)))
                read.Add(member, timeline);
        }

        return read;
    }

    /// <summary>What the vote of a mandate is cast under, in secret or not; or what stands against it whatever is voted.</summary>
    /// <param name="by">Who casts it; null for nobody known.</param>
    private static async ValueTask<(ProxyBasis? Proxies, Refusal? Refused)> CastingAsync(
        Timeline<Ballot> ballot, BallotId id, MandateId mandate, PersonId? by, Deciding deciding, CancellationToken ct)
    {
        var state = ballot.Latest;
        if (LinkRefused(deciding.Actor, id, state) is { } refused)
            return (null, refused);
        if (by is null)
            return (null, new MandateOfAnotherPerson());
        var held = state as Ballot.Held;
        deciding.StatutesVersion = held?.Opening.Statutes;
        // Proxies are a condition of votes cast by one alone, so that giving one holds up nobody else.
        return held is not null && held.Roll.TryGetValue(mandate, out var elector) && (elector.Person != by || elector.Present == Presence.Represented)
            ? (await ProxiesAsync(state, id, deciding, ct), null)
            : (null, null);
    }

    /// <summary>What the proxies of a ballot are judged on; of one that has none, no more than that is read.</summary>
    /// <param name="others">Into whose hand one is about to come.</param>
    private static async ValueTask<ProxyBasis> ProxiesAsync(
        Ballot ballot, BallotId id, Deciding deciding, CancellationToken ct, params IReadOnlyList<PersonId?> others)
    {
        var proxies = await deciding.ReadAsync<ProxyBook>(ProxyBook.Stream(id), ct);
        if (ballot is Ballot.Held && proxies.Latest.All.IsEmpty && others.Count == 0)
            return ProxyBasis.WithoutProxies(proxies);
        var (body, colleges) = await BodiesAsync(ballot, deciding, ct);
        var members = ballot is Ballot.Held held ? ProxyBasis.MembersOf(held, ProxyBasis.HoldersOf(proxies.Latest.All, held.Chair, others), body, colleges) : [];
        return new(proxies, body, colleges, await MembersAsync(members, deciding, ct));
    }

    private static async ValueTask<(Timeline<Ballot> Ballot, Timeline<Vote> Vote, Timeline<Signing> Signing, ProxyBasis Basis, Timeline<StatutesVersions> Statutes)> GivenAsync(
        BallotId id, MandateId giver, Deciding deciding, CancellationToken ct, params IReadOnlyList<PersonId?> holders)
    {
        var (ballot, vote, signing, statutes) = await deciding.ReadAsync<Ballot, Vote, Signing, StatutesVersions>(
            Ballot.Stream(id), Vote.Stream(id, giver), Signing.Stream(id, giver), StatutesVersions.Stream, ct);
        deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
        return (ballot, vote, signing, await ProxiesAsync(ballot.Latest, id, deciding, ct, holders), statutes);
    }

    private static async ValueTask<Decision> GiveAsync(GiveProxy command, Deciding deciding, CancellationToken ct)
    {
        var given = await GivenAsync(command.Ballot, command.Giver, deciding, ct, command.Holder, command.Substitute);
        return LinkRefused(deciding.Actor, command.Ballot, given.Ballot.Latest) is { } refused
            ? refused
            : command.Decide(given.Ballot, given.Vote, given.Signing, given.Basis, given.Statutes);
    }

    private static async ValueTask<Decision> RevokeAsync(RevokeProxy command, Deciding deciding, CancellationToken ct)
    {
        var (ballot, proxies) = await deciding.ReadAsync<Ballot, ProxyBook>(Ballot.Stream(command.Ballot), ProxyBook.Stream(command.Ballot), ct);
        if (LinkRefused(deciding.Actor, command.Ballot, ballot.Latest) is { } refused)
            return refused;
        if (ballot.Latest is Ballot.Held held)
            return command.Decide(ballot, proxies, held.Roll.TryGetValue(command.Giver, out var elector) ? elector.Person : null);
        var (body, colleges) = await BodiesAsync(ballot.Latest, deciding, ct);
        var holders = Electorate.At(body.At(deciding.On), [.. colleges.Select(c => c.At(deciding.On))], deciding.On.Instant).Electors;
        return command.Decide(ballot, proxies, holders.FirstOrDefault(e => e.Mandate == command.Giver)?.Person);
    }

    /// <summary>What stands against somebody who came by a voting link; null when the link is good, or there is none.</summary>
    private static Refusal? LinkRefused(Actor actor, BallotId ballot, Ballot state) =>
        actor.Link is not { } link ? null
        : link.Ballot != ballot ? new MandateOfAnotherPerson()
        : (state as Ballot.Held)?.LinkIssue != link.Issue ? new VotingLinkReplaced()
        : null;

    private static async ValueTask<Decision> NobodyAsync(BallotId ballot, Deciding deciding, CancellationToken ct)
    {
        await deciding.ReadAsync<Ballot>(Ballot.Stream(ballot), ct);
        return new MandateOfAnotherPerson();
    }

    private static BodyId? BodyOf(Ballot ballot) => ballot switch
    {
        Ballot.Drafted drafted => drafted.Draft.Body,
        Ballot.Held held => held.Draft.Body,
        _ => null,
    };

    private static UseCase<T> Act<T>(string name, Func<T, Deciding, CancellationToken, ValueTask<Decision>> decide) where T : class =>
        new(name, Permission.ConductBallots, decide) { Dating = Dating.Now };

    // Most acts read the ballot alone.
    private static UseCase<T> Of<T>(string name, Func<T, BallotId> ballot, Func<T, Timeline<Ballot>, DateTimeOffset, Decision> decide) where T : class =>
        Act<T>(name, async (request, deciding, ct) =>
        {
            var timeline = await deciding.ReadAsync<Ballot>(Ballot.Stream(ballot(request)), ct);
            deciding.StatutesVersion = (timeline.Latest as Ballot.Held)?.Opening.Statutes;
            return decide(request, timeline, deciding.On.Instant);
        });
}
