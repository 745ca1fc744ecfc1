using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Api.Ballots;

public sealed record DraftBallotRequest(
    BodyId Body,
    DecisionKind Decision,
    string Title,
    string Question,
    string Motion,
    WorkstreamId? Workstream = null,
    string? Reference = null,
    BallotId? Ballot = null);

/// <param name="Closes">The first instant at which no vote can be cast any more.</param>
/// <param name="Opens">Null for now.</param>
/// <param name="Present">Who is present, in a meeting.</param>
/// <param name="Chair">The mandate that has a casting vote, where the rule gives one.</param>
public sealed record OpenBallotRequest(
    BallotId Ballot,
    HeldIn Held,
    DateTimeOffset Closes,
    DateTimeOffset? Opens = null,
    IReadOnlyList<Attendance>? Present = null,
    MandateId? Chair = null,
    bool Secret = false);

/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="Person">Who cast it, in an import; everybody else votes as who they are.</param>
public sealed record CastVoteRequest(BallotId Ballot, MandateId Elector, Choice Choice, PersonId? Person = null);

public sealed record BallotRequest(BallotId Ballot);

/// <param name="Decision">The ballot that annuls it.</param>
public sealed record AnnulBallotRequest(BallotId Ballot, string Reason, bool Retroactive = false, BallotId? Decision = null);

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
    BallotId? Ballot = null);

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
            return new DraftBallot(
                id, request.Body, request.Decision, request.Title, request.Question, request.Motion, request.Workstream, request.Reference, deciding.On)
                .Decide(ballot, body);
        });

    public static UseCase<OpenBallotRequest> Open { get; } = Act<OpenBallotRequest>(
        nameof(OpenBallot),
        async (request, deciding, ct) =>
        {
            var (ballot, body, colleges, statutes) = await BasisAsync(request.Ballot, deciding, ct);
            deciding.StatutesVersion = statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            return new OpenBallot(
                request.Ballot, request.Held, request.Opens, request.Closes, request.Present, request.Chair, request.Secret, deciding.On.Instant)
                .Decide(ballot, body, colleges, statutes);
        });

    /// <summary>The actor votes by mandates of their own; who votes for a roll that an import brings is named there.</summary>
    public static UseCase<CastVoteRequest> Cast { get; } = new(
        nameof(CastVote),
        Permission.Vote,
        async (request, deciding, ct) =>
        {
            var (vote, ballot) = await deciding.ReadAsync<Vote, Ballot>(Vote.Stream(request.Ballot, request.Elector), Ballot.Stream(request.Ballot), ct);
            var named = deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person;
            if (named is not { } by || (request.Person is { } other && other != by))
                return new MandateOfAnotherPerson();
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            return new CastVote(request.Ballot, request.Elector, by, request.Choice, deciding.On.Instant).Decide(ballot, vote);
        })
    {
        Dating = Dating.Now,
    };

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
            var votes = ballot.Latest is Ballot.Closed closed
                ? await deciding.ReadSettledAsync<Vote>([.. closed.Roll.Keys.Select(elector => Vote.Stream(request.Ballot, elector))], ct)
                : [];
            deciding.StatutesVersion = (ballot.Latest as Ballot.Held)?.Opening.Statutes;
            return new CountBallot(request.Ballot, deciding.On.Instant).Decide(ballot, votes);
        });

    public static UseCase<BallotRequest> Proclaim { get; } = Of<BallotRequest>(
        nameof(ProclaimResult), r => r.Ballot, (r, ballot, now) => new ProclaimResult(r.Ballot, now).Decide(ballot));

    public static UseCase<AnnulBallotRequest> Annul { get; } = Act<AnnulBallotRequest>(
        nameof(AnnulBallot),
        async (request, deciding, ct) =>
        {
            var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(request.Ballot), ct);
            var decision = request.Decision is { } by ? await deciding.ReadAsync<Ballot>(Ballot.Stream(by), ct) : null;
            return new AnnulBallot(
                request.Ballot, request.Reason, request.Retroactive, request.Decision is { } reference ? new DecisionReference(reference) : null,
                deciding.On.Instant).Decide(ballot, decision);
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
                request.Reference, deciding.On).Decide(ballot, body, statutes);
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
            var (ballot, body, colleges, statutes) = await BasisAsync(request.Ballot, deciding, ct);
            return new RaiseIrregularity(request.Ballot, request.Late, deciding.On.Instant).Decide(ballot, body, colleges, statutes);
        });

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Draft), Import.Importable.Of(Open), Import.Importable.Of(Cast), Import.Importable.Of(Close), Import.Importable.Of(Count),
        Import.Importable.Of(Proclaim), Import.Importable.Of(Annul), Import.Importable.Of(Transcribe), Import.Importable.Of(Confirm),
    ];

    /// <summary>All that the opening of a ballot rests on: the ballot, its body with the colleges that it is made of, the statutes.</summary>
    private static async ValueTask<(Timeline<Ballot> Ballot, Timeline<Body> Body, IReadOnlyList<Timeline<Body>> Colleges, Timeline<StatutesVersions> Statutes)> BasisAsync(
        BallotId id, Deciding deciding, CancellationToken ct)
    {
        var (ballot, statutes) = await deciding.ReadAsync<Ballot, StatutesVersions>(Ballot.Stream(id), StatutesVersions.Stream, ct);
        // A ballot that was never drafted names no body; what is read in its place is an empty stream, and the decision refuses.
        var body = await deciding.ReadAsync<Body>(Body.Stream(BodyOf(ballot.Latest) ?? default), ct);
        var named = body.Recorded.Select(e => e.Event)
            .SelectMany(e => e switch { BodyConstituted c => c.Colleges, BodyRecomposed r => r.Colleges, _ => [] })
            .Distinct();
        var colleges = await deciding.ReadAllAsync<Body>([.. named.Select(Body.Stream)], ct);
        return (ballot, body, colleges, statutes);
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
