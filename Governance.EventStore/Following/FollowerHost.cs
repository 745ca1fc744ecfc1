using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>
/// Runs followers, each from its checkpoint. Several hosts may run the same followers on one database: each follower runs on one of them at a
/// time, and another takes over when that one goes.
/// </summary>
public sealed class FollowerHost : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly EventLog _log;
    private readonly FollowerOptions _options;
    private readonly TimeProvider _time;
    private readonly Checkpoints _checkpoints;
    private readonly Standings _standings;
    private readonly IReadOnlyList<FollowerLoop> _loops;
    private readonly LogHints _hints;
    private readonly SharedPages _pages;
    private readonly FollowerLocks _locks;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _started, _disposed;

    /// <exception cref="ArgumentException">Two followers have one name.</exception>
    public FollowerHost(NpgsqlDataSource database, EventLog log, IReadOnlyList<Follower> followers, FollowerOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(followers);
        ArgumentNullException.ThrowIfNull(options);
        if (followers.GroupBy(follower => follower.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Two followers are named {twice.Key}.", nameof(followers));
        (_database, _log, _options, _time) = (database, log, options, time);
        _checkpoints = new Checkpoints(database, log.EventsSchema);
        _standings = new Standings(_checkpoints);
        _hints = new LogHints(database, options, time);
        var steps = new Steps(_checkpoints, _hints);
        _pages = new SharedPages(log);
        _turns = new SemaphoreSlim(options.AtOnce);
        _loops = [.. followers.Select(follower => new FollowerLoop(follower, database, log, _pages, _checkpoints, _standings, steps, _hints, _turns, options, time))];
        _locks = new FollowerLocks(database, _loops, options, _hints);
    }

    /// <summary>Starts every follower and returns at once.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("The followers run already.");
        var ct = _stopping.Token;
        _log.Appended += _hints.Appended;
        _running = Task.WhenAll(
            Task.Run(() => _hints.ListenAsync(ct), CancellationToken.None), Task.Run(() => _hints.LookAsync(ct), CancellationToken.None), Task.Run(() => _locks.RunAsync(ct), CancellationToken.None));
    }

    /// <summary>Stops every follower; a batch in hand is rolled back.</summary>
    public async Task StopAsync()
    {
        _log.Appended -= _hints.Appended;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Ends with the next append that is heard of, on any host. One may not be heard of: whoever waits looks from time to time.</summary>
    public Task NextAppend => _hints.NextAppend;

    /// <summary>
    /// True once a follower has handled all up to a position; false when the time is over, or at once when it has parked <paramref name="tenant"/>,
    /// whose events it will not show.
    /// </summary>
    public ValueTask<bool> WaitForAsync(string follower, long position, TimeSpan timeout, string? tenant = null, CancellationToken ct = default) =>
        WaitForAsync([follower], position, timeout, tenant, ct);

    /// <summary>The same for every follower of this host that is awaited; those that have not parked the association are waited for in any case.</summary>
    public ValueTask<bool> WaitForAllAsync(long position, TimeSpan timeout, string? tenant = null, CancellationToken ct = default) =>
        WaitForAsync([.. _loops.Where(loop => loop.Follower.IsAwaited).Select(loop => loop.Follower.Name)], position, timeout, tenant, ct);

    private async ValueTask<bool> WaitForAsync(List<string> followers, long position, TimeSpan timeout, string? tenant, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var shown = true;
        while (true)
        {
            // Asked before the look at the checkpoints: a move between the two is not missed.
            var moved = _hints.NextMove;
            var standing = await _standings.AskAsync(ct).ConfigureAwait(false);
            shown &= followers.RemoveAll(follower => standing.Parked[follower].Any(parked => parked.Tenant == tenant)) == 0;
            followers.RemoveAll(follower => standing.CheckpointOf(follower) >= position);
            if (followers.Count == 0)
                return shown;
            var left = timeout - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return false;
            await Task.WhenAny(moved, Task.Delay(left < _options.LookEvery ? left : _options.LookEvery, _time, ct)).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Where every follower stands, for the health page.</summary>
    public async ValueTask<IReadOnlyList<FollowerStatus>> StatusAsync(CancellationToken ct = default)
    {
        var standing = await _standings.AskAsync(ct).ConfigureAwait(false);
        return
        [
            .. _loops.Select(loop =>
            {
                var (checkpoint, moved) = standing.Checkpoints.GetValueOrDefault(loop.Follower.Name);
                return new FollowerStatus(
                    loop.Follower.Name, checkpoint, Math.Max(standing.Last, checkpoint), moved, loop.RunsHere, [.. standing.Parked[loop.Follower.Name]], loop.LastFault);
            }),
        ];
    }

    /// <summary>Empties a follower and sets it back to the first event, whichever host runs it; it catches up by itself.</summary>
    public async Task RebuildAsync(string follower, CancellationToken ct = default)
    {
        var loop = LoopOf(follower);
        await using var connection = await _database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        // The checkpoint's row is what a batch holds: the one in hand ends first, and the next finds that the checkpoint has moved.
        await _checkpoints.HoldAsync(follower, connection, ct).ConfigureAwait(false);
        await loop.Follower.ResetAsync(connection, transaction, ct).ConfigureAwait(false);
        await _checkpoints.RestartAsync(follower, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        _hints.Appended();
    }

    /// <summary>Asks for a parked association to be followed again from the event that could not be handled; whichever host runs the follower does it.</summary>
    public async Task RetryParkedAsync(string follower, string tenant, CancellationToken ct = default)
    {
        LoopOf(follower);
        await _checkpoints.AskRetryAsync(follower, tenant, ct).ConfigureAwait(false);
        _hints.Appended();
    }

    /// <summary>The same for every association that a follower of this host has parked: the host may be one that was mended.</summary>
    public async Task RetryParkedAsync(CancellationToken ct = default)
    {
        foreach (var loop in _loops)
            await _checkpoints.AskRetryAsync(loop.Follower.Name, null, ct).ConfigureAwait(false);
        _hints.Appended();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
        _turns.Dispose();
        _pages.Dispose();
    }

    private FollowerLoop LoopOf(string follower) =>
        _loops.FirstOrDefault(loop => string.Equals(loop.Follower.Name, follower, StringComparison.Ordinal))
        ?? throw new ArgumentException($"No follower is named {follower}.", nameof(follower));
}
