using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Api.Proofs.Bundles;

/// <summary>An event that is read only when it is asked for.</summary>
internal sealed record KeptEvent(Guid Id, string Type, ReadOnlyMemory<byte> Data, EffectiveTime On, long Version, long Index, DateTimeOffset RecordedAt)
{
    public static KeptEvent Of(StoredEvent stored) => new(
        stored.Id, stored.Type, stored.Data, EventHeaders.Read(stored.Headers.Span).On, stored.Version, stored.TenantIndex, stored.RecordedAt);

    public Recorded Read(StreamId stream) => new(EventId.Of(Id), stream, Version, Index, EventCatalogue.All.Read(Type, Data.Span), On, RecordedAt);
}

/// <summary>
/// The events of many streams, of which few are ever asked for: copied one after the other into large blocks, each with the place of the one before it in its
/// stream. As objects they would take three times the memory.
/// </summary>
internal sealed class KeptEvents
{
    private const int BlockBytes = 1 << 20;
    private const int FixedBytes = 68;
    private const long None = -1;

    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly List<string> _types = [];
    private readonly Dictionary<string, int> _typeAt = new(StringComparer.Ordinal);
    private readonly List<byte[]> _blocks = [];
    private int _used = BlockBytes;

    /// <summary>Copies the next event of a stream; what it was read from is not held.</summary>
    public void Add(string stream, KeptEvent kept)
    {
        var place = Room(FixedBytes + kept.Data.Length);
        ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, stream, out var known);
        var bytes = At(place);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, known ? last : None);
        kept.Id.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], TypeOf(kept.Type));
        BinaryPrimitives.WriteInt64LittleEndian(bytes[28..], kept.On.Instant.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], (int)kept.On.Precision);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], kept.Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], kept.Index);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[56..], kept.RecordedAt.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[64..], kept.Data.Length);
        kept.Data.Span.CopyTo(bytes[FixedBytes..]);
        last = place;
    }

    /// <summary>The events of a stream, in order.</summary>
    public List<Recorded> Of(StreamId stream)
    {
        var events = new List<Recorded>();
        for (var place = _last.GetValueOrDefault(stream.Value, None); place != None; place = BinaryPrimitives.ReadInt64LittleEndian(At(place)))
            events.Add(Read(place).Read(stream));
        events.Reverse();
        return events;
    }

    private KeptEvent Read(long place)
    {
        ReadOnlySpan<byte> bytes = At(place);
        return new KeptEvent(
            new Guid(bytes[8..24]),
            _types[BinaryPrimitives.ReadInt32LittleEndian(bytes[24..])],
            bytes.Slice(FixedBytes, BinaryPrimitives.ReadInt32LittleEndian(bytes[64..])).ToArray(),
            new EffectiveTime(Instant(bytes[28..]), (Precision)BinaryPrimitives.ReadInt32LittleEndian(bytes[36..])),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            Instant(bytes[56..]));
    }

    private static DateTimeOffset Instant(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt64LittleEndian(bytes), TimeSpan.Zero);

    private int TypeOf(string type)
    {
        if (!_typeAt.TryGetValue(type, out var at))
        {
            _types.Add(type);
            _typeAt.Add(type, at = _types.Count - 1);
        }

        return at;
    }

    private Span<byte> At(long place) => _blocks[(int)(place / BlockBytes)].AsSpan((int)(place % BlockBytes));

    /// <summary>Where so many bytes may be written; an event longer than a block gets one of its own.</summary>
    private long Room(int length)
    {
        if (_used + length > BlockBytes)
        {
            _blocks.Add(new byte[Math.Max(BlockBytes, length)]);
            _used = 0;
        }

        var place = ((_blocks.Count - 1L) * BlockBytes) + _used;
        _used += length;
        return place;
    }
}
