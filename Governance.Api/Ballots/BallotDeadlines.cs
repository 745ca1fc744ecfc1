using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>
/// Closes ballots whose time is over, where their rule says so, then counts and proclaims; draws the lots that results call for, as soon as the log tells them: by the same
/// commands as anybody's, given by the system. Any number of hosts may run it; each act has one key for each ballot, so that it is recorded once. An association that a
/// history is being imported into waits until the import has ended: its ballots of the past are over by today's clock, and their votes are yet to come.
/// </summary>
public sealed class BallotDeadlines(ReadDatabase reads, CommandRunner runner, PaperPublication publication, ImportsUnderWay imports, TimeProvider time, ILogger<BallotDeadlines> logger)
    : PeriodicWork(LooksEvery, time, logger)
{
    /// <summary>How often it looks. No vote is accepted from the closing time on, however late the closing is recorded.</summary>
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyDictionary<(AssociationId Association, BallotId Ballot), DateTimeOffset> _stuck =
        new Dictionary<(AssociationId, BallotId), DateTimeOffset>();

    /// <summary>Ballots that are due and could not be closed or counted when last tried, each since when.</summary>
    public IReadOnlyDictionary<(AssociationId Association, BallotId Ballot), DateTimeOffset> Stuck => _stuck;

    /// <summary>Brings every ballot that is due as far as its rule lets the clock bring it. One that fails keeps no other from its turn.</summary>
    /// <returns>How many acts were recorded.</returns>
    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var recorded = 0;
        var stuck = new Dictionary<(AssociationId, BallotId), DateTimeOffset>();
        var (due, lots) = (await Row.DueAsync(reads, Time.GetUtcNow(), ct), await Row.LotsDueAsync(reads, ct));
        foreach (var (association, ballot) in due)
            recorded += await EachAsync(association, ballot, BringAsync, stuck, ct);
        foreach (var (association, ballot) in lots)
            recorded += await EachAsync(association, ballot, DrawAsync, stuck, ct);
        _stuck = stuck;
        return recorded;
    }

    private async Task<int> EachAsync(
        AssociationId association, BallotId ballot, Func<AssociationId, BallotId, CancellationToken, Task<int>> bring, Dictionary<(AssociationId, BallotId), DateTimeOffset> stuck,
        CancellationToken ct)
    {
        try
        {
            await using var turn = await imports.TurnAsync(association, ct);
            if (turn is not null)
                return await bring(association, ballot, ct);
            // Nothing is learnt of it meanwhile.
            if (_stuck.TryGetValue((association, ballot), out var before))
                stuck[(association, ballot)] = before;
            return 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The next look finds it due again.
            stuck[(association, ballot)] = _stuck.TryGetValue((association, ballot), out var since) ? since : Time.GetUtcNow();
            Logger.LogError(fault, "Ballot {Ballot} of {Association} is due and could not be closed, or its lot not be drawn", ballot, association);
            return 0;
        }
    }

    // What the log does not tell yet is asked again at the next look; what somebody annulled meanwhile, or had drawn, at none.
    private async Task<int> DrawAsync(AssociationId association, BallotId ballot, CancellationToken ct) =>
        await runner.RunAsync(BallotUseCases.PartTie, new PartTieRequest(ballot), Context(association, $"{BallotUseCases.PartTie.Name} {ballot}"), ct) is CommandResult.Done ? 1 : 0;

    private async Task<int> BringAsync(AssociationId association, BallotId ballot, CancellationToken ct)
    {
        var recorded = 0;
        var request = new BallotRequest(ballot);
        foreach (var act in new[] { BallotUseCases.CloseAtItsTime, BallotUseCases.Count, BallotUseCases.Proclaim })
        {
            if (act == BallotUseCases.Count && await publication.PublishAsync(association, ballot, ct) is var papers and not CommandResult.Unchanged)
                throw new InvalidOperationException($"Its papers do not come out of the box: {papers}.");
            var result = act == BallotUseCases.Count
                ? await BallotUseCases.CountToTheEndAsync(n => runner.RunAsync(act, request, Context(association, $"{act.Name} {ballot} {n}"), ct))
                : await runner.RunAsync(act, request, Context(association, $"{act.Name} {ballot}"), ct);
            if (result is CommandResult.Done)
                recorded++;
            else if (result is not CommandResult.Unchanged)
                break;
        }

        return recorded;
    }

    private CommandContext Context(AssociationId association, string key) => CommandContext.OfSystem(association, key, Time) with { CorrelationId = key };
}
