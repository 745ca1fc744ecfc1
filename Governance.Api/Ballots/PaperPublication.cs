using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Api.Ballots;

/// <summary>
/// Brings closed secret ballots to their end: papers out of the box into the log, then the secret destroyed. What is left to do is told by the secrets
/// that there are, so that whatever is killed, the next look goes on: a secret is destroyed only once a look has found all papers in the log. Nothing is published
/// of an association that a history is being imported into, until the import has ended.
/// </summary>
public sealed class PaperPublication(BallotBoxes boxes, CommandRunner runner, ImportsUnderWay imports, TimeProvider time, ILogger<PaperPublication> logger)
    : PeriodicWork(LooksEvery, time, logger)
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    // A form waits for the answer, each try has its own deadline, and whoever looks next goes on.
    private const int Tries = 3;

    private IReadOnlyDictionary<(AssociationId Association, BallotId Ballot), DateTimeOffset> _stuck = new Dictionary<(AssociationId, BallotId), DateTimeOffset>();

    /// <summary>Ballots whose papers did not come out when last tried, each since when; what stands in the way is in the log.</summary>
    public IReadOnlyDictionary<(AssociationId Association, BallotId Ballot), DateTimeOffset> Stuck => _stuck;

    /// <summary>Looks after every secret that is here.</summary>
    /// <returns>How many were destroyed.</returns>
    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var destroyed = 0;
        var stuck = new Dictionary<(AssociationId, BallotId), DateTimeOffset>();
        foreach (var (of, id) in boxes.Secrets.All())
        {
            var (association, ballot) = (AssociationId.Of(of), BallotId.Of(id));
            try
            {
                await using var turn = await imports.TurnAsync(association, ct);
                if (turn is null)
                {
                    if (_stuck.TryGetValue((association, ballot), out var before))
                        stuck[(association, ballot)] = before;
                    continue;
                }

                var result = await PublishAsync(association, ballot, ct);
                if (result is CommandResult.Unchanged or CommandResult.Refused { Refusal: BallotAlreadyAnnulled })
                {
                    destroyed++;
                }
                else if (result is not CommandResult.Refused { Refusal: BallotNotOpened or BallotStillOpen })
                {
                    stuck[(association, ballot)] = Since(association, ballot);
                    Logger.LogError("The papers of ballot {Ballot} of {Association} do not come out of the box: {Result}", ballot, association, result);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One that fails keeps no other from its turn, and is tried again at the next look.
                stuck[(association, ballot)] = Since(association, ballot);
                Logger.LogError(fault, "The papers of ballot {Ballot} of {Association} do not come out of the box", ballot, association);
            }
        }

        _stuck = stuck;
        return destroyed;
    }

    /// <summary>Publishes the papers of a ballot as far as it lets, and destroys its secret when that is done or the ballot is annulled.</summary>
    /// <returns><see cref="CommandResult.Unchanged"/> when nothing is left in the box; otherwise what stands in the way, also of a database that is away.</returns>
    public async Task<CommandResult> PublishAsync(AssociationId association, BallotId ballot, CancellationToken ct)
    {
        var tries = 0;
        while (true)
        {
            var result = await runner.RunAsync(BallotUseCases.Publish, new BallotRequest(ballot), Context(association), ct);
            switch (result)
            {
                case CommandResult.Done:
                    break;
                case CommandResult.Unchanged or CommandResult.Refused { Refusal: BallotAlreadyAnnulled }:
                    boxes.Secrets.Destroy(association.Value, ballot.Value);
                    return result;
                // Decided again from the log, so that what was recorded without an answer is not recorded twice.
                case CommandResult.Contended or CommandResult.Unavailable when ++tries < Tries:
                    break;
                default:
                    return result;
            }
        }
    }

    private DateTimeOffset Since(AssociationId association, BallotId ballot) => _stuck.TryGetValue((association, ballot), out var since) ? since : Time.GetUtcNow();

    // Told apart by what is left to publish, not by a key: each part is recorded once because the ballot moves with it.
    private CommandContext Context(AssociationId association) => CommandContext.OfSystem(association, Guid.NewGuid().ToString("N"), Time);
}
