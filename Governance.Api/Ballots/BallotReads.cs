using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Projections;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>A ballot in a list.</summary>
/// <param name="Since">When it came to its stage.</param>
/// <param name="Verdict">What stands as decided; null before it is proclaimed and once it is annulled.</param>
public sealed record BallotSummary(
    BallotId Id, BodyId? Body, DecisionKind Decision, string Title, Row.Stage Stage, EffectiveTime Since, EffectiveTime? Opens, EffectiveTime? Closes,
    int? Electors, WorkstreamId? Workstream, Verdict? Verdict, EffectiveTime? DecidedOn);

/// <summary>An elector of a roll.</summary>
/// <param name="Choice">What was voted, once the ballot is closed and where its form of vote is the roll call; null otherwise.</param>
public sealed record RollEntry(MandateId Mandate, PersonId Person, Fraction Weight, BodyId? College, Presence? Present, bool Voted, Choice? Choice);

/// <param name="Turnout">Null before it opens, and of a transcribed outcome.</param>
/// <param name="Roll">Null before it opens, and when it is longer than <see cref="BallotReads.RollLimit"/>.</param>
public sealed record BallotAnswer(
    Row.Ballot Ballot, Votes.Turnout? Turnout, IReadOnlyList<RollEntry>? Roll, IReadOnlyList<Irregularities.Entry> Irregularities);

/// <summary>Ballots as programs read them. Before the close nothing tells what was voted.</summary>
public static class BallotReads
{
    /// <summary>Electors told one by one at most.</summary>
    public const int RollLimit = 500;

    public static void MapBallotReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ballots", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of((IReadOnlyList<BallotSummary>)[.. (await Row.ListAsync(await scope.ViewAsync(reads, ct), ct)).Select(Summary)]))
            .RequirePermission(Permission.ReadBallots)
            .WithName("ListBallots")
            .Produces<IReadOnlyList<BallotSummary>>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapGet("/ballots/{ballot:guid}", async (Guid ballot, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await FindAsync(await scope.ViewAsync(reads, ct), BallotId.Of(ballot), ct)))
            .RequirePermission(Permission.ReadBallots)
            .WithName("GetBallot")
            .Produces<BallotAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapGet("/ballots/{ballot:guid}/turnout", async (Guid ballot, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Votes.TurnoutAsync(await scope.ViewAsync(reads, ct), BallotId.Of(ballot), ct)))
            .RequirePermission(Permission.ReadBallots)
            .WithName("GetTurnout")
            .Produces<Votes.Turnout>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    /// <summary>One ballot with its roll, turnout and irregularities; null when it was not drafted yet at the view's moment.</summary>
    public static async Task<BallotAnswer?> FindAsync(ReadView view, BallotId id, CancellationToken ct)
    {
        if (await Row.FindAsync(view, id, ct) is not { } ballot)
            return null;
        var turnout = await Votes.TurnoutAsync(view, id, ct);
        var roll = turnout is { Electors: <= RollLimit } ? await RollAsync(view, ballot, ct) : null;
        return new(ballot, turnout, roll, await Irregularities.OfBallotAsync(view, id, ct));
    }

    private static async Task<IReadOnlyList<RollEntry>> RollAsync(ReadView view, Row.Ballot ballot, CancellationToken ct)
    {
        var byName = ballot.Rules?.Secrecy.Content.Form == VoteForm.RollCall;
        var votes = (await Votes.OfBallotAsync(view, ballot.Id, ct)).ToDictionary(v => v.Elector);
        return
        [
            .. (await Electors.OfBallotAsync(view, ballot.Id, ct)).Select(e => new RollEntry(
                e.Mandate, e.Person, e.Weight, e.College, e.Present, votes.ContainsKey(e.Mandate),
                byName && votes.TryGetValue(e.Mandate, out var vote) ? vote.Choice : null)),
        ];
    }

    private static BallotSummary Summary(Row.Ballot b) => new(
        b.Id, b.Body, b.Decision, b.Title, b.Stage, b.Since, b.Opens, b.Closes, b.Electors, b.Workstream, b.Verdict, b.DecidedOn);
}
