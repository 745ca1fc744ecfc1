using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>
/// Runs followers, each from its checkpoint. Several hosts may run the same followers on one database: each follower runs on one of them at a
/// time, and another takes over when that one goes.
/// </summary>
public sealed class FollowerHost(
    NpgsqlDataSource database, EventLog log, IReadOnlyList<Follower> followers, FollowerOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Starts every follower and returns at once.</summary>
    public void Start() => _ = (database, log, followers, options, time);

    /// <summary>Stops every follower; a batch in hand is rolled back.</summary>
    public Task StopAsync() => Task.CompletedTask;

    /// <summary>True once a follower has handled all up to a position; false when the time is over, or when it has parked <paramref name="tenant"/>.</summary>
    public ValueTask<bool> WaitForAsync(
        string follower, long position, TimeSpan timeout, string? tenant = null, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>The same for every follower of this host.</summary>
    public ValueTask<bool> WaitForAllAsync(long position, TimeSpan timeout, string? tenant = null, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Where every follower stands, for the health page.</summary>
    public ValueTask<IReadOnlyList<FollowerStatus>> StatusAsync(CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Empties a follower and sets it back to the first event, whichever host runs it; it catches up by itself.</summary>
    public Task RebuildAsync(string follower, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Asks for a parked association to be followed again from the event that could not be handled.</summary>
    public Task RetryParkedAsync(string follower, string tenant, CancellationToken ct = default) => throw new NotSupportedException();

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);
}
