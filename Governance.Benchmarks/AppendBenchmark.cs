using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Npgsql;
using NpgsqlTypes;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Appends beside raw inserts of the same rows.</summary>
internal sealed class AppendBenchmark : Benchmark
{
    private const int Rounds = 3;
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1), WarmUp = TimeSpan.FromSeconds(1);

    // 200 bytes, as the limit says.
    private static readonly byte[] Data = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', 188)}}"}""");
    private static readonly byte[] Headers = """{"actor":"0197a000-0000-7000-8000-00000000000c","command":"admit-member","effective":"2024-01-01T00:00:00.000000Z","precision":"day","transcribed":false}"""u8.ToArray();

    public override string Name => "append";

    public override string Question =>
        "Appends of one event of 200 bytes to a new stream each, every guarantee included (expected version, command key, association's index, dense positions), "
        + "beside raw Npgsql writing the same rows (the stream's and the event's, with the same indexes and the same foreign key, the position from a sequence) in one "
        + "prepared statement and one commit each, with as many connections. Runs alternate; the ratio is the median of the ratios of neighbours.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("callers", "raw /s", "store /s", "ratio", "raw median ms", "raw p99 ms", "store median ms", "store p99 ms");
        foreach (var (callers, atLeast) in ((int, double)[])[(1, 1.0), (16, 1.0), (64, 3.0), (256, 4.0)])
        {
            await using var rawDatabase = await NewDatabaseAsync(server);
            await using var storeDatabase = await NewDatabaseAsync(server);
            await ExecuteAsync(rawDatabase, "create sequence raw_position; ");
            await using var log = new EventLog(storeDatabase, new EventLogOptions(), TimeProvider.System);
            await using var raw = await RawCallers.OpenAsync(rawDatabase, callers);
            await MeasureAsync(callers, WarmUp, raw.InsertAsync);
            await MeasureAsync(callers, WarmUp, _ => AppendAsync(log));

            var raws = new List<Run>();
            var stores = new List<Run>();
            for (var round = 0; round < Rounds; round++)
            {
                raws.Add(await MeasureAsync(callers, Measured, raw.InsertAsync));
                stores.Add(await MeasureAsync(callers, Measured, _ => AppendAsync(log)));
            }

            var ratio = Median(stores.Zip(raws, (store, other) => store.Rate / other.Rate));
            report.Row(
                [
                    $"{callers}", Report.Number(Median(raws.Select(run => run.Rate))), Report.Number(Median(stores.Select(run => run.Rate))), Report.Number(ratio, "0.00"),
                    Report.Number(Median(raws.Select(run => run.MedianMs)), "0.00"), Report.Number(Median(raws.Select(run => run.P99Ms)), "0.00"),
                    Report.Number(Median(stores.Select(run => run.MedianMs)), "0.00"), Report.Number(Median(stores.Select(run => run.P99Ms)), "0.00"),
                ],
                $"ratio at least {Report.Number(atLeast, "0.0")}", ratio >= atLeast);
        }
    }

    private static async Task AppendAsync(EventLog log)
    {
        var id = Guid.CreateVersion7();
        var stream = "member:" + id.ToString("D");
        var result = await log.AppendAsync(new AppendRequest(
            Tenant, [new StreamVersion(stream, 0)],
            [new NewEvent(id, stream, "member", "member_admitted", "Governance.Domain.Members.MemberAdmitted, Governance.Domain", Data, Headers)],
            new CommandKey("0197a000-0000-7000-8000-00000000000c", id.ToString("N"), SHA256.HashData(id.ToByteArray()))));
        if (result is not AppendResult.Appended)
            throw new InvalidOperationException($"An append was answered {result}.");
    }

    private static async Task<Run> MeasureAsync(int callers, TimeSpan duration, Func<int, Task> once)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (true)
            {
                var before = Stopwatch.GetTimestamp();
                if (before >= end)
                    return own;
                await once(caller);
                own.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(own => own).Order().ToArray();
        return new Run(all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Run(double Rate, double MedianMs, double P99Ms);

    /// <summary>A connection and a prepared statement for each caller.</summary>
    private sealed class RawCallers : IAsyncDisposable
    {
        private readonly List<NpgsqlCommand> _commands = [];

        public static async Task<RawCallers> OpenAsync(NpgsqlDataSource database, int callers)
        {
            var raw = new RawCallers();
            for (var i = 0; i < callers; i++)
            {
                var command = new NpgsqlCommand(
                    """
                    with stream as (
                        insert into mt_streams (tenant_id, id, type, version) values ($1, $2, 'member', 1))
                    insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers)
                    values (nextval('raw_position'), $3, $2, 1, $4, 'member_admitted', now(), $1, 'Governance.Domain.Members.MemberAdmitted, Governance.Domain', $5)
                    """,
                    await database.OpenConnectionAsync());
                command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = Tenant });
                command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text });
                command.Parameters.Add(new NpgsqlParameter<Guid>());
                command.Parameters.Add(new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = Data });
                command.Parameters.Add(new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = Headers });
                await command.PrepareAsync();
                raw._commands.Add(command);
            }

            return raw;
        }

        public async Task InsertAsync(int caller)
        {
            var command = _commands[caller];
            var id = Guid.CreateVersion7();
            ((NpgsqlParameter<string>)command.Parameters[1]).TypedValue = "member:" + id.ToString("D");
            ((NpgsqlParameter<Guid>)command.Parameters[2]).TypedValue = id;
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var command in _commands)
            {
                await command.Connection!.DisposeAsync();
                await command.DisposeAsync();
            }
        }
    }
}
