using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Governance.Domain.Kernel;

namespace Governance.Api.Tallies;

/// <summary>
/// The fields of one JSON object with the place where they stand. What is missing or of another type is a fault, and reads as null or the
/// value given for that case.
/// </summary>
internal sealed class JsonFields(string place, IReadOnlyDictionary<string, JsonElement> values, TallyFaults faults)
{
    public TallyFaults Faults => faults;

    public IReadOnlyDictionary<string, JsonElement> Values => values;

    /// <summary>Reads an object whatever the names of its fields, each once.</summary>
    public static JsonFields Open(string place, JsonElement element, TallyFaults faults)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(place, "not-an-object");
            return new(place, values, faults);
        }

        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
                faults.Add(place, "text-unreadable");
            else if (!values.TryAdd(name, property.Value))
                faults.Add(Join(place, name), "field-twice");
        }

        return new(place, values, faults);
    }

    /// <summary>Reads an object of these fields and no other.</summary>
    public static JsonFields Open(string place, JsonElement element, TallyFaults faults, params IReadOnlyList<string> known)
    {
        var fields = Open(place, element, faults);
        fields.AllowOnly(known);
        return fields;
    }

    public void AllowOnly(IReadOnlyList<string> known)
    {
        if (values.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
            faults.Add(At(unknown), "unknown-field", string.Join(", ", known));
    }

    public string At(string name) => Join(place, name);

    public bool Has(string name) => values.ContainsKey(name);

    public JsonFields? Object(string name, params IReadOnlyList<string> known) =>
        values.TryGetValue(name, out var value) ? Open(At(name), value, faults, known) : null;

    /// <summary>An object whose field names are names of options or colleges.</summary>
    public JsonFields? Named(string name) => values.TryGetValue(name, out var value) ? Open(At(name), value, faults) : null;

    public string? Text(string name) => values.TryGetValue(name, out var value) ? TextOf(At(name), value) : null;

    /// <summary>One of some words; <paramref name="otherwise"/> where the field is not there.</summary>
    public T Word<T>(string name, T otherwise, params IReadOnlyList<(string Word, T Value)> words) =>
        values.TryGetValue(name, out var value) ? WordOf(At(name), value, otherwise, words) : otherwise;

    public IReadOnlyList<T>? Words<T>(string name, params IReadOnlyList<(string Word, T Value)> words) where T : notnull =>
        List(name, (at, value) => WordOf(at, value, words[0].Value, words));

    public IReadOnlyList<string>? Texts(string name) => List(name, (at, value) => TextOf(at, value) ?? "");

    public IReadOnlyList<T>? List<T>(string name, Func<string, JsonElement, T> read)
    {
        if (!values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(At(name), "not-a-list");
            return null;
        }

        return ListOf(At(name), value, read);
    }

    public IReadOnlyList<T> ListOf<T>(string at, JsonElement value, Func<string, JsonElement, T> read)
    {
        var list = new List<T>();
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(at, "not-a-list");
            return list;
        }

        foreach (var item in value.EnumerateArray())
            list.Add(read($"{at}[{list.Count}]", item));
        return list;
    }

    public bool Truth(string name)
    {
        if (!values.TryGetValue(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            faults.Add(At(name), "not-a-truth");
        return value.ValueKind == JsonValueKind.True;
    }

    public int? Whole(string name) => values.TryGetValue(name, out var value) ? WholeOf(At(name), value) : null;

    public int? WholeOf(string at, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole))
            return whole;
        faults.Add(at, "not-whole");
        return null;
    }

    public long? Long(string name)
    {
        if (!values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole))
            return whole;
        faults.Add(At(name), "not-whole");
        return null;
    }

    /// <summary>« 17/3 » or « 3 » as a text, or a whole JSON number.</summary>
    public Fraction? Fraction(string name) => values.TryGetValue(name, out var value) ? FractionOf(At(name), value) : null;

    public Fraction? FractionOf(string at, JsonElement value)
    {
        var written = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => TextOf(at, value),
            _ => null,
        };
        if (Domain.Kernel.Fraction.TryParse(written, out var fraction))
            return fraction;
        faults.Add(at, "not-a-fraction");
        return null;
    }

    public string? TextOf(string at, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(at, "not-a-text");
            return null;
        }

        if (TryText(value.GetString, out var text))
            return text;
        faults.Add(at, "text-unreadable");
        return null;
    }

    private T WordOf<T>(string at, JsonElement value, T otherwise, IReadOnlyList<(string Word, T Value)> words)
    {
        if (TextOf(at, value) is not { } text)
            return otherwise;
        foreach (var (word, meaning) in words)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
                return meaning;
        }

        faults.Add(at, "unknown-word", text, string.Join(", ", words.Select(w => w.Word)));
        return otherwise;
    }

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static string? NameOf(JsonProperty property) => TryText(() => property.Name, out var name) ? name : null;

    // An escape that is half of a surrogate pair is well-formed JSON and no text; the reader has no other way to say so.
    private static bool TryText(Func<string?> read, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = read();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}
