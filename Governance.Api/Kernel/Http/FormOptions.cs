using System.Text.Json;
using Governance.Api.Face.Components;

namespace Governance.Api.Kernel.Http;

/// <summary>Values of the domain as a form offers them: sent as the API writes them, shown in words.</summary>
public static class FormOptions
{
    public static IReadOnlyList<Option> Of<T>(IEnumerable<T> values) where T : struct, Enum => [.. values.Select(value => new Option(Value(value), Wording.Name(value)))];

    /// <summary>As the API writes it: <c>co-president</c>.</summary>
    public static string Value(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
