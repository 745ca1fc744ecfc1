using Npgsql;

namespace Governance.EventStore.Vault;

/// <summary>Former versions of rows, which PostgreSQL keeps on its pages: where a key or a name was, they are purged at once.</summary>
public static class FormerRows
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Writes a table anew without them. While somebody reads the table for long (a dump does), nobody is kept waiting behind it: the rows are given up to
    /// be overwritten then, and the next purge writes the table anew.
    /// </summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="table">A name of ours, with its schema.</param>
    /// <returns>False when rows that were given up may still stand on the pages.</returns>
    public static async ValueTask<bool> PurgeAsync(NpgsqlConnection connection, string table, CancellationToken ct = default)
    {
        await ExecuteAsync($"set lock_timeout = {(int)Patience.TotalMilliseconds}").ConfigureAwait(false);
        try
        {
            await ExecuteAsync($"vacuum (full) {table}").ConfigureAwait(false);
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await ExecuteAsync("reset lock_timeout").ConfigureAwait(false);
            await ExecuteAsync($"vacuum {table}").ConfigureAwait(false);
            return false;
        }
        finally
        {
            await ExecuteAsync("reset lock_timeout").ConfigureAwait(false);
        }

        async ValueTask ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }
}
