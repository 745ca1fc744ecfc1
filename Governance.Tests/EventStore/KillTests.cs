using System.Diagnostics;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.EventStore.Following;
using Governance.Projections;
using Governance.Projections.Runtime;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>SIGKILL of the host, and of PostgreSQL itself, in the middle of ten thousand appends that every read model follows.</summary>
public sealed class KillTests : IDisposable
{
    private const int Appends = 10_000, HostDiesAt = 3_000, ServerDiesAt = 6_000;

    // Readable for the user that the server runs as, so that its data lies below and goes with it.
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-kill-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_acknowledged_event_is_there_once_and_every_read_model_equals_its_rebuild_after_the_host_and_the_server_were_killed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await PrivatePostgres.StartAsync(Path.Combine(_directory, "postgresql"), ct);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        var now = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
        var appends = new HashSet<Guid>();
        var events = new HashSet<Guid>();

        // When the host is killed in the middle of its appends
        using (var first = AppendingHost.Start(server.ConnectionString, _directory, now))
        {
            while (appends.Count < HostDiesAt)
                Acknowledge(await first.NextAcknowledgedAsync(ct) ?? throw new InvalidOperationException("The first host ended by itself."));
            first.Kill();
            while (await first.NextAcknowledgedAsync(ct) is { } ids)
                Acknowledge(ids);
        }

        Assert.InRange(appends.Count, HostDiesAt, ServerDiesAt - 1);
        Assert.InRange(await FollowedAsync(database, ct), 1, long.MaxValue);

        // and another goes on where it was, while the server is killed under it
        var killed = server.ServerProcessId!.Value;
        using (var second = AppendingHost.Start(server.ConnectionString, _directory, now))
        {
            var serverKilled = false;
            while (await second.NextAcknowledgedAsync(ct) is { } ids)
            {
                Acknowledge(ids);
                if (appends.Count >= ServerDiesAt && !serverKilled)
                {
                    Process.GetProcessById(killed).Kill();
                    serverKilled = true;
                }
            }

            Assert.True(serverKilled);
            Assert.Equal(0, await second.EndedAsync(ct));
        }

        // Then all that was acknowledged is there, once, and the log is whole
        Assert.NotEqual(killed, server.ServerProcessId);
        Assert.InRange(appends.Count, Appends, int.MaxValue);
        database.Clear();
        Assert.Equal(events.Order(), await GivenByCommandsAsync(database, ct));
        await LogInvariants.CheckAsync(database);

        // and each read model, once it has caught up, is to the byte what the log gives.
        var options = new EventLogOptions();
        await using var log = new Governance.EventStore.EventLog(database, options, TimeProvider.System);
        await using var followers = new FollowerHost(database, log, ReadModels.Followers(log, EventCatalogue.All), new FollowerOptions(), TimeProvider.System);
        followers.Start();
        Assert.True(await followers.WaitForAllAsync(await log.LastPositionAsync(ct), TimeSpan.FromMinutes(1), ct: ct));
        var check = new RebuildCheck(database, new Rebuild(database, log, options, EventCatalogue.All), options);
        var comparisons = await check.RunAsync(ReadModels.All, ct);
        foreach (var comparison in comparisons)
            Assert.True(comparison.Equal, $"{comparison.Model}: {comparison.Live} live, {comparison.Rebuilt} rebuilt\n{string.Join('\n', comparison.Differences)}");
        Assert.Empty(new ReadModel[] { new Members(), new Mandates(), new Votes(), new Workstreams(), new AuditHistory() }
            .Where(model => comparisons.Single(c => c.Model == model.Name).Live.Rows == 0).Select(model => model.Name));

        void Acknowledge(IReadOnlyList<Guid> ids)
        {
            appends.Add(ids[0]);
            events.UnionWith(ids);
        }
    }

    /// <summary>The events that the commands wrote, without those that the host's own work added to them.</summary>
    private static async Task<IReadOnlyList<Guid>> GivenByCommandsAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id from mt_events where correlation_id = 'import'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return [.. ids.Order()];
    }

    /// <summary>How far the read model has come that has come least far.</summary>
    private static async Task<long> FollowedAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select coalesce(min(last_seq_id), 0) from mt_event_progression where name = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ReadModels.All.Select(model => model.Name)] });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
