namespace Governance.EventStore.Following;

/// <summary>Where the log ends, how far each follower is and what each has parked.</summary>
/// <param name="Last">Position of the last event.</param>
/// <param name="Checkpoints">By follower; one that never moved has none.</param>
internal sealed record Standing(long Last, IReadOnlyDictionary<string, long> Checkpoints, ILookup<string, ParkedTenant> Parked)
{
    public long CheckpointOf(string follower) => Checkpoints.GetValueOrDefault(follower);
}

/// <summary>
/// The standing as read once for all of a host that ask at about the same time. What is given was read after it was asked for: those who ask while one is
/// read share the next.
/// </summary>
internal sealed class Standings(Checkpoints checkpoints)
{
    private readonly Lock _gate = new();
    private Task<Standing>? _read, _next;

    public Task<Standing> AskAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_read is null or { IsCompleted: true })
                return (_read = Task.Run(() => checkpoints.StandingAsync(CancellationToken.None), CancellationToken.None)).WaitAsync(ct);
            return (_next ??= AfterAsync(_read)).WaitAsync(ct);
        }
    }

    private async Task<Standing> AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
            (_read, _next) = (_next, null);
        return await checkpoints.StandingAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
