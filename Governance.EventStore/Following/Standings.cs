namespace Governance.EventStore.Following;

/// <summary>Where the log ends, how far each follower is and what each has parked.</summary>
/// <param name="Last">Position of the last event.</param>
/// <param name="Checkpoints">By follower, with when each moved last; one that never moved has none.</param>
internal sealed record Standing(long Last, IReadOnlyDictionary<string, (long Checkpoint, DateTimeOffset? Moved)> Checkpoints, ILookup<string, ParkedTenant> Parked)
{
    public long CheckpointOf(string follower) => Checkpoints.GetValueOrDefault(follower).Checkpoint;
}

/// <summary>The standing as read once for all of a host that ask at about the same time. What is given was read after it was asked for.</summary>
internal sealed class Standings(Checkpoints checkpoints)
{
    private readonly Together<ValueTuple, Standing> _reads = new(_ => checkpoints.StandingAsync(CancellationToken.None));

    public Task<Standing> AskAsync(CancellationToken ct) => _reads.AskAsync(default, ct);
}
