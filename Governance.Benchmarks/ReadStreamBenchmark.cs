using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>A long stream read and folded into its state, as a command does before it decides.</summary>
internal sealed class ReadStreamBenchmark : Benchmark
{
    private const int Events = 1000, Cold = 20, Times = 200;
    private const double LimitMs = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";

    public override string Name => "read-stream";

    public override string Question =>
        $"A stream of {Events} events of 200 bytes, among others of its length, is read and folded into its state: each event's JSON is parsed into a record. "
        + $"Median of {Times} times, one after the other, once the runtime has compiled what runs often for good, which takes it some seconds; beside it the first {Cold} times of the process.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("events", "first ms", "median ms", "p99 ms");
        await using var database = await NewDatabaseAsync(server);
        await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
        for (var stream = 0; stream < 10; stream++)
            await FillAsync(log, $"roadmap:{stream}");

        var cold = Median(await TimeAsync(log, Cold));
        var warming = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(warming) < WarmUp; i++)
            await OnceAsync(log, i);
        var times = await TimeAsync(log, Times);
        report.Row(
            [$"{Events}", Report.Number(cold, "0.00"), Report.Number(Median(times), "0.00"), Report.Number(times[(int)(times.Length * 0.99)], "0.00")],
            $"median at most {LimitMs} ms", Median(times) <= LimitMs);
    }

    private static async Task<double[]> TimeAsync(EventLog log, int times)
    {
        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var before = Stopwatch.GetTimestamp();
            await OnceAsync(log, i);
            taken[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }

        Array.Sort(taken);
        return taken;
    }

    private static async Task OnceAsync(EventLog log, int turn)
    {
        var state = new Titles(0, "");
        foreach (var e in await log.ReadStreamAsync(Tenant, $"roadmap:{turn % 10}"))
            state = state.With(JsonSerializer.Deserialize<TitleChanged>(e.Data.Span, JsonSerializerOptions.Web)!);
        if (state.Changes != Events)
            throw new InvalidOperationException($"The state was folded from {state.Changes} events instead of {Events}.");
    }

    private static async Task FillAsync(EventLog log, string stream)
    {
        var data = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('x', 188)}}"}""");
        var events = Enumerable.Range(0, Events).Select(_ => new NewEvent(
            Guid.CreateVersion7(), stream, "roadmap", "title_changed", "Governance.Benchmarks.TitleChanged, Governance.Benchmarks", data, """{"actor":"chair"}"""u8.ToArray()));
        if (await log.AppendAsync(new AppendRequest(Tenant, [new StreamVersion(stream, 0)], [.. events])) is not AppendResult.Appended)
            throw new InvalidOperationException("The stream could not be written.");
    }

    private sealed record TitleChanged(string Title);

    private sealed record Titles(int Changes, string Last)
    {
        public Titles With(TitleChanged changed) => new(Changes + 1, changed.Title);
    }
}
