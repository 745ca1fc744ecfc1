using System.Diagnostics;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.Projections;
using Governance.Projections.Runtime;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Read models from the first event, with both timelines, beside the bare read of the same events.</summary>
internal sealed class RebuildBenchmark : Benchmark
{
    private const int Events = 200_000, PerStream = 10, StreamsPerAppend = 50, Rounds = 5;
    private const double AtLeast = 72_000;
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public override string Name => "rebuild";

    public override string Question =>
        $"A read model rebuilt over {Events:#,0} events, all of them its own, {PerStream} to a stream of a member (a late fact and a retraction among them) or of a "
        + "body with its mandates: read, folded again after each event, rows of both timelines copied, indexes made, put in the place of the live one. Beside it "
        + "the bare read of the same events, a page at a time. Runs alternate; medians.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("read model", "events", "rows", "bare read events /s", "rebuild events /s", "share of the bare read", "seconds");
        await MeasureAsync(server, report, new Members(), MemberStream);
        await MeasureAsync(server, report, new Mandates(), BodyStream);
    }

    private static async Task MeasureAsync(PrivatePostgres server, Report report, ReadModel model, Func<int, (StreamId Stream, IReadOnlyList<(Guid Id, IEvent Event, EffectiveTime On)>)> stream)
    {
        await using var database = await NewDatabaseAsync(server);
        var options = new EventLogOptions();
        await using var log = new EventLog(database, options, TimeProvider.System);
        await ReadModelTables.EnsureAsync(database, [model]);
        await WriteAsync(log, stream);
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

    private static async Task WriteAsync(EventLog log, Func<int, (StreamId Stream, IReadOnlyList<(Guid Id, IEvent Event, EffectiveTime On)> Events)> stream)
    {
        for (var first = 0; first < Events / PerStream; first += StreamsPerAppend)
        {
            var streams = Enumerable.Range(first, StreamsPerAppend).Select(stream).ToList();

            // Round after round, so that events of one stream lie far apart in the log, as they do in life.
            var events = Enumerable.Range(0, PerStream).SelectMany(at => streams.Select(s => Stored(s.Stream, s.Events[at])));
            var result = await log.AppendAsync(new AppendRequest(Tenant, [.. streams.Select(s => new StreamVersion(s.Stream.Value, 0))], [.. events]));
            if (result is not AppendResult.Appended)
                throw new InvalidOperationException($"An append was answered {result}.");
        }
    }

    private static NewEvent Stored(StreamId stream, (Guid Id, IEvent Event, EffectiveTime On) e) => new(
        e.Id, stream.Value, stream.Kind, EventCatalogue.All.Name(e.Event), EventCatalogue.DotnetName(e.Event), EventCatalogue.All.Write(e.Event),
        new EventHeaders(Instants.Write(e.On.Instant), e.On.Precision, "0197a000-0000-7000-8000-00000000000c", "RecordFact", Source: "Register, page 12").Write());

    private static (StreamId, IReadOnlyList<(Guid, IEvent, EffectiveTime)>) MemberStream(int number)
    {
        var id = new MemberId(Guid.CreateVersion7());
        var wrong = Guid.CreateVersion7();
        return (Member.Stream(id),
        [
            Fact(2009, new MembershipRequested(id, new MemberName($"Centre {number}"), "Hauts-de-France")),
            Fact(2010, new MemberAdmitted(id, new MemberName($"Centre {number}"), false, "Hauts-de-France", "Founding member")),
            Fact(2013, new MemberRenamed(new MemberName($"Centre of resources {number}"))),
            Fact(2015, new MemberSuspended("Dues of 2014 not paid")),
            Fact(2016, new MemberReinstated()),
            Fact(2012, new MemberRenamed(new MemberName($"Centre of the north {number}"))),
            (wrong, new MemberResigned("Entered on the wrong member"), Year(2018)),
            Fact(2019, new FactRetracted(new EventId(wrong), "Entered by mistake")),
            Fact(2020, new ExclusionNotified("Absent from three assemblies", Year(2021))),
            Fact(2021, new ExclusionDropped("Heard and kept")),
        ]);
    }

    private static (StreamId, IReadOnlyList<(Guid, IEvent, EffectiveTime)>) BodyStream(int number)
    {
        var body = new BodyId(Guid.CreateVersion7());
        var mandates = Enumerable.Range(0, 4).Select(_ => new MandateId(Guid.CreateVersion7())).ToList();
        var wrong = Guid.CreateVersion7();
        return (Body.Stream(body),
        [
            Fact(2010, Appointed(0, coOpted: true)),
            Fact(2010, Appointed(1)),
            Fact(2011, new MandateRatified(mandates[0])),
            Fact(2013, new MandateRenewed(mandates[0], Year(2016))),
            Fact(2012, new MandateEnded(mandates[1], EndReason.Resignation)),
            Fact(2012, Appointed(2)),
            (wrong, new MandateEnded(mandates[2], EndReason.Death), Year(2014)),
            Fact(2015, new FactRetracted(new EventId(wrong), "Another person")),
            Fact(2016, Appointed(3)),
            Fact(2018, new MandateEnded(mandates[3], EndReason.Replaced)),
        ]);

        MandateAppointed Appointed(int at, bool coOpted = false) => new(
            mandates[at], new PersonId(Guid.CreateVersion7()), at == 0 ? Office.President : Office.Seat, coOpted, TermEnds: Year(2013 + (3 * at)));
    }

    private static (Guid, IEvent, EffectiveTime) Fact(int year, IEvent @event) => (Guid.CreateVersion7(), @event, Year(year));

    private static EffectiveTime Year(int year) => EffectiveTime.On(new DateOnly(year, 3, 1), Paris);
}
