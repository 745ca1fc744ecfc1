using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Governance.EventStore;

/// <summary>One step of a schema; <paramref name="Name"/> begins with its number, such as <c>001-streams-and-events</c>.</summary>
public sealed record Migration(string Name, string Sql);

/// <summary>
/// A numbered set of SQL scripts, each applied once, in order, in a transaction of its own, under a lock that hosts starting together share.
/// A script that was applied and has changed since is refused: add a new one.
/// </summary>
public sealed class Migrations(string set, IReadOnlyList<Migration> steps)
{
    private const long Lock = 0x676f7665726e616e; // "governan"

    /// <summary>The scripts embedded in an assembly under a folder, in order of name; each token of <paramref name="replacements"/> is replaced in them.</summary>
    public static Migrations Embedded(string set, Assembly assembly, string folder, IReadOnlyDictionary<string, string>? replacements = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var prefix = $"{assembly.GetName().Name}.{folder}.";
        var steps = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = new StringBuilder(reader.ReadToEnd());
            foreach (var (token, value) in replacements ?? new Dictionary<string, string>())
                sql.Replace(token, value);
            steps.Add(new Migration(resource[prefix.Length..^".sql".Length], sql.ToString()));
        }

        if (steps.Count == 0)
            throw new ArgumentException($"No script is embedded under {prefix}", nameof(folder));
        return new Migrations(set, steps);
    }

    /// <summary>Applies what is missing; gives the names of the steps applied now.</summary>
    /// <exception cref="InvalidOperationException">An applied step has changed since, or the database knows a step that this program does not.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlDataSource database, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", ct).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(
                connection,
                """
                create schema if not exists governance;
                create table if not exists governance.schema_step (
                    set_name varchar not null, name varchar not null, sha256 bytea not null, applied timestamptz not null default now(),
                    primary key (set_name, name));
                """,
                ct).ConfigureAwait(false);
            return await ApplyMissingAsync(connection, ct).ConfigureAwait(false);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand("select name, sha256 from governance.schema_step where set_name = $1", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = set });
            await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                applied.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        if (applied.Keys.Except(steps.Select(step => step.Name)).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"The database holds step {unknown} of {set}, which this program does not know: it was written by a later version.");

        var now = new List<string>();
        foreach (var step in steps)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(step.Sql));
            if (applied.TryGetValue(step.Name, out var before))
            {
                if (!hash.AsSpan().SequenceEqual(before))
                    throw new InvalidOperationException($"Step {step.Name} of {set} has changed since it was applied; a change goes into a new step.");
                continue;
            }

            await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
            await ExecuteAsync(connection, step.Sql, ct).ConfigureAwait(false);
            await using var record = new NpgsqlCommand("insert into governance.schema_step (set_name, name, sha256) values ($1, $2, $3)", connection, transaction);
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = set });
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.Name });
            record.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
            await record.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
            now.Add(step.Name);
        }

        return now;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
