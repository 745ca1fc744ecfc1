using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>A follower beside a rebuild of what it writes, each held by a lock where the other is to get in.</summary>
public sealed class FollowerRaceTests : LogTest
{
    private const string Name = "register";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Polls so rarely that only hints can explain a prompt answer.</summary>
    private static readonly FollowerOptions Prompt = new() { PollEvery = TimeSpan.FromMinutes(5), TakeOverEvery = TimeSpan.FromMilliseconds(50), Attempts = 1 };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync("create table seen (position bigint primary key)");
    }

    [Fact]
    public async Task An_association_that_a_rebuild_no_longer_parks_is_followed_by_the_batch_that_waits_for_it()
    {
        // Given an association that is parked, with an event of it and one of another to come
        await ParkedAtFirstAsync();
        await AppendedAsync(To("member:2", 0));
        await AppendedAsync(To("member:3", 0, tenant: OtherAssociation));
        await using var host = Host(new Noter());

        // When a rebuild that can take all in takes its place while the batch, read as that of a parked association, waits for the checkpoint
        await HandOverAsync([], async (connection, ct) =>
        {
            await WriteAsync(connection, "insert into seen values (1)", ct);
            host.Start();
            await FollowerWaitsAsync();
        });

        // Then the event is handled, although the checkpoint is where it was
        Assert.True(await host.WaitForAsync(Name, 3, Patience, Association, Ct));
        Assert.Equal("1,2,3", await SeenAsync());
    }

    [Fact]
    public async Task An_association_that_a_rebuild_no_longer_parks_is_not_stepped_over_together_with_what_concerns_nobody()
    {
        // Given an association that is parked, with an event to come, and a follower that has read that it is parked and is about to read the event
        await ParkedAtFirstAsync();
        await AppendedAsync(To("member:2", 0));
        await using var host = Host(new Noter());
        await using (var connection = await Database.OpenConnectionAsync(Ct))
        {
            await using var reading = await connection.BeginTransactionAsync(Ct);
            await WriteAsync(connection, "lock table mt_events in access exclusive mode", Ct);
            host.Start();
            await FollowerWaitsAsync();

            // When a rebuild that can take all in takes its place meanwhile
            await HandOverAsync([], (rebuilt, ct) => WriteAsync(rebuilt, "insert into seen values (1)", ct));
            await reading.RollbackAsync(Ct);
        }

        // Then the event is handled, although the checkpoint is where it was
        Assert.True(await host.WaitForAsync(Name, 2, Patience, Association, Ct));
        Assert.Equal("1,2", await SeenAsync());
    }

    [Fact]
    public async Task An_association_that_a_rebuild_parks_is_no_longer_followed_by_the_batch_that_waits_for_it()
    {
        // Given a follower that has handled the first of two events
        await HandledAsync(1);
        await AppendedAsync(To("member:2", 0));
        await using var host = Host(new Noter());

        // When a rebuild that cannot take in the first takes its place while the second waits for the checkpoint
        await HandOverAsync([new(Association, 1, "unknown shape")], async (connection, ct) =>
        {
            await WriteAsync(connection, "delete from seen", ct);
            host.Start();
            await FollowerWaitsAsync();
        });

        // Then the second is not handled without the first, and both are, once, when they are tried again
        Assert.False(await host.WaitForAsync(Name, 2, Patience, Association, Ct));
        Assert.True(await host.WaitForAsync(Name, 2, Patience, OtherAssociation, Ct));
        Assert.Equal("", await SeenAsync());
        await host.RetryParkedAsync(Name, Association, Ct);
        await AppendedAsync(To("member:3", 0, tenant: OtherAssociation));
        Assert.True(await host.WaitForAsync(Name, 3, Patience, OtherAssociation, Ct));
        Assert.Equal("1,2,3", await SeenAsync());
        Assert.Equal("", await ParkedAsync());
    }

    [Fact]
    public async Task An_event_that_cannot_be_handled_leaves_an_association_parked_from_where_a_rebuild_stopped()
    {
        // Given a follower that has handled the first of two events
        await HandledAsync(1);
        await AppendedAsync(To("body:bad", 0));

        // When a rebuild that cannot take in the first takes its place after the follower could not handle the second, before it parks for that
        await using var host = Host(
            new Noter { Poisoned = "body:bad" }, Once(() => HandOverAsync([new(Association, 1, "unknown shape")], (connection, ct) => WriteAsync(connection, "delete from seen", ct)), fault: 2));
        host.Start();

        // Then the first is still what is missed
        Assert.True(await host.WaitForAsync(Name, 2, Patience, OtherAssociation, Ct));
        Assert.Equal("1 unknown shape", await ParkedAsync());
    }

    [Fact]
    public async Task What_a_rebuild_has_followed_is_not_handled_again_by_the_try_that_waits_for_it()
    {
        // Given an association that is parked, is to be tried again, and missed two events
        await ParkedAtFirstAsync();
        await AppendedAsync(To("member:2", 0));
        await HandledAsync(2);
        await using var host = Host(new Noter());
        await host.RetryParkedAsync(Name, Association, Ct);

        // When a rebuild that can take both in takes its place while the try waits for the checkpoint
        await HandOverAsync([], async (connection, ct) =>
        {
            await WriteAsync(connection, "insert into seen values (1), (2)", ct);
            host.Start();
            await FollowerWaitsAsync();
        });

        // Then the try finds nothing to handle, and the association is followed
        await AppendedAsync(To("member:3", 0));
        Assert.True(await host.WaitForAsync(Name, 3, Patience, Association, Ct));
        Assert.Equal("1,2,3", await SeenAsync());
        Assert.Empty((await host.StatusAsync(Ct))[0].Parked);
    }

    [Fact]
    public async Task What_a_rebuild_has_parked_elsewhere_is_tried_again_from_there_when_that_is_asked()
    {
        // Given an association that is parked, is to be tried again, and missed two events
        await ParkedAtFirstAsync();
        await AppendedAsync(To("member:2", 0));
        await HandledAsync(2);
        await using var host = Host(new Noter());
        await host.RetryParkedAsync(Name, Association, Ct);

        // When a rebuild that can take in the first alone takes its place while the try waits for the checkpoint
        await HandOverAsync([new(Association, 2, "unknown shape")], async (connection, ct) =>
        {
            await WriteAsync(connection, "insert into seen values (1)", ct);
            host.Start();
            await FollowerWaitsAsync();
        });

        // Then the try handles nothing, and the next one the second event alone
        await AppendedAsync(To("member:3", 0, tenant: OtherAssociation));
        Assert.True(await host.WaitForAsync(Name, 3, Patience, OtherAssociation, Ct));
        Assert.Equal("1,3", await SeenAsync());
        Assert.Equal("2 unknown shape", await ParkedAsync());
        await host.RetryParkedAsync(Name, Association, Ct);
        await AppendedAsync(To("member:4", 0, tenant: OtherAssociation));
        Assert.True(await host.WaitForAsync(Name, 4, Patience, OtherAssociation, Ct));
        Assert.Equal("1,2,3,4", await SeenAsync());
        Assert.Equal("", await ParkedAsync());
    }

    [Fact]
    public async Task A_try_that_failed_parks_nothing_that_a_rebuild_has_followed_since()
    {
        // Given an association that is parked and is to be tried again, in vain
        await ParkedAtFirstAsync();
        var poisoned = new Noter { Poisoned = "body:bad" };
        await using var host = Host(
            poisoned, Once(() => HandOverAsync([], (connection, ct) => WriteAsync(connection, "insert into seen values (1)", ct))));
        await host.RetryParkedAsync(Name, Association, Ct);

        // When a rebuild that can take all in takes its place after the try failed, before that is noted
        host.Start();
        await AppendedAsync(To("member:2", 0));

        // Then the association is followed from where the rebuild ended
        Assert.True(await host.WaitForAsync(Name, 2, Patience, OtherAssociation, Ct));
        Assert.Equal("1,2", await SeenAsync());
        Assert.Equal("", await ParkedAsync());
    }

    [Fact]
    public async Task Whoever_waits_is_not_told_that_what_was_parked_meanwhile_is_shown()
    {
        // Given one who waits for an event, and whose look at the checkpoints is held up; on one session, which knows its statements
        await AppendedAsync(To("body:bad", 0));
        await using var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { MaxPoolSize = 1 });
        await using var host = new FollowerHost(pool, Log, [new Noter()], Prompt, TimeProvider.System);
        await host.StatusAsync(Ct);
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using var parking = await connection.BeginTransactionAsync(Ct);
        await WriteAsync(connection, "lock table mt_event_progression in access exclusive mode", Ct);
        var waiting = host.WaitForAsync(Name, 1, Patience, Association, Ct).AsTask();
        await FollowerWaitsAsync();

        // When the event is passed by and its association parked
        await WriteAsync(
            connection,
            $"""
            insert into governance.parked_tenant (follower, tenant_id, seq_id, error) values ('{Name}', '{Association}', 1, 'unknown shape');
            insert into mt_event_progression (name, last_seq_id) values ('{Name}', 1)
            """,
            Ct);
        await parking.CommitAsync(Ct);

        // Then it is not shown
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_follower_whose_checkpoint_is_held_waits_for_its_end_and_is_not_busy_meanwhile()
    {
        // Given a follower that does not wait between two rounds, and a rebuild that holds its checkpoint
        await HandledAsync(1);
        var ofBallots = new Noter { Only = "ballot:" };
        await using var host = new FollowerHost(Database, Log, [ofBallots], Prompt with { GatherFor = TimeSpan.Zero }, TimeProvider.System);
        host.Start();
        await Eventually.HoldsAsync(async () => (await host.StatusAsync(Ct))[0].RunsHere);
        await HandOverAsync([], async (_, _) =>
        {
            // When something happens that does not concern it
            await AppendedAsync(To("member:2", 0));
            await Eventually.HoldsAsync(() => Task.FromResult(ofBallots.Asked > 0));

            // Then it tries to pass it by for each hint that it is given, and no more often while many others are answered
            for (var i = 0; i < 200; i++)
                await ScalarAsync<long>("select count(*) from seen");
            Assert.InRange(ofBallots.Asked, 1, 5);
        });

        // And passes it by at once when the rebuild has ended, with no append to give it a hint
        Assert.True(await host.WaitForAsync(Name, 2, Patience, ct: Ct));
    }

    private FollowerHost Host(Noter follower, Action<string, Exception>? onFault = null) =>
        new(Database, Log, [follower], Prompt with { OnFault = onFault }, TimeProvider.System);

    /// <summary>An event that cannot be handled, the first of the log, and its association parked for it.</summary>
    private async Task ParkedAtFirstAsync()
    {
        await AppendedAsync(To("body:bad", 0));
        await using var host = Host(new Noter { Poisoned = "body:bad" });
        host.Start();
        Assert.False(await host.WaitForAsync(Name, 1, Patience, Association, Ct));
        Assert.Equal("1 InvalidDataException: poison", await ParkedAsync());
    }

    /// <summary>A follower that has passed all up to a position, the first of which is appended if the log is empty, and runs no more.</summary>
    private async Task HandledAsync(long position)
    {
        if (await ScalarAsync<long>("select last_position from governance.log_head") == 0)
            await AppendedAsync(To("member:1", 0));
        await using var host = Host(new Noter());
        host.Start();
        Assert.True(await host.WaitForAsync(Name, position, Patience, OtherAssociation, Ct));
    }

    /// <summary>A rebuild up to the checkpoint that takes the place of what the follower wrote.</summary>
    private Task HandOverAsync(IReadOnlyList<Stopped> stopped, Func<NpgsqlConnection, CancellationToken, Task> place) =>
        new Handover(Database, Log).RunAsync(Name, 1, stopped, (_, connection, ct) => place(connection, ct), Ct);

    /// <summary>Done where a fault is met, before the follower goes on.</summary>
    private static Action<string, Exception> Once(Func<Task> done, int fault = 1)
    {
        var met = 0;
        return (_, _) =>
        {
            if (++met == fault)
                Task.Run(done).Wait(Patience);
        };
    }

    /// <summary>Ends when a session waits for a lock: none but the follower's does.</summary>
    private Task FollowerWaitsAsync() => Eventually.HoldsAsync(async () =>
        await ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);

    private Task<string> SeenAsync() => ScalarAsync<string>("select coalesce(string_agg(position::text, ',' order by position), '') from seen");

    private Task<string> ParkedAsync() => ScalarAsync<string>("select coalesce(string_agg(seq_id || ' ' || error, ','), '') from governance.parked_tenant");

    private static async Task WriteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes down the position of each event once: one that is handled twice is a fault.</summary>
    private sealed class Noter : Follower
    {
        private int _asked;

        public override string Name => FollowerRaceTests.Name;

        /// <summary>The stream whose events cannot be handled.</summary>
        public string? Poisoned { get; init; }

        /// <summary>What begins the names of the streams that concern it; empty for all.</summary>
        public string Only { get; init; } = "";

        /// <summary>How often it was asked whether a stream concerns it.</summary>
        public int Asked => Volatile.Read(ref _asked);

        public override bool Concerns(string stream)
        {
            Interlocked.Increment(ref _asked);
            return stream.StartsWith(Only, StringComparison.Ordinal);
        }

        public override async ValueTask HandleAsync(IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
        {
            foreach (var e in batch)
            {
                if (e.Stream == Poisoned)
                    throw new InvalidDataException("poison");
                await using var insert = new NpgsqlCommand("insert into seen values ($1)", connection, transaction);
                insert.Parameters.AddWithValue(e.Position);
                await insert.ExecuteNonQueryAsync(ct);
            }
        }

        public override ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) => ValueTask.CompletedTask;
    }
}
