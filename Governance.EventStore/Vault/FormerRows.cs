using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Governance.EventStore.Vault;

/// <summary>
/// Former versions of rows, which PostgreSQL keeps on its pages: where a key or a name was, the table is written anew without them. Whoever destroys something notes with
/// it, in one statement, that the table is due (<c>governance.purge_due</c>), so that nothing is forgotten when the host stops in between.
/// </summary>
public static partial class FormerRows
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Writes a table anew if it is due. While somebody reads the table for long (a dump does), nobody is kept waiting behind it, and while a transaction of before may still
    /// see the rows they stay: the table is due until a later try.
    /// </summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="table">A name of ours, with its schema.</param>
    /// <returns>False when it is still due.</returns>
    public static async ValueTask<bool> PurgeAsync(NpgsqlConnection connection, string table, CancellationToken ct = default)
    {
        if (await LastDueAsync(connection, table, ct).ConfigureAwait(false) is not { } last)
            return true;
        if (!await WriteAnewAsync(connection, table, ct).ConfigureAwait(false))
            return false;
        // What was noted since the table was read is due again.
        await using var done = new NpgsqlCommand("delete from governance.purge_due where table_name = $1 and id <= $2", connection);
        done.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        done.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        await done.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Tries each table that is due again.</summary>
    /// <returns>How many still are.</returns>
    public static async ValueTask<int> PurgeDueAsync(NpgsqlDataSource database, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var tables = new List<string>();
        await using (var due = new NpgsqlCommand("select distinct table_name from governance.purge_due order by table_name", connection))
        await using (var reader = await due.ExecuteReaderAsync(ct).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                tables.Add(reader.GetString(0));
        }

        var left = 0;
        foreach (var table in tables)
            left += await PurgeAsync(connection, table, ct).ConfigureAwait(false) ? 0 : 1;
        return left;
    }

    private static async ValueTask<long?> LastDueAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select max(id) from governance.purge_due where table_name = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) as long?;
    }

    private static async ValueTask<bool> WriteAnewAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        var kept = 0L;
        void Told(object sender, NpgsqlNoticeEventArgs told) => kept += DeadAndKept(told.Notice.MessageText);

        await ExecuteAsync($"set lock_timeout = {(int)Patience.TotalMilliseconds}").ConfigureAwait(false);
        connection.Notice += Told;
        try
        {
            // What this leaves would be taken along to the new pages.
            await ExecuteAsync($"vacuum (verbose) {table}").ConfigureAwait(false);
            if (kept > 0)
                return false;
            await ExecuteAsync($"vacuum (full) {table}").ConfigureAwait(false);
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        finally
        {
            connection.Notice -= Told;
            await ExecuteAsync("reset lock_timeout").ConfigureAwait(false);
        }

        async ValueTask ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// How many rows a vacuum found dead and had to leave: « tuples: 1 removed, 5 remain, 2 are dead but not yet removable », the third number of the third line, in whatever
    /// language the server speaks. A message of another form tells nothing.
    /// </summary>
    private static long DeadAndKept(string message) =>
        message.Split('\n') is { Length: > 3 } lines && Number().Matches(lines[2]) is { Count: 3 } numbers ? long.Parse(numbers[2].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
