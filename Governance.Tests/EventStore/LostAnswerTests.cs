using Governance.EventStore;
using Governance.EventStore.Vault;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>Connections that break at the worst moment: whoever was answered was answered the truth, and nothing is written twice.</summary>
public class LostAnswerTests : LogTest
{
    private LossyProxy _proxy = null!;
    private NpgsqlDataSource _throughProxy = null!;
    private EventLog _log = null!;

    protected override EventLogOptions Options => new() { RetryFor = TimeSpan.FromSeconds(30), HintAfter = null };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var direct = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        _proxy = new LossyProxy($"{direct.Host}/.s.PGSQL.{direct.Port}");
        // What is read goes directly, so that the answers that are lost are those to appends.
        _throughProxy = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Host = "127.0.0.1", Port = _proxy.Port });
        _log = new EventLog(_throughProxy, Options, TimeProvider.System);
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(To("first", 0), Ct));
    }

    public override async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _throughProxy.DisposeAsync();
        await _proxy.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_append_whose_answer_was_lost_is_found_and_answered_as_written()
    {
        var request = To("member:1", 0, events: 2, command: Command("k"));
        _proxy.LoseAnswers(1);

        var result = Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(request, Ct));

        Assert.Equal(1, _proxy.AnswersLost);
        Assert.Equal((2, 3), (result.FirstPosition, result.LastPosition));
        Assert.Equal([new StreamVersion("member:1", 2)], result.Versions);
        var written = await Log.ReadStreamAsync(Association, "member:1", ct: Ct);
        Assert.Equal(request.Events.Select(e => e.Id), written.Select(e => e.Id));
        Assert.Equal(written[0].RecordedAt, result.RecordedAt);
    }

    [Fact]
    public async Task Of_a_group_whose_answer_was_lost_each_is_answered_by_itself()
    {
        // Held by another host, so that all of them wait and are sent as one group.
        await using var other = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await other.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("select 1 from governance.log_head for update", other, transaction))
            await hold.ExecuteNonQueryAsync(Ct);
        var leading = _log.AppendAsync(To("leading", 0), Ct).AsTask();
        var good = Enumerable.Range(0, 10).Select(i => _log.AppendAsync(To($"member:{i}", 0, command: Command($"{i}")), Ct).AsTask()).ToList();
        var stale = _log.AppendAsync(To("first", 0), Ct).AsTask();
        _proxy.LoseAnswers(1);
        await transaction.CommitAsync(Ct);

        Assert.IsType<AppendResult.Appended>(await leading);
        _proxy.LoseAnswers(1);
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(new AppendResult.VersionConflict("first", 0, 1), await stale);
        Assert.Equal(12, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_signing_whose_answer_was_lost_is_there_once_with_its_paper_and_so_is_a_change_of_it()
    {
        var (ballot, key) = (Guid.CreateVersion7(), new byte[32]);
        var papers = new SealedPapers(Database);
        _proxy.LoseAnswers(1);
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(To("signing:1", 0) with { Papers = new(ballot, key, "first"u8.ToArray()) }, Ct));
        Assert.Equal("first"u8.ToArray(), await papers.FindAsync(Association, ballot, key, Ct));

        _proxy.LoseAnswers(1);
        Assert.IsType<AppendResult.Appended>(
            await _log.AppendAsync(new AppendRequest(Association, [new("signing:1", 1)], [], Papers: new(ballot, key, "second"u8.ToArray())), Ct));

        Assert.Equal(2, _proxy.AnswersLost);
        Assert.Equal("second"u8.ToArray(), await papers.FindAsync(Association, ballot, key, Ct));
        Assert.Equal(2, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_check_that_writes_nothing_is_simply_made_again()
    {
        _proxy.LoseAnswers(1);
        Assert.Equal(1, Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(new AppendRequest(Association, [new("first", 1)], []), Ct)).LastPosition);
    }

    [Fact]
    public async Task A_session_that_the_server_ends_is_replaced()
    {
        for (var i = 0; i < 5; i++)
        {
            // Not the server's own workers, which come by at times and are not this user's to end.
            await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()");
            Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(To($"member:{i}", 0), Ct));
        }
    }

    [Fact]
    public async Task While_no_answer_can_be_learned_the_caller_is_told_that_it_may_be_written()
    {
        await using var impatient = new EventLog(_throughProxy, Options with { RetryFor = TimeSpan.Zero }, TimeProvider.System);
        Assert.IsType<AppendResult.Appended>(await impatient.AppendAsync(To("second", 0), Ct));
        _proxy.LoseAnswers(1);

        Assert.Equal(new AppendResult.Unavailable(MayBeWritten: true), await impatient.AppendAsync(To("member:1", 0, command: Command("k")), Ct));
        Assert.IsType<AppendResult.CommandRepeated>(await impatient.AppendAsync(To("member:1", 0, command: Command("k")), Ct));
    }
}

/// <summary>The same of appends that all go the way of a group.</summary>
public sealed class LostAnswerTestsOfGroups : LostAnswerTests
{
    protected override EventLogOptions Options => base.Options with { AppendsAlone = false };
}
