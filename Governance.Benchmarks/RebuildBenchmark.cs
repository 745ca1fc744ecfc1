using System.Diagnostics;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.Projections;
using Governance.Projections.Runtime;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Read models from the first event, with both timelines, beside the bare read of the same events.</summary>
internal sealed class RebuildBenchmark : Benchmark
{
    private const int Events = 200_000, Rounds = 5;
    private const double AtLeast = 72_000;

    public override string Name => "rebuild";

    public override string Question =>
        $"A read model rebuilt over {Events:#,0} events, all of them its own, {Histories.PerStream} to a stream of a member (a late fact and a retraction among them) or of a "
        + "body with its mandates: read, folded again after each event, rows of both timelines copied, indexes made, put in the place of the live one. Beside it "
        + "the bare read of the same events, a page at a time. Runs alternate; medians.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("read model", "events", "rows", "bare read events /s", "rebuild events /s", "share of the bare read", "seconds");
        await MeasureAsync(server, report, new Members(), Histories.OfMember);
        await MeasureAsync(server, report, new Mandates(), Histories.OfBody);
    }

    private static async Task MeasureAsync(PrivatePostgres server, Report report, ReadModel model, Func<int, (StreamId Stream, IReadOnlyList<(Guid Id, IEvent Event, EffectiveTime On)>)> stream)
    {
        await using var database = await NewDatabaseAsync(server);
        var options = new EventLogOptions();
        await using var log = new EventLog(database, options, TimeProvider.System);
        await ReadModelTables.EnsureAsync(database, [model]);
        await Histories.WriteAsync(log, Events, stream);
        var rebuild = new Rebuild(database, log, options, EventCatalogue.All);
        await rebuild.RunAsync(model);
        await ReadAsync(log);

        var reads = new List<double>();
        var rebuilds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = Stopwatch.GetTimestamp();
            await ReadAsync(log);
            reads.Add(Events / Stopwatch.GetElapsedTime(before).TotalSeconds);

            before = Stopwatch.GetTimestamp();
            var rebuilt = await rebuild.RunAsync(model);
            rebuilds.Add(Events / Stopwatch.GetElapsedTime(before).TotalSeconds);
            if (rebuilt.Events != Events || rebuilt.Stopped.Count != 0)
                throw new InvalidOperationException($"{rebuilt.Events} events were taken in instead of {Events}.");
        }

        await using var count = database.CreateCommand($"select count(*) from {model.Table}");
        var (read, rate) = (Median(reads), Median(rebuilds));
        report.Row(
            [
                model.Name, Report.Number(Events), Report.Number((long)(await count.ExecuteScalarAsync())!), Report.Number(read), Report.Number(rate),
                Report.Number(rate / read, "0.00"), Report.Number(Events / rate, "0.00"),
            ],
            $"at least {Report.Number(AtLeast)} /s", rate >= AtLeast);
    }

    private static async Task ReadAsync(EventLog log)
    {
        var last = 0L;
        await foreach (var e in log.ReadAllAsync(0))
        {
            if (e.Position != last + 1)
                throw new InvalidOperationException($"Position {e.Position} follows {last}.");
            last = e.Position;
        }

        if (last != Events)
            throw new InvalidOperationException($"{last} events were read instead of {Events}.");
    }
}
