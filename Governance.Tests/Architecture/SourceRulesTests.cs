using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Governance.Tests.Architecture;

public sealed partial class SourceRulesTests
{
    private static readonly string[] Texts =
        [".cs", ".razor", ".sql", ".css", ".csproj", ".props", ".json", ".yml", ".yaml", ".md", ".resx", ".sh", "/run", "/test", "Dockerfile"];

    // Cut in two, so that the rule does not find itself.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];

    private static readonly string[] NamesThatSayNothing = ["Services", "Helpers", "Common", "Managers", "Utils", "Utilities", "Misc"];

    private static readonly string[] SuffixesThatSayNothing = ["Service", "Services", "Helper", "Helpers", "Manager", "Managers", "Utils", "Util"];

    [Fact]
    public void No_folder_has_a_name_that_says_nothing()
    {
        var folders = Checkout.Folders().ToList();
        Assert.Contains("Governance.Tests/Architecture", folders);
        Assert.Empty(folders.Where(folder => folder.Split('/').Intersect(NamesThatSayNothing, StringComparer.OrdinalIgnoreCase).Any()).Distinct());
    }

    [Theory]
    [InlineData("Governance.Domain")]
    [InlineData("Governance.EventStore")]
    [InlineData("Governance.Projections")]
    [InlineData("Governance.Api")]
    public void No_type_has_a_name_that_says_nothing(string project)
    {
        using var assembly = new CompiledAssembly(project);
        Assert.Empty(assembly.DefinedTypes().Where(type => SuffixesThatSayNothing.Any(suffix => type.EndsWith(suffix, StringComparison.Ordinal))).Distinct());
    }

    [Fact]
    public void Nothing_is_left_unfinished() =>
        Assert.Empty(
            from file in Checkout.Files(Texts)
            let text = Checkout.Read(file)
            from word in Unfinished
            where Regex.IsMatch(text, $@"\b{word}\b")
            select $"{file}: {word}");

    [Fact]
    public void No_test_sleeps_or_is_skipped()
    {
        using var assembly = new CompiledAssembly("Governance.Tests");
        Assert.DoesNotContain("System.Threading.Thread.Sleep", assembly.ReferencedMembers());
        Assert.Empty(Checkout.Files(".cs").Where(file => SkippedTest().IsMatch(Checkout.Read(file))).Distinct());
    }

    [Fact]
    public void Project_files_name_nothing_outside_of_the_checkout()
    {
        var references = (
            from file in Checkout.Files(".csproj", ".props", ".targets")
            from element in XDocument.Parse(Checkout.Read(file)).Descendants()
            from attribute in element.Attributes()
            where attribute.Name.LocalName is "Include" or "Project" or "Update" && attribute.Value.Contains('/', StringComparison.Ordinal)
            select Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(file)!, attribute.Value))).ToList();

        Assert.NotEmpty(references);
        Assert.Empty(references.Where(path => !path.StartsWith(Checkout.Root + "/", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void No_file_names_a_place_on_one_machine() =>
        Assert.Empty(
            from file in Checkout.Files(Texts)
            from line in Checkout.Read(file).Split('\n')
            where HomeOfSomeone().IsMatch(line)
            select $"{file}: {line.Trim()}");

    [Fact]
    public void What_a_document_leads_to_and_what_source_it_names_is_there()
    {
        var named = (
            from file in Checkout.Files(".md")
            let text = Checkout.Read(file)
            from path in Links().Matches(text).Select(link => Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value)).Concat(Sources().Matches(text).Select(source => source.Groups[1].Value))
            select (file, path)).ToList();

        Assert.Contains(("docs/guides/developer.md", "Governance.Domain/Roadmaps/ReachMilestone.cs"), named);
        Assert.DoesNotContain(named, n => !Path.Exists(Path.Combine(Checkout.Root, n.path)));
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`(Governance\.\w+/[\w./-]+)`")]
    private static partial Regex Sources();

    [GeneratedRegex(@"\[(Fact|Theory)\([^\]]*\bSkip\b")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"(?<![\w.:)}\]])/(home|root|work|Users|mnt)/\w")]
    private static partial Regex HomeOfSomeone();
}
