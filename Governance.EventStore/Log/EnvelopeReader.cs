using System.Globalization;
using System.Text.Json;

namespace Governance.EventStore.Log;

/// <summary>Reads back what <see cref="EventEnvelope"/> wrote.</summary>
public static class EnvelopeReader
{
    /// <summary>The event of a leaf; null when the bytes are not a canonical envelope, whole and nothing beside.</summary>
    /// <returns>Its position in the log is not in the envelope: the place among the association's own events stands for it.</returns>
    public static StoredEvent? Read(ReadOnlyMemory<byte> leaf)
    {
        // With every field there, none beside them, and in canonical form, there is one way to write it.
        try
        {
            return CanonicalJson.Is(leaf.Span) ? Parse(leaf) : null;
        }
        catch (InvalidOperationException)
        {
            // A field of another kind.
            return null;
        }
    }

    private static StoredEvent? Parse(ReadOnlyMemory<byte> leaf)
    {
        string? association = null, stream = null, type = null, correlation = null, causation = null;
        ReadOnlyMemory<byte> data = default, headers = default;
        Guid? id = null;
        DateTimeOffset? recorded = null;
        long index = 0, version = 0;
        var reader = new Utf8JsonReader(leaf.Span, new JsonReaderOptions { MaxDepth = CanonicalJson.Depth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            switch (name)
            {
                case "association":
                    association = reader.GetString();
                    break;
                case "stream":
                    stream = reader.GetString();
                    break;
                case "type":
                    type = reader.GetString();
                    break;
                case "correlation":
                    correlation = reader.GetString();
                    break;
                case "causation":
                    causation = reader.GetString();
                    break;
                case "id" when reader.GetString() is { } text && Guid.TryParseExact(text, "D", out var read) && read.ToString("D") == text:
                    id = read;
                    break;
                case "recorded" when DateTimeOffset.TryParseExact(
                    reader.GetString(), EventEnvelope.RecordedFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read):
                    recorded = read;
                    break;
                case "index" when reader.TryGetInt64(out var read):
                    index = read;
                    break;
                case "version" when reader.TryGetInt64(out var read):
                    version = read;
                    break;
                case "data":
                    reader.Skip();
                    data = leaf[from..(int)reader.BytesConsumed];
                    break;
                case "headers":
                    reader.Skip();
                    headers = leaf[from..(int)reader.BytesConsumed];
                    break;
                default:
                    return null;
            }
        }

        return association is null || stream is null || type is null || id is null || recorded is null || index < 1 || version < 1 || data.IsEmpty || headers.IsEmpty || data.Span[0] != (byte)'{' || headers.Span[0] != (byte)'{'
            ? null
            : new StoredEvent(index, id.Value, association, index, stream, version, type, data, headers, recorded.Value, correlation, causation);
    }
}
