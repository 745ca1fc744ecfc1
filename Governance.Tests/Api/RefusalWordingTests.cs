using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Governance.Api.Kernel;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Api;

public sealed partial class RefusalWordingTests
{
    public static TheoryData<Type> Refusals => [.. new[] { typeof(Refusal).Assembly, typeof(NotPermitted).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsSubclassOf(typeof(Refusal)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_sentence_in_French_and_in_English(Type type)
    {
        var code = Code(type);
        var french = Wording.Template(code, CultureInfo.GetCultureInfo("fr-FR"));
        var english = Wording.Template(code, CultureInfo.GetCultureInfo("en-GB"));

        Assert.False(string.IsNullOrWhiteSpace(french), $"{code} has no French sentence.");
        Assert.False(string.IsNullOrWhiteSpace(english), $"{code} has no English sentence.");
        Assert.NotEqual(french, english);
        Assert.Equal(Placeholders(french!), Placeholders(english!));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_code_is_stable_in_form(Type type) => Assert.Matches("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", Code(type));

    private static string Code(Type type) => ((Refusal)RuntimeHelpers.GetUninitializedObject(type)).Code;

    private static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
