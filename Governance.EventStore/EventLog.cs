using System.Runtime.CompilerServices;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// One ordered log of events with dense positions (1..N) on Marten's tables. Any number of hosts may hold one on the same database.
/// </summary>
public sealed class EventLog(NpgsqlDataSource database, EventLogOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Creates or completes the tables; several hosts may call it at once.</summary>
    public Task MigrateAsync(CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Appends wholly or not at all. Cancelling gives up only while the append has not been sent.</summary>
    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>The events of one stream, in order, up to a position.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(
        string tenant, string stream, long upToPosition = long.MaxValue, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Many streams as of one moment, in one round trip; each stream asked for is in the answer.</summary>
    public ValueTask<IReadOnlyDictionary<string, StreamSlice>> ReadStreamsAsync(
        string tenant, IReadOnlyList<string> streams, long upToPosition = long.MaxValue, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Events after a position, up to another, in order of position; of one association when <paramref name="tenant"/> is given.</summary>
    /// <param name="asStored">True gives what PostgreSQL gives, before upcasting.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAllAsync(
        long after, long upTo = long.MaxValue, string? tenant = null, int batch = 1000, bool asStored = false,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        _ = (database, options, time);
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    /// <summary>Position of the last event; 0 when there is none.</summary>
    public ValueTask<long> LastPositionAsync(CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Position of the last event recorded at or before an instant; 0 when there is none.</summary>
    public ValueTask<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>An event by its id, or null.</summary>
    public ValueTask<StoredEvent?> FindEventAsync(string tenant, Guid id, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>The command appended before under this key, or null: asked before deciding, a repeat is answered without deciding.</summary>
    public ValueTask<RecordedCommand?> FindCommandAsync(string tenant, CommandKey key, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Deletes command keys older than <see cref="EventLogOptions.KeepCommands"/>; gives how many.</summary>
    public ValueTask<int> PurgeCommandsAsync(CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
