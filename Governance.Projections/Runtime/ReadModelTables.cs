using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>The tables of read models. They hold nothing that the log does not, so a changed model is a new table, never a migration.</summary>
public static class ReadModelTables
{
    private const long Lock = 0x72656164; // "read"

    /// <summary>Creates the tables that are missing; several hosts may call it at once.</summary>
    public static async Task EnsureAsync(NpgsqlDataSource database, IReadOnlyList<ReadModel> models, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({Lock}); create schema if not exists read", ct).ConfigureAwait(false);
        var missing = await MissingAsync(connection, [.. models.Select(model => model.Table)], ct).ConfigureAwait(false);
        foreach (var model in models.Where(model => missing.Contains(model.Table)))
            await ExecuteAsync(connection, Create(model, model.Table) + "; " + string.Join("; ", Indexes(model, model.Table)), ct).ConfigureAwait(false);

        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The columns that every model has, then its own, then those made of them.</summary>
    internal static string Create(ReadModel model, string table) =>
        $"create table {table} (tenant uuid not null, key uuid not null, effective tstzrange not null, recorded int8range not null, "
        + string.Join(", ", model.ColumnDefinitions.Concat(model.GeneratedColumns)) + ")";

    /// <summary>The first finds a thing, and all of an association; it also holds that nothing is told twice.</summary>
    internal static IEnumerable<string> Indexes(ReadModel model, string table) =>
        model.Indexes
            .Select(columns => $"create index on {table} {columns}")
            .Prepend($"create unique index on {table} (tenant, key, lower(effective), lower(recorded))");

    private static async Task<HashSet<string>> MissingAsync(NpgsqlConnection connection, string[] tables, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select name from unnest($1) name where to_regclass(name) is null", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = tables });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            missing.Add(reader.GetString(0));
        return missing;
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
