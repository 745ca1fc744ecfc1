using System.Threading.Channels;
using Governance.Api.Kernel.Hosting;
using Governance.EventStore;
using Governance.Tests.EventStore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Governance.Tests.Api.Hosting;

/// <summary>Keys of commands are forgotten after thirty days, by a host that runs for longer.</summary>
public sealed class CommandKeyExpiryTests : LogTest
{
    protected override EventLogOptions Options => new() { PurgedAtOnce = 2 };

    [Fact]
    public async Task A_host_that_runs_on_forgets_a_key_after_thirty_days_and_not_before()
    {
        var clock = new Clock(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using var log = new EventLog(Database, Options, clock);
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(To("member:1", 0, command: Command("first")), Ct));
        var purged = new Said();
        using var expiry = new CommandKeyExpiry(log, clock, purged);
        await expiry.StartAsync(Ct);
        Assert.Equal("Round done: 0", await purged.NextAsync(Ct));

        for (var day = 1; day <= 30; day++)
        {
            clock.Pass(CommandKeyExpiry.Every);
            Assert.Equal("Round done: 0", await purged.NextAsync(Ct));
        }

        Assert.NotNull(await log.FindCommandAsync(Association, Command("first"), Ct));
        clock.Pass(CommandKeyExpiry.Every);
        Assert.Equal("Round done: 1", await purged.NextAsync(Ct));
        Assert.Null(await log.FindCommandAsync(Association, Command("first"), Ct));
        await expiry.StopAsync(Ct);
    }

    [Fact]
    public async Task More_keys_than_fit_one_transaction_are_all_deleted_save_what_another_host_is_deleting()
    {
        for (var i = 1; i <= 6; i++)
            await AppendedAsync(To($"member:{i}", 0, command: Command($"key {i}")));
        await ExecuteAsync("update governance.command set created = created - interval '31 days'");
        await using var other = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await other.BeginTransactionAsync(Ct);
        await using (var delete = new Npgsql.NpgsqlCommand("delete from governance.command where first_position = 1", other, transaction))
            await delete.ExecuteNonQueryAsync(Ct);

        Assert.Equal(5, await Log.PurgeCommandsAsync(Ct));
        await transaction.CommitAsync(Ct);
        Assert.Equal(0, await Log.PurgeCommandsAsync(Ct));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from governance.command"));
    }

    /// <summary>What the worker logs, in order: how the test learns that it has done its round.</summary>
    private sealed class Said : ILogger<CommandKeyExpiry>
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public ValueTask<string> NextAsync(CancellationToken ct) => _lines.Reader.ReadAsync(ct);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Writer.TryWrite(formatter(state, exception));
    }
}
