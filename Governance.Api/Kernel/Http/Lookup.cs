using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;

namespace Governance.Api.Kernel.Http;

/// <summary>What a field offers to choose among.</summary>
/// <param name="Options">Of few all; of many those that are searched for, and those chosen already.</param>
/// <param name="Count">Of how many in all.</param>
public sealed record Choosable(IReadOnlyList<Option> Options, int Count)
{
    public static Choosable None { get; } = new([], 0);
}

/// <summary>
/// A field that chooses among many: what is searched for is sent beside it, and whoever is found is chosen from the page shown again. A script that sends the
/// form while one types takes the same page for what it found.
/// </summary>
public static class Lookup
{
    /// <summary>Name of the button that searches and records nothing.</summary>
    public const string Button = "lookup";

    /// <summary>Up to so many are listed without a search.</summary>
    public const int MostListed = 60;

    private const string Asked = "~find", Answered = "~found";

    private static readonly char[] Between = [' ', '-', '·', '\'', '’', ','];

    /// <summary>Name of the value that is searched for, beside a field.</summary>
    public static string AskedOf(string name) => name + Asked;

    /// <summary>Name of the value for which the page shows what it found.</summary>
    public static string AnsweredOf(string name) => name + Answered;

    /// <summary>What is searched for, whatever the field.</summary>
    public static IReadOnlyList<string> Terms(FormSent? sent) =>
        [.. (sent?.Values ?? new Dictionary<string, string>()).Where(v => v.Key.EndsWith(Asked, StringComparison.Ordinal) && Words(v.Value).Length > 0).Select(v => v.Value)];

    /// <summary>The form's own values, without those of its searches.</summary>
    public static IReadOnlyDictionary<string, string> Without(IReadOnlyDictionary<string, string> values) =>
        values.Keys.Any(IsOwn) ? values.Where(v => !IsOwn(v.Key)).ToDictionary(StringComparer.Ordinal) : values;

    /// <summary>The fields for which somebody was searched and nobody was chosen from what that found.</summary>
    public static IEnumerable<string> Unchosen(IReadOnlyDictionary<string, string> values) =>
        from value in values
        where value.Key.EndsWith(Asked, StringComparison.Ordinal) && value.Value.Trim().Length > 0
        let name = value.Key[..^Asked.Length]
        where string.IsNullOrEmpty(values.GetValueOrDefault(name)) || values.GetValueOrDefault(AnsweredOf(name)) != value.Value
        select name;

    /// <summary>Whether each word of a search begins one of the text's, whatever the accents and the case; a search without a word finds nothing.</summary>
    public static bool Finds(string search, string text)
    {
        var (asked, words) = (Words(search), Words(text));
        return asked.Length > 0 && Array.TrueForAll(asked, s => Array.Exists(words, w => w.StartsWith(s, StringComparison.Ordinal)));
    }

    private static string[] Words(string text) => PlainLetters.Of(text).Split(Between, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOwn(string name) => name == Button || name.EndsWith(Asked, StringComparison.Ordinal) || name.EndsWith(Answered, StringComparison.Ordinal);
}
