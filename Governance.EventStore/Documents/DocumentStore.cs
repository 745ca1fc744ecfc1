using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.EventStore.Vault;
using Npgsql;

namespace Governance.EventStore.Documents;

/// <summary>A content that is stored whole.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredContent(long Size, string Sha256);

/// <summary>How a content is found.</summary>
public enum ContentState
{
    Sound,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>The key of the person whom it is about was destroyed, and the content with it.</summary>
    KeyDestroyed,

    /// <summary>Its bytes are not those that were stored.</summary>
    Damaged,
}

/// <summary>A claim of a content by a document whose event was not seen yet.</summary>
public sealed record UnconfirmedClaim(string Tenant, Guid Document, string Sha256);

/// <summary>
/// The contents of documents: sealed with AES-256-GCM under a key for each content, in parts of bounded length in the database, so that backups have them and
/// every host reads them. Each is known by the SHA-256 of its bytes, once for an association (and the person whom it is about).
/// </summary>
/// <remarks>
/// A content is written and claimed by its document before the event that names it. A host that is killed in between leaves a claim that no event confirms,
/// which is removed later. The key goes with the last claim.
/// </remarks>
public sealed class DocumentStore(NpgsqlDataSource database, PersonVault vault, MasterKey master)
{
    /// <summary>Bytes of a part.</summary>
    public const int ChunkBytes = 256 * 1024;

    internal const int KeyBytes = 32;

    // Two uploads of one content may end at once: whoever comes second finds the other's.
    private const int Tries = 3;

    /// <summary>Begins a content.</summary>
    /// <param name="person">Whose key wraps the content's; null takes the master key.</param>
    /// <returns>Null when the person was erased.</returns>
    public async Task<ContentWriter?> BeginAsync(string tenant, Guid? person, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var wrapped = person is { } about
            ? await vault.WrapAsync(tenant, about, key, BoundKey(tenant, id), ct).ConfigureAwait(false)
            : SealedForm.Seal(master.Key, key, BoundKey(tenant, id));
        if (wrapped is null)
            return null;
        await ExecuteAsync(
            "insert into governance.document_content (id, tenant_id, person_id, wrapped_key) values ($1, $2, $3, $4)",
            ct, id, tenant, (object?)person ?? DBNull.Value, wrapped).ConfigureAwait(false);
        return new ContentWriter(this, tenant, person, id, key);
    }

    /// <summary>Reads a content through and holds it against its hash.</summary>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    public async Task<ContentState> CheckAsync(string tenant, Guid document, string sha256, CancellationToken ct) =>
        await CopyAsync(tenant, document, sha256, null, ct).ConfigureAwait(false);

    /// <summary>Writes a content to a stream. What was written is only good when it was <see cref="ContentState.Sound"/>: check it first where nothing may be taken back.</summary>
    public async Task<ContentState> CopyAsync(string tenant, Guid document, string sha256, Stream? output, CancellationToken ct)
    {
        if (await FindAsync(tenant, document, sha256, ct).ConfigureAwait(false) is not var (id, person, wrapped, size))
            return ContentState.Missing;
        byte[]? key;
        try
        {
            key = person is { } about
                ? await vault.UnwrapAsync(tenant, about, wrapped, BoundKey(tenant, id), ct).ConfigureAwait(false)
                : SealedForm.Open(master.Key, wrapped, BoundKey(tenant, id));
        }
        catch (CryptographicException)
        {
            return ContentState.Damaged;
        }

        if (key is null)
            return ContentState.KeyDestroyed;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var read = 0L;
            for (var number = 0; read < size; number++)
            {
                if (await ChunkAsync(id, number, ct).ConfigureAwait(false) is not { } part)
                    return ContentState.Damaged;
                var opened = SealedForm.Open(key, part, BoundPart(tenant, id, number));
                read += opened.Length;
                if (opened.Length == 0 || read > size)
                    return ContentState.Damaged;
                hash.AppendData(opened);
                if (output is not null)
                    await output.WriteAsync(opened, ct).ConfigureAwait(false);
            }
        }
        catch (CryptographicException)
        {
            return ContentState.Damaged;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256 ? ContentState.Sound : ContentState.Damaged;
    }

    /// <summary>The event that names the content is recorded: the claim is for good.</summary>
    public Task ConfirmAsync(string tenant, Guid document, string sha256, CancellationToken ct) => ExecuteAsync(
        """
        update governance.document_claim k set confirmed = true from governance.document_content c
        where k.tenant_id = $1 and k.document_id = $2 and c.id = k.content_id and c.sha256 = $3
        """,
        ct, tenant, document, Convert.FromHexString(sha256));

    /// <summary>A document has no content any more, or not this one: what no other document claims is destroyed, key and bytes.</summary>
    /// <param name="sha256">The one content that is given up; null gives up all.</param>
    /// <returns>How many contents were destroyed.</returns>
    public Task<int> ReleaseAsync(string tenant, Guid document, string? sha256, CancellationToken ct) => ReleaseAsync(tenant, document, sha256, null, ct);

    /// <summary>As <see cref="ReleaseAsync(string, Guid, string?, CancellationToken)"/>, unless the claim was confirmed, or made again, meanwhile.</summary>
    public Task<int> CollectAsync(string tenant, Guid document, string sha256, DateTimeOffset claimedBefore, CancellationToken ct) =>
        ReleaseAsync(tenant, document, sha256, claimedBefore, ct);

    private async Task<int> ReleaseAsync(string tenant, Guid document, string? sha256, DateTimeOffset? unconfirmedBefore, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var destroyed = 0;
        await using (var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false))
        {
            var released = await IdsAsync(
                connection,
                """
                delete from governance.document_claim k using governance.document_content c
                where k.tenant_id = $1 and k.document_id = $2 and c.id = k.content_id and ($3::bytea is null or c.sha256 = $3)
                    and ($4::timestamptz is null or (not k.confirmed and k.claimed < $4)) returning c.id
                """,
                ct, tenant, document, sha256 is null ? DBNull.Value : Convert.FromHexString(sha256), (object?)unconfirmedBefore ?? DBNull.Value).ConfigureAwait(false);
            // Whoever claims the same content meanwhile holds its row, or waits for it: what is looked at next is what then holds.
            await IdsAsync(connection, "select id from governance.document_content where id = any($1) order by id for update", ct, released).ConfigureAwait(false);
            destroyed = (await IdsAsync(
                connection,
                """
                with gone as (
                    delete from governance.document_content c where c.id = any($1) and not exists (select from governance.document_claim k where k.content_id = c.id) returning c.id),
                due as (insert into governance.purge_due (table_name) select 'governance.document_content' from gone)
                select id from gone
                """,
                ct, released).ConfigureAwait(false)).Length;
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }

        // The row's former version still holds the wrapped key until the pages are written anew.
        if (destroyed > 0)
            await FormerRows.PurgeAsync(connection, "governance.document_content", ct).ConfigureAwait(false);
        return destroyed;
    }

    /// <summary>Claims from before an instant that no event confirmed, the oldest first: a host stopped in between, or what was asked was refused.</summary>
    public async Task<IReadOnlyList<UnconfirmedClaim>> UnconfirmedAsync(DateTimeOffset before, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select k.tenant_id, k.document_id, c.sha256 from governance.document_claim k join governance.document_content c on c.id = k.content_id
            where not k.confirmed and k.claimed < $1 order by k.claimed limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var claims = new List<UnconfirmedClaim>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            claims.Add(new(reader.GetString(0), reader.GetGuid(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2))));
        return claims;
    }

    /// <summary>Removes contents that were begun before an instant and never ended.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemoveUnfinishedAsync(DateTimeOffset before, CancellationToken ct) =>
        ExecuteAsync("delete from governance.document_content where sha256 is null and created < $1", ct, before);

    internal Task WriteAsync(string tenant, Guid content, byte[] key, int number, ReadOnlySpan<byte> part, CancellationToken ct) => ExecuteAsync(
        "insert into governance.document_chunk (content_id, number, sealed) values ($1, $2, $3)",
        ct, content, number, SealedForm.Seal(key, part, BoundPart(tenant, content, number)));

    internal Task RemoveAsync(Guid content) => ExecuteAsync("delete from governance.document_content where id = $1 and sha256 is null", CancellationToken.None, content);

    /// <summary>Names a content by its hash and claims it for a document; where the same content is there already, claims that one and drops this one.</summary>
    internal async Task FinishAsync(string tenant, Guid? person, Guid content, Guid document, byte[] sha256, long size, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
                var same = await IdsAsync(
                    connection,
                    "select id from governance.document_content where tenant_id = $1 and sha256 = $2 and person_id is not distinct from $3::uuid for update",
                    ct, tenant, sha256, (object?)person ?? DBNull.Value).ConfigureAwait(false);
                if (same is [])
                {
                    await IdsAsync(connection, "update governance.document_content set sha256 = $2, size = $3 where id = $1 returning id", ct, content, sha256, size).ConfigureAwait(false);
                    same = [content];
                }
                else
                {
                    await IdsAsync(connection, "delete from governance.document_content where id = $1 returning id", ct, content).ConfigureAwait(false);
                }

                await IdsAsync(
                    connection,
                    "insert into governance.document_claim (tenant_id, document_id, content_id) values ($1, $2, $3) on conflict (tenant_id, document_id, content_id) do update set claimed = now() returning content_id",
                    ct, tenant, document, same[0]).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
                return;
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation && attempt < Tries)
            {
                // Another upload of the same content ended in between.
            }
        }
    }

    private async Task<(Guid Id, Guid? Person, byte[] Wrapped, long Size)?> FindAsync(string tenant, Guid document, string sha256, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select c.id, c.person_id, c.wrapped_key, c.size from governance.document_claim k join governance.document_content c on c.id = k.content_id
            where k.tenant_id = $1 and k.document_id = $2 and c.sha256 = $3 limit 1
            """);
        Add(command, tenant, document, Convert.FromHexString(sha256));
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        return await reader.ReadAsync(ct).ConfigureAwait(false)
            ? (reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3))
            : null;
    }

    // One part in a query of its own: a slow reader keeps neither a connection nor a snapshot.
    private async Task<byte[]?> ChunkAsync(Guid content, int number, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select sealed from governance.document_chunk where content_id = $1 and number = $2");
        Add(command, content, number);
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as byte[];
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        Add(command, values);
        return await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private static async Task<Guid[]> IdsAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            ids.Add(reader.GetGuid(0));
        return [.. ids];
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
    }

    private static byte[] BoundKey(string tenant, Guid content) => Encoding.UTF8.GetBytes($"document-key|{tenant}|{content:D}");

    private static byte[] BoundPart(string tenant, Guid content, int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"document|{tenant}|{content:D}|{number}"));
}
