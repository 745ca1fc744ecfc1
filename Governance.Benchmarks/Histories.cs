using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.EventStore;

namespace Governance.Benchmarks;

/// <summary>Histories of members and bodies, ten events a stream, with late facts and retractions among them.</summary>
internal static class Histories
{
    public const int PerStream = 10;

    public const string Tenant = "0197a000-0000-7000-8000-000000000001";

    private const int StreamsPerAppend = 50;
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Appends as many events, round after round of streams.</summary>
    public static async Task WriteAsync(EventLog log, int events, Func<int, (StreamId Stream, IReadOnlyList<(Guid Id, IEvent Event, EffectiveTime On)> Events)> stream)
    {
        for (var first = 0; first < events / PerStream; first += StreamsPerAppend)
        {
            var streams = Enumerable.Range(first, StreamsPerAppend).Select(stream).ToList();

            // Round after round, so that events of one stream lie far apart in the log, as they do in life.
            var appended = Enumerable.Range(0, PerStream).SelectMany(at => streams.Select(s => Stored(s.Stream, s.Events[at])));
            var result = await log.AppendAsync(new AppendRequest(Tenant, [.. streams.Select(s => new StreamVersion(s.Stream.Value, 0))], [.. appended]));
            if (result is not AppendResult.Appended)
                throw new InvalidOperationException($"An append was answered {result}.");
        }
    }

    private static NewEvent Stored(StreamId stream, (Guid Id, IEvent Event, EffectiveTime On) e) => new(
        e.Id, stream.Value, stream.Kind, EventCatalogue.All.Name(e.Event), EventCatalogue.DotnetName(e.Event), EventCatalogue.All.Write(e.Event),
        new EventHeaders(Instants.Write(e.On.Instant), e.On.Precision, "0197a000-0000-7000-8000-00000000000c", "RecordFact", Source: "Register, page 12").Write());

    public static (StreamId, IReadOnlyList<(Guid, IEvent, EffectiveTime)>) OfMember(int number)
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

    public static (StreamId, IReadOnlyList<(Guid, IEvent, EffectiveTime)>) OfBody(int number)
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
