using Npgsql;

namespace Governance.EventStore.Vault;

/// <summary>Papers of secret ballots under way, sealed. They are written and dropped with events only: see <see cref="SealedPaperChange"/>.</summary>
public sealed class SealedPapers(NpgsqlDataSource database)
{
    /// <summary>The sealed paper of a row; null when none waits there.</summary>
    public async ValueTask<byte[]?> FindAsync(string tenant, Guid ballot, byte[] key, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select paper from governance.sealed_paper where tenant_id = $1 and ballot = $2 and key = $3");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ballot });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key });
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as byte[];
    }

    /// <summary>Every row of a ballot, by its key in base64.</summary>
    public async ValueTask<IReadOnlyDictionary<string, byte[]>> ReadAsync(string tenant, Guid ballot, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select key, paper from governance.sealed_paper where tenant_id = $1 and ballot = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ballot });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var rows = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            rows.Add(Convert.ToBase64String(reader.GetFieldValue<byte[]>(0)), reader.GetFieldValue<byte[]>(1));
        return rows;
    }
}
