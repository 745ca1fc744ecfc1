using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Governance.EventStore.Vault;

/// <summary>
/// Seals what names a person with a key of that person (AES-256-GCM), so that erasing the key erases the person from every event, index and
/// export, while every proof over the sealed form stays valid.
/// </summary>
/// <remarks>
/// Keys are asked of the database each time, many in one round trip, and kept nowhere: an erasure made by any host holds at once on all of them.
/// A sealed text is the base64 of its <see cref="SealedForm"/>; tenant and person are bound to it.
/// </remarks>
public sealed class PersonVault(NpgsqlDataSource database, MasterKey master)
{
    internal const int KeyBytes = 32;

    /// <summary>Base64 of the sealed text; null when the person was erased. The key is made at the first text of a person.</summary>
    public async ValueTask<string?> SealAsync(string tenant, Guid person, string plaintext, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentNullException.ThrowIfNull(plaintext);
        var row = await FindOrMakeAsync(tenant, person, ct).ConfigureAwait(false);
        if (row is null)
            return null;
        var key = Unwrap(row, tenant, person);
        try
        {
            return Convert.ToBase64String(SealedForm.Seal(key, Encoding.UTF8.GetBytes(plaintext), Bound("text", tenant, person)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>As <see cref="SealAsync"/> for many texts in one round trip, in the order asked; null for a person who was erased. Who has no key yet gets one to be.</summary>
    /// <param name="toBe">Keys made for the same decision: they are nobody's until the append that has them.</param>
    public async ValueTask<IReadOnlyList<string?>> SealAllAsync(
        string tenant, IReadOnlyList<(Guid Person, string Plaintext)> texts, KeysToBe toBe, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(toBe);
        if (texts.Count == 0)
            return [];
        var keys = await KeysAsync(tenant, [.. texts.Select(text => text.Person).Distinct()], ct).ConfigureAwait(false);
        try
        {
            return
            [
                .. texts.Select(text => (keys.TryGetValue(text.Person, out var known) ? known : toBe.Of(text.Person, key => SealedForm.Seal(master.Key, key, Bound("key", tenant, text.Person)))) is { } key
                    ? Convert.ToBase64String(SealedForm.Seal(key, Encoding.UTF8.GetBytes(text.Plaintext), Bound("text", tenant, text.Person)))
                    : null),
            ];
        }
        finally
        {
            foreach (var key in keys.Values.OfType<byte[]>())
                CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens many at once, in the order asked; null for a person who was erased, or of whom this association has no key.</summary>
    /// <exception cref="CryptographicException">A text was altered, belongs to another person or association, or the master key is not the one that wrapped.</exception>
    public async ValueTask<IReadOnlyList<string?>> OpenAsync(
        string tenant, IReadOnlyList<(Guid Person, string Ciphertext)> texts, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            return [];
        var keys = await FindAsync(tenant, [.. texts.Select(text => text.Person).Distinct()], ct).ConfigureAwait(false);
        try
        {
            var opened = new string?[texts.Count];
            for (var i = 0; i < opened.Length; i++)
            {
                var (person, ciphertext) = texts[i];
                if (keys.TryGetValue(person, out var key))
                    opened[i] = Encoding.UTF8.GetString(SealedForm.Open(key, FromBase64(ciphertext), Bound("text", tenant, person)));
            }

            return opened;
        }
        finally
        {
            foreach (var key in keys.Values)
                CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Wraps another key with that of a person, with whose erasure it is lost; null when the person was erased. The key is made at the first use.</summary>
    /// <param name="bound">What the other key is for.</param>
    internal async ValueTask<byte[]?> WrapAsync(string tenant, Guid person, byte[] other, byte[] bound, CancellationToken ct)
    {
        if (await FindOrMakeAsync(tenant, person, ct).ConfigureAwait(false) is not { } row)
            return null;
        var key = Unwrap(row, tenant, person);
        try
        {
            return SealedForm.Seal(key, other, bound);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The key that <see cref="WrapAsync"/> wrapped; null when the person was erased.</summary>
    /// <exception cref="CryptographicException">It was altered, or wrapped for something else.</exception>
    internal async ValueTask<byte[]?> UnwrapAsync(string tenant, Guid person, byte[] wrapped, byte[] bound, CancellationToken ct)
    {
        if (!(await FindAsync(tenant, [person], ct).ConfigureAwait(false)).TryGetValue(person, out var key))
            return null;
        try
        {
            return SealedForm.Open(key, wrapped, bound);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Destroys a person's key for good, on every host at once; false when there was none left to destroy.</summary>
    public async ValueTask<bool> EraseAsync(string tenant, Guid person, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        bool destroyed;
        // A person without a key leaves a row too: nothing may be sealed for them afterwards.
        await using (var erase = new NpgsqlCommand(
            """
            with before as (select wrapped_key from governance.person_key where tenant_id = $1 and person_id = $2 for update),
            erased as (
                insert into governance.person_key (tenant_id, person_id, wrapped_key, erased) values ($1, $2, null, now())
                on conflict (tenant_id, person_id) do update set wrapped_key = null, erased = coalesce(governance.person_key.erased, now())),
            due as (insert into governance.purge_due (table_name) select 'governance.person_key' from before where wrapped_key is not null)
            select exists (select from before where wrapped_key is not null)
            """,
            connection))
        {
            erase.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
            erase.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
            destroyed = (bool)(await erase.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        }

        // The row's former version still holds the wrapped key until the pages are written anew.
        await FormerRows.PurgeAsync(connection, "governance.person_key", ct).ConfigureAwait(false);
        return destroyed;
    }

    /// <summary>Everybody whose key was destroyed, with when.</summary>
    public async ValueTask<IReadOnlyList<JournaledErasure>> ErasedAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select tenant_id, person_id, erased from governance.person_key where wrapped_key is null order by erased");
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var erased = new List<JournaledErasure>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            erased.Add(new(reader.GetString(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return erased;
    }

    /// <summary>Finds out, before anybody is served, whether the master key is the one that people's keys in the database were wrapped with.</summary>
    /// <exception cref="MasterKeyNotTheSameException">It is not. A file that was made just now, in place of one that is missing, is taken away again.</exception>
    public async Task DemandMasterKeyAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand("select tenant_id, person_id, wrapped_key from governance.person_key where wrapped_key is not null limit 1");
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        if (!await reader.ReadAsync(ct).ConfigureAwait(false))
            return;
        try
        {
            CryptographicOperations.ZeroMemory(Unwrap(reader.GetFieldValue<byte[]>(2), reader.GetString(0), reader.GetGuid(1)));
        }
        catch (CryptographicException)
        {
            master.TakeBack();
            throw new MasterKeyNotTheSameException(master.Place, master.IsNew);
        }
    }

    private async ValueTask<byte[]?> FindOrMakeAsync(string tenant, Guid person, CancellationToken ct)
    {
        const string find = "select wrapped_key from governance.person_key where tenant_id = $1 and person_id = $2";
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        if (await ScalarAsync(find, null).ConfigureAwait(false) is { } found)
            return found as byte[];

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        // Two hosts may seal a person's first text at once: one key is kept, and both use that one.
        await ScalarAsync(
            "insert into governance.person_key (tenant_id, person_id, wrapped_key) values ($1, $2, $3) on conflict (tenant_id, person_id) do nothing",
            SealedForm.Seal(master.Key, key, Bound("key", tenant, person))).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(key);
        return await ScalarAsync(find, null).ConfigureAwait(false) as byte[];

        async ValueTask<object?> ScalarAsync(string sql, byte[]? wrapped)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
            if (wrapped is not null)
                command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = wrapped });
            return await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
        }
    }

    private async ValueTask<Dictionary<Guid, byte[]>> FindAsync(string tenant, Guid[] persons, CancellationToken ct) =>
        (await KeysAsync(tenant, persons, ct).ConfigureAwait(false)).Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value!);

    // Null of who was erased; who never had a key is not in it.
    private async ValueTask<Dictionary<Guid, byte[]?>> KeysAsync(string tenant, Guid[] persons, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            "select person_id, wrapped_key from governance.person_key where tenant_id = $1 and person_id = any($2)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = persons });
        await command.PrepareAsync(ct).ConfigureAwait(false);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var keys = new Dictionary<Guid, byte[]?>(persons.Length);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var person = reader.GetGuid(0);
            keys.Add(person, await reader.IsDBNullAsync(1, ct).ConfigureAwait(false) ? null : Unwrap(reader.GetFieldValue<byte[]>(1), tenant, person));
        }

        return keys;
    }

    private byte[] Unwrap(byte[] wrapped, string tenant, Guid person)
    {
        try
        {
            return SealedForm.Open(master.Key, wrapped, Bound("key", tenant, person));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException("The key of a person cannot be unwrapped: the master key is not the one that this database was written with, or the row was altered.", e);
        }
    }

    private static byte[] Bound(string purpose, string tenant, Guid person) => Encoding.UTF8.GetBytes($"{purpose}|{tenant}|{person:D}");

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new CryptographicException("Not a sealed text: it is not base64.", e);
        }
    }
}
