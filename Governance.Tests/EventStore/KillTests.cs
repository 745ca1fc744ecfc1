using System.Diagnostics;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.EventStore.Following;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>SIGKILL of the host, and of PostgreSQL itself, in the middle of ten thousand appends.</summary>
public sealed class KillTests : IDisposable
{
    private const int Appends = 10_000, HostDiesAt = 3_000, ServerDiesAt = 6_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("governance-kill").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_acknowledged_event_is_there_once_after_the_host_and_the_server_were_killed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await PrivatePostgres.StartAsync(_directory, ct);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var log = new Governance.EventStore.EventLog(database, new EventLogOptions(), TimeProvider.System);
        await log.MigrateAsync(ct);
        await using (var create = database.CreateCommand(SeenEvents.Table))
            await create.ExecuteNonQueryAsync(ct);
        var acknowledged = new List<Guid>();

        // When the host is killed in the middle of its appends
        using (var first = AppendingHost.Start(server.ConnectionString, 1, Appends))
        {
            while (acknowledged.Count < HostDiesAt)
                acknowledged.Add(await first.NextAcknowledgedAsync(ct) ?? throw new InvalidOperationException("The first host ended by itself."));
            first.Kill();
            while (await first.NextAcknowledgedAsync(ct) is { } id)
                acknowledged.Add(id);
        }

        // and another goes on where it was, while the server is killed under it
        var killed = server.ServerProcessId!.Value;
        using (var second = AppendingHost.Start(server.ConnectionString, Appends + 1, (2 * Appends) - acknowledged.Count))
        {
            var serverKilled = false;
            while (await second.NextAcknowledgedAsync(ct) is { } id)
            {
                acknowledged.Add(id);
                if (acknowledged.Count >= ServerDiesAt && !serverKilled)
                {
                    Process.GetProcessById(killed).Kill();
                    serverKilled = true;
                }
            }

            Assert.True(serverKilled);
        }

        // Then all that was acknowledged is there, once, the log is whole, and the read model equals one that is built again
        Assert.Equal(Appends, acknowledged.Count);
        Assert.NotEqual(killed, server.ServerProcessId);
        database.Clear();
        Assert.Equal(Appends, await CountAsync(database, "select count(distinct e.id) from mt_events e join unnest($1) a(id) on a.id = e.id", acknowledged, ct));
        await LogInvariants.CheckAsync(database);
        await using var followers = new FollowerHost(database, log, [new SeenEvents()], new FollowerOptions(), TimeProvider.System);
        followers.Start();
        var last = await log.LastPositionAsync(ct);
        Assert.True(await followers.WaitForAsync("seen-events", last, TimeSpan.FromMinutes(1), ct: ct));
        const string differences = "select count(*) from mt_events e full join seen_events s on s.position = e.seq_id where s.id is distinct from e.id";
        Assert.Equal(0, await CountAsync(database, differences, null, ct));
        await followers.RebuildAsync("seen-events", ct);
        Assert.True(await followers.WaitForAsync("seen-events", last, TimeSpan.FromMinutes(1), ct: ct));
        Assert.Equal(0, await CountAsync(database, differences, null, ct));
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql, List<Guid>? ids, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        if (ids is not null)
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
