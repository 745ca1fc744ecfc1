using System.Text.RegularExpressions;
using System.Xml.Linq;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>Every text exists in French and in English, and every text that a page names exists.</summary>
public sealed partial class TextTests
{
    private static readonly string ApiFolder = Path.Combine(Checkout.Root, "Governance.Api");

    private static readonly IReadOnlyList<string> FrenchFiles = [.. SourceFiles("*.resx").Where(path => !path.EndsWith(".en.resx", StringComparison.Ordinal))];

    private static IEnumerable<string> SourceFiles(string pattern) => Directory
        .EnumerateFiles(ApiFolder, pattern, SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(ApiFolder, path).Split('/').Any(part => part is "bin" or "obj"));

    private static Dictionary<string, string> Texts(string path) => XDocument.Load(path).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string English(string french) => french[..^".resx".Length] + ".en.resx";

    [Fact]
    public void Every_key_is_in_both_languages_with_the_same_places_for_values()
    {
        var faults = new List<string>();
        foreach (var file in FrenchFiles)
        {
            if (!File.Exists(English(file)))
            {
                faults.Add($"{file}: no English file beside it");
                continue;
            }
            var (french, english) = (Texts(file), Texts(English(file)));
            faults.AddRange(french.Keys.Except(english.Keys).Select(key => $"{file}: {key} is not in English"));
            faults.AddRange(english.Keys.Except(french.Keys).Select(key => $"{file}: {key} is not in French"));
            faults.AddRange(french.Keys.Intersect(english.Keys)
                .Where(key => !Places(french[key]).SetEquals(Places(english[key])))
                .Select(key => $"{file}: {key} takes other values in English"));
            faults.AddRange(french.Concat(english).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => $"{file}: {text.Key} is empty"));
        }
        Assert.NotEmpty(FrenchFiles);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void No_text_leaves_the_plural_to_its_reader() => Assert.Empty(
        from file in SourceFiles("*.resx")
        from text in Texts(file)
        where text.Value.Contains("(s)", StringComparison.Ordinal)
        select $"{file}: {text.Key}");

    [Fact]
    public void Every_English_file_stands_beside_a_French_one()
    {
        var alone = SourceFiles("*.en.resx").Where(path => !FrenchFiles.Contains(path[..^".en.resx".Length] + ".resx"));
        Assert.Empty(alone);
    }

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var files = FrenchFiles.ToDictionary(path => Path.GetFileNameWithoutExtension(path), Texts);
        var named = 0;
        var faults = new List<string>();
        foreach (var page in SourceFiles("*.razor"))
        {
            var source = File.ReadAllText(page);
            foreach (Match injection in Injection().Matches(source))
            {
                if (!files.TryGetValue(injection.Groups[1].Value, out var texts))
                {
                    faults.Add($"{page}: no file of texts for {injection.Groups[1].Value}");
                    continue;
                }
                var name = Regex.Escape(injection.Groups[2].Value);
                var keys = Regex.Matches(source, $@"(?<![\w.]){name}\[""([^""]+)""(?! *\+)").Select(match => match.Groups[1].Value)
                    .Concat(Regex.Matches(source, $@"(?<![\w.]){name}\.Count\(""([^""]+)""").SelectMany(match =>
                        new[] { match.Groups[1].Value + ".One", match.Groups[1].Value + ".Other" }))
                    .ToArray();
                named += keys.Length;
                faults.AddRange(keys.Where(key => !texts.ContainsKey(key)).Select(key => $"{page}: {key}"));
            }
        }
        Assert.True(named > 50, $"only {named} texts were found: the search itself is broken");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public void Every_state_error_and_entry_has_its_words()
    {
        var texts = Texts(Path.Combine(ApiFolder, "Face/Text.resx"));
        var keys = Enum.GetNames<Governance.Api.Face.Components.StateKind>().Select(kind => "State." + kind)
            .Concat(Enum.GetNames<Governance.Api.Face.NavigationGroup>().Select(group => "Group." + group))
            .Concat(Governance.Api.Face.Navigation.Entries.Select(entry => entry.Key))
            .Concat(from status in new[] { 400, 401, 403, 404, 409, 412, 413, 429, 500, 503 }
                    from part in new[] { "Title", "What", "Why", "Mend" }
                    select $"Error.{status}.{part}");
        Assert.Equal([], keys.Where(key => !texts.ContainsKey(key)));
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"@inject IStringLocalizer<(?:[\w.]+\.)?(\w+)> (\w+)")]
    private static partial Regex Injection();
}
