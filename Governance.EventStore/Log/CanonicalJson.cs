using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Governance.EventStore.Log;

/// <summary>
/// The canonical form of JSON (RFC 8785) for JSON whose numbers are integers: members in order of their names' UTF-16 code units, no white space,
/// one way to write each string. Fractions are no numbers here, so that no two programs differ over floating point.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The largest integer, 2^53 - 1: every program reads it as the same number.</summary>
    public const long LargestInteger = (1L << 53) - 1;

    // An event may be 64 deep where it is appended, and its envelope is around it.
    internal const int Depth = 96;

    // Of one object, sorted one by one.
    private const int MostMembers = 32;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = Depth };

    /// <summary>The canonical form, UTF-8.</summary>
    /// <exception cref="InvalidDataException">It is not JSON in UTF-8, has a name twice, a lone surrogate, or a number that is no integer below 2^53.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        Write(json, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>True when the bytes are JSON in its canonical form already. In one pass and without a copy: whoever checks a long log asks it of every event.</summary>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        // By depth: where the last name began and how long it is, and how many members or items there were.
        Span<int> nameAt = stackalloc int[Depth + 2], nameLength = stackalloc int[Depth + 2], count = stackalloc int[Depth + 2];
        var length = 0L;
        try
        {
            while (reader.Read())
            {
                var depth = reader.CurrentDepth;
                if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName) && depth > 0 && nameLength[depth] < 0)
                    length += count[depth]++ > 0 ? 1 : 0;
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                    case JsonTokenType.StartArray:
                        // A length of -1 says that there are no names here: it is a list.
                        (nameLength[depth + 1], count[depth + 1]) = (reader.TokenType == JsonTokenType.StartArray ? -1 : 0, 0);
                        length++;
                        break;
                    case JsonTokenType.EndObject:
                    case JsonTokenType.EndArray:
                        length++;
                        break;
                    case JsonTokenType.PropertyName:
                        var name = reader.ValueSpan;
                        // Names are ours, and plain: others are put through the long way.
                        if (reader.ValueIsEscaped || !Ascii.IsValid(name))
                            return IsTheLongWay(json);
                        if (count[depth]++ > 0)
                        {
                            length++;
                            if (json.Slice(nameAt[depth], nameLength[depth]).SequenceCompareTo(name) >= 0)
                                return false;
                        }

                        (nameAt[depth], nameLength[depth]) = ((int)reader.TokenStartIndex + 1, name.Length);
                        length += name.Length + 3;
                        break;
                    case JsonTokenType.String:
                        if (reader.ValueIsEscaped)
                            return IsTheLongWay(json);
                        length += reader.ValueSpan.Length + 2;
                        break;
                    case JsonTokenType.Number:
                        if (!IsCanonicalNumber(ref reader))
                            return false;
                        length += reader.ValueSpan.Length;
                        break;
                    default:
                        length += reader.ValueSpan.Length;
                        break;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        // White space is what is there beside the tokens and what parts them.
        return length == json.Length && System.Text.Unicode.Utf8.IsValid(json);
    }

    private static bool IsTheLongWay(ReadOnlySpan<byte> json)
    {
        var given = json.ToArray();
        try
        {
            return Of(given).AsSpan().SequenceEqual(given);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    internal static void Write(ReadOnlyMemory<byte> json, ArrayBufferWriter<byte> output)
    {
        if (IsPlain(json.Span))
            WritePlain(json.Span, output);
        else
            WriteTheLongWay(json, output);
    }

    /// <summary>
    /// True for JSON whose names are ASCII without escapes and each there once, whose strings are without escapes and whose numbers have a canonical form: then its tokens
    /// are canonical, and only their order and what stands between them may not be. Almost every event is so. Objects with many members are sorted the other way.
    /// </summary>
    private static bool IsPlain(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
            return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        Span<int> count = stackalloc int[Depth + 2];
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    count[reader.CurrentDepth + 1] = 0;
                if (reader.TokenType switch
                {
                    JsonTokenType.PropertyName => reader.ValueIsEscaped || !Ascii.IsValid(reader.ValueSpan) || ++count[reader.CurrentDepth] > MostMembers,
                    JsonTokenType.String => reader.ValueIsEscaped,
                    JsonTokenType.Number => !IsCanonicalNumber(ref reader),
                    _ => false,
                })
                    return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WritePlain(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WritePlainMembers(value, ref reader, output);
                break;
            case JsonTokenType.StartArray:
                output.Write("["u8);
                for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
                {
                    output.Write(first ? [] : ","u8);
                    var from = (int)reader.TokenStartIndex;
                    reader.Skip();
                    WritePlain(value[from..(int)reader.BytesConsumed], output);
                }

                output.Write("]"u8);
                break;
            default:
                output.Write(value[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
                break;
        }
    }

    private static void WritePlainMembers(ReadOnlySpan<byte> value, ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        var members = ArrayPool<(int Name, int NameEnd, int Value, int ValueEnd)>.Shared.Rent(MostMembers);
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = ((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2);
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            // Sorted as they come: there are few, and PostgreSQL gives them in an order of its own, shorter names first.
            var member = (name.Item1, name.Item2, from, (int)reader.BytesConsumed);
            var at = count++;
            for (; at > 0; at--)
            {
                var order = NameOf(value, members[at - 1]).SequenceCompareTo(NameOf(value, member));
                if (order == 0)
                    throw new InvalidDataException($"The name {Encoding.ASCII.GetString(NameOf(value, member))} is there twice.");
                if (order < 0)
                    break;
                members[at] = members[at - 1];
            }

            members[at] = member;
        }

        output.Write("{"u8);
        for (var i = 0; i < count; i++)
        {
            var member = members[i];
            output.Write(i == 0 ? [] : ","u8);
            output.Write(value[member.Name..member.NameEnd]);
            output.Write(":"u8);
            WritePlain(value[member.Value..member.ValueEnd], output);
        }

        output.Write("}"u8);
        ArrayPool<(int, int, int, int)>.Shared.Return(members);

        static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> value, (int Name, int NameEnd, int, int) member) => value[(member.Name + 1)..(member.NameEnd - 1)];
    }

    private static bool IsCanonicalNumber(ref Utf8JsonReader reader) =>
        reader.ValueSpan.IndexOfAny(".eE"u8) < 0 && reader.TryGetInt64(out var number) && number is >= -LargestInteger and <= LargestInteger
        && (number != 0 || reader.ValueSpan.Length == 1);

    private static void WriteTheLongWay(ReadOnlyMemory<byte> json, ArrayBufferWriter<byte> output)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            Write(document.RootElement, output);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"This is not JSON: {fault.Message}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException("A string holds half of a surrogate pair, or bytes that are not UTF-8.", fault);
        }
    }

    internal static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = rest.IndexOfAny(Escaped);
            if (plain < 0)
                plain = rest.Length;
            Encoding.UTF8.GetBytes(rest[..plain], output);
            if (plain == rest.Length)
                break;
            output.Write(rest[plain] switch
            {
                '"' => "\\\""u8,
                '\\' => "\\\\"u8,
                '\b' => "\\b"u8,
                '\t' => "\\t"u8,
                '\n' => "\\n"u8,
                '\f' => "\\f"u8,
                '\r' => "\\r"u8,
                var control => Encoding.ASCII.GetBytes($"\\u{(int)control:x4}"),
            });
            rest = rest[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\']);

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                var first = true;
                output.Write("["u8);
                foreach (var item in element.EnumerateArray())
                {
                    output.Write(first ? [] : ","u8);
                    first = false;
                    Write(item, output);
                }

                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                if (!element.TryGetInt64(out var number) || element.GetRawText().AsSpan().IndexOfAny(".eE") >= 0 || number is < -LargestInteger or > LargestInteger)
                    throw new InvalidDataException($"{element.GetRawText()} is no integer below 2^53.");
                WriteInteger(number, output);
                break;
            default:
                output.Write(element.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                break;
        }
    }

    internal static void WriteInteger(long number, ArrayBufferWriter<byte> output)
    {
        number.TryFormat(output.GetSpan(20), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var members = new List<(string Name, JsonElement Value)>(element.GetPropertyCount());
        foreach (var member in element.EnumerateObject())
            members.Add((member.Name, member.Value));
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            output.Write(i == 0 ? [] : ","u8);
            WriteString(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }
}
