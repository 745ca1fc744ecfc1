using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Tests.EventStore;

/// <summary>A host in a process of its own that appends as fast as it may, follows what it appends, and prints the id of each append that was acknowledged.</summary>
internal sealed class AppendingHost : IDisposable
{
    public const string DatabaseVariable = "GOVERNANCE_TEST_APPENDS_TO";
    private const string RangeVariable = "GOVERNANCE_TEST_APPENDS";
    private const int Callers = 32;

    private readonly Process _process;

    private AppendingHost(Process process) => _process = process;

    /// <summary>Starts appending the numbers of a range; the commands' keys are the numbers.</summary>
    public static AppendingHost Start(string connectionString, int from, int to)
    {
        var assembly = typeof(AppendingHost).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true };
        info.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        info.Environment[DatabaseVariable] = connectionString;
        info.Environment[RangeVariable] = string.Create(CultureInfo.InvariantCulture, $"{from}-{to}");
        return new AppendingHost(System.Diagnostics.Process.Start(info)!);
    }

    /// <summary>The event id of the next append that was acknowledged, or null when the host has ended.</summary>
    public async Task<Guid?> NextAcknowledgedAsync(CancellationToken ct)
    {
        var line = await _process.StandardOutput.ReadLineAsync(ct);
        // A host that is killed may leave half a line behind: whoever read it was told nothing.
        return line is not null && Guid.TryParseExact(line, "D", out var id) ? id : null;
    }

    /// <summary>SIGKILL: nothing of the host's own runs any more.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>What the process itself does.</summary>
    public static async Task RunAsync()
    {
        var range = Environment.GetEnvironmentVariable(RangeVariable)!.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(DatabaseVariable)!);
        await using var log = new Governance.EventStore.EventLog(database, new EventLogOptions { RetryFor = TimeSpan.FromMinutes(2) }, TimeProvider.System);
        await using var followers = new FollowerHost(database, log, [new SeenEvents()], new FollowerOptions { TakeOverEvery = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        followers.Start();
        var output = Console.OpenStandardOutput();
        var next = range[0] - 1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) <= range[1];)
            {
                var id = Guid.CreateVersion7();
                var stream = string.Create(CultureInfo.InvariantCulture, $"member:{number}");
                var result = await log.AppendAsync(new AppendRequest(
                    "0197a000-0000-7000-8000-000000000001",
                    [new(stream, 0)],
                    [new NewEvent(id, stream, "member", "member_admitted", "X.Y, Z", "{}"u8.ToArray(), "{}"u8.ToArray())],
                    new CommandKey("chair", stream, "hash"u8.ToArray())));
                if (result is not AppendResult.Appended)
                    throw new InvalidOperationException($"Append {number} was answered {result}.");
                lock (output)
                {
                    output.Write(Encoding.ASCII.GetBytes(id.ToString("D") + "\n"));
                    output.Flush();
                }
            }
        })));
    }
}

/// <summary>A read model of the simplest kind: one row for each event.</summary>
internal sealed class SeenEvents : Follower
{
    public const string Table = "create table seen_events (position bigint primary key, id uuid not null)";

    public override string Name => "seen-events";

    public override async ValueTask HandleAsync(IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into seen_events select * from unnest($1, $2)", connection, transaction);
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. batch.Select(e => e.Position)] });
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. batch.Select(e => e.Id)] });
        await insert.ExecuteNonQueryAsync(ct);
    }

    public override async ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand("delete from seen_events", connection, transaction);
        await delete.ExecuteNonQueryAsync(ct);
    }
}
