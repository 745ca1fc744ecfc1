using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Governance.EventStore;

/// <summary>Refuses what PostgreSQL could not hold, or would give back in another form than it was given.</summary>
internal static class RequestCheck
{
    private const int LongestName = 255;
    private const int LongestType = 500;
    private const long LargestInteger = (1L << 53) - 1;

    /// <summary>The first fault found, or null.</summary>
    public static AppendResult.Unstorable? FaultIn(AppendRequest request, EventLogOptions options, out int bytes)
    {
        bytes = 0;
        if (FaultInText(request.Tenant, LongestName, "tenant") is { } tenant)
            return tenant;
        if (request.CorrelationId is { } correlation && FaultInText(correlation, LongestName, "correlationId") is { } inCorrelation)
            return inCorrelation;
        if (request.CausationId is { } causation && FaultInText(causation, LongestName, "causationId") is { } inCausation)
            return inCausation;
        if (request.Command is { } command)
        {
            if ((FaultInText(command.Actor, LongestName, "command.actor") ?? FaultInText(command.IdempotencyKey, LongestName, "command.idempotencyKey")) is { } inKey)
                return inKey;
            bytes += request.Answer.Length + command.RequestHash.Length;
        }

        for (var i = 0; i < request.Expected.Count; i++)
        {
            if (FaultInText(request.Expected[i].Stream, LongestName, "expected", i) is { } inStream)
                return inStream;
        }

        bytes += (request.Papers?.Paper?.Length ?? 0) + (request.Keys?.Sum(key => key.Wrapped.Length) ?? 0);
        if (request.Events.Count > options.EventsPerAppend)
            return new AppendResult.Unstorable("events", StorageFault.TooLong);
        for (var i = 0; i < request.Events.Count; i++)
        {
            var e = request.Events[i];
            if ((FaultInText(e.StreamType, LongestName, "streamType", i) ?? FaultInText(e.Type, LongestType, "type", i)
                ?? FaultInText(e.DotnetType, LongestType, "dotnetType", i) ?? FaultInJson(e.Data, i, "data") ?? FaultInJson(e.Headers, i, "headers")) is { } inEvent)
                return inEvent;
            bytes += e.Data.Length + e.Headers.Length;
            if (bytes > options.BytesPerAppend)
                return new AppendResult.Unstorable($"events/{i}", StorageFault.TooLong);
        }

        return null;
    }

    /// <summary>The expected versions are the guard of a decision: an event outside of them would be written unguarded.</summary>
    public static void EachStreamIsExpectedOnce(AppendRequest request)
    {
        if (request is { Expected.Count: 1, Events.Count: 1 } && string.Equals(request.Expected[0].Stream, request.Events[0].Stream, StringComparison.Ordinal))
            return;
        var expected = new HashSet<string>(request.Expected.Count, StringComparer.Ordinal);
        foreach (var (stream, version) in request.Expected)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(version, nameof(request));
            if (!expected.Add(stream))
                throw new ArgumentException($"Stream {stream} is expected twice.", nameof(request));
        }

        foreach (var e in request.Events)
        {
            if (!expected.Contains(e.Stream))
                throw new ArgumentException($"Stream {e.Stream} is written, but the version expected of it is not said.", nameof(request));
        }
    }

    private static AppendResult.Unstorable? FaultInText(string? text, int longest, string place, int index = -1)
    {
        StorageFault fault;
        if (string.IsNullOrEmpty(text))
            fault = StorageFault.Empty;
        else if (text.Length > longest)
            fault = StorageFault.TooLong;
        else if (text.Contains('\0'))
            fault = StorageFault.Nul;
        else if (!IsWellFormed(text))
            fault = StorageFault.LoneSurrogate;
        else
            return null;
        return new AppendResult.Unstorable(index < 0 ? place : place == "expected" ? $"expected/{index}" : $"events/{index}/{place}", fault);
    }

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0)
                return true;
            if (Rune.DecodeFromUtf16(rest[at..], out _, out var used) != OperationStatus.Done)
                return false;
            rest = rest[(at + used)..];
        }

        return true;
    }

    /// <summary>One pass without allocation; only a fault pays for its place.</summary>
    private static AppendResult.Unstorable? FaultInJson(ReadOnlyMemory<byte> json, int index, string part)
    {
        var (fault, at) = FirstFault(json.Span);
        return fault is { } found
            ? new AppendResult.Unstorable($"events/{index}/{part}{(at >= 0 ? PointerTo(json.Span, at) : "")}", found)
            : null;
    }

    private static (StorageFault? Fault, long At) FirstFault(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return (StorageFault.NotJson, -1);
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (StorageFault.NotAnObject, -1);
            while (reader.Read())
            {
                var fault = reader.TokenType switch
                {
                    JsonTokenType.Number => IsSafeInteger(ref reader) ? null : StorageFault.NotASafeInteger,
                    JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped => FaultInEscapes(reader.ValueSpan),
                    _ => (StorageFault?)null,
                };
                if (fault is not null)
                    return (fault, reader.TokenStartIndex);
            }

            return (null, -1);
        }
        catch (JsonException)
        {
            return (StorageFault.NotJson, -1);
        }
    }

    private static bool IsSafeInteger(ref Utf8JsonReader reader) =>
        reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && reader.TryGetInt64(out var value) && value is >= -LargestInteger and <= LargestInteger;

    private static StorageFault? FaultInEscapes(ReadOnlySpan<byte> text)
    {
        var high = false;
        while (!text.IsEmpty)
        {
            var at = text.IndexOf((byte)'\\');
            if (high && at != 0)
                return StorageFault.LoneSurrogate;
            if (at < 0)
                return null;
            if (text[at + 1] != 'u')
            {
                if (high)
                    return StorageFault.LoneSurrogate;
                text = text[(at + 2)..];
                continue;
            }

            var unit = ushort.Parse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (unit == 0)
                return StorageFault.Nul;
            if (high != char.IsLowSurrogate((char)unit))
                return StorageFault.LoneSurrogate;
            high = char.IsHighSurrogate((char)unit);
            text = text[(at + 6)..];
        }

        return high ? StorageFault.LoneSurrogate : null;
    }

    /// <summary>JSON pointer (RFC 6901) to the token that begins at an offset.</summary>
    private static string PointerTo(ReadOnlySpan<byte> json, long offset)
    {
        var path = new List<(string? Name, int Index)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            // A value in an array counts; one in an object has its name already.
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject) && path.Count > 0 && path[^1].Index >= 0)
                path[^1] = (null, path[^1].Index + 1);
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.TokenStartIndex == offset)
                {
                    path.RemoveAt(path.Count - 1);
                    break;
                }

                path[^1] = (Encoding.UTF8.GetString(reader.ValueSpan), -1);
            }

            if (reader.TokenStartIndex == offset)
                break;
            if (reader.TokenType == JsonTokenType.StartObject)
                path.Add(("", -1));
            else if (reader.TokenType == JsonTokenType.StartArray)
                path.Add((null, 0));
            else if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                path.RemoveAt(path.Count - 1);
        }

        return string.Concat(path.Select(step => "/" + (step.Name is { } name ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) : (step.Index - 1).ToString(CultureInfo.InvariantCulture))));
    }
}
