using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>The rows that say how far each follower is (<c>mt_event_progression</c>) and which associations it has parked.</summary>
internal sealed class Checkpoints(NpgsqlDataSource database, string eventsSchema)
{
    public const string MoveChannel = "governance_follower";

    // Of this transaction alone.
    private const string NotDurably = "set_config('synchronous_commit', 'off', true)";

    private readonly string _table = $"{eventsSchema}.mt_event_progression";

    /// <summary>
    /// The end of the log, then every checkpoint, then what is parked, in one round trip. Each is read as of its own moment: an association that is parked by the
    /// move of a checkpoint that was read is read as parked too.
    /// </summary>
    public async Task<Standing> StandingAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select last_position from governance.log_head"),
                new($"select name, coalesce(last_seq_id, 0), last_updated from {_table}"),
                new("select follower, tenant_id, seq_id, error, parked_at, retry_asked from governance.parked_tenant order by follower, tenant_id"),
            },
        };
        await batch.PrepareAsync(ct).ConfigureAwait(false);
        await using var reader = await batch.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await reader.ReadAsync(ct).ConfigureAwait(false);
        var last = reader.GetInt64(0);
        await reader.NextResultAsync(ct).ConfigureAwait(false);
        var all = new Dictionary<string, (long, DateTimeOffset?)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            all.Add(reader.GetString(0), (reader.GetInt64(1), reader.IsDBNull(2) ? null : new DateTimeOffset(reader.GetDateTime(2))));
        await reader.NextResultAsync(ct).ConfigureAwait(false);
        var parked = new List<ParkedTenant>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            parked.Add(new ParkedTenant(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), new DateTimeOffset(reader.GetDateTime(4)), reader.GetBoolean(5)));
        }

        return new(last, all, parked.ToLookup(tenant => tenant.Follower, StringComparer.Ordinal));
    }

    /// <summary>
    /// Locks a follower's checkpoint until the transaction ends and gives it, making it at 0 when there is none, with what is parked: whoever parks or no longer
    /// parks an association holds the checkpoint, so that neither changes meanwhile.
    /// </summary>
    public async ValueTask<Held> HoldAsync(string follower, NpgsqlConnection connection, CancellationToken ct)
    {
        if (await TryHoldAsync(follower, connection, ct).ConfigureAwait(false) is { } held)
            return held;
        await using (var make = Command($"insert into {_table} (name, last_seq_id) values ($1, 0) on conflict (name) do nothing", connection, follower))
            await make.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        return (await TryHoldAsync(follower, connection, ct).ConfigureAwait(false))!;
    }

    private async ValueTask<Held?> TryHoldAsync(string follower, NpgsqlConnection connection, CancellationToken ct)
    {
        // Two statements, the second as of the moment when the first has its lock: in one, what is parked would be that of before the wait.
        await using var hold = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select last_seq_id from {_table} where name = $1 for update") { Parameters = { new NpgsqlParameter<string> { TypedValue = follower } } },
                new("select tenant_id from governance.parked_tenant where follower = $1") { Parameters = { new NpgsqlParameter<string> { TypedValue = follower } } },
            },
        };
        await hold.PrepareAsync(ct).ConfigureAwait(false);
        await using var reader = await hold.ExecuteReaderAsync(ct).ConfigureAwait(false);
        if (!await reader.ReadAsync(ct).ConfigureAwait(false))
            return null;
        var checkpoint = reader.GetInt64(0);
        await reader.NextResultAsync(ct).ConfigureAwait(false);
        var parked = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            parked.Add(reader.GetString(0));
        return new(checkpoint, parked);
    }

    /// <summary>Moves a checkpoint, from the value that was read and no other.</summary>
    /// <param name="durably">False lets the transaction commit before it is on disk: what it wrote and the checkpoint are lost together, and written again.</param>
    public async ValueTask MoveAsync(string follower, long from, long to, bool durably, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var move = Command(
            $"""
            with moved as (update {_table} set last_seq_id = $3, last_updated = clock_timestamp() where name = $1 and last_seq_id = $2 returning 1)
            select count(*), pg_notify('{MoveChannel}', $1){(durably ? "" : ", " + NotDurably)} from moved
            """,
            connection, follower, from, to);
        await move.PrepareAsync(ct).ConfigureAwait(false);
        if ((long)(await move.ExecuteScalarAsync(ct).ConfigureAwait(false))! != 1)
            throw new CheckpointMovedException(follower, from);
    }

    /// <summary>Moves the checkpoints of followers that had nothing to write, each from the value that was read and no other; gives those that were there.</summary>
    public async Task<IReadOnlySet<string>> MoveAsync(IReadOnlyCollection<Step> steps, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        // One that is held by a rebuild, or by another host, is left for a later try: nobody else waits for it.
        await using var move = new NpgsqlCommand(
            $"""
            with step as (select * from unnest($1, $2, $3) s(name, before, after)),
            held as (select t.name, s.after from {_table} t join step s on s.name = t.name and s.before = t.last_seq_id for update of t skip locked),
            moved as (update {_table} t set last_seq_id = h.after, last_updated = clock_timestamp() from held h where t.name = h.name returning t.name)
            select array_agg(name), case when count(*) > 0 then pg_notify('{MoveChannel}', '') end, {NotDurably} from moved
            """,
            connection);
        move.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. steps.Select(step => step.Follower)] });
        move.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. steps.Select(step => step.From)] });
        move.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. steps.Select(step => step.To)] });
        await move.PrepareAsync(ct).ConfigureAwait(false);
        return await move.ExecuteScalarAsync(ct).ConfigureAwait(false) is string[] moved ? moved.ToHashSet(StringComparer.Ordinal) : new HashSet<string>();
    }

    /// <summary>Sets a follower back to before the first event, with nothing parked.</summary>
    public async ValueTask RestartAsync(string follower, NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var unpark = Command("delete from governance.parked_tenant where follower = $1", connection, follower))
            await unpark.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        await using var restart = Command($"update {_table} set last_seq_id = 0, last_updated = clock_timestamp() where name = $1", connection, follower);
        await restart.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <param name="retry">True for what is to be tried again without anybody's asking.</param>
    public async ValueTask ParkAsync(string follower, Stopped at, bool retry, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var park = Command(
            "insert into governance.parked_tenant (follower, tenant_id, seq_id, error, retry_asked) values ($1, $2, $3, $4, $5)",
            connection, follower, at.Tenant, at.Position, Storable(at.Error), retry);
        await park.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The position of what a parked association missed first; null where nobody asks for it to be tried again.</summary>
    public async ValueTask<long?> AskedAgainFromAsync(string follower, string tenant, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var find = Command("select seq_id from governance.parked_tenant where follower = $1 and tenant_id = $2 and retry_asked", connection, follower, tenant);
        return await find.ExecuteScalarAsync(ct).ConfigureAwait(false) as long?;
    }

    /// <summary>Says that a parked association was followed up to before a position.</summary>
    public async ValueTask ParkFromAsync(string follower, string tenant, long position, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var move = Command("update governance.parked_tenant set seq_id = $3 where follower = $1 and tenant_id = $2", connection, follower, tenant, position);
        await move.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>No longer parks an association.</summary>
    public async ValueTask UnparkAsync(string follower, string tenant, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var unpark = Command("delete from governance.parked_tenant where follower = $1 and tenant_id = $2", connection, follower, tenant);
        await unpark.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Says why an association could not be followed again either. One that a rebuild has meanwhile followed, or parked elsewhere, is left as it is.</summary>
    /// <param name="retry">True for what is to be tried again without anybody's asking.</param>
    public async ValueTask StillParkedAsync(string follower, Stopped at, bool retry, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var note = Command(
            "update governance.parked_tenant set error = $4, parked_at = now(), retry_asked = $5 where follower = $1 and tenant_id = $2 and seq_id = $3",
            connection, follower, at.Tenant, at.Position, Storable(at.Error), retry);
        await note.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <param name="tenant">Null for every association that the follower has parked.</param>
    public async ValueTask AskRetryAsync(string follower, string? tenant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var ask = tenant is null
            ? Command("update governance.parked_tenant set retry_asked = true where follower = $1", connection, follower)
            : Command("update governance.parked_tenant set retry_asked = true where follower = $1 and tenant_id = $2", connection, follower, tenant);
        await ask.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private static string Storable(string error) => error.Replace("\0", "", StringComparison.Ordinal);

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                string text => new NpgsqlParameter<string> { TypedValue = text },
                bool truth => new NpgsqlParameter<bool> { TypedValue = truth },
                _ => new NpgsqlParameter<long> { TypedValue = (long)value },
            });
        }

        return command;
    }
}

/// <summary>A checkpoint that is held, and the associations that its follower has parked.</summary>
internal sealed record Held(long Checkpoint, IReadOnlySet<string> Parked);

/// <summary>A follower's checkpoint was moved by another: a rebuild, or a host that took over. What was written with it is rolled back.</summary>
internal sealed class CheckpointMovedException(string follower, long from)
    : Exception($"The checkpoint of {follower} was at {from} and has been moved by another.");
