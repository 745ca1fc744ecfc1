using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>What a rebuild came to.</summary>
/// <param name="Position">The position up to which the table was built.</param>
/// <param name="Events">Events that the model is made of.</param>
/// <param name="Stopped">Associations with an event that cannot be taken in: their rows are those known before it.</param>
public sealed record Rebuilt(string Model, long Position, long Events, IReadOnlyList<Stopped> Stopped);

/// <summary>
/// Builds read models from the first event, beside the live ones, which serve meanwhile. The log is read stream by stream, so memory is bounded
/// by the longest stream; rows go to a new table by COPY, already closed where they were, and its indexes are made after.
/// </summary>
public sealed class Rebuild(NpgsqlDataSource database, EventLog log, EventLogOptions options, EventCatalogue catalogue)
{
    private const int FlushBytes = 256 * 1024;
    private const int CatchUpBatch = 1000;
    private const long Lock = 0x72656275696c64; // "rebuild"

    /// <summary>Builds the models that have read nothing yet, before followers start: much faster than following.</summary>
    public async Task<IReadOnlyList<Rebuilt>> NewAsync(IReadOnlyList<ReadModel> models, CancellationToken ct = default)
    {
        var rebuilt = new List<Rebuilt>();
        if (await log.LastPositionAsync(ct).ConfigureAwait(false) == 0)
            return rebuilt;
        var begun = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand($"select name from \"{options.EventsSchema}\".mt_event_progression where last_seq_id > 0"))
        {
            await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                begun.Add(reader.GetString(0));
        }

        foreach (var model in models.Where(model => !begun.Contains(model.Name)))
            rebuilt.Add(await RunAsync(model, ct).ConfigureAwait(false));
        return rebuilt;
    }

    /// <summary>Builds one model beside the live one, then takes its place in one transaction.</summary>
    /// <exception cref="EventNotProjected">An event that came in meanwhile cannot be taken in; the live table stands.</exception>
    public async Task<Rebuilt> RunAsync(ReadModel model, CancellationToken ct = default)
    {
        await using var one = await HoldAsync(model, ct).ConfigureAwait(false);
        var table = model.Table + "_rebuilt";
        var built = await BuildAsync(model, table, await log.LastPositionAsync(ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        var follower = new ReadModelFollower(model, log, catalogue);
        await new Handover(database, log).RunAsync(
            model.Name,
            built.Position,
            built.Stopped,
            async (to, connection, token) =>
            {
                await CatchUpAsync(follower, table, built, to, connection, token).ConfigureAwait(false);
                await ReadModelTables.ExecuteAsync(
                    connection, $"drop table if exists {model.Table}; alter table {table} rename to {model.Name}", token).ConfigureAwait(false);
            },
            ct).ConfigureAwait(false);
        return built;
    }

    /// <summary>Fills a new table with the rows that are known up to a position; the live one stands.</summary>
    public async Task<Rebuilt> BuildAsync(ReadModel model, string table, long upTo, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await ReadModelTables.ExecuteAsync(
            connection, $"drop table if exists {table}; {ReadModelTables.Create(model, table)}; set local maintenance_work_mem = '128MB'", ct).ConfigureAwait(false);

        var stopped = new Dictionary<string, Stopped>(StringComparer.Ordinal);
        var events = await CopyAsync(model, table, upTo, null, stopped, connection, ct).ConfigureAwait(false);
        if (stopped.Count > 0)
            await GoBackAsync(model, table, stopped, connection, ct).ConfigureAwait(false);

        await ReadModelTables.ExecuteAsync(connection, string.Join("; ", ReadModelTables.Indexes(model, table)), ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        await ReadModelTables.ExecuteAsync(connection, $"set default_statistics_target = 30; analyze {table}; reset default_statistics_target", ct).ConfigureAwait(false);
        return new(model.Name, upTo, events, [.. stopped.Values]);
    }

    /// <summary>Copies the rows of each stream in turn; where one cannot be folded, notes the first such event of its association and goes on.</summary>
    private async Task<long> CopyAsync(
        ReadModel model, string table, long upTo, IReadOnlyList<string>? tenants, Dictionary<string, Stopped> stopped, NpgsqlConnection connection,
        CancellationToken ct)
    {
        var rows = new RowCopy(table, model.ColumnDefinitions.Count);
        var replay = model.Replay(catalogue);
        var streams = new StreamsInTurn(database, options);
        var stream = new List<StoredEvent>();
        var events = 0L;
        var copy = await rows.BeginAsync(connection, ct).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            var all = model.NeedsWholeStreams
                ? streams.ReadAsync(upTo, model.StreamKinds, tenants, ct)
                : log.ReadAllAsync(0, upTo, tenants is [var only] ? only : null, asStored: true, ct: ct);
            await foreach (var part in ReadAhead.InPartsAsync(all, static stored => stored, ct).ConfigureAwait(false))
            {
                foreach (var stored in part)
                {
                    if (stream.Count > 0 && EndsWith(model, stream, stored))
                    {
                        Give(replay, stream, rows, stopped);
                        stream.Clear();
                        if (rows.Pending >= FlushBytes)
                            await rows.FlushAsync(copy, ct).ConfigureAwait(false);
                    }

                    if (InPresentShape(streams, model, stored, stopped) is { } present && model.FollowsType(present.Type))
                    {
                        stream.Add(present);
                        events++;
                    }
                }
            }

            Give(replay, stream, rows, stopped);
            await rows.FlushAsync(copy, ct).ConfigureAwait(false);
            await RowCopy.EndAsync(copy, ct).ConfigureAwait(false);
        }

        return events;
    }

    // Where rows depend on one event alone, every event is given by itself, in the order of the log.
    private static bool EndsWith(ReadModel model, List<StoredEvent> stream, StoredEvent next) =>
        !model.NeedsWholeStreams
        || !string.Equals(stream[0].Stream, next.Stream, StringComparison.Ordinal)
        || !string.Equals(stream[0].Tenant, next.Tenant, StringComparison.Ordinal);

    private static StoredEvent? InPresentShape(StreamsInTurn streams, ReadModel model, StoredEvent stored, Dictionary<string, Stopped> stopped)
    {
        try
        {
            return streams.InPresentShape(stored);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Stop(stopped, stored.Tenant, stored.Position, $"{model.Name}: {fault.Message}");
            return null;
        }
    }

    private static void Give(RowReplay replay, List<StoredEvent> stream, IRowSink rows, Dictionary<string, Stopped> stopped)
    {
        if (stream.Count == 0)
            return;
        try
        {
            replay.Give(ReadModelFollower.AssociationOf(stream[0].Tenant), stream, 0, rows);
        }
        catch (EventNotProjected fault)
        {
            Stop(stopped, stream[0].Tenant, fault.Position, fault.Message);
        }
        catch (InvalidDataException fault)
        {
            Stop(stopped, stream[0].Tenant, stream[0].Position, fault.Message);
        }
    }

    private static void Stop(Dictionary<string, Stopped> stopped, string tenant, long position, string error)
    {
        if (!stopped.TryGetValue(tenant, out var known) || position < known.Position)
            stopped[tenant] = new(tenant, position, error);
    }

    // What following would have left: the rows of an association up to the first of its events that cannot be taken in.
    private async Task GoBackAsync(ReadModel model, string table, Dictionary<string, Stopped> stopped, NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var stop in stopped.Values.ToList())
        {
            if (!Guid.TryParseExact(stop.Tenant, "D", out var tenant))
                continue;
            await using (var delete = new NpgsqlCommand($"delete from {table} where tenant = $1", connection))
            {
                delete.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = tenant });
                await delete.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            }

            await CopyAsync(model, table, stop.Position - 1, [stop.Tenant], stopped, connection, ct).ConfigureAwait(false);
        }
    }

    private async Task CatchUpAsync(
        ReadModelFollower follower, string table, Rebuilt built, long to, NpgsqlConnection connection, CancellationToken ct)
    {
        for (var at = built.Position; at < to;)
        {
            var page = await log.ReadPageAsync(at, to, CatchUpBatch, ct: ct).ConfigureAwait(false);
            if (page.Count == 0)
                return;
            var followed = page.Where(e => built.Stopped.All(stop => stop.Tenant != e.Tenant)).ToList();
            if (followed.Count > 0)
                await follower.ApplyAsync(followed, table, connection, ct).ConfigureAwait(false);
            at = page[^1].Position;
        }
    }

    /// <summary>One rebuild of a model at a time, on whichever host; the lock goes with the connection.</summary>
    internal async Task<IAsyncDisposable> HoldAsync(ReadModel model, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended($1, {Lock}))", connection, transaction);
        hold.Parameters.Add(new NpgsqlParameter<string> { TypedValue = model.Name });
        await hold.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        return new Held(connection, transaction);
    }

    private sealed class Held(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
