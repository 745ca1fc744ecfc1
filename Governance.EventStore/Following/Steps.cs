namespace Governance.EventStore.Following;

/// <summary>
/// Moves the checkpoints of followers that events do not concern, those of a host together. Most events concern few followers, and a statement for each of the
/// others cost more than all that is written of the event.
/// </summary>
internal sealed class Steps(Checkpoints checkpoints, LogHints hints)
{
    private readonly Together<Step, IReadOnlySet<string>> _moves = new(async steps =>
    {
        var moved = await checkpoints.MoveAsync(steps, CancellationToken.None).ConfigureAwait(false);
        // Whoever waits for a checkpoint that is held is not to be woken by its own try.
        if (moved.Count > 0)
            hints.Moved();
        return moved;
    });

    /// <summary>False when it was not where it was said to be, or is held by another; it stays where it is.</summary>
    public async Task<bool> MoveAsync(string follower, long from, long to, CancellationToken ct) =>
        (await _moves.AskAsync(new(follower, from, to), ct).ConfigureAwait(false)).Contains(follower);
}

/// <summary>A checkpoint that goes from one position to another.</summary>
internal readonly record struct Step(string Follower, long From, long To);
