using System.Globalization;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Projections.Runtime;

/// <summary>Stored bytes to events of the domain.</summary>
internal static class EventReader
{
    /// <exception cref="JsonException">Data or headers are not of the shape that they must have.</exception>
    public static Recorded Read(EventCatalogue catalogue, StoredEvent e) => new(
        new EventId(e.Id), new StreamId(e.Stream), e.Version, e.Position, catalogue.Read(e.Type, e.Data.Span), EffectiveOf(e.Headers.Span), e.RecordedAt);

    /// <summary>Only what orders events is read from the headers; the rest of them is skipped unread.</summary>
    public static EffectiveTime EffectiveOf(ReadOnlySpan<byte> headers)
    {
        var reader = new Utf8JsonReader(headers);
        DateTimeOffset? instant = null;
        Precision? precision = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("effective"u8))
            {
                reader.Read();
                instant = InstantOf(ref reader);
            }
            else if (reader.ValueTextEquals("precision"u8))
            {
                reader.Read();
                precision = PrecisionOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return instant is { } at && precision is { } known
            ? new EffectiveTime(at, known)
            : throw new JsonException("Headers name no effective time with its precision.");
    }

    private static Precision PrecisionOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("day"u8) ? Precision.Day
        : reader.ValueTextEquals("instant"u8) ? Precision.Instant
        : Choices<Precision>.Value(reader.GetString() ?? throw new JsonException("A precision is a text."));

    // "2023-10-14T08:00:00.000000Z": one fixed form (Instants), so digits are taken from their places.
    private static DateTimeOffset InstantOf(ref Utf8JsonReader reader)
    {
        var text = reader.HasValueSequence || reader.ValueIsEscaped ? default : reader.ValueSpan;
        if (text.Length == 27 && text[10] == 'T' && text[19] == '.' && text[26] == 'Z'
            && Number(text[..4], out var year) && Number(text[5..7], out var month) && Number(text[8..10], out var day)
            && Number(text[11..13], out var hour) && Number(text[14..16], out var minute) && Number(text[17..19], out var second)
            && Number(text[20..26], out var microseconds)
            && year > 0 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60)
        {
            return new DateTimeOffset(
                new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        }

        return Instants.Parse(reader.GetString() ?? throw new JsonException("An effective time is a text."));
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
