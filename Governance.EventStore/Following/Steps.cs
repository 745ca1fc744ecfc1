namespace Governance.EventStore.Following;

/// <summary>
/// Moves the checkpoints of followers that events do not concern, those of a host together: what one asks for while others are moved is part of the next
/// statement. Most events concern few followers, and a statement for each of the others cost more than all that is written of the event.
/// </summary>
internal sealed class Steps(Checkpoints checkpoints, LogHints hints)
{
    private readonly Lock _gate = new();
    private Batch? _waiting;
    private Task _moving = Task.CompletedTask;

    /// <exception cref="CheckpointMovedException">It was not where it was said to be, or is held by another; it stays where it is.</exception>
    public async Task MoveAsync(string follower, long from, long to, CancellationToken ct)
    {
        Task<IReadOnlySet<string>> moved;
        lock (_gate)
        {
            _waiting ??= new Batch();
            _waiting.Steps.Add(new(follower, from, to));
            _moving = moved = _waiting.Moved ??= AfterAsync(_moving, _waiting);
        }

        if (!(await moved.WaitAsync(ct).ConfigureAwait(false)).Contains(follower))
            throw new CheckpointMovedException(follower, from);
    }

    private async Task<IReadOnlySet<string>> AfterAsync(Task before, Batch batch)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
            _waiting = null;
        var moved = await checkpoints.MoveAsync(batch.Steps, CancellationToken.None).ConfigureAwait(false);
        hints.Moved();
        return moved;
    }

    private sealed class Batch
    {
        public List<Step> Steps { get; } = [];

        public Task<IReadOnlySet<string>>? Moved { get; set; }
    }
}

/// <summary>A checkpoint that goes from one position to another.</summary>
internal readonly record struct Step(string Follower, long From, long To);
