using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>
/// Closes ballots whose time is over, where their rule says so, then counts and proclaims: by the same commands as anybody's, given by the system. Any
/// number of hosts may run it; each act has one key for each ballot, so that it is recorded once.
/// </summary>
public sealed class BallotDeadlines(ReadDatabase reads, CommandRunner runner, TimeProvider time, ILogger<BallotDeadlines> logger) : PeriodicWork(LooksEvery, time, logger)
{
    /// <summary>How often it looks. No vote is accepted from the closing time on, however late the closing is recorded.</summary>
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    /// <summary>Brings every ballot that is due as far as its rule lets the clock bring it.</summary>
    /// <returns>How many acts were recorded.</returns>
    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var recorded = 0;
        foreach (var (association, ballot) in await Row.DueAsync(reads, Time.GetUtcNow(), ct))
        {
            var request = new BallotRequest(ballot);
            foreach (var act in new[] { BallotUseCases.CloseAtItsTime, BallotUseCases.Count, BallotUseCases.Proclaim })
            {
                var result = await runner.RunAsync(act, request, Context(association, $"{act.Name} {ballot}"), ct);
                if (result is CommandResult.Done)
                    recorded++;
                else if (result is not CommandResult.Unchanged)
                    break;
            }
        }

        return recorded;
    }

    private CommandContext Context(AssociationId association, string key) => new()
    {
        Association = association,
        // Acts of an instant: no day is cut.
        Zone = TimeZoneInfo.Utc,
        Actor = Actor.System,
        Now = Time.GetUtcNow(),
        IdempotencyKey = key,
        Ids = IdSource.Fresh(Time),
        CorrelationId = key,
    };
}
