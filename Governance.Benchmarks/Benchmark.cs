using System.Globalization;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>A measurement with the limit that it must keep, taken in the same run as what it is compared with.</summary>
internal abstract class Benchmark
{
    private static int _databases;

    /// <summary>What it is called on the command line and under <c>results/</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it measures, in a sentence or two, for the report.</summary>
    public abstract string Question { get; }

    public abstract Task RunAsync(PrivatePostgres server, Report report);

    /// <summary>A new database of the server with the store's tables.</summary>
    protected static async Task<NpgsqlDataSource> NewDatabaseAsync(PrivatePostgres server)
    {
        var name = "bench_" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await using (var maintenance = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var create = maintenance.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync();
        }

        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 280 });
        await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
        await log.MigrateAsync();
        return database;
    }

    protected static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
