using System.Globalization;
using System.Resources;
using System.Text;
using Governance.Api.Tallies;
using Xunit;

namespace Governance.Tests.Api.Tallies;

/// <summary>A file that cannot be judged is refused with its place, a sentence and exit code 2.</summary>
public sealed class TallyFaultsTests
{
    [Theory]
    [InlineData("""{"method": "motion", "papers": [], "colour": "red"}""", "colour: There is no field of this name here")]
    [InlineData("""{"method": "motion", "options": ["A"], "papers": []}""", "options: There is no field of this name here")]
    [InlineData("""{"papers": []}""", "method: This field is missing")]
    [InlineData("""{"method": "motion"}""", "papers: This field is missing")]
    [InlineData("""{"method": "motion", "method": "stv", "papers": []}""", "method: This field is there twice")]
    [InlineData("""{"method": "motions", "papers": []}""", "method: \"motions\" is not among what can be said; write one of: motion, consent")]
    [InlineData("""{"method": "motion", "papers": {}}""", "papers: It takes a JSON list")]
    [InlineData("""{"method": "motion", "papers": [{"choice": "for"}, {"choice": 1}]}""", "papers[1].choice: It takes a text")]
    [InlineData("""{"method": "motion", "papers": [{"count": -1, "choice": "for"}]}""", "papers[0].count: The number of papers is 1 to")]
    [InlineData("""{"method": "motion", "papers": [{"count": "many", "choice": "for"}]}""", "papers[0].count: It takes a whole number")]
    [InlineData("""{"method": "motion", "papers": [{"count": 2000000000000, "choice": "for"}]}""", "papers[0].count: The number of papers is 1 to")]
    [InlineData("""{"method": "motion", "papers": [{"weight": "0", "choice": "for"}]}""", "papers[0].weight: The weight of a paper is above zero")]
    [InlineData("""{"method": "motion", "papers": [{"weight": 1.5, "choice": "for"}]}""", "papers[0].weight: It takes a fraction")]
    [InlineData("""{"method": "motion", "papers": [{"weight": "1/0", "choice": "for"}]}""", "papers[0].weight: It takes a fraction")]
    [InlineData("""{"method": "motion", "papers": [{"ranking": [["A"]]}]}""", "papers[0].ranking: This paper says “ranking”")]
    [InlineData("""{"method": "motion", "papers": [{"choice": "for", "reason": "x"}]}""", "papers[0].reason: Only an objection has a reason")]
    [InlineData("""{"method": "motion", "papers": [{"choice": "\ud800"}]}""", "papers[0].choice: This text has half of a character")]
    [InlineData("""{"method": "motion", "rule": {"quorum": {"fraction": "1/2"}}, "papers": []}""", "rule.members: The quorum")]
    [InlineData("""{"method": "motion", "rule": {"quorum": {}, "members": 3}, "papers": []}""", "rule.quorum: Rule \"quorum\": the field fraction is missing")]
    [InlineData("""{"method": "motion", "rule": {"majority": {"fraction": "3/2"}}, "papers": []}""", "rule.majority: Rule \"majority\", field fraction: 3/2")]
    [InlineData("""{"method": "motion", "rule": {"castingVote": "for"}, "papers": []}""", "rule.castingVote: A casting vote is of use only")]
    [InlineData("""{"method": "motion", "rule": {"members": 1}, "papers": [{"count": 2, "choice": "for"}]}""", "rule.members: 2 papers of weight 2 for 1 members of weight 1")]
    [InlineData("""{"method": "motion", "rule": {"members": {"byCollege": {"a": 1}}}, "papers": [{"choice": "for"}]}""", "rule.members: Some papers name no college")]
    [InlineData("""{"method": "motion", "rule": {"members": {"byCollege": {"a": 1}}}, "papers": [{"college": "b", "choice": "for"}]}""", "rule.members: The college \"b\" is not among")]
    [InlineData("""{"method": "motion", "rule": {"members": 9, "colleges": {"mode": "normalised"}}, "papers": [{"college": "b", "choice": "for"}]}""", "rule.members: The rule judges each college")]
    [InlineData("""{"method": "motion", "rule": {"members": 9, "presence": {"in-person": 10}}, "papers": []}""", "rule.presence: More are present than there are members")]
    [InlineData("""{"method": "motion", "rule": {"members": 9, "presence": {"in-person": 1}}, "papers": [{"count": 2, "choice": "for"}]}""", "rule.presence: There are more papers than are present")]
    [InlineData("""{"method": "motion", "rule": {"colleges": {"mode": "veto", "vetoOf": "a"}}, "papers": [{"college": "b", "choice": "for"}]}""", "rule.colleges.vetoOf: The college \"a\" is not among")]
    [InlineData("""{"method": "motion", "rule": {"majority": {"form": "half-plus-one"}, "colleges": {"mode": "normalised"}}, "papers": []}""", "rule.majority.form: \"half-plus-one\" adds one vote")]
    [InlineData("""{"method": "consent", "papers": [{"choice": "object"}]}""", "papers[0].reason: An objection needs its reason")]
    [InlineData("""{"method": "approval", "papers": []}""", "options: This field is missing")]
    [InlineData("""{"method": "approval", "options": [], "papers": []}""", "options: ")]
    [InlineData("""{"method": "approval", "options": ["A", "A"], "papers": []}""", "options: The option “A” is there twice")]
    [InlineData("""{"method": "approval", "options": ["A"], "seats": 0, "papers": []}""", "seats: ")]
    [InlineData("""{"method": "approval", "options": ["A"], "withdrawn": ["B"], "papers": []}""", "withdrawn: ")]
    [InlineData("""{"method": "approval", "options": ["A"], "rule": {"colleges": {"mode": "double", "atLeast": 1}}, "papers": []}""", "rule.colleges.mode: ")]
    [InlineData("""{"method": "approval", "options": ["A"], "papers": [{"choices": ["B"]}]}""", "papers[0].choices: The paper names “B”, which is not one of the options")]
    [InlineData("""{"method": "approval", "options": ["A"], "papers": [{"choices": ["A"], "choice": "blank"}]}""", "papers[0].choices: A paper says one thing and one only")]
    [InlineData("""{"method": "plurality", "options": ["A", "B"], "papers": [{"choices": ["A", "B"]}]}""", "papers[0].choices: The paper names 2 options")]
    [InlineData("""{"method": "plurality", "options": ["A", "B"], "papers": [{"choices": ["A"]}], "secondRound": {"papers": []}}""", "secondRound: The first round does not call for a second")]
    [InlineData("""{"method": "stv", "options": ["A", "B"], "papers": [{"ranking": [["A"]]}, {"ranking": [["A", "B"]]}]}""", "papers[1].ranking: The paper ranks “A” and “B” equal")]
    [InlineData("""{"method": "stv", "options": ["A", "B"], "papers": [{"ranking": [["A"], ["C"]]}]}""", "papers[0].ranking: The paper names “C”")]
    [InlineData("""{"method": "points", "options": ["A", "B"], "points": 10, "papers": [{"points": {"A": 7, "B": 2}}]}""", "papers[0].points: The paper gives 9 points in all; it must give exactly 10")]
    [InlineData("""{"method": "majority-judgment", "options": ["A"], "grades": ["good", "bad"], "papers": [{"grades": {"A": "best"}}]}""", "papers[0].grades: “best” is not one of the grades")]
    [InlineData("{\"method\": \"motion\",\n \"papers\": [\n  {\"choice\": \"for\"", "line 3: the JSON breaks off or is wrong")]
    [InlineData("{\"method\": \"motion\",\n \"papers\": [\n  {\"choice\" \"for\"}]}", "line 3: the JSON breaks off or is wrong")]
    [InlineData("{\"method\": \"motion\", \"papers\": []}\n{}", "line 2: the JSON breaks off or is wrong")]
    [InlineData("[]", "It takes a JSON object")]
    [InlineData("", "The file is empty")]
    [InlineData(" \n", "The file is empty")]
    public void A_wrong_file_is_refused_with_its_place(string json, string sentence) => Refused(TallyRun.OfText(json), sentence);

    [Theory]
    [InlineData("2 1\n1 1=2 0\n0\n\"A\" \"B\"", "line 2: The ballot ranks \"A\" and \"B\" equal")]
    [InlineData("2 1\n1 3 0\n0\n\"A\" \"B\"", "line 2: \"3\" names no candidate from 1 to 2")]
    [InlineData("2 1\n1 1 1 0\n0\n\"A\" \"B\"", "line 2: The paper names “A” twice")]
    [InlineData("2 1\n0.5 1 0\n0\n\"A\" \"B\"", "line 2: \"0.5\" is not the weight of a ballot")]
    [InlineData("2 1\n-3\n1 1 0\n0\n\"A\" \"B\"", "line 2: \"-3\" withdraws no candidate")]
    [InlineData("2 1\n1 1 0\n-2\n0\n\"A\" \"B\"", "line 3: The weight of a paper is above zero")]
    [InlineData("2 1\n1 1 0\n0\n\"A\" B", "line 4: \"B\" is where the name of candidate 2 is expected")]
    [InlineData("2 1\n1 1 0\n0\n\"A\" \"B\n", "line 4: \"\"B\" is where the name of candidate 2 is expected")]
    [InlineData("2 1\n1 1 0\n", "line 2: The file ends too early")]
    [InlineData("2 0\n0\n\"A\" \"B\"", "line 1: \"0\" is not a number of seats")]
    public void A_wrong_exchange_file_is_refused_with_its_line(string blt, string sentence) => Refused(TallyRun.OfText(blt, ".blt"), sentence);

    [Fact]
    public void Equal_ranks_of_an_exchange_file_count_by_Schulze()
    {
        var run = TallyRun.OfText("3 1\n2 1=3 2 0\n1 3 1 0\n0\n\"A\" \"B\" \"C\" # the end\n", ".blt", "en-GB", "--method", "schulze");

        Assert.Equal("", run.Error);
        Assert.Contains("\"C\"", run.Output.Split("\"elected\"")[1].Split(']')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_the_file_has_not_is_refused()
    {
        Refused(TallyRun.OfText("1 1\n0\n\"A\"", ".blt", "en-GB", "--method", "approval"), "--method: \"approval\" does not count a .blt file");
        Refused(TallyRun.OfText("{}", ".json", "en-GB", "--method", "stv"), "--method: A JSON file names its method itself");
    }

    [Fact]
    public void What_is_said_of_a_long_or_broken_name_is_one_line()
    {
        Refused(TallyRun.OfText("""{"method": "one\ntwo", "papers": []}"""), "method: \"one two\" is not among");
        var run = TallyRun.OfText($$"""{"method": "{{new string('x', 100_000)}}", "papers": []}""");
        Refused(run, "method: \"xxx");
        Assert.True(run.Error.Length < 1_100);
    }

    [Fact]
    public void Text_of_another_encoding_is_refused_with_its_line() =>
        Refused(TallyRun.OfBytes([.. "{\n\"title\": \""u8, 0xE9, .. "\"}"u8]), "line 2: The text is not UTF-8");

    [Fact]
    public void No_file_and_a_folder_are_refused()
    {
        Refused(TallyRun.Of(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())), "There is no file");
        Refused(TallyRun.Of(Path.GetTempPath()), "cannot be read");
    }

    [Fact]
    public void A_file_over_the_bound_is_refused_unread()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".json");
        using (var sparse = File.Create(path))
            sparse.SetLength(TallyCommand.MostBytes + 1L);
        try
        {
            Refused(TallyRun.Of(path), "The file has more than 512 MiB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void More_than_can_be_held_is_refused_with_its_place()
    {
        var tooLong = new string('x', 17 * 1024 * 1024);
        Refused(TallyRun.OfText($$"""{"method": "motion", "title": "{{tooLong}}", "papers": []}"""), "title: What is written here is longer than 16 MiB");
        Refused(TallyRun.OfText($$"""{"method": "consent", "papers": [{"choice": "consent"}, {"choice": "{{tooLong}}"}]}"""), "papers[1]: What is written here is longer than 16 MiB");
        var papers = string.Join(", ", Enumerable.Range(1, 10_001).Select(weight => $$"""{"weight": {{weight}}, "choice": "for"}"""));
        Refused(TallyRun.OfText($$"""{"method": "motion", "papers": [{{papers}}]}"""), "papers[10000].weight: There are more than 10000 pairs");
        var ballots = string.Join('\n', Enumerable.Range(1, 10_001).Select(n => $"{2 * n - 1}/{2 * 10_007} 1 0"));
        Refused(TallyRun.OfText($"1 1\n{ballots}\n0\n\"A\"", ".blt"), "There are more than 10000 pairs");
    }

    [Fact]
    public void Sentences_are_in_the_language_of_the_process() =>
        Assert.StartsWith("papers : Ce champ manque", TallyRun.OfText("""{"method": "motion"}""", ".json", "fr-FR").Error, StringComparison.Ordinal);

    [Fact]
    public void Every_sentence_is_in_French_and_in_English()
    {
        var sentences = new ResourceManager("Governance.Api.Tallies.Tallies", typeof(TallyCommand).Assembly);
        IEnumerable<string> Keys(string culture) => sentences.GetResourceSet(CultureInfo.GetCultureInfo(culture), true, culture == "")!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal);

        Assert.NotEmpty(Keys("en"));
        Assert.Equal(Keys("en"), Keys(""));
    }

    /// <summary>Bytes lost, doubled, changed and swapped: whatever comes of it is judged or refused with a sentence.</summary>
    [Fact]
    public void No_damage_to_a_file_is_more_than_a_refusal()
    {
        var random = new Random(20231014);
        var interesting = Encoding.ASCII.GetBytes("{}[]\":,-/0123456789eE.\\=#\n ");
        var refused = 0;
        foreach (var name in TallyRun.Inputs)
        {
            var whole = File.ReadAllBytes(Path.Combine(TallyRun.Examples, name));
            for (var i = 0; i < 150; i++)
            {
                var damaged = whole.ToList();
                for (var times = random.Next(1, 4); times > 0 && damaged.Count > 1; times--)
                {
                    var at = random.Next(damaged.Count);
                    switch (random.Next(5))
                    {
                        case 0:
                            damaged.RemoveRange(at, damaged.Count - at);
                            break;
                        case 1:
                            damaged.RemoveRange(at, Math.Min(random.Next(1, 20), damaged.Count - at));
                            break;
                        case 2:
                            damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 40), damaged.Count - at)));
                            break;
                        case 3:
                            damaged[at] = (byte)random.Next(256);
                            break;
                        default:
                            damaged[at] = interesting[random.Next(interesting.Length)];
                            break;
                    }
                }

                var run = TallyRun.OfBytes([.. damaged], Path.GetExtension(name));
                refused += run.ExitCode == 2 ? 1 : 0;
                Assert.True(
                    run is { ExitCode: 0, Error: "", Output.Length: > 0 } or { ExitCode: 2, Output: "", Error.Length: > 5 },
                    $"{name}: {run.ExitCode} {run.Error} {Encoding.UTF8.GetString([.. damaged])}");
            }
        }

        Assert.True(refused > 100);
    }

    private static void Refused(TallyRun run, string sentence)
    {
        Assert.Equal("", run.Output);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith("\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
