using System.Security.Cryptography;
using System.Text;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Npgsql;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Appends beside raw inserts of the same rows.</summary>
internal sealed class AppendBenchmark : Benchmark
{
    private const int Rounds = 3;
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    // 200 bytes, as the limit says.
    internal static readonly byte[] Data = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', 188)}}"}""");
    internal static readonly byte[] Headers = """{"actor":"0197a000-0000-7000-8000-00000000000c","command":"admit-member","effective":"2024-01-01T00:00:00.000000Z","precision":"day","transcribed":false}"""u8.ToArray();

    public override string Name => "append";

    public override string Question =>
        "Appends of one event of 200 bytes to a new stream each, every guarantee included (expected version, command key, association's index, dense positions), "
        + "beside raw Npgsql writing the same rows (the stream's and the event's, same indexes, same foreign key, the position from a sequence) by prepared statements, one "
        + "commit an event, with as many connections: as a transaction of two inserts, which the limit is held against, and as one single statement, the least that "
        + "PostgreSQL can be asked. Runs alternate; a ratio is the median of the ratios of neighbours.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns(
            "callers", "raw transaction /s", "raw statement /s", "store /s", "ratio to transaction", "ratio to statement", "raw transaction p99 ms", "store median ms",
            "store p99 ms");
        foreach (var (callers, atLeast) in ((int, double)[])[(1, 1.0), (16, 1.0), (64, 3.0), (256, 4.0)])
        {
            await using var transactionDatabase = await NewDatabaseAsync(server);
            await using var statementDatabase = await NewDatabaseAsync(server);
            await using var storeDatabase = await NewDatabaseAsync(server);
            await using var log = new EventLog(storeDatabase, new EventLogOptions(), TimeProvider.System);
            var transactions = new List<Load.Run>();
            var statements = new List<Load.Run>();
            var stores = new List<Load.Run>();
            for (var round = 0; round < Rounds; round++)
            {
                transactions.Add(await RawAsync(transactionDatabase, callers, RawForm.Transaction));
                if (round == 0)
                    await Load.MeasureAsync(callers, Load.WarmUp, _ => AppendAsync(log));
                stores.Add(await Load.MeasureAsync(callers, Measured, _ => AppendAsync(log)));
                statements.Add(await RawAsync(statementDatabase, callers, RawForm.Statement));
            }

            var ratio = Median(stores.Zip(transactions, (store, other) => store.Rate / other.Rate));
            report.Row(
                [
                    $"{callers}", Report.Number(Median(transactions.Select(run => run.Rate))), Report.Number(Median(statements.Select(run => run.Rate))),
                    Report.Number(Median(stores.Select(run => run.Rate))), Report.Number(ratio, "0.00"),
                    Report.Number(Median(stores.Zip(statements, (store, other) => store.Rate / other.Rate)), "0.00"),
                    Report.Number(Median(transactions.Select(run => run.P99Ms)), "0.00"), Report.Number(Median(stores.Select(run => run.MedianMs)), "0.00"),
                    Report.Number(Median(stores.Select(run => run.P99Ms)), "0.00"),
                ],
                $"ratio to transaction at least {Report.Number(atLeast, "0.0")}", ratio >= atLeast);
        }
    }

    // Connections are few: each run opens its own, gives them back, and waits until the server has let go of them.
    private static async Task<Load.Run> RawAsync(NpgsqlDataSource database, int callers, RawForm form)
    {
        await using var raw = await RawCallers.OpenAsync(database, callers, form);
        await Load.MeasureAsync(callers, Load.WarmUp, raw.InsertAsync);
        return await Load.MeasureAsync(callers, Measured, raw.InsertAsync);
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
}
