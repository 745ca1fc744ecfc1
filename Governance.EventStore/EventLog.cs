using System.Runtime.CompilerServices;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// One ordered log of events with dense positions (1..N) on Marten's tables. Any number of hosts may hold one on the same database.
/// </summary>
/// <remarks>
/// Times of recording are the database's, given under the log's lock; a clock other than the system's replaces them, for tests.
/// </remarks>
public sealed class EventLog : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly EventLogOptions _options;
    private readonly TimeProvider _time;
    private readonly AppendHint _hint;
    private readonly AppendQueue _queue;
    private readonly LogReader _reader;

    public EventLog(NpgsqlDataSource database, EventLogOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_database, _options, _time) = (database, options, time);
        _hint = new AppendHint(database, options);
        _queue = new AppendQueue(database, options, _hint, time);
        _reader = new LogReader(database, options);
        EventsSchema = "\"" + options.EventsSchema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>Raised after each group that this log has written, on the thread that wrote it.</summary>
    internal event Action? Appended
    {
        add => _hint.Appended += value;
        remove => _hint.Appended -= value;
    }

    /// <summary>The schema of Marten's tables, quoted.</summary>
    internal string EventsSchema { get; }

    /// <summary>Creates or completes the tables; several hosts may call it at once.</summary>
    public Task MigrateAsync(CancellationToken ct = default)
    {
        var replacements = new Dictionary<string, string> { ["{events}"] = EventsSchema };
        return Migrations.Embedded("event-store", typeof(EventLog).Assembly, "Sql", replacements).ApplyAsync(_database, ct);
    }

    /// <summary>Appends wholly or not at all. Cancelling gives up only while the append has not been sent.</summary>
    /// <exception cref="ArgumentException">An event's stream has no expected version, or a stream is expected twice.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was sent: nothing was written.</exception>
    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        if (RequestCheck.FaultIn(request, _options, out var bytes) is { } fault)
            return fault;
        RequestCheck.EachStreamIsExpectedOnce(request);

        var item = new AppendItem(request, bytes, _time.GetTimestamp() + (long)(_options.RetryFor.TotalSeconds * _time.TimestampFrequency));
        if (!_queue.TryEnqueue(item))
            return new AppendResult.Overloaded();
        AppendResult result;
        if (ct.CanBeCanceled)
        {
            await using var withdrawal = ct.UnsafeRegister(static (state, token) => ((AppendItem)state!).Withdraw(token), item).ConfigureAwait(false);
            result = await item.Outcome.ConfigureAwait(false);
        }
        else
        {
            result = await item.Outcome.ConfigureAwait(false);
        }

        return result switch
        {
            LookUpCommand => await RepeatedAsync(request).ConfigureAwait(false),
            LookUpPosition written => AppendGroup.Appended(request, written.First, await _reader.RecordedAtAsync(written.First).ConfigureAwait(false)),
            _ => result,
        };
    }

    /// <summary>The events of one stream, in order, up to a position.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(
        string tenant, string stream, long upToPosition = long.MaxValue, CancellationToken ct = default) =>
        _reader.ReadStreamAsync(tenant, stream, upToPosition, ct);

    /// <summary>Many streams as of one moment, in one round trip; each stream asked for is in the answer.</summary>
    public ValueTask<IReadOnlyDictionary<string, StreamSlice>> ReadStreamsAsync(
        string tenant, IReadOnlyList<string> streams, long upToPosition = long.MaxValue, CancellationToken ct = default) =>
        _reader.ReadStreamsAsync(tenant, [.. streams.Distinct(StringComparer.Ordinal).Select(stream => new StreamVersion(stream, 0))], upToPosition, ct);

    /// <summary>What many streams hold beyond the versions known of them, as of one moment, in one round trip; each stream asked for is in the answer.</summary>
    /// <param name="known">Each stream once; version 0 asks for all of it.</param>
    public ValueTask<IReadOnlyDictionary<string, StreamSlice>> ReadStreamsAfterAsync(
        string tenant, IReadOnlyCollection<StreamVersion> known, CancellationToken ct = default) =>
        _reader.ReadStreamsAsync(tenant, known, long.MaxValue, ct);

    /// <summary>The streams of one type that an association has, with their present versions, in ordinal order of name; for types with few streams (votes are not found so).</summary>
    public ValueTask<IReadOnlyList<StreamVersion>> ListStreamsAsync(string tenant, string streamType, CancellationToken ct = default) =>
        _reader.ListStreamsAsync(tenant, streamType, ct);

    /// <summary>Where the events of one type are, on the streams of one type that an association has, in order of position; for types with few streams, as above.</summary>
    public ValueTask<IReadOnlyList<EventPlace>> ListEventsAsync(string tenant, string streamType, string type, CancellationToken ct = default) =>
        _reader.ListEventsAsync(tenant, streamType, type, ct);

    /// <summary>The events of the stream of this name of every tenant that has one, in ordinal order of tenant and in order of version.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamOfEachAsync(string stream, CancellationToken ct = default) => _reader.ReadStreamOfEachAsync(stream, ct);

    /// <summary>Events after a position, up to another, in order of position; of one association when <paramref name="tenant"/> is given.</summary>
    /// <param name="batch">Events fetched in one round trip.</param>
    /// <param name="asStored">True gives what PostgreSQL gives, before upcasting.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAllAsync(
        long after, long upTo = long.MaxValue, string? tenant = null, int batch = 1000, bool asStored = false,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var index = tenant is null ? 0 : await _reader.TenantIndexAtAsync(tenant, after, ct).ConfigureAwait(false);
        while (true)
        {
            var events = tenant is null
                ? await _reader.ReadPageAsync(after, upTo, batch, asStored, ct).ConfigureAwait(false)
                : await _reader.ReadTenantPageAsync(tenant, index, upTo, batch, asStored, ct).ConfigureAwait(false);
            foreach (var e in events)
                yield return e;
            if (events.Count < batch)
                yield break;
            (after, index) = (events[^1].Position, events[^1].TenantIndex);
        }
    }

    /// <summary>Up to <paramref name="limit"/> events after a position, in order of position.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadPageAsync(
        long after, long upTo = long.MaxValue, int limit = 1000, bool asStored = false, CancellationToken ct = default) =>
        _reader.ReadPageAsync(after, upTo, limit, asStored, ct);

    /// <summary>Up to <paramref name="limit"/> of an association's events after one of its own indexes, in order.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> ReadTenantPageAsync(
        string tenant, long afterIndex, long upToPosition = long.MaxValue, int limit = 1000, bool asStored = false, CancellationToken ct = default) =>
        _reader.ReadTenantPageAsync(tenant, afterIndex, upToPosition, limit, asStored, ct);

    /// <summary>Events that were read as stored, brought to their present shape.</summary>
    internal IReadOnlyList<StoredEvent> InPresentShape(IReadOnlyList<StoredEvent> events) => _options.Upcasters.Apply(events);

    /// <summary>Position of the last event; 0 when there is none.</summary>
    public ValueTask<long> LastPositionAsync(CancellationToken ct = default) => _reader.LastPositionAsync(ct);

    /// <summary>How many events an association has at or before a position, which is the index of the last of them.</summary>
    public ValueTask<long> TenantIndexAtAsync(string tenant, long position, CancellationToken ct = default) => _reader.TenantIndexAtAsync(tenant, position, ct);

    /// <summary>Position of the last event recorded at or before an instant; 0 when there is none. For an instant that is past the answer never changes.</summary>
    public ValueTask<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken ct = default) => _reader.PositionAtAsync(recordedAt, ct);

    /// <summary>An event by its id, or null.</summary>
    public ValueTask<StoredEvent?> FindEventAsync(string tenant, Guid id, CancellationToken ct = default) => _reader.FindEventAsync(tenant, id, ct);

    /// <summary>The command appended before under this key, or null: asked before deciding, a repeat is answered without deciding.</summary>
    public ValueTask<RecordedCommand?> FindCommandAsync(string tenant, CommandKey key, CancellationToken ct = default) => _reader.FindCommandAsync(tenant, key, ct);

    /// <summary>
    /// Deletes command keys older than <see cref="EventLogOptions.KeepCommands"/>, so many in a transaction that no lock is held for long; gives how
    /// many. Several hosts may call it at once.
    /// </summary>
    public async ValueTask<int> PurgeCommandsAsync(CancellationToken ct = default)
    {
        var before = _time.GetUtcNow() - _options.KeepCommands;
        var (purged, last) = (0, 0);
        do
        {
            last = await _reader.PurgeCommandsAsync(before, _options.PurgedAtOnce, ct).ConfigureAwait(false);
            purged += last;
        }
        while (last == _options.PurgedAtOnce);
        return purged;
    }

    /// <summary>Waits for the appends in hand, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _hint.SentAsync().ConfigureAwait(false);
    }

    private async ValueTask<AppendResult> RepeatedAsync(AppendRequest request)
    {
        // Purged between the two looks: too rare to try again, and true.
        if (await _reader.FindCommandAsync(request.Tenant, request.Command!, CancellationToken.None).ConfigureAwait(false) is not { } known)
            return new AppendResult.Unavailable(MayBeWritten: true);
        return new AppendResult.CommandRepeated(known.LastPosition, known.RecordedAt, known.Answer, known.Versions);
    }
}
