using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Api.Ballots;

/// <summary>
/// Brings closed secret ballots to their end: papers out of the box into the log, then the secret destroyed. What is left to do is told by the secrets
/// that there are, so that whatever is killed, the next look goes on: a secret is destroyed only once a look has found all papers in the log.
/// </summary>
public sealed class PaperPublication(BallotBoxes boxes, CommandRunner runner, TimeProvider time, ILogger<PaperPublication> logger)
    : PeriodicWork(LooksEvery, time, logger)
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

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
            var refusal = await PublishAsync(association, ballot, ct);
            if (refusal is null or BallotAlreadyAnnulled)
                destroyed++;
            else if (refusal is not (BallotNotOpened or BallotStillOpen))
            {
                stuck[(association, ballot)] = _stuck.TryGetValue((association, ballot), out var since) ? since : Time.GetUtcNow();
                Logger.LogError("The papers of ballot {Ballot} of {Association} do not come out of the box: {Refusal}", ballot, association, refusal.Code);
            }
        }

        _stuck = stuck;
        return destroyed;
    }

    /// <summary>Publishes the papers of a ballot as far as it lets, and destroys its secret when that is done or the ballot is annulled.</summary>
    /// <returns>What stands in the way; null when nothing is left in the box.</returns>
    public async Task<Refusal?> PublishAsync(AssociationId association, BallotId ballot, CancellationToken ct)
    {
        while (true)
        {
            switch (await runner.RunAsync(BallotUseCases.Publish, new BallotRequest(ballot), Context(association), ct))
            {
                case CommandResult.Done:
                    break;
                case CommandResult.Unchanged:
                    boxes.Secrets.Destroy(association.Value, ballot.Value);
                    return null;
                case CommandResult.Refused { Refusal: BallotAlreadyAnnulled annulled }:
                    boxes.Secrets.Destroy(association.Value, ballot.Value);
                    return annulled;
                case CommandResult.Refused { Refusal: var refusal }:
                    return refusal;
                case var other:
                    throw new InvalidOperationException($"The papers of {ballot} could not be published: {other}.");
            }
        }
    }

    // Told apart by what is left to publish, not by a key: each part is recorded once because the ballot moves with it.
    private CommandContext Context(AssociationId association) => new()
    {
        Association = association,
        Zone = TimeZoneInfo.Utc,
        Actor = Actor.System,
        Now = Time.GetUtcNow(),
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        Ids = IdSource.Fresh(Time),
    };
}
