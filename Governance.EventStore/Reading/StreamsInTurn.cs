using System.Runtime.CompilerServices;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// The log stream by stream instead of in order of position: whoever folds streams whole needs no more memory than the longest takes.
/// </summary>
public sealed class StreamsInTurn(NpgsqlDataSource database, EventLogOptions options)
{
    private readonly string _events = "\"" + options.EventsSchema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\".mt_events";

    /// <summary>Every event up to a position, as stored: those of one stream follow each other, in order of version.</summary>
    /// <param name="kinds">What comes before the colon in the names of the streams wanted; none at all means every stream.</param>
    /// <param name="tenants">Associations wanted; null means all.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        long upTo, IReadOnlyList<string> kinds, IReadOnlyList<string>? tenants = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using (var settings = new NpgsqlCommand("set jit = off; set work_mem = '64MB'", connection))
            await settings.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            $"""
            select e.seq_id, e.id, e.tenant_id, l.tenant_index, e.stream_id, e.version, e.type, e.data, e.headers, e.timestamp, e.correlation_id, e.causation_id
            from {_events} e join governance.leaf_index l on l.seq_id = e.seq_id
            where e.seq_id <= $1 {(kinds.Count == 0 ? "" : "and split_part(e.stream_id, ':', 1) = any($2)")} {(tenants is null ? "" : "and e.tenant_id = any($3)")}
            order by e.tenant_id, e.stream_id, e.version
            """,
            connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. kinds] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tenants ?? []] });
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, ct).ConfigureAwait(false);
        StoredEvent? last = null;
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            yield return last = new StoredEvent(
                reader.GetInt64(0),
                reader.GetGuid(1),
                Shared(reader.GetString(2), last?.Tenant),
                reader.GetInt64(3),
                Shared(reader.GetString(4), last?.Stream),
                reader.GetInt64(5),
                Shared(reader.GetString(6), last?.Type),
                reader.GetFieldValue<byte[]>(7),
                reader.GetFieldValue<byte[]>(8),
                new DateTimeOffset(reader.GetDateTime(9)),
                reader.IsDBNull(10) ? null : reader.GetString(10),
                reader.IsDBNull(11) ? null : reader.GetString(11));
        }
    }

    /// <summary>An event read as stored, brought to its present shape.</summary>
    public StoredEvent InPresentShape(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (type, data) = options.Upcasters.Apply(stored.Type, stored.Data);
        return ReferenceEquals(type, stored.Type) && data.Equals(stored.Data) ? stored : stored with { Type = type, Data = data };
    }

    private static string Shared(string text, string? before) => string.Equals(text, before, StringComparison.Ordinal) ? before! : text;
}
