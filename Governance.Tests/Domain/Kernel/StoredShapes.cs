using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Governance.Domain.Kernel;

namespace Governance.Tests.Domain.Kernel;

/// <summary>The stored form of every event, as the serialiser sees it: names, types, what may be left out.</summary>
internal static class StoredShapes
{
    /// <summary>One paragraph an event, then one for each type that they carry, in order of name.</summary>
    public static string Describe(EventCatalogue catalogue)
    {
        var text = new StringBuilder();
        var carried = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var (name, type) in catalogue.Types.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("event ").Append(name).Append(" = ").Append(type.FullName).Append('\n');
            AppendProperties(text, type, carried);
        }

        var described = new HashSet<string>(StringComparer.Ordinal);
        while (carried.Keys.FirstOrDefault(name => !described.Contains(name)) is { } next)
        {
            described.Add(next);
            AppendProperties(new StringBuilder(), carried[next], carried);
        }

        foreach (var (name, type) in carried)
        {
            text.Append("type ").Append(name).Append('\n');
            AppendProperties(text, type, carried);
        }

        return text.ToString();
    }

    private static void AppendProperties(StringBuilder text, Type type, SortedDictionary<string, Type> carried)
    {
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetValuesAsUnderlyingType(type).Cast<object>())
                text.Append("  ").Append(JsonSerializer.Serialize(Enum.ToObject(type, value), type, EventCatalogue.Json)).Append('\n');
            return;
        }

        var info = EventCatalogue.Json.GetTypeInfo(type);
        if (info.PolymorphismOptions is { } options)
        {
            foreach (var derived in options.DerivedTypes.OrderBy(d => (string)d.TypeDiscriminator!, StringComparer.Ordinal))
                text.Append("  ").Append(options.TypeDiscriminatorPropertyName).Append(' ').Append(derived.TypeDiscriminator)
                    .Append(" = ").Append(Name(derived.DerivedType, carried)).Append('\n');
            return;
        }

        foreach (var property in info.Properties.Where(IsStored).OrderBy(p => p.Name, StringComparer.Ordinal))
            text.Append("  ").Append(property.Name).Append(": ").Append(Name(property.PropertyType, carried))
                .Append(property.IsRequired ? "" : ", may be left out").Append('\n');
    }

    private static bool IsStored(JsonPropertyInfo property) =>
        property.AttributeProvider is not MemberInfo member || !Attribute.IsDefined(member, typeof(JsonIgnoreAttribute), inherit: true);

    private static string Name(Type type, SortedDictionary<string, Type> carried)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var info = EventCatalogue.Json.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            return $"list of {Name(info.ElementType!, carried)}";
        if (info.Kind == JsonTypeInfoKind.Dictionary)
            return $"map of {Name(info.KeyType!, carried)} to {Name(info.ElementType!, carried)}";
        var name = type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]} of {string.Join(", ", type.GetGenericArguments().Select(a => Name(a, carried)))}"
            : type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}"
            : type.Name;
        if (info.Kind == JsonTypeInfoKind.Object || type.IsEnum)
            carried.TryAdd(name, type);
        return name;
    }
}
