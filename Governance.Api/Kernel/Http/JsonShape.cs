using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Kernel.Http;

/// <summary>Sentences by field (<c>terms.0.years</c>), as they are found.</summary>
public sealed class ShapeErrors
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByField => _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    public void Add(string field, string sentence)
    {
        if (_errors.TryGetValue(field, out var sentences))
            sentences.Add(sentence);
        else
            _errors[field] = [sentence];
    }

    /// <summary>Says it in place of whatever was said of the field.</summary>
    public void Replace(string field, string sentence) => _errors[field] = [sentence];
}

/// <summary>Reads JSON into a type and says of every field what is wrong with it, not only of the first.</summary>
public static class JsonShape
{
    /// <returns>The value; null when errors were added.</returns>
    public static T? Read<T>(JsonObject json, ShapeErrors errors) where T : class
    {
        Check(json, EventCatalogue.Json.GetTypeInfo(typeof(T)), "", errors);
        if (errors.Any)
            return null;
        try
        {
            return json.Deserialize<T>(EventCatalogue.Json);
        }
        catch (JsonException fault)
        {
            errors.Add(fault.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "$", Wording.Shape("unreadable"));
            return null;
        }
    }

    /// <summary>Which of a closed set of types an object says that it is; null when the type is no such set, or the object does not say.</summary>
    public static JsonTypeInfo? Derived(JsonObject json, JsonTypeInfo type) =>
        type.PolymorphismOptions is { } set && json[set.TypeDiscriminatorPropertyName] is JsonValue said && said.TryGetValue(out string? name)
        && set.DerivedTypes.FirstOrDefault(one => one.TypeDiscriminator as string == name) is { DerivedType: { } derived }
            ? EventCatalogue.Json.GetTypeInfo(derived)
            : null;

    private static void Check(JsonNode? node, JsonTypeInfo type, string path, ShapeErrors errors)
    {
        switch (node, type.Kind)
        {
            case (JsonObject json, JsonTypeInfoKind.Object) when type.PolymorphismOptions is null:
                CheckObject(json, type, path, errors);
                return;
            case (JsonObject json, JsonTypeInfoKind.Object) when Derived(json, type) is { } derived:
                CheckObject(json, derived, path, errors);
                return;
            case (JsonObject, JsonTypeInfoKind.Object) when type.PolymorphismOptions is { } set:
                errors.Add(
                    Join(path, set.TypeDiscriminatorPropertyName),
                    Wording.Shape("expected-one-of", string.Join(", ", set.DerivedTypes.Select(one => one.TypeDiscriminator))));
                return;
            case (JsonArray array, JsonTypeInfoKind.Enumerable) when type.ElementType is { } element:
                for (var i = 0; i < array.Count; i++)
                {
                    var at = Join(path, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    if (array[i] is { } item)
                        Check(item, EventCatalogue.Json.GetTypeInfo(element), at, errors);
                    else
                        errors.Add(at, Wording.Shape("required"));
                }

                return;
            case (JsonValue named, _) when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } set:
                // The converter would take « for, against » for one value.
                if (!named.TryGetValue<string>(out var text) || !EnumNames.All(set).Contains(text, StringComparer.Ordinal))
                    errors.Add(path.Length == 0 ? "$" : path, Expected(type));
                return;
            default:
                try
                {
                    if (!IsTaken(node.Deserialize(type)))
                        errors.Add(path.Length == 0 ? "$" : path, Wording.Shape("year", LocalTime.FirstYear, LocalTime.LastYear));
                }
                catch (JsonException)
                {
                    errors.Add(path.Length == 0 ? "$" : path, Expected(type));
                }

                return;
        }
    }

    private static void CheckObject(JsonObject json, JsonTypeInfo type, string path, ShapeErrors errors)
    {
        var properties = type.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var (name, value) in json)
        {
            if (name == Discriminator(type))
                continue;
            if (!properties.TryGetValue(name, out var property))
                errors.Add(Join(path, name), Wording.Shape("unknown-field", string.Join(", ", properties.Keys)));
            else if (value is null && property is { IsSetNullable: false })
                errors.Add(Join(path, name), Wording.Shape("required"));
            else if (value is not null)
                Check(value, EventCatalogue.Json.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), Join(path, name), errors);
        }

        foreach (var missing in properties.Values.Where(p => p.IsRequired && !json.ContainsKey(p.Name)))
            errors.Add(Join(path, missing.Name), Wording.Shape("required"));
    }

    // What is reckoned from a date (a term, a time limit, a quarter) has to stay a date.
    private static bool IsTaken(object? value) => value switch
    {
        DateOnly day => LocalTime.IsTaken(day),
        DateTimeOffset instant => LocalTime.IsTaken(instant),
        EffectiveTime time => LocalTime.IsTaken(time.Instant),
        _ => true,
    };

    private static string? Discriminator(JsonTypeInfo type) => type.Type.BaseType is { } set && set != typeof(object)
        ? EventCatalogue.Json.GetTypeInfo(set).PolymorphismOptions?.TypeDiscriminatorPropertyName
        : null;

    private static string Expected(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        return type switch
        {
            _ when type == typeof(string) => Wording.Shape("expected-text"),
            _ when type == typeof(bool) => Wording.Shape("expected-boolean"),
            _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => Wording.Shape("expected-integer"),
            _ when type == typeof(DateOnly) => Wording.Shape("expected-date"),
            _ when type == typeof(DateTimeOffset) => Wording.Shape("expected-instant"),
            _ when type == typeof(Fraction) => Wording.Shape("expected-fraction"),
            _ when type == typeof(Guid) || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>)) =>
                Wording.Shape("expected-id"),
            // A null paper is keyed by whoever keeps the records; nobody chooses it.
            _ when type == typeof(Choice) => Wording.Shape("expected-one-of", string.Join(", ", EnumNames.All(type).Where(name => name != EnumNames.Of(Choice.Null)))),
            _ when type.IsEnum => Wording.Shape("expected-one-of", string.Join(", ", EnumNames.All(type))),
            _ when info.Kind == JsonTypeInfoKind.Enumerable => Wording.Shape("expected-list"),
            _ when info.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => Wording.Shape("expected-object"),
            _ => Wording.Shape("unreadable"),
        };
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
