using System.Globalization;
using Governance.Api.Kernel.Hosting;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.Tests;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSql))]

namespace Governance.Tests;

/// <summary>
/// One real PostgreSQL for the whole run, on durable settings, with databases of which <see cref="CloneAsync"/> and <see cref="HostConnectionStringAsync"/>
/// give a test class a copy of its own. The server starts when the first test asks for it and is gone with its data when the run ends.
/// </summary>
public sealed class PostgreSql : IAsyncDisposable
{
    internal const string Prefix = "governance-tests-";
    private const string Memory = "/dev/shm";

    private static readonly string Directory = Path.Combine(Place(), Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    // Made once, since to make some hundred tables takes a second: with the schema of the store alone, and with all that a host asks for.
    private static readonly Lazy<Task> Store = new(() => MakeTemplateAsync("template_of_tests", (_, log) => log.MigrateAsync()));
    private static readonly Lazy<Task> HostTemplate = new(() => MakeTemplateAsync("template_of_hosts", (database, log) => GovernanceHost.CompleteAsync(database, log)));
    private static readonly SemaphoreSlim OneClone = new(1);
    private static int _clones;

    // Without it every page of a template goes through the buffers and the write-ahead log, for half as much work again.
    private const string ByFiles = " strategy file_copy";

    /// <summary>A pool of connections to a new copy of the template; whoever asks disposes of it.</summary>
    public static async Task<NpgsqlDataSource> CloneAsync() => NpgsqlDataSource.Create(await CloneConnectionStringAsync());

    /// <summary>The connection string of a new copy of the template, for a process of its own.</summary>
    public static async Task<string> CloneConnectionStringAsync()
    {
        await Store.Value;
        return await CreateAsync("template template_of_tests" + ByFiles);
    }

    /// <summary>The connection string of a new database that is complete as a host leaves it, and empty.</summary>
    public static async Task<string> HostConnectionStringAsync()
    {
        await HostTemplate.Value;
        return await CreateAsync("template template_of_hosts" + ByFiles);
    }

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

    /// <summary>In memory where there is room: some hundred copies of a database are mostly small files, and what a lost disk does is tested elsewhere.</summary>
    private static string Place()
    {
        const long Room = 6L << 30;
        return new DriveInfo(Memory) is { IsReady: true, AvailableFreeSpace: > Room } memory ? memory.Name : Path.GetTempPath();
    }

    /// <summary>Takes away the clusters of runs that were killed, which nobody else would, and first a server that has outlived its run.</summary>
    internal static void Sweep(string place)
    {
        foreach (var left in System.IO.Directory.Exists(place) ? new DirectoryInfo(place).GetDirectories(Prefix + "*") : [])
        {
            if (!int.TryParse(left.Name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var run) || System.IO.Directory.Exists($"/proc/{run}"))
                continue;
            try
            {
                // Whoever holds it still runs, where this run does not see it.
                using var held = new FileStream(Path.Combine(left.FullName, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (IsServerEnded(left))
                    left.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is another user's, or another run sweeps too.
            }
        }
    }

    private static bool IsServerEnded(DirectoryInfo left)
    {
        var file = Path.Combine(left.FullName, "cluster", "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var server))
            return true;
        // The number may be a stranger's by now: a server works in its data.
        if (new FileInfo($"/proc/{server}/cwd").LinkTarget?.EndsWith($"/{left.Name}/cluster", StringComparison.Ordinal) != true)
            return true;
        System.Diagnostics.Process.Start("kill", ["-QUIT", server.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        return SpinWait.SpinUntil(() => !System.IO.Directory.Exists($"/proc/{server}"), TimeSpan.FromSeconds(10));
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        foreach (var place in new[] { Memory, Path.GetTempPath() })
            Sweep(place);
        var server = await PrivatePostgres.StartAsync(Directory);
        // Each minute a worker would visit each of some hundred databases, of which none lives long enough to need it.
        foreach (var sql in new[] { "alter system set autovacuum_naptime = '1h'", "select pg_reload_conf()" })
            await ExecuteAsync(AsSuperuser(server.ConnectionString), sql);
        return server;
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

    private static async Task MakeTemplateAsync(string name, Func<NpgsqlDataSource, EventLog, Task> complete)
    {
        var server = await Server.Value;
        await ExecuteAsync(server.ConnectionString, $"create database {name}");
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, Pooling = false });
        await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
        await complete(database, log);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
