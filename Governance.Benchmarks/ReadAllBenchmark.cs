using System.Diagnostics;
using System.Text;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>The whole log read in order: what any rebuild costs at least.</summary>
internal sealed class ReadAllBenchmark : Benchmark
{
    private const int Events = 200_000, PerAppend = 500, Rounds = 5;
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";

    public override string Name => "read-all";

    public override string Question => $"{Events:#,0} events of 200 bytes read in order of position, a page at a time, on one connection: what any rebuild costs at least.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("events", "events /s (median of 5)");
        await using var database = await NewDatabaseAsync(server);
        await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
        var data = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', 188)}}"}""");
        for (var i = 0; i < Events / PerAppend; i++)
        {
            var stream = $"member:{i}";
            var events = Enumerable.Range(0, PerAppend).Select(_ => new NewEvent(
                Guid.CreateVersion7(), stream, "member", "title_changed", "Governance.Benchmarks.TitleChanged, Governance.Benchmarks", data, """{"actor":"chair"}"""u8.ToArray()));
            if (await log.AppendAsync(new AppendRequest(Tenant, [new StreamVersion(stream, 0)], [.. events])) is not AppendResult.Appended)
                throw new InvalidOperationException("The log could not be written.");
        }

        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = Stopwatch.GetTimestamp();
            var last = 0L;
            await foreach (var e in log.ReadAllAsync(0))
            {
                if (e.Position != last + 1)
                    throw new InvalidOperationException($"Position {e.Position} follows {last}.");
                last = e.Position;
            }

            if (last != Events)
                throw new InvalidOperationException($"{last} events were read instead of {Events}.");
            rates.Add(Events / Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        report.Row([Report.Number(Events), Report.Number(Median(rates))], "none: it is the limit of others", null);
    }
}
