using System.Buffers.Binary;
using System.Text;

namespace Governance.Projections.Runtime;

/// <summary>
/// Fields in the binary form of PostgreSQL's COPY: a length in four bytes, -1 for null, then the value, all big-endian. Rows are compared,
/// stored and checked in this form, so that equal means equal to the byte.
/// </summary>
public sealed class RowWriter
{
    internal static readonly DateTimeOffset PostgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private byte[] _buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public ReadOnlySpan<byte> Slice(int offset, int length) => _buffer.AsSpan(offset, length);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length));
    }

    public void Int16Raw(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    public void Int32Raw(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void Int64Raw(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    public void Null() => Int32Raw(-1);

    public void Bool(bool? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(1);
        Take(1)[0] = known ? (byte)1 : (byte)0;
    }

    public void Int32(int? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(4);
        Int32Raw(known);
    }

    public void Int64(long? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(8);
        Int64Raw(known);
    }

    public void Uuid(Guid? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(16);
        known.TryWriteBytes(Take(16), bigEndian: true, out _);
    }

    public void Uuids(IReadOnlyCollection<Guid> values)
    {
        const int uuidOid = 2950;
        Int32Raw(values.Count == 0 ? 12 : 20 + (values.Count * 20));
        Int32Raw(values.Count == 0 ? 0 : 1);
        Int32Raw(0);
        Int32Raw(uuidOid);
        if (values.Count == 0)
            return;
        Int32Raw(values.Count);
        Int32Raw(1);
        foreach (var value in values)
            Uuid(value);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Int32Raw(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>JSON as UTF-8 text; its first byte in this form is the version of jsonb's own.</summary>
    public void Jsonb(ReadOnlyMemory<byte>? json)
    {
        if (json is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(known.Length + 1);
        Take(1)[0] = 1;
        Raw(known.Span);
    }

    /// <summary>An instant, cut to microseconds.</summary>
    public void Instant(DateTimeOffset? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(8);
        Int64Raw(Microseconds(known));
    }

    public void Date(DateOnly? value)
    {
        if (value is not { } known)
        {
            Null();
            return;
        }

        Int32Raw(4);
        Int32Raw(known.DayNumber - DateOnly.FromDateTime(PostgresEpoch.UtcDateTime).DayNumber);
    }

    /// <summary><c>[from, to)</c> of positions or of microseconds, without end when <paramref name="to"/> is null.</summary>
    public void Range(long from, long? to)
    {
        const byte lowerIncluded = 0x02, upperInfinite = 0x10;
        Int32Raw(to is null ? 13 : 25);
        Take(1)[0] = to is null ? (byte)(lowerIncluded | upperInfinite) : lowerIncluded;
        Int32Raw(8);
        Int64Raw(from);
        if (to is { } end)
        {
            Int32Raw(8);
            Int64Raw(end);
        }
    }

    internal static long Microseconds(DateTimeOffset value) => (value.UtcTicks - PostgresEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private Span<byte> Take(int length)
    {
        if (_buffer.Length - Length < length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        var taken = _buffer.AsSpan(Length, length);
        Length += length;
        return taken;
    }
}
