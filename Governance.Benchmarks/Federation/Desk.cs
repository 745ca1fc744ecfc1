using System.Buffers.Binary;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Benchmarks.Federation;

/// <summary>How many events were decided, over all associations: the position of the next, where they are appended in the order in which they were decided.</summary>
internal sealed class Positions
{
    public long Last { get; set; }
}

/// <summary>
/// The streams of one association in memory. What is decided on them is recorded there at once, and waits to be appended: each decision is the domain's own, made
/// on what it would read.
/// </summary>
internal sealed class Desk(AssociationId association, TimeZoneInfo zone, Random chance, Positions positions)
{
    private const int EventsPerAppend = 4_000;

    private readonly Dictionary<StreamId, Timeline> _streams = [];
    private readonly List<(Recorded Recorded, string Command)> _waiting = [];

    public AssociationId Association => association;

    public TimeZoneInfo Zone => zone;

    /// <summary>Named by every event as the version that it was judged under.</summary>
    public StatutesVersionId? Statutes { get; set; }

    /// <summary>The event decided last.</summary>
    public EventId Last => _waiting[^1].Recorded.Id;

    public DateOnly DayOf(EffectiveTime on) => LocalTime.DayOf(on.Instant, zone);

    public EffectiveTime On(DateOnly day) => EffectiveTime.On(day, zone);

    /// <summary>A minute of a day.</summary>
    public EffectiveTime At(DateOnly day, int minutes) => EffectiveTime.At(LocalTime.StartOf(day, zone).AddMinutes(minutes));

    /// <summary>An identifier in the order of time, as the host makes them, from the seed.</summary>
    public T New<T>(EffectiveTime at) where T : struct, IIdentifier<T> => T.Of(New(at.Instant));

    public Timeline<T> Read<T>(StreamId stream) where T : class, IState<T>
    {
        if (_streams.TryGetValue(stream, out var known))
            return (Timeline<T>)known;
        var timeline = new Timeline<T>(stream, 0, []);
        _streams[stream] = timeline;
        return timeline;
    }

    /// <summary>Records what was decided.</summary>
    /// <exception cref="InvalidOperationException">It was refused, or changes nothing: the history asks for what cannot be.</exception>
    public void Take(string command, Decision decision)
    {
        switch (decision)
        {
            case Decision.Accepted accepted:
                foreach (var fact in accepted.Facts)
                    Record(command, fact);
                break;
            case Decision.Refused refused:
                throw new InvalidOperationException($"{command} of {association} was refused: {refused.Refusal}");
            default:
                throw new InvalidOperationException($"{command} of {association} changes nothing.");
        }
    }

    /// <summary>Facts that one stream alone decides on.</summary>
    public void Give<T>(string command, StreamId stream, EffectiveTime on, params IReadOnlyList<IEvent> events) where T : class, IState<T> =>
        Take(command, Read<T>(stream).Accept(on, events));

    /// <summary>Lets streams go that nothing is added to any more.</summary>
    public void Forget(IReadOnlySet<string> kinds)
    {
        foreach (var stream in _streams.Keys.Where(stream => kinds.Contains(stream.Kind)).ToList())
            _streams.Remove(stream);
    }

    /// <summary>What waits, in the order in which it was decided; nothing waits any more.</summary>
    public IReadOnlyList<AppendRequest> Drain()
    {
        var requests = new List<AppendRequest>();
        foreach (var part in _waiting.Chunk(EventsPerAppend))
        {
            var expected = new Dictionary<string, long>(StringComparer.Ordinal);
            var events = new List<NewEvent>(part.Length);
            foreach (var (e, command) in part)
            {
                expected.TryAdd(e.Stream.Value, e.Version - 1);
                events.Add(new(
                    e.Id.Value, e.Stream.Value, e.Stream.Kind, EventCatalogue.All.Name(e.Event), EventCatalogue.DotnetName(e.Event), EventCatalogue.All.Write(e.Event),
                    new EventHeaders(Instants.Write(e.On.Instant), e.On.Precision, "system", command, StatutesVersion: Statutes, Salt: Salt()).Write()));
            }

            requests.Add(new(association.ToString(), [.. expected.Select(e => new StreamVersion(e.Key, e.Value))], events));
        }

        _waiting.Clear();
        return requests;
    }

    private void Record(string command, Fact fact)
    {
        var timeline = _streams[fact.Stream];
        var recorded = new Recorded(EventId.Of(New(fact.On.Instant)), fact.Stream, timeline.Version + 1, ++positions.Last, fact.Event, fact.On, fact.On.Instant);
        _streams[fact.Stream] = timeline.With([recorded]);
        _waiting.Add((recorded, command));
    }

    private Guid New(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private string Salt()
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
