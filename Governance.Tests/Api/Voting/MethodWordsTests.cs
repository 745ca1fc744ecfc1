using System.Reflection;
using System.Text.RegularExpressions;
using Governance.Api.Ballots;
using Governance.Api.Voting;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api.Voting;

/// <summary>Every judgement, method and verdict has its sentences, in both languages.</summary>
public sealed partial class MethodWordsTests
{
    private static readonly Fraction Third = new(17, 3);

    private static readonly MethodCounts Counts = new(new(3, 3), new(1, 1), Tally.Zero, Tally.Zero, Tally.Zero);

    private static readonly OptionVotes[] Votes = [new("a", 5), new("b", Third)];

    private static readonly IReadOnlyList<IReadOnlyList<Fraction>> Table = [[0, 3], [2, 0]];

    private static readonly Step[] Steps =
    [
        new QuorumNotRequired("12"),
        new QuorumChecked("12", QuorumMeasure.Members, 10, 5, new(1, 2), Comparison.AtLeast, 5, true),
        new QuorumChecked("12", QuorumMeasure.Votes, 10, 5, new(1, 2), Comparison.MoreThan, 5, false, "c"),
        new CollegesWithQuorum("12", 2, 2, 3, true),
        new CollegeMissing("12", MissingReason.NoQuorum, MissingCollege.Drop, "c"),
        new CollegeNormalised("12", 1, 1, 1, 1, 1, 1, "c"),
        new MajorityJudged("12", MajorityForm.Fraction, MajorityBase.Expressed, true, true, true, 5, 3, 8, Comparison.MoreThan, 4, true, null, new(1, 2)),
        new CollegesInFavour("12", 2, 2, 3, true),
        new VetoJudged("12", "c", VetoWhen.Opposed, false),
        new VotesEqual("12", 4, TieBreak.Lot),
        new CastingVoteGiven("12", Governance.Domain.Voting.Choice.For),
        new WeightsScaled("12", 6),
        new OptionsWithdrawn("12", ["a", "b"]),
        new PapersLeftOut("12", "c", new(3, 3)),
        new ConsentAsked("12", new(3, 3), Tally.Zero, [new("trop cher", new(1, 1), "c")], false),
        new ConsentAsked("12", new(3, 3), Tally.Zero, [], true),
        new RoundCounted("12", 1, 1, Counts, Votes, 10, [], 5),
        new RoundCounted("12", 1, 1, Counts, Votes, 10, ["a"], 5),
        new RoundCounted("12", 2, 1, Counts, Votes, 10, ["a"]),
        new RoundCounted("12", 1, 1, Counts, Votes, 10, []),
        new SecondRoundCalled("12", 1, ["a", "b"]),
        new ApprovalsCounted("12", Votes, 10),
        new PointsTotalled("12", 10, Votes, 10),
        new PairsCompared("12", ["a", "b"], Table),
        new StrongestPaths("12", ["a", "b"], Table),
        new MeritProfiled("12", ["Bien", "Mal"], [new("a", [3, 2], "Bien")], 5),
        new MedianTieParted("12", "a", "b", 2, "Bien", "Mal"),
        new QuotaSet("12", 10, 2, 4),
        new VotesStand("12", 1, Votes, 0),
        new VotesStand("12", 2, Votes, Third),
        new OptionsElected("12", 1, ["a"], ElectedBy.Quota),
        new OptionsElected("12", 1, ["a"], ElectedBy.SeatsLeft),
        new SurplusTransferred("12", 2, "a", 1, 5, new(1, 5), Votes, 0),
        new OptionExcluded("12", 3, "b", Third, Votes, 0),
        .. Enum.GetValues<TieOver>().SelectMany(over => new Step[]
        {
            new TieParted("12", over, ["a", "b"], ["a"], 1), new TieParted("12", over, ["a", "b"], ["a"]), new TieDeclared("12", over, ["a", "b"], 1),
        }),
    ];

    public static TheoryData<string> Languages => ["fr-FR", "en-GB"];

    [Fact]
    public void No_kind_of_step_is_forgotten_here() => Assert.Equal(
        typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step)) && !t.IsAbstract).OrderBy(t => t.Name),
        Steps.Select(s => s.GetType()).Distinct().OrderBy(t => t.Name));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_step_is_told_in_sentences(string language)
    {
        using var _ = new Speaking(language);
        var words = BallotWords.Steps(Steps, c => c, new MethodTexts<BallotText>(), Words);
        Assert.Equal(Steps.Length, words.Count);
        Assert.All(words, step =>
        {
            Assert.Matches(Sentence(), step.Conclusion);
            Assert.DoesNotContain("{", $"{step.Title} {step.Conclusion} {step.Rule}", StringComparison.Ordinal);
            Assert.All(step.Lines, line => Assert.NotEqual("", line.Value));
            Assert.Equal("12", step.Article);
        });
    }

    [Fact]
    public void A_transfer_says_its_figures_exactly()
    {
        using var _ = new Speaking("fr-FR");
        var step = Words.Step(new SurplusTransferred("12", 2, "a", new(17, 3), 9, new(17, 27), [new("b", new(17, 3))], 0))!;
        Assert.Contains("5\u00a02/3 voix", step.Conclusion, StringComparison.Ordinal);
        Assert.Contains(step.Lines, line => line.Value == "17/27");
    }

    [Fact]
    public void Every_method_has_a_name_and_says_how_its_paper_is_filled_in()
    {
        Method[] methods = [new Plurality(), new Plurality(2, 2), new Approval(), new Points(10), new Schulze(), new MajorityJudgment(["Bien", "Mal"]), new SingleTransferableVote(), new Consent()];
        Assert.Equal(typeof(Method).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Method))).OrderBy(t => t.Name), methods.Select(m => m.GetType()).Distinct().OrderBy(t => t.Name));
        foreach (var language in Languages)
        {
            using var _ = new Speaking(language.Data);
            Assert.All(methods, m => Assert.NotEqual("", PaperWords.Name(m, new MethodTexts<MethodText>())));
            Assert.All(methods, m => Assert.Matches(Sentence(), PaperWords.How(new Question(m, ["a", "b"]), new MethodTexts<MethodText>())));
        }
    }

    [Theory]
    [InlineData("fr-FR", 12345, 1, "12\u202f345")]
    [InlineData("en-GB", 12345, 1, "12,345")]
    [InlineData("fr-FR", 17, 3, "5\u00a02/3")]
    [InlineData("fr-FR", 2, 3, "2/3")]
    [InlineData("fr-FR", -17, 3, "\u22125\u00a02/3")]
    [InlineData("fr-FR", 20000, 3001, "≈\u00a06,66444")]
    [InlineData("en-GB", 20000, 3001, "≈\u00a06.66444")]
    public void Fractions_are_read_as_people_read_them(string language, long numerator, long denominator, string read)
    {
        using var _ = new Speaking(language);
        Assert.Equal(read, MethodWords.Number(new(numerator, denominator)));
    }

    [Fact]
    public void Votes_beyond_64_bits_are_written_in_full()
    {
        using var _ = new Speaking("en-GB");
        Assert.Equal("1,000,000,000,000,000,000,000", MethodWords.Number(new(System.Numerics.BigInteger.Pow(10, 21), 1)));
    }

    [Fact]
    public void Lengths_of_a_drawing_hold_votes_of_any_size()
    {
        var scale = new Scale(new(System.Numerics.BigInteger.Pow(10, 40), 3));
        Assert.Equal("50.0%", scale.Percent(new(System.Numerics.BigInteger.Pow(10, 40), 6)));
        Assert.Equal("0.0%", new Scale(0).Percent(0));
    }

    private static MethodWords Words => new(option => option.ToUpperInvariant(), c => c, new MethodTexts<MethodText>());

    [GeneratedRegex(@"^\S.*[.?!]$")]
    private static partial Regex Sentence();
}
