using System.Buffers;
using System.Globalization;

namespace Governance.EventStore.Log;

/// <summary>What is hashed of an event, and exported of it: its envelope in canonical JSON, as PostgreSQL gives it back and before any upcasting.</summary>
public static class EventEnvelope
{
    /// <summary>How the time of recording is written.</summary>
    internal const string RecordedFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The hash of the leaf that an event is.</summary>
    /// <inheritdoc cref="Bytes"/>
    public static byte[] LeafHash(StoredEvent stored) => MerkleTree.LeafHash(Bytes(stored));

    /// <summary>The bytes of the leaf, of which <see cref="MerkleTree.LeafHash"/> is taken.</summary>
    /// <param name="stored">Read as stored, with its place among the association's own events.</param>
    /// <exception cref="InvalidDataException">Data or headers have no canonical form.</exception>
    public static byte[] Bytes(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentOutOfRangeException.ThrowIfLessThan(stored.TenantIndex, 1, nameof(stored));
        var output = new ArrayBufferWriter<byte>(stored.Data.Length + stored.Headers.Length + 384);
        output.Write("{"u8);
        // In order of their names: this is the canonical form already.
        Text("association", stored.Tenant, output);
        if (stored.CausationId is { } causation)
            Text("causation", causation, output);
        if (stored.CorrelationId is { } correlation)
            Text("correlation", correlation, output);
        Name("data", output);
        CanonicalJson.Write(stored.Data, output);
        output.Write(","u8);
        Name("headers", output);
        CanonicalJson.Write(stored.Headers, output);
        output.Write(","u8);
        Text("id", stored.Id.ToString("D"), output);
        Number("index", stored.TenantIndex, output);
        Text("recorded", stored.RecordedAt.UtcDateTime.ToString(RecordedFormat, CultureInfo.InvariantCulture), output);
        Text("stream", stored.Stream, output);
        Text("type", stored.Type, output);
        Name("version", output);
        CanonicalJson.WriteInteger(stored.Version, output);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void Text(string name, string value, ArrayBufferWriter<byte> output)
    {
        Name(name, output);
        CanonicalJson.WriteString(value, output);
        output.Write(","u8);
    }

    private static void Number(string name, long value, ArrayBufferWriter<byte> output)
    {
        Name(name, output);
        CanonicalJson.WriteInteger(value, output);
        output.Write(","u8);
    }

    private static void Name(string name, ArrayBufferWriter<byte> output)
    {
        CanonicalJson.WriteString(name, output);
        output.Write(":"u8);
    }
}
