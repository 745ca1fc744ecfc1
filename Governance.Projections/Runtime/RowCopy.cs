using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>
/// Rows to a table: new ones by binary COPY, those no longer known by one update. In a rebuild it is flushed as it fills, so that memory is bounded.
/// </summary>
internal sealed class RowCopy(string table, int columns) : IRowSink
{
    private readonly RowWriter _rows = new();
    private readonly List<Guid> _closedTenants = [];
    private readonly List<Guid> _closedKeys = [];
    private readonly List<DateTime> _closedFroms = [];
    private readonly List<long> _closedAt = [];

    /// <summary>Bytes of rows not yet written.</summary>
    public int Pending => _rows.Length;

    public void Row(Guid tenant, Guid key, long from, long? to, long opened, long? closed, ReadOnlySpan<byte> row)
    {
        _rows.Int16Raw((short)(columns + 4));
        _rows.Uuid(tenant);
        _rows.Uuid(key);
        _rows.Range(from, to);
        _rows.Range(opened, closed);
        _rows.Raw(row);
    }

    public void Close(Guid tenant, Guid key, long from, long closed)
    {
        _closedTenants.Add(tenant);
        _closedKeys.Add(key);
        _closedFroms.Add(RowWriter.PostgresEpoch.UtcDateTime.AddTicks(from * TimeSpan.TicksPerMicrosecond));
        _closedAt.Add(closed);
    }

    /// <summary>Closes and inserts all that was given, through a connection that may be inside a transaction.</summary>
    public async ValueTask WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (_closedKeys.Count > 0)
            await CloseAsync(connection, ct).ConfigureAwait(false);
        if (_rows.Length == 0)
            return;
        var copy = await BeginAsync(connection, ct).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            await FlushAsync(copy, ct).ConfigureAwait(false);
            await EndAsync(copy, ct).ConfigureAwait(false);
        }
    }

    public async ValueTask<NpgsqlRawCopyStream> BeginAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", ct).ConfigureAwait(false);
        await copy.WriteAsync(FileHeader, ct).ConfigureAwait(false);
        return copy;
    }

    public async ValueTask FlushAsync(NpgsqlRawCopyStream copy, CancellationToken ct)
    {
        await copy.WriteAsync(_rows.WrittenMemory, ct).ConfigureAwait(false);
        _rows.Clear();
    }

    public static async ValueTask EndAsync(NpgsqlRawCopyStream copy, CancellationToken ct) => await copy.WriteAsync(FileTrailer, ct).ConfigureAwait(false);

    private static readonly byte[] FileHeader = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] FileTrailer = [0xff, 0xff];

    private async ValueTask CloseAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update {table} t set recorded = int8range(lower(t.recorded), c.at)
            from unnest($1, $2, $3, $4) c(tenant, key, start, at)
            where t.tenant = c.tenant and t.key = c.key and lower(t.effective) = c.start and upper_inf(t.recorded)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. _closedTenants] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. _closedKeys] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. _closedFroms] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. _closedAt] });
        var closed = await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        if (closed != _closedKeys.Count)
            throw new InvalidOperationException($"{table} held {closed} of the {_closedKeys.Count} rows to close: it is not what the log gives; rebuild it.");
        _closedTenants.Clear();
        _closedKeys.Clear();
        _closedFroms.Clear();
        _closedAt.Clear();
    }
}
