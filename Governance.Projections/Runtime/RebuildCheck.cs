using System.Security.Cryptography;
using System.Text;
using Governance.EventStore;
using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>A table as it is compared: its rows in order, as text, one a line.</summary>
/// <param name="Sha256">Of all lines, lower-case hexadecimal.</param>
public sealed record Content(long Rows, string Sha256);

/// <summary>A live read model beside one built from the first event up to the same position.</summary>
/// <param name="Differences">The first rows that only one of the two has, live ones marked <c>-</c> and rebuilt ones <c>+</c>; empty when both are equal.</param>
public sealed record Comparison(string Model, long Position, Content Live, Content Rebuilt, IReadOnlyList<string> Differences)
{
    public bool Equal => Live == Rebuilt;
}

/// <summary>Shows that read models are what the log gives, to the byte, while the live ones serve and follow.</summary>
public sealed class RebuildCheck(NpgsqlDataSource database, Rebuild rebuild, EventLogOptions options)
{
    private const int DifferencesShown = 10;

    public async Task<IReadOnlyList<Comparison>> RunAsync(IReadOnlyList<ReadModel> models, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        var comparisons = new List<Comparison>();
        foreach (var model in models)
            comparisons.Add(await RunAsync(model, ct).ConfigureAwait(false));
        return comparisons;
    }

    public async Task<Comparison> RunAsync(ReadModel model, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        await using var one = await rebuild.HoldAsync(model, ct).ConfigureAwait(false);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var table = model.Table + "_checked";
        long position;
        Content live;

        // One snapshot holds the checkpoint and the rows that were written with it; the follower goes on meanwhile.
        var copied = model.Table + "_live";
        await using (var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct).ConfigureAwait(false))
        {
            position = await PositionAsync(model, connection, ct).ConfigureAwait(false);
            live = await ContentAsync(model.Table, connection, ct).ConfigureAwait(false);
            await ReadModelTables.ExecuteAsync(
                connection, $"drop table if exists {copied}; create table {copied} as select * from {model.Table}", ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
        }

        try
        {
            await rebuild.BuildAsync(model, table, position, ct).ConfigureAwait(false);
            var rebuilt = await ContentAsync(table, connection, ct).ConfigureAwait(false);
            return new(model.Name, position, live, rebuilt, live == rebuilt ? [] : await DifferencesAsync(copied, table, connection, ct).ConfigureAwait(false));
        }
        finally
        {
            await ReadModelTables.ExecuteAsync(connection, $"drop table if exists {table}; drop table if exists {copied}", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A table's rows in the one order that both timelines give them.</summary>
    internal static async Task<Content> ContentAsync(string table, NpgsqlConnection connection, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        using var copy = await connection.BeginTextExportAsync(
            $"copy (select * from {table} order by tenant, key, lower(recorded), lower(effective)) to stdout", ct).ConfigureAwait(false);
        while (await copy.ReadLineAsync(ct).ConfigureAwait(false) is { } line)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData("\n"u8);
            rows++;
        }

        return new(rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // jsonb has no order, text has: rows are compared as they are hashed.
    private static async Task<IReadOnlyList<string>> DifferencesAsync(string live, string rebuilt, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select sign, row from (
                (select '-' as sign, l::text as row from {live} l except all select '-', r::text from {rebuilt} r)
                union all
                (select '+', r::text from {rebuilt} r except all select '+', l::text from {live} l)) d
            order by row, sign limit {DifferencesShown}
            """,
            connection);
        var differences = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            differences.Add($"{reader.GetString(0)} {reader.GetString(1)}");
        return differences;
    }

    private async Task<long> PositionAsync(ReadModel model, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select coalesce((select last_seq_id from \"{options.EventsSchema}\".mt_event_progression where name = $1), 0)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = model.Name });
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }
}
