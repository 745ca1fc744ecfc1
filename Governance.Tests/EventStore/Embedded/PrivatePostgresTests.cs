using System.Diagnostics;
using System.Threading.Channels;
using Governance.EventStore.Embedded;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore.Embedded;

public sealed class PrivatePostgresTests : IAsyncLifetime
{
    // Not CreateTempSubdirectory: its mode 0700 would hide the data from the unprivileged user of a server started by root.
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"governance-test-{Guid.NewGuid():N}");
    private readonly Channel<PrivatePostgresNotice> _notices = Channel.CreateUnbounded<PrivatePostgresNotice>();
    private readonly List<PrivatePostgres> _started = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_directory);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_started))
            await server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task An_empty_directory_becomes_a_durable_server_that_listens_on_no_network()
    {
        var server = await Start();

        Assert.Equal("on", await Ask(server, "show fsync"));
        Assert.Equal("on", await Ask(server, "show synchronous_commit"));
        Assert.Equal("on", await Ask(server, "show full_page_writes"));
        Assert.Equal("off", await Ask(server, "show jit"));
        Assert.Equal("UTF8", await Ask(server, "show server_encoding"));
        Assert.Equal("on", await Ask(server, "show data_checksums"));
        Assert.Equal("", await Ask(server, "show listen_addresses"));
        Assert.Equal("300", await Ask(server, "show max_connections"));
        Assert.Equal("off", await Ask(server, "show is_superuser"));
    }

    [Fact]
    public async Task What_was_recorded_is_there_after_a_stop_and_a_start()
    {
        var first = await Start();
        await Record(first, "before the stop");
        await first.DisposeAsync();

        var second = await Start();

        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal("before the stop", await Recorded(second));
    }

    [Fact]
    public async Task A_stopped_host_leaves_no_server_behind()
    {
        var server = await Start();
        var process = server.ServerProcessId!.Value;

        await server.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{process}"));
        Assert.Null(server.ServerProcessId);
    }

    [Fact]
    public async Task A_second_host_uses_the_server_of_the_first()
    {
        var first = await Start();
        await Record(first, "by the first");

        var second = await Start();

        Assert.Equal(PrivatePostgresChange.Adopted, (await NextNotice()).Change);
        Assert.Equal(first.ServerProcessId, second.ServerProcessId);
        Assert.Equal("by the first", await Recorded(second));
    }

    [Fact]
    public async Task A_second_host_that_stops_leaves_the_server_to_the_first()
    {
        var first = await Start();
        var process = first.ServerProcessId;
        var second = await Start();

        await second.DisposeAsync();

        Assert.Equal(process, first.ServerProcessId);
        Assert.Equal("1", await Ask(first, "select '1'"));
    }

    [Fact]
    public async Task A_second_host_starts_the_server_again_when_the_first_stops()
    {
        var first = await Start();
        await Record(first, "before the first stopped");
        var second = await Start();
        await NextNotice();

        await first.DisposeAsync();

        Assert.Equal(PrivatePostgresChange.TookOver, (await NextNotice()).Change);
        Assert.Equal("before the first stopped", await Recorded(second));
    }

    [Fact]
    public async Task A_second_host_starts_the_server_again_when_the_first_is_killed()
    {
        var (host, notice) = await HostProcess.StartAsync(_directory, Token);
        using var killed = host;
        var server = await Start(PrivatePostgresChange.Adopted);
        Assert.Equal($"Started {server.ServerProcessId}", notice);
        await Record(server, "acknowledged before the kill");

        await host.KillAsync(Token);

        Assert.Equal(PrivatePostgresChange.TookOver, (await NextNotice()).Change);
        Assert.Equal("acknowledged before the kill", await Recorded(server));
    }

    [Fact]
    public async Task A_host_started_right_after_another_was_killed_finds_everything()
    {
        var (host, _) = await HostProcess.StartAsync(_directory, Token);
        using var killed = host;
        var adopted = await Start(PrivatePostgresChange.Adopted);
        await Record(adopted, "acknowledged before the kill");
        await adopted.DisposeAsync();

        await host.KillAsync(Token);
        var next = await Start();

        Assert.Equal("acknowledged before the kill", await Recorded(next));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_and_has_lost_nothing()
    {
        var server = await Start();
        var before = server.ServerProcessId!.Value;
        await Record(server, "acknowledged before the kill");

        Kill(before);

        Assert.Equal(new(PrivatePostgresChange.Died, before), await NextChange());
        var (change, after) = await NextChange();
        Assert.Equal(PrivatePostgresChange.Started, change);
        Assert.NotEqual(before, after);
        Assert.Equal("acknowledged before the kill", await Recorded(server));
    }

    [Fact]
    public async Task Hosts_that_start_together_on_an_empty_directory_share_one_server()
    {
        var starts = Enumerable.Range(0, 3).Select(_ => PrivatePostgres.StartAsync(_directory, Token)).ToArray();
        _started.AddRange(await Task.WhenAll(starts));

        Assert.Single(_started.Select(server => server.ServerProcessId).Distinct());
        Assert.NotNull(_started[0].ServerProcessId);
    }

    [Fact]
    public async Task A_cluster_whose_making_was_interrupted_is_made_afresh()
    {
        var half = Directory.CreateDirectory(Path.Combine(_directory, "cluster.unfinished", "base"));
        await File.WriteAllTextAsync(Path.Combine(half.Parent!.FullName, "PG_VERSION"), "15\n", Token);

        var server = await Start();

        Assert.Equal("1", await Ask(server, "select '1'"));
        Assert.False(half.Exists && Directory.Exists(half.FullName));
    }

    [Fact]
    public async Task A_stale_process_file_whose_number_is_now_a_strangers_does_not_stop_the_start()
    {
        var first = await Start();
        await Record(first, "before");
        await first.DisposeAsync();
        var stale = string.Join('\n', Environment.ProcessId, Path.Combine(_directory, "cluster"), 0, 5432, "", "", "", "ready", "");
        await File.WriteAllTextAsync(Path.Combine(_directory, "cluster", "postmaster.pid"), stale, Token);

        var second = await Start();

        Assert.Equal("before", await Recorded(second));
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_is_refused_with_what_to_install()
    {
        await (await Start()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, "cluster", "PG_VERSION"), "99\n", Token);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_directory, Token));

        Assert.Contains("apt-get install postgresql-99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_something_else_is_refused_and_left_as_it_was()
    {
        var stranger = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "cluster")).FullName, "letters.txt");
        await File.WriteAllTextAsync(stranger, "kept", Token);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_directory, Token));

        Assert.Contains("is not a PostgreSQL data directory", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(stranger, Token));
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_reported_with_the_end_of_its_log()
    {
        await (await Start()).DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_directory, "cluster", "postgresql.conf"), "shared_buffers = 'a lot'\n", Token);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_directory, Token));

        Assert.Contains("shared_buffers", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with spaces, commas; and accents é")]
    [InlineData("long-0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_path_that_no_socket_address_could_hold_works_as_well(string name)
    {
        var directory = Path.Combine(_directory, name);

        var server = await PrivatePostgres.StartAsync(directory, Token);
        var answer = await Ask(server, "select '1'");
        await server.DisposeAsync();

        var socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        Directory.Delete(socket, recursive: true);
        Assert.Equal("1", answer);
        Assert.False(socket.StartsWith(directory, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_below_a_directory_that_only_its_owner_may_enter_works_as_well()
    {
        var closed = Path.Combine(_directory, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var directory = Path.Combine(closed, "data");

        var first = await PrivatePostgres.StartAsync(directory, Token);
        await Record(first, "kept out of sight");
        await first.DisposeAsync();
        var second = await PrivatePostgres.StartAsync(directory, Token);
        var recorded = await Recorded(second);
        await second.DisposeAsync();

        if (Environment.IsPrivilegedProcess)
            Directory.Delete((await File.ReadAllTextAsync(Path.Combine(directory, "location"), Token)).Trim(), recursive: true);
        Assert.Equal("kept out of sight", recorded);
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_nothing_running()
    {
        using var given = new CancellationTokenSource();
        var start = PrivatePostgres.StartAsync(_directory, given.Token);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

        var next = await Start();
        Assert.Equal("1", await Ask(next, "select '1'"));
    }

    private async Task<PrivatePostgres> Start(PrivatePostgresChange? expected = null)
    {
        var server = await PrivatePostgres.StartAsync(_directory, notice => _notices.Writer.TryWrite(notice), Token);
        _started.Add(server);
        // The first host's own start is of no interest to a test; what follows is.
        if (expected is not null || _started.Count == 1)
            Assert.Equal(expected ?? PrivatePostgresChange.Started, (await NextNotice()).Change);
        return server;
    }

    private async Task<PrivatePostgresNotice> NextNotice() => await _notices.Reader.ReadAsync(Token);

    private async Task<(PrivatePostgresChange Change, int ServerProcessId)> NextChange()
    {
        var notice = await NextNotice();
        return (notice.Change, notice.ServerProcessId);
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    private static Task Record(PrivatePostgres server, string word) =>
        Ask(server, $"create table if not exists words (word text); insert into words values ('{word}'); select word from words");

    private static Task<string> Recorded(PrivatePostgres server) => Ask(server, "select string_agg(word, ',') from words");

    private static async Task<string> Ask(PrivatePostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
