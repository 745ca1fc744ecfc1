using System.Globalization;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.Tests;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSql))]

namespace Governance.Tests;

/// <summary>
/// One real PostgreSQL for the whole run, on durable settings, with a database that holds every schema: <see cref="CloneAsync"/> gives a test
/// class a copy of its own. The server starts when the first test asks for it and is gone with its data when the run ends.
/// </summary>
public sealed class PostgreSql : IAsyncDisposable
{
    /// <summary>What makes the template: the schema of the store, then that of whoever builds on it.</summary>
    private static readonly IReadOnlyList<Func<NpgsqlDataSource, Task>> Schemas =
    [
        async database =>
        {
            await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
            await log.MigrateAsync();
        },
    ];

    private static readonly string Directory = Path.Combine(Path.GetTempPath(), $"governance-tests-{Environment.ProcessId}");
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);
    private static readonly SemaphoreSlim OneClone = new(1);
    private static int _clones;

    /// <summary>A pool of connections to a new copy of the template; whoever asks disposes of it.</summary>
    public static async Task<NpgsqlDataSource> CloneAsync() => NpgsqlDataSource.Create(await CloneConnectionStringAsync());

    /// <summary>The connection string of a new copy of the template, for a process of its own.</summary>
    public static Task<string> CloneConnectionStringAsync() => CreateAsync("template template_of_tests");

    /// <summary>The connection string of a new database without any schema.</summary>
    public static Task<string> EmptyConnectionStringAsync() => CreateAsync("");

    /// <summary>The connection string of a new database without any schema whose texts are in the order of French, not of their bytes.</summary>
    public static Task<string> FrenchConnectionStringAsync() => CreateAsync("template template0 encoding 'UTF8' locale_provider icu icu_locale 'fr'");

    /// <summary>The same database as the server's own administrator, who passes by every permission.</summary>
    public static string AsSuperuser(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Username = "postgres" }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (!Server.IsValueCreated)
            return;
        var server = await Server.Value;
        var stopped = server.DisposeAsync();
        // Nobody needs what is left to write: an orderly stop would flush every clone to the disk first.
        if (server.ServerProcessId is { } process)
            await System.Diagnostics.Process.Start("kill", ["-QUIT", process.ToString(CultureInfo.InvariantCulture)]).WaitForExitAsync();
        await stopped;
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static async Task<string> CreateAsync(string from)
    {
        var server = await Server.Value;
        var name = "test_" + Interlocked.Increment(ref _clones).ToString(CultureInfo.InvariantCulture);
        await OneClone.WaitAsync();
        try
        {
            await ExecuteAsync(server.ConnectionString, $"create database {name} {from}");
        }
        finally
        {
            OneClone.Release();
        }

        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 40 }.ConnectionString;
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        var server = await PrivatePostgres.StartAsync(Directory);
        await ExecuteAsync(server.ConnectionString, "create database template_of_tests");
        var template = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "template_of_tests", Pooling = false };
        await using var database = NpgsqlDataSource.Create(template);
        foreach (var schema in Schemas)
            await schema(database);
        return server;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
