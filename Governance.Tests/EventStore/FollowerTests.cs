using System.Collections.Concurrent;
using System.Text;
using Governance.Api.Kernel.Hosting;
using Governance.EventStore;
using Governance.EventStore.Following;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

public sealed class FollowerTests : LogTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Polls so rarely that only hints can explain a prompt answer.</summary>
    private static readonly FollowerOptions Prompt = new() { PollEvery = TimeSpan.FromMinutes(5), TakeOverEvery = TimeSpan.FromMilliseconds(50), RetryAfter = TimeSpan.FromMilliseconds(1) };

    private readonly Dictionary<string, NpgsqlDataSource> _pools = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("create table seen (follower text, position bigint, tenant text, data text, primary key (follower, position))");
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
            await pool.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_follower_handles_every_event_once_in_order_and_its_checkpoint_is_martens_row()
    {
        await AppendManyAsync(25);
        await using var host = Host(new Recorder("register") { Size = 10 });
        host.Start();
        Assert.True(await host.WaitForAsync("register", 25, Patience, ct: Ct));
        await AppendManyAsync(5, from: 25);
        Assert.True(await host.WaitForAllAsync(30, Patience, ct: Ct));

        Assert.Equal(30L, await ScalarAsync<long>("select count(*) from seen"));
        Assert.Equal(30L, await ScalarAsync<long>("select last_seq_id from mt_event_progression where name = 'register'"));
        var status = Assert.Single(await host.StatusAsync(Ct));
        Assert.Equal((30, 30, 0, true), (status.Checkpoint, status.LastPosition, status.Behind, status.RunsHere));
        Assert.Empty(status.Parked);
    }

    [Fact]
    public async Task Whoever_waits_longer_than_the_follower_takes_is_told_that_it_is_not_yet_shown()
    {
        await AppendManyAsync(1);
        await using var host = Host(new Recorder("register"));
        Assert.False(await host.WaitForAsync("register", 1, TimeSpan.FromMilliseconds(50), ct: Ct));
    }

    [Fact]
    public async Task Without_a_hint_the_follower_looks_by_itself()
    {
        // Given a host whose appends notify nobody
        await using var silent = new EventLog(Database, Options with { HintAfter = null }, TimeProvider.System);
        await using var host = new FollowerHost(Database, Log, [new Recorder("register")], Prompt with { PollEvery = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        host.Start();
        await AppendManyAsync(1);
        Assert.True(await host.WaitForAsync("register", 1, Patience, ct: Ct));

        Assert.IsType<AppendResult.Appended>(await silent.AppendAsync(To("body:1", 0), Ct));

        Assert.True(await host.WaitForAsync("register", 2, Patience, ct: Ct));
    }

    [Fact]
    public async Task A_poisoned_event_parks_its_own_association_for_that_follower_alone_until_it_is_tried_again()
    {
        var fragile = new Recorder("fragile") { Size = 10, PoisonedStream = "body:bad" };
        var faults = new List<string>();
        await using var host = new FollowerHost(
            Database, Log, [fragile, new Recorder("sound")], Prompt with { OnFault = (follower, _) => { lock (faults) faults.Add(follower); } }, TimeProvider.System);
        await AppendManyAsync(3);
        await AppendedAsync(To("body:bad", 0));
        await AppendManyAsync(3, from: 3);
        await AppendedAsync(To("body:other", 0, events: 2, tenant: OtherAssociation));
        host.Start();

        Assert.True(await host.WaitForAllAsync(9, Patience, OtherAssociation, Ct));
        Assert.False(await host.WaitForAsync("fragile", 9, Patience, Association, Ct));
        Assert.Equal(5L, await ScalarAsync<long>("select count(*) from seen where follower = 'fragile'"));
        Assert.Equal(9L, await ScalarAsync<long>("select count(*) from seen where follower = 'sound'"));
        var parked = Assert.Single((await host.StatusAsync(Ct)).Single(status => status.Name == "fragile").Parked);
        Assert.Equal((Association, 4), (parked.Tenant, parked.Position));
        Assert.Contains("poison", parked.Error, StringComparison.Ordinal);
        lock (faults)
            Assert.All(faults, follower => Assert.Equal("fragile", follower));

        fragile.PoisonedStream = null;
        await host.RetryParkedAsync("fragile", Association, Ct);
        await Eventually.HoldsAsync(async () => await ScalarAsync<long>("select count(*) from governance.parked_tenant") == 0);
        Assert.True(await host.WaitForAsync("fragile", 9, Patience, Association, Ct));
        Assert.Equal(9L, await ScalarAsync<long>("select count(*) from seen where follower = 'fragile'"));
    }

    [Fact]
    public async Task An_association_that_is_set_aside_is_followed_from_there_once_it_can_be_without_anybodys_asking_and_the_others_meanwhile()
    {
        var waiting = new Recorder("waiting") { Size = 3, Aside = Association };
        var faults = new ConcurrentQueue<Exception>();
        await using var host = new FollowerHost(Database, Log, [waiting], Prompt with { OnFault = (_, fault) => faults.Enqueue(fault), PollEvery = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        await AppendManyAsync(4);
        await AppendedAsync(To("body:other", 0, events: 2, tenant: OtherAssociation));
        host.Start();

        Assert.True(await host.WaitForAllAsync(6, Patience, OtherAssociation, Ct));
        await AppendManyAsync(4, from: 4);
        Assert.False(await host.WaitForAsync("waiting", 10, Patience, Association, Ct));
        Assert.Equal(2L, await ScalarAsync<long>("select count(*) from seen"));
        var parked = Assert.Single((await host.StatusAsync(Ct))[0].Parked);
        Assert.Equal((Association, 1L, true), (parked.Tenant, parked.Position, parked.RetryAsked));
        // Tried again meanwhile, it is not yet to be followed, and stays where it is.
        await Eventually.HoldsAsync(async () => (await host.StatusAsync(Ct))[0].Parked is [{ } still] && still.ParkedAt > parked.ParkedAt && still is { Position: 1, RetryAsked: true });

        waiting.Aside = null;
        await Eventually.HoldsAsync(async () => await ScalarAsync<long>("select count(*) from governance.parked_tenant") == 0);
        Assert.Equal(10L, await ScalarAsync<long>("select count(*) from seen"));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_was_set_aside_is_followed_page_by_page_and_parked_from_the_page_that_cannot_be()
    {
        var waiting = new Recorder("waiting") { Size = 3, Aside = Association };
        await using var host = new FollowerHost(Database, Log, [waiting], Prompt with { PollEvery = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        await AppendManyAsync(8);
        host.Start();
        Assert.False(await host.WaitForAsync("waiting", 8, Patience, Association, Ct));

        (waiting.PoisonedStream, waiting.Aside) = ("member:4", null);

        await Eventually.HoldsAsync(async () => (await host.StatusAsync(Ct))[0].Parked is [{ RetryAsked: false, Position: 4 } parked] && parked.Error.Contains("poison", StringComparison.Ordinal));
        Assert.Equal(3L, await ScalarAsync<long>("select count(*) from seen"));
        waiting.PoisonedStream = null;
        await host.RetryParkedAsync("waiting", Association, Ct);
        await Eventually.HoldsAsync(async () => (await host.StatusAsync(Ct))[0].Parked.Count == 0);
        Assert.Equal(8L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task What_a_follower_beside_the_read_models_has_parked_is_tried_again_by_the_host_that_starts_next()
    {
        await AppendManyAsync(3);
        await using (var host = Host(new Recorder("fragile") { PoisonedStream = "member:1" }))
        {
            host.Start();
            Assert.False(await host.WaitForAsync("fragile", 3, Patience, Association, Ct));
            Assert.Equal((2L, false), (await host.StatusAsync(Ct))[0].Parked is [var parked] ? (parked.Position, parked.RetryAsked) : default);
        }

        await using var mended = new Beside(Database, Log, new Recorder("fragile"), new Faults());
        await mended.StartAsync(Ct);

        await Eventually.HoldsAsync(async () => (await mended.Following.StatusAsync(Ct))[0].Parked.Count == 0);
        Assert.Equal(3L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_brought_to_its_present_shape_parks_its_own_association_alone()
    {
        await using var log = new EventLog(
            Database, new EventLogOptions { Upcasters = new Upcasters().Add("something_happened", data => data["old"] is null ? data : throw new InvalidDataException("unknown shape")) }, TimeProvider.System);
        await AppendedAsync(new AppendRequest(Association, [new("body:1", 0)], [Event("body:1", """{"old":1}""")]));
        await AppendedAsync(To("body:1", 0, tenant: OtherAssociation));
        await using var host = new FollowerHost(Database, log, [new Recorder("register")], Prompt, TimeProvider.System);
        host.Start();

        Assert.True(await host.WaitForAsync("register", 2, Patience, OtherAssociation, Ct));
        Assert.Equal(Association, Assert.Single((await host.StatusAsync(Ct))[0].Parked).Tenant);
    }

    [Fact]
    public async Task A_rebuild_begins_again_from_the_first_event_and_ends_the_same()
    {
        await AppendManyAsync(25);
        await using var host = Host(new Recorder("register") { Size = 4 });
        host.Start();
        Assert.True(await host.WaitForAsync("register", 25, Patience, ct: Ct));
        await ExecuteAsync("update seen set data = 'spoiled'");

        await host.RebuildAsync("register", Ct);

        Assert.True(await host.WaitForAsync("register", 25, Patience, ct: Ct));
        Assert.Equal(25L, await ScalarAsync<long>("select count(*) from seen where data <> 'spoiled'"));
    }

    [Fact]
    public async Task Of_two_hosts_one_follows_and_the_other_takes_over_when_it_goes()
    {
        var first = Host(new Recorder("register"));
        await using var second = Host(new Recorder("register"));
        await using (first)
        {
            first.Start();
            await AppendManyAsync(1);
            Assert.True(await first.WaitForAsync("register", 1, Patience, ct: Ct));
            second.Start();
            await AppendManyAsync(10, from: 1);
            Assert.True(await second.WaitForAsync("register", 11, Patience, ct: Ct));
            Assert.True((await first.StatusAsync(Ct))[0].RunsHere);
            Assert.False((await second.StatusAsync(Ct))[0].RunsHere);
        }

        await AppendManyAsync(10, from: 11);
        Assert.True(await second.WaitForAsync("register", 21, Patience, ct: Ct));
        Assert.True((await second.StatusAsync(Ct))[0].RunsHere);
        Assert.Equal(21L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task A_host_whose_session_the_server_ended_follows_again_and_handles_nothing_twice()
    {
        await using var host = Host(new Recorder("register"));
        host.Start();
        await AppendManyAsync(3);
        Assert.True(await host.WaitForAsync("register", 3, Patience, ct: Ct));
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()");
        await AppendManyAsync(3, from: 3);

        Assert.True(await host.WaitForAsync("register", 6, Patience, ct: Ct));
        Assert.Equal(6L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task A_checkpoint_moves_only_from_the_value_that_was_read()
    {
        // Given a host that stands in the middle of a batch while another, which believes the first dead, moves the checkpoint
        var standing = new Recorder("register") { Gate = new TaskCompletionSource() };
        await using var host = Host(standing);
        await AppendManyAsync(2);
        host.Start();
        await standing.Entered.Task.WaitAsync(Patience, Ct);
        await using var other = await Database.OpenConnectionAsync(Ct);
        await using var take = new NpgsqlCommand("insert into mt_event_progression (name, last_seq_id) values ('register', 2) on conflict (name) do update set last_seq_id = 2", other);
        var taking = take.ExecuteNonQueryAsync(Ct);

        // When the batch goes on, the other waits for its end, and moves the checkpoint afterwards
        Assert.False(taking.IsCompleted);
        standing.Gate.SetResult();
        await taking;

        // Then nothing is handled twice
        await AppendManyAsync(1, from: 2);
        Assert.True(await host.WaitForAsync("register", 3, Patience, ct: Ct));
        Assert.Equal(3L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task A_checkpoint_set_back_by_hand_is_noticed_and_followed_from_there()
    {
        await using var host = Host(new Recorder("register") { Tolerant = true });
        host.Start();
        await AppendManyAsync(4);
        Assert.True(await host.WaitForAsync("register", 4, Patience, ct: Ct));
        await ExecuteAsync("delete from seen; update mt_event_progression set last_seq_id = 1");
        await AppendManyAsync(1, from: 4);

        await Eventually.HoldsAsync(async () => await ScalarAsync<long>("select count(*) from seen") == 4);
        Assert.Equal(2L, await ScalarAsync<long>("select min(position) from seen"));
    }

    [Fact]
    public async Task Many_idle_followers_cost_a_host_two_sessions_whether_it_runs_them_or_waits()
    {
        await using var running = Host("running", [.. Enumerable.Range(0, 19).Select(i => new Recorder($"register-{i}"))]);
        running.Start();
        await AppendManyAsync(3);
        Assert.True(await running.WaitForAllAsync(3, Patience, ct: Ct));
        await using var waiting = Host("waiting", [.. Enumerable.Range(0, 19).Select(i => new Recorder($"register-{i}"))]);
        waiting.Start();

        // Sessions that went back to the pool count no longer once they are closed.
        foreach (var host in new[] { "running", "waiting" })
        {
            await Eventually.HoldsAsync(async () =>
            {
                _pools[host].Clear();
                return await ScalarAsync<long>($"select count(*) from pg_stat_activity where application_name = '{host}'") == 2;
            });
        }

        Assert.Equal(19, (await running.StatusAsync(Ct)).Count(status => status.RunsHere));
        Assert.Equal(0, (await waiting.StatusAsync(Ct)).Count(status => status.RunsHere));
        Assert.Equal(19 * 3L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task No_more_followers_handle_events_at_once_than_may()
    {
        await AppendManyAsync(5);
        var crowd = new Crowd();
        await using var host = new FollowerHost(
            Database, Log, [.. Enumerable.Range(0, 8).Select(i => new Recorder($"register-{i}") { Crowd = crowd, Size = 1 })], Prompt with { AtOnce = 3 }, TimeProvider.System);
        host.Start();
        Assert.True(await host.WaitForAllAsync(5, Patience, ct: Ct));

        Assert.InRange(crowd.Most, 1, 3);
        Assert.Equal(40L, await ScalarAsync<long>("select count(*) from seen"));
    }

    [Fact]
    public async Task A_host_that_lost_its_locks_in_the_middle_of_a_batch_rolls_it_back_and_nothing_is_handled_twice()
    {
        // Given a host that stands in the middle of a batch, and another that waits
        var standing = new Recorder("register") { Gate = new TaskCompletionSource() };
        await using var first = Host("first", standing);
        await AppendManyAsync(4);
        first.Start();
        await standing.Entered.Task.WaitAsync(Patience, Ct);
        await using var second = Host("second", new Recorder("register"));
        second.Start();

        // When the server ends the session with the locks
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()");

        // Then the batch of the first is rolled back, one of the two goes on from the checkpoint, and each event is handled once
        standing.Gate.SetResult();
        Assert.True(await second.WaitForAsync("register", 4, Patience, ct: Ct));
        await AppendManyAsync(2, from: 4);
        Assert.True(await second.WaitForAsync("register", 6, Patience, ct: Ct));
        Assert.Equal(6L, await ScalarAsync<long>("select count(*) from seen"));
        await Eventually.HoldsAsync(async () => (await first.StatusAsync(Ct))[0].RunsHere != (await second.StatusAsync(Ct))[0].RunsHere);
    }

    [Fact]
    public async Task Followers_that_share_what_was_read_each_handle_every_event_once_while_the_log_grows()
    {
        // Given followers that take more and less at once, one of them told of ballots alone
        await AppendManyAsync(40);
        var ofBallots = new Recorder("ballots") { Size = 7, Only = "ballot:" };
        await using var host = Host(new Recorder("fast") { Size = 50 }, new Recorder("slow") { Size = 3 }, ofBallots);
        host.Start();
        Assert.True(await host.WaitForAsync("fast", 40, Patience, ct: Ct));

        // When the log grows while they follow
        await AppendManyAsync(60, from: 40);
        for (var i = 0; i < 3; i++)
            await AppendedAsync(To($"ballot:{i}", 0));
        await AppendManyAsync(10, from: 100);
        Assert.True(await host.WaitForAllAsync(113, Patience, ct: Ct));

        // Then each has handled everything once, and the one of ballots stands as far as the others having been given batches with a ballot in them alone
        Assert.Equal(113L, await ScalarAsync<long>("select count(*) from seen where follower = 'fast'"));
        Assert.Equal(113L, await ScalarAsync<long>("select count(*) from seen where follower = 'slow'"));
        Assert.Equal(3L, await ScalarAsync<long>("select count(*) from seen where follower = 'ballots' and position in (101, 102, 103)"));
        Assert.InRange(await ScalarAsync<long>("select count(*) from seen where follower = 'ballots'"), 3, 3 * 7 + 7);
    }

    [Fact]
    public async Task A_host_that_is_dropped_without_being_stopped_follows_no_more_and_meets_no_fault()
    {
        await AppendManyAsync(1);
        var faults = new Faults();
        var dropped = new Beside(Database, Log, new Recorder("register"), faults);
        await dropped.StartAsync(Ct);
        Assert.True(await dropped.Following.WaitForAsync("register", 1, Patience, ct: Ct));

        await ((IAsyncDisposable)dropped).DisposeAsync();
        await ((IAsyncDisposable)dropped).DisposeAsync();

        Assert.False(Assert.Single(await dropped.Following.StatusAsync(Ct)).RunsHere);
        await AppendManyAsync(1, from: 1);
        Assert.False(await dropped.Following.WaitForAsync("register", 2, TimeSpan.FromMilliseconds(200), ct: Ct));
        // Another takes over at once: the lock is free.
        await using var next = Host("next", new Recorder("register"));
        next.Start();
        Assert.True(await next.WaitForAsync("register", 2, Patience, ct: Ct));
        Assert.Empty(faults.Met);
    }

    private sealed class Beside(NpgsqlDataSource database, EventLog log, Follower follower, ILogger logger) : FollowingBeside(database, log, follower, TimeProvider.System, logger);

    private sealed class Faults : ILogger
    {
        public ConcurrentQueue<Exception?> Met { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Met.Enqueue(exception);
    }

    [Fact]
    public void Two_followers_of_one_name_are_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Host(new Recorder("register"), new Recorder("register")));

    /// <summary>A host with sessions of its own, which the server knows by its name.</summary>
    private FollowerHost Host(string name, params Follower[] followers)
    {
        _pools[name] = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { ApplicationName = name });
        return new(_pools[name], Log, followers, Prompt, TimeProvider.System);
    }

    private FollowerHost Host(params Follower[] followers) => new(Database, Log, followers, Prompt, TimeProvider.System);

    private async Task AppendManyAsync(int events, int from = 0)
    {
        for (var i = from; i < from + events; i++)
            await AppendedAsync(To($"member:{i}", 0));
    }

    /// <summary>How many were in at once at most.</summary>
    private sealed class Crowd
    {
        private readonly Lock _lock = new();
        private int _now;

        public int Most { get; private set; }

        public IDisposable Enter()
        {
            lock (_lock)
                Most = Math.Max(Most, ++_now);
            return new Leaving(this);
        }

        private sealed class Leaving(Crowd crowd) : IDisposable
        {
            public void Dispose()
            {
                lock (crowd._lock)
                    crowd._now--;
            }
        }
    }

    private sealed class Recorder(string name) : Follower
    {
        public override string Name => name;

        public override int BatchSize => Size;

        public int Size { get; init; } = 100;

        public string? PoisonedStream { get; set; }

        /// <summary>The association that can not be followed at present; null for none.</summary>
        public string? Aside { get; set; }

        public bool Tolerant { get; init; }

        /// <summary>What begins the names of the streams that concern it; empty for all.</summary>
        public string Only { get; init; } = "";

        public override bool Concerns(string stream) => stream.StartsWith(Only, StringComparison.Ordinal);

        public TaskCompletionSource? Gate { get; init; }

        public Crowd? Crowd { get; init; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask HandleAsync(IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
        {
            Entered.TrySetResult();
            using var one = Crowd?.Enter();
            if (Gate is not null)
                await Gate.Task.WaitAsync(ct);
            foreach (var e in batch)
            {
                if (e.Tenant == Aside)
                    throw new SetAsideException("not yet");
                if (e.Stream == PoisonedStream)
                    throw new InvalidDataException("poison");
                await using var insert = new NpgsqlCommand(
                    "insert into seen values ($1, $2, $3, $4)" + (Tolerant ? " on conflict do nothing" : ""), connection, transaction);
                insert.Parameters.AddWithValue(name);
                insert.Parameters.AddWithValue(e.Position);
                insert.Parameters.AddWithValue(e.Tenant);
                insert.Parameters.AddWithValue(Encoding.UTF8.GetString(e.Data.Span));
                await insert.ExecuteNonQueryAsync(ct);
            }
        }

        public override async ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
        {
            await using var delete = new NpgsqlCommand("delete from seen where follower = $1", connection, transaction);
            delete.Parameters.AddWithValue(name);
            await delete.ExecuteNonQueryAsync(ct);
        }
    }
}
