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
        // What is written of what was read has to be what was read: no field more, none less, no other form.
        try
        {
            return Parse(leaf) is { } stored && EventEnvelope.Bytes(stored).AsSpan().SequenceEqual(leaf.Span) ? stored : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException)
        {
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
        var reader = new Utf8JsonReader(leaf.Span, new JsonReaderOptions { MaxDepth = 96 });
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
                case "id" when Guid.TryParseExact(reader.GetString(), "D", out var read):
                    id = read;
                    break;
                case "recorded" when DateTimeOffset.TryParseExact(
                    reader.GetString(), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read):
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

        return association is null || stream is null || type is null || id is null || recorded is null || index < 1 || version < 1 || data.IsEmpty || headers.IsEmpty
            ? null
            : new StoredEvent(index, id.Value, association, index, stream, version, type, data, headers, recorded.Value, correlation, causation);
    }
}
