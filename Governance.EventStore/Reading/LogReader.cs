using Npgsql;
using NpgsqlTypes;

namespace Governance.EventStore;

/// <summary>Reads the log on connections of the pool, with statements that Npgsql prepares once a connection.</summary>
internal sealed class LogReader(NpgsqlDataSource database, EventLogOptions options)
{
    private readonly string _events = "\"" + options.EventsSchema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\".mt_events";
    private readonly string _streams = "\"" + options.EventsSchema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\".mt_streams";

    /// <summary>The association's own index of an event: its place in the run that holds its position.</summary>
    private const string Index =
        "(select r.first_index + e.seq_id - r.first_position from governance.leaf_run r where r.first_position <= e.seq_id order by r.first_position desc limit 1)";

    // What Read reads, in its order; the tenant and the stream come last, and only where the caller does not know them already. Whoever reads streams
    // asks for no index: looking it up event by event took longer than all the rest.
    private const string OfStream = "e.seq_id, e.id, 0::bigint, e.version, e.type, e.data, e.headers, e.timestamp, e.correlation_id, e.causation_id";

    private const string Columns = $"e.seq_id, e.id, {Index}, e.version, e.type, e.data, e.headers, e.timestamp, e.correlation_id, e.causation_id, e.tenant_id, e.stream_id";

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string tenant, string stream, long upTo, CancellationToken ct) => ReadAsync(
        $"""
        select {OfStream} from {_events} e
        where e.tenant_id = $1 and e.stream_id = $2 and e.seq_id <= $3 order by e.version
        """,
        [Text(tenant), Text(stream), Position(upTo)], asStored: false, ct, tenant, stream);

    public async ValueTask<IReadOnlyDictionary<string, StreamSlice>> ReadStreamsAsync(
        string tenant, IReadOnlyCollection<StreamVersion> after, long upTo, CancellationToken ct)
    {
        // One statement sees one moment: the versions belong together.
        var events = await ReadAsync(
            $"""
            select {OfStream}, e.tenant_id, e.stream_id
            from unnest($2, $3) with ordinality s(id, version, n)
            cross join lateral (
                select * from {_events} m where m.tenant_id = $1 and m.stream_id = s.id and m.version > s.version and m.seq_id <= $4 order by m.version) e
            order by s.n, e.version
            """,
            [
                Text(tenant), new NpgsqlParameter<string[]> { TypedValue = [.. after.Select(s => s.Stream)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. after.Select(s => s.Version)] }, Position(upTo),
            ],
            asStored: false, ct, tenant).ConfigureAwait(false);
        var slices = new Dictionary<string, StreamSlice>(after.Count, StringComparer.Ordinal);
        for (var from = 0; from < events.Count;)
        {
            var to = from + 1;
            while (to < events.Count && string.Equals(events[to].Stream, events[from].Stream, StringComparison.Ordinal))
                to++;
            var slice = new StoredEvent[to - from];
            for (var i = from; i < to; i++)
                slice[i - from] = events[i];
            slices.Add(events[from].Stream, new StreamSlice(events[from].Stream, slice[^1].Version, slice));
            from = to;
        }

        foreach (var (stream, version) in after)
            slices.TryAdd(stream, new StreamSlice(stream, version, []));
        return slices;
    }

    public async ValueTask<IReadOnlyList<StreamVersion>> ListStreamsAsync(string tenant, string streamType, CancellationToken ct)
    {
        // The last condition on the type says nothing new; it lets the planner use the index that leaves votes out.
        await using var command = database.CreateCommand(
            $"""select id, version from {_streams} where tenant_id = $1 and type = $2 and type <> 'vote' order by id collate "C" """);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(Text(streamType));
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var streams = new List<StreamVersion>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            streams.Add(new(reader.GetString(0), reader.GetInt64(1)));
        return streams;
    }

    public async ValueTask<IReadOnlyList<EventPlace>> ListEventsAsync(string tenant, string streamType, string type, CancellationToken ct)
    {
        // By the streams, not by the events: what an event says may be long, and is not touched.
        await using var command = database.CreateCommand(
            $"""
            select e.stream_id, e.seq_id, e.headers from {_streams} s
            join {_events} e on e.tenant_id = s.tenant_id and e.stream_id = s.id and e.type = any($3)
            where s.tenant_id = $1 and s.type = $2 and s.type <> 'vote' order by e.seq_id
            """);
        command.Parameters.Add(Text(tenant));
        command.Parameters.Add(Text(streamType));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = options.Upcasters.StoredAs(type) });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var places = new List<EventPlace>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            places.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return places;
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamOfEachAsync(string stream, CancellationToken ct) => ReadAsync(
        // From one tenant to the next by the index of streams: as many looks as there are tenants, however many streams they have.
        $"""
        with recursive tenants as (
            (select s.tenant_id from {_streams} s order by s.tenant_id limit 1)
            union all
            select (select s.tenant_id from {_streams} s where s.tenant_id > t.tenant_id order by s.tenant_id limit 1) from tenants t where t.tenant_id is not null)
        select {OfStream}, e.tenant_id, e.stream_id from tenants t
        cross join lateral (select * from {_events} m where m.tenant_id = t.tenant_id and m.stream_id = $1 order by m.version) e
        order by e.tenant_id collate "C", e.version
        """,
        [Text(stream)], asStored: false, ct);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadPageAsync(long after, long upTo, int limit, bool asStored, CancellationToken ct) =>
        // Positions are dense: a page is a range, which the planner needs no statistics to read by index.
        ReadAsync(
            $"""
            select {Columns} from {_events} e
            where e.seq_id > $1 and e.seq_id <= $2 order by e.seq_id
            """,
            [Position(after), Position(Math.Min(upTo, after > long.MaxValue - limit ? long.MaxValue : after + limit))], asStored, ct);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadTenantPageAsync(
        string tenant, long afterIndex, long upTo, int limit, bool asStored, CancellationToken ct) => ReadAsync(
        $"""
        select e.seq_id, e.id, r.first_index + e.seq_id - r.first_position, e.version, e.type, e.data, e.headers, e.timestamp, e.correlation_id,
            e.causation_id, e.tenant_id, e.stream_id
        from governance.leaf_run r
        cross join lateral (
            select * from {_events} m
            where m.seq_id >= r.first_position + greatest($2 + 1 - r.first_index, 0)
                and m.seq_id < r.first_position + least(r.length, $2 + $4 + 1 - r.first_index) and m.seq_id <= $3
            order by m.seq_id) e
        where r.tenant_id = $1 and r.first_index <= $2 + $4
            and r.first_index >= coalesce((
                select b.first_index from governance.leaf_run b where b.tenant_id = $1 and b.first_index <= $2 + 1 order by b.first_index desc limit 1), 1)
        order by r.first_index, e.seq_id
        """,
        [Text(tenant), Position(afterIndex), Position(upTo), Position(limit)], asStored, ct);

    public async ValueTask<StoredEvent?> FindEventAsync(string tenant, Guid id, CancellationToken ct)
    {
        var events = await ReadAsync(
            $"select {Columns} from {_events} e where e.id = $1 and e.tenant_id = $2",
            [new NpgsqlParameter<Guid> { TypedValue = id }, Text(tenant)], asStored: false, ct).ConfigureAwait(false);
        return events.Count == 0 ? null : events[0];
    }

    public ValueTask<long> LastPositionAsync(CancellationToken ct) => ScalarAsync<long>("select last_position from governance.log_head", [], ct);

    public ValueTask<long> PositionAtAsync(DateTimeOffset instant, CancellationToken ct) => ScalarAsync<long>(
        "select governance.position_at($1)", [new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }], ct);

    public ValueTask<long> TenantIndexAtAsync(string tenant, long position, CancellationToken ct) =>
        ScalarAsync<long>("select governance.tenant_index_at($1, $2)", [Text(tenant), Position(position)], ct);

    public async ValueTask<DateTimeOffset> RecordedAtAsync(long position) => new(await ScalarAsync<DateTime>(
        $"select timestamp from {_events} where seq_id = $1", [Position(position)], CancellationToken.None).ConfigureAwait(false));

    public async ValueTask<RecordedCommand?> FindCommandAsync(string tenant, CommandKey key, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            $"""
            select c.request_hash, c.last_position, c.created, c.answer,
                array(select e.stream_id::text from {_events} e where e.seq_id between c.first_position and c.last_position group by e.stream_id order by e.stream_id),
                array(select max(e.version) from {_events} e where e.seq_id between c.first_position and c.last_position group by e.stream_id order by e.stream_id)
            from governance.command c where c.id = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = CommandId.Of(tenant, key) });
        await command.PrepareAsync(ct).ConfigureAwait(false);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        if (!await reader.ReadAsync(ct).ConfigureAwait(false))
            return null;
        var streams = reader.GetFieldValue<string[]>(4);
        var versions = reader.GetFieldValue<long[]>(5);
        return new RecordedCommand(
            reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.RequestHash.Span),
            reader.GetInt64(1),
            new DateTimeOffset(reader.GetDateTime(2)),
            reader.GetFieldValue<byte[]>(3),
            [.. streams.Zip(versions, (stream, version) => new StreamVersion(stream, version))]);
    }

    public async ValueTask<int> PurgeCommandsAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        // Another host that purges at the same time holds what it deletes: this one takes others instead of waiting.
        await using var command = database.CreateCommand(
            "delete from governance.command where id in (select id from governance.command where created < $1 limit $2 for update skip locked)");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = atMost });
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private async ValueTask<T> ScalarAsync<T>(string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await command.PrepareAsync(ct).ConfigureAwait(false);
        return (T)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }

    private async ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(
        string sql, NpgsqlParameter[] parameters, bool asStored, CancellationToken ct, string? tenant = null, string? stream = null)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await command.PrepareAsync(ct).ConfigureAwait(false);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var events = new List<StoredEvent>();
        var last = default(StoredEvent);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            events.Add(last = Read(reader, asStored, last, tenant, stream));
        return events;
    }

    private StoredEvent Read(NpgsqlDataReader reader, bool asStored, StoredEvent? before, string? tenant, string? stream)
    {
        var type = Text(reader, 4, before?.Type);
        ReadOnlyMemory<byte> data = reader.GetFieldValue<byte[]>(5);
        if (!asStored)
            (type, data) = options.Upcasters.Apply(type, data);
        return new StoredEvent(
            reader.GetInt64(0),
            reader.GetGuid(1),
            tenant ?? Text(reader, 10, before?.Tenant),
            reader.GetInt64(2),
            stream ?? Text(reader, 11, before?.Stream),
            reader.GetInt64(3),
            type,
            data,
            reader.GetFieldValue<byte[]>(6),
            new DateTimeOffset(reader.GetDateTime(7)),
            reader.IsDBNull(8) ? null : reader.GetString(8),
            reader.IsDBNull(9) ? null : reader.GetString(9));
    }

    /// <summary>Neighbours mostly share their tenant, stream and type: one string serves them all.</summary>
    private static string Text(NpgsqlDataReader reader, int column, string? before)
    {
        var text = reader.GetString(column);
        return string.Equals(text, before, StringComparison.Ordinal) ? before! : text;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<long> Position(long value) => new() { TypedValue = value };
}
