using Npgsql;
using Xunit;

namespace Governance.Tests;

/// <summary>All that a database holds, as text.</summary>
internal static class EveryTable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every row of every table, the server's own left out.</summary>
    public static async IAsyncEnumerable<(string Table, string Row)> RowsAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(connectionString));
        var tables = new List<string>();
        await using (var list = database.CreateCommand(
            "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')"))
        await using (var reader = await list.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop))
                tables.Add(reader.GetString(0));
        }

        Assert.InRange(tables.Count, 30, 1000);
        foreach (var table in tables)
        {
            await using var rows = database.CreateCommand($"select t::text from {table} t");
            await using var reader = await rows.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
                yield return (table, reader.GetString(0));
        }
    }
}
