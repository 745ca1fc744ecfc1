using Governance.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>Two hosts at once, with one of them held at an exact point.</summary>
public class RaceTests : LogTest
{
    protected override EventLogOptions Options => new() { LockTimeout = TimeSpan.FromSeconds(30), StatementTimeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task An_append_waits_for_the_other_host_and_sees_what_it_committed()
    {
        await AppendedAsync(To("body:1", 0));
        await using var other = await OtherHost.HoldAsync(Database);
        await other.AppendAsync("body:1", expected: 1);
        var waiting = Log.AppendAsync(To("body:1", 1), Ct).AsTask();
        var independent = Log.AppendAsync(To("body:2", 0), Ct).AsTask();
        await UntilWaitingForLockAsync();
        Assert.Equal(1, await Log.LastPositionAsync(Ct));

        await other.CommitAsync();

        Assert.Equal(new AppendResult.VersionConflict("body:1", 1, 2), await waiting);
        Assert.Equal(3, Assert.IsType<AppendResult.Appended>(await independent).FirstPosition);
    }

    [Fact]
    public async Task Positions_that_the_other_host_gave_up_are_given_again()
    {
        await AppendedAsync(To("body:1", 0));
        await using var other = await OtherHost.HoldAsync(Database);
        await other.AppendAsync("body:1", expected: 1);
        var waiting = Log.AppendAsync(To("body:1", 1), Ct).AsTask();
        await UntilWaitingForLockAsync();

        await other.RollBackAsync();

        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(await waiting).FirstPosition);
    }

    [Fact]
    public async Task A_reader_never_sees_a_position_before_all_that_come_before_it()
    {
        await using var other = await OtherHost.HoldAsync(Database);
        await other.AppendAsync("body:1", expected: 0);
        var second = Log.AppendAsync(To("body:2", 0), Ct).AsTask();
        await UntilWaitingForLockAsync();
        Assert.Empty(await Log.ReadPageAsync(0, ct: Ct));

        await other.CommitAsync();
        await second;
        Assert.Equal([1, 2], (await Log.ReadPageAsync(0, ct: Ct)).Select(e => e.Position));
    }

    [Fact]
    public async Task An_instant_that_an_append_in_hand_may_still_precede_is_answered_after_it()
    {
        await using var other = await OtherHost.HoldAsync(Database);
        await other.AppendAsync("body:1", expected: 0);
        var asked = Log.PositionAtAsync(DateTimeOffset.UtcNow.AddSeconds(1), Ct).AsTask();
        await UntilWaitingForLockAsync();
        Assert.False(asked.IsCompleted);

        await other.CommitAsync();

        Assert.Equal(1, await asked);
    }

    [Fact]
    public async Task Two_presidents_cannot_both_be_appointed()
    {
        await AppendedAsync(To("body:1", 0));
        await using var otherHost = new EventLog(Database, Options, TimeProvider.System);
        // Both have read that the office is vacant: version 1 of the body.
        var results = await Task.WhenAll(
            Log.AppendAsync(new AppendRequest(Association, [new("body:1", 1), new("person:1", 0)], [Event("body:1")]), Ct).AsTask(),
            otherHost.AppendAsync(new AppendRequest(Association, [new("body:1", 1), new("person:2", 0)], [Event("body:1")]), Ct).AsTask());

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(new AppendResult.VersionConflict("body:1", 1, 2), Assert.Single(results.OfType<AppendResult.VersionConflict>()));
    }

    [Fact]
    public async Task No_vote_slips_in_after_the_close()
    {
        await AppendedAsync(To("ballot:1", 0));
        await using var other = await OtherHost.HoldAsync(Database);
        await other.AppendAsync("ballot:1", expected: 1);
        var votes = Enumerable.Range(0, 20).Select(i =>
            Log.AppendAsync(new AppendRequest(Association, [new("ballot:1", 1), new($"vote:1:{i}", 0)], [Event($"vote:1:{i}")]), Ct).AsTask()).ToList();
        await UntilWaitingForLockAsync();

        await other.CommitAsync();

        Assert.All(await Task.WhenAll(votes), result => Assert.Equal(new AppendResult.VersionConflict("ballot:1", 1, 2), result));
        Assert.Equal(2, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task Two_hosts_that_write_at_once_keep_one_dense_order()
    {
        await using var otherDatabase = NpgsqlDataSource.Create(Database.ConnectionString);
        await using var otherHost = new EventLog(otherDatabase, Options, TimeProvider.System);
        const int callers = 16, each = 25;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var log = caller % 2 == 0 ? Log : otherHost;
            for (var i = 0; i < each; i++)
            {
                var tenant = i % 3 == 0 ? OtherAssociation : Association;
                Assert.IsType<AppendResult.Appended>(await log.AppendAsync(
                    new AppendRequest(tenant, [new($"a:{caller}:{i}", 0), new($"b:{caller}:{i}", 0)], [Event($"a:{caller}:{i}"), Event($"b:{caller}:{i}")], Command($"{caller}:{i}")), Ct));
            }
        }));

        Assert.Equal(callers * each * 2, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_caller_who_leaves_while_the_append_is_on_its_way_is_told_the_truth()
    {
        await using var other = await OtherHost.HoldAsync(Database);
        using var leaves = new CancellationTokenSource();
        var sent = Log.AppendAsync(To("member:1", 0), leaves.Token).AsTask();
        await UntilWaitingForLockAsync();
        var queued = Log.AppendAsync(To("member:2", 0), leaves.Token).AsTask();

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await other.RollBackAsync();

        Assert.IsType<AppendResult.Appended>(await sent);
        Assert.Equal([("member:1", 1L)], (await Log.ReadPageAsync(0, ct: Ct)).Select(e => (e.Stream, e.Position)));
    }

    [Fact]
    public async Task A_lock_that_is_held_for_too_long_is_reported_and_nothing_is_written()
    {
        await using var impatient = new EventLog(Database, new EventLogOptions { LockTimeout = TimeSpan.FromMilliseconds(20), RetryFor = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        await using (var other = await OtherHost.HoldAsync(Database))
        {
            Assert.Equal(new AppendResult.Unavailable(MayBeWritten: false), await impatient.AppendAsync(To("member:1", 0), Ct));
            await other.RollBackAsync();
        }

        Assert.IsType<AppendResult.Appended>(await impatient.AppendAsync(To("member:1", 0), Ct));
    }

    [Fact]
    public async Task A_full_queue_says_so_and_loses_nothing_that_it_took()
    {
        await using var small = new EventLog(Database, Options with { QueueLength = 10, GroupLength = 1 }, TimeProvider.System);
        await using var other = await OtherHost.HoldAsync(Database);
        var first = small.AppendAsync(To("first", 0), Ct).AsTask();
        await UntilWaitingForLockAsync();
        var more = Enumerable.Range(0, 15).Select(i => small.AppendAsync(To($"member:{i}", 0), Ct).AsTask()).ToList();

        Assert.Equal(5, more.Count(append => append.IsCompletedSuccessfully && append.Result is AppendResult.Overloaded));
        await other.RollBackAsync();

        Assert.IsType<AppendResult.Appended>(await first);
        Assert.Equal(10, (await Task.WhenAll(more)).OfType<AppendResult.Appended>().Count());
        Assert.Equal(11, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_log_that_closes_finishes_what_it_took()
    {
        var log = new EventLog(Database, Options, TimeProvider.System);
        var appends = Enumerable.Range(0, 50).Select(i => log.AppendAsync(To($"member:{i}", 0), Ct).AsTask()).ToList();
        await log.DisposeAsync();
        Assert.All(await Task.WhenAll(appends), result => Assert.IsType<AppendResult.Appended>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.AppendAsync(To("late", 0), Ct));
    }

    private async Task UntilWaitingForLockAsync()
    {
        while (await ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            Ct.ThrowIfCancellationRequested();
    }

    /// <summary>Another host in the middle of its append: it holds the log's lock until it is told to go on.</summary>
    private sealed class OtherHost(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<OtherHost> HoldAsync(NpgsqlDataSource database)
        {
            var connection = await database.OpenConnectionAsync(Ct);
            var transaction = await connection.BeginTransactionAsync(Ct);
            await using var hold = new NpgsqlCommand("select 1 from governance.log_head for update", connection, transaction);
            await hold.ExecuteNonQueryAsync(Ct);
            return new OtherHost(connection, transaction);
        }

        public async Task AppendAsync(string stream, long expected)
        {
            await using var append = new NpgsqlCommand(
                """
                select outcome[1] from governance.append(null, false, array[$1], array[$1], array[$2], array['test'], array[$1], array[1], array[1], array[1],
                    array[null::uuid], array[null::bytea], array[null::bytea], array[1], array[$3], array[$1], array[$2], array[1], array[gen_random_uuid()],
                    array['something_happened'], array['X, Y'], array['{}'::jsonb], array['{}'::jsonb], array[null::text], array[null::text])
                """,
                connection, transaction);
            append.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Association });
            append.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
            append.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
            Assert.Equal(0, (int)(await append.ExecuteScalarAsync(Ct))!);
        }

        public Task CommitAsync() => transaction.CommitAsync(Ct);

        public Task RollBackAsync() => transaction.RollbackAsync(Ct);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <summary>The same of appends that all go the way of a group.</summary>
public sealed class RaceTestsOfGroups : RaceTests
{
    protected override EventLogOptions Options => base.Options with { AppendsAlone = false };
}
