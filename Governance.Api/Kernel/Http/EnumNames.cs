using System.Text.Json;

namespace Governance.Api.Kernel.Http;

/// <summary>Values of closed sets by their names, letter for letter: no numbers, no lists of names.</summary>
public static class EnumNames
{
    /// <summary>How a value is written in JSON, in addresses and in forms: <c>roadmap-item</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>All that a closed set can be, as written.</summary>
    public static IEnumerable<string> All(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    /// <summary>The value of this name; null when none has it.</summary>
    public static T? Read<T>(string? text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == text)
                return value;
        }

        return null;
    }
}
