using Npgsql;

namespace Governance.Api.Access;

/// <summary>The tables of accounts, made in order, once each, under a lock: several hosts may start at once.</summary>
public static class AccessSchema
{
    private const long Lock = 0x676F765F61636373; // "gov_accs"

    private static readonly string[] Steps = ["001-access.sql"];

    public static async Task MigrateAsync(NpgsqlDataSource database, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync($"select pg_advisory_xact_lock({Lock})");
        await ExecuteAsync("create schema if not exists access");
        await ExecuteAsync("create table if not exists access.schema_step (name text primary key, applied timestamptz not null default now())");
        foreach (var step in Steps)
        {
            await using var once = new NpgsqlCommand("insert into access.schema_step (name) values ($1) on conflict do nothing", connection, transaction)
            {
                Parameters = { new() { Value = step } },
            };
            if (await once.ExecuteNonQueryAsync(ct) == 1)
                await ExecuteAsync(await ReadAsync(step, ct));
        }

        await transaction.CommitAsync(ct);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<string> ReadAsync(string step, CancellationToken ct)
    {
        using var reader = new StreamReader(typeof(AccessSchema).Assembly.GetManifestResourceStream("access/" + step)
            ?? throw new InvalidOperationException($"{step} is not in the assembly."));
        return await reader.ReadToEndAsync(ct);
    }
}
