using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Governance.Domain.Kernel;

internal sealed class IdentifierJson<T> : JsonConverter<T> where T : struct, IIdentifier<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
            ? T.Of(value)
            : throw new JsonException($"A {typeof(T).Name} is a UUID.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Guid.TryParseExact(reader.GetString(), "D", out var value) ? T.Of(value) : throw new JsonException($"A {typeof(T).Name} is a UUID.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString("D"));
}

internal sealed class FractionJson : JsonConverter<Fraction>
{
    public override Fraction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Fraction.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("A fraction is a text such as \"2/3\" or \"1\".");

    public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>A fraction that a count came to, as long as it is; what a person writes is bounded by <see cref="Fraction.TryParse"/>.</summary>
internal sealed class ExactFractionJson : JsonConverter<Fraction>
{
    public override Fraction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Fraction.TryParse(reader.GetString(), out var value, int.MaxValue)
            ? value
            : throw new JsonException("A fraction is a text such as \"2/3\" or \"1\".");

    public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class StreamIdJson : JsonConverter<StreamId>
{
    public override StreamId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A stream has a name."));

    public override void Write(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>An object of an ISO 8601 UTC instant and a precision, as headers keep it.</summary>
internal sealed class EffectiveTimeJson : JsonConverter<EffectiveTime>
{
    private sealed record Form(string Instant, Precision Precision);

    public override EffectiveTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("An effective time is an object.");
        return new(Instants.Parse(form.Instant), form.Precision);
    }

    public override void Write(Utf8JsonWriter writer, EffectiveTime value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Form(Instants.Write(value.Instant), value.Precision), options);
}

/// <summary>Instants as text: ISO 8601, UTC, always six decimals, so that one instant has one form.</summary>
public static class Instants
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <exception cref="JsonException">The text is not an instant in UTC with six decimals.</exception>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new JsonException($"{text} is not an instant such as 2023-10-14T08:00:00.000000Z.");
}
