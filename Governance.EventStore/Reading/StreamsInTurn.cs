using System.Runtime.CompilerServices;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// The log stream by stream instead of in order of position: whoever folds streams whole needs no more memory than the longest takes.
/// </summary>
public sealed class StreamsInTurn(NpgsqlDataSource database, EventLogOptions options)
{
    private readonly string _events = "\"" + options.EventsSchema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\".mt_events";

    /// <summary>
    /// Every event up to a position, as stored: those of one stream follow each other, in order of version. The associations' own index is not
    /// looked up: <see cref="StoredEvent.TenantIndex"/> is 0.
    /// </summary>
    /// <param name="kinds">What comes before the colon in the names of the streams wanted; none at all means every stream.</param>
    /// <param name="tenants">Associations wanted; null means all.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        long upTo, IReadOnlyList<string> kinds, IReadOnlyList<string>? tenants = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using (var settings = new NpgsqlCommand("set jit = off; set work_mem = '64MB'", connection))
            await settings.ExecuteNonQueryAsync(ct).ConfigureAwait(false);

        // Which order the streams come in does not matter: that of their bytes sorts fastest.
        await using var command = new NpgsqlCommand(
            $"""
            select e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.headers, e.timestamp, e.correlation_id, e.causation_id
            from {_events} e
            where e.seq_id <= $1 {(kinds.Count == 0 ? "" : "and split_part(e.stream_id, ':', 1) = any($2)")} {(tenants is null ? "" : "and e.tenant_id = any($3)")}
            order by e.tenant_id collate "C", e.stream_id collate "C", e.version
            """,
            connection)
        { CommandTimeout = 0 };
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
                0,
                Shared(reader.GetString(3), last?.Stream),
                reader.GetInt64(4),
                Shared(reader.GetString(5), last?.Type),
                reader.GetFieldValue<byte[]>(6),
                reader.GetFieldValue<byte[]>(7),
                new DateTimeOffset(reader.GetDateTime(8)),
                reader.IsDBNull(9) ? null : reader.GetString(9),
                reader.IsDBNull(10) ? null : reader.GetString(10));
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
