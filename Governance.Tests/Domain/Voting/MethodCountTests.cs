using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;
using static Governance.Tests.Domain.Voting.Motions;

namespace Governance.Tests.Domain.Voting;

/// <summary>What all methods have in common: the roll, the quorum, colleges, weights, refusals.</summary>
public sealed class MethodCountTests
{
    private static readonly Question Chair = new(new Approval(), ["A", "B"]);
    private static readonly QuorumRule Half = QuorumRule.OfMembers(F(1, 2));

    [Fact]
    public void Blank_null_abstaining_and_silent_are_four_counts_that_add_up_to_the_roll()
    {
        var outcome = Chair.Outcome(
            null, [Members(20)],
            Choose("A").Times(7), Choose("B").Times(3), new Paper.Abstains().Times(2), new Paper.Blank().Times(1), new Paper.Null().Times(1));

        Assert.Equal(new MethodCounts(new(10, 10), new(2, 2), new(1, 1), new(1, 1), new(6, 6)), outcome.Counts);
        Assert.Equal(new Tally(20, 20), outcome.Counts.Roll);
    }

    [Theory]
    [InlineData(10, Verdict.Elected)]
    [InlineData(9, Verdict.NoQuorum)]
    public void An_election_can_have_a_quorum_blank_papers_take_part(long papers, Verdict verdict)
    {
        var outcome = Chair.Outcome(MethodRules(Half), [Members(19)], Choose("A").Times(papers - 2), new Paper.Blank().Times(2));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(
            new QuorumChecked("art. 10", QuorumMeasure.Members, 19, papers, F(1, 2), Comparison.AtLeast, F(19, 2), verdict == Verdict.Elected), outcome.Steps[0]);
        Assert.Equal(verdict == Verdict.Elected ? "A > B" : "A = B", Told(outcome.Ranking));
    }

    [Fact]
    public void Colleges_are_pooled_by_weight_and_counted_apart_an_empty_one_too()
    {
        var outcome = Chair.Outcome(
            null, [Members(10, "teams"), Members(2, "presidents") with { Members = new(2, 6) }, Members(0, "experts")],
            Choose("B").Weighing(3, 2, "presidents"), Choose("A").Times(5, "teams"));

        Assert.Equal("B 6, A 5", Told(outcome.Only<ApprovalsCounted>().Votes));
        Assert.Equal(["experts", "presidents", "teams"], outcome.Colleges.Select(c => c.College));
        Assert.Equal((Tally.Zero, new Tally(2, 6), new Tally(5, 5)), (outcome.Colleges[0].Counts.Roll, outcome.Colleges[1].Counts.Expressed, outcome.Colleges[2].Counts.NotVoting));
    }

    [Theory]
    [InlineData(MissingCollege.Drop, Verdict.Elected, "A > B")]
    [InlineData(MissingCollege.Block, Verdict.NoQuorum, "A = B")]
    public void A_college_without_quorum_is_dropped_with_its_papers_or_blocks(MissingCollege missing, Verdict verdict, string ranking)
    {
        var outcome = Chair.Outcome(
            MethodRules(Half with { Extent = QuorumExtent.EachCollege }, CollegesRule.Pooled with { Missing = missing }),
            [Members(4, "presidents"), Members(100, "teams")],
            Choose("A").Times(3, "presidents"), Choose("B").Times(49, "teams"));

        Assert.Equal((verdict, ranking), (outcome.Verdict, Told(outcome.Ranking)));
        Assert.Contains(new CollegeMissing("art. 7", MissingReason.NoQuorum, missing, "teams"), outcome.Steps);
        if (verdict == Verdict.Elected)
            Assert.Equal(new PapersLeftOut("art. 7", "teams", new(49, 49)), outcome.Only<PapersLeftOut>());
    }

    [Theory]
    [InlineData(CollegeMode.Normalised)]
    [InlineData(CollegeMode.SomeColleges)]
    [InlineData(CollegeMode.Double)]
    [InlineData(CollegeMode.Veto)]
    public void Options_are_not_parted_by_colleges_other_than_pooled(CollegeMode mode) => Assert.Equal(
        new CollegesNotPooled(mode, "art. 7"), MethodRules(colleges: CollegesRule.Pooled with { Mode = mode }).Fault());

    [Fact]
    public void A_college_without_quorum_cannot_count_against_where_nobody_votes_against() => Assert.Equal(
        new NothingToVoteAgainst("art. 7"),
        MethodRules(Half with { Extent = QuorumExtent.EachCollege }, CollegesRule.Pooled with { Missing = MissingCollege.Against }).Fault());

    [Fact]
    public void Whole_weights_are_left_as_they_are() =>
        Assert.Equal("A 4, B 2", Told(Chair.Outcome(Choose("A").Weighing(4), Choose("B").Weighing(2)).Only<ApprovalsCounted>().Votes));

    [Fact]
    public void Fractions_are_brought_to_the_least_whole_numbers()
    {
        var outcome = Chair.Outcome(Choose("A").Weighing(F(2, 3), 5), Choose("B").Weighing(F(4, 3)));

        Assert.Equal((F(3, 2), "A 5, B 2"), (outcome.Only<WeightsScaled>().Factor, Told(outcome.Only<ApprovalsCounted>().Votes)));
    }

    public static TheoryData<Question, Refusal> Faults() => new()
    {
        { Chair with { Options = ["A", "B", "A"] }, new OptionTwice("A") },
        { Chair with { Withdrawn = ["C"] }, new UnknownOption("withdrawn", "C") },
        { Chair with { TieOrder = ["A", "C"] }, new UnknownOption("tieOrder", "C") },
        { Chair with { TieOrder = ["A", "A"] }, new OptionTwice("A") },
        { Chair with { Withdrawn = ["A", "B"] }, new NoOptionStands() },
        { Chair with { Options = [] }, new NumberOutOfBounds("options", 1, Question.MostOptions) },
        { Chair with { Options = [" "] }, new TextOutOfBounds("options", 1, Texts.NameLength) },
        { Chair with { Method = new Approval(0) }, new NumberOutOfBounds("seats", 1, Question.MostOptions) },
        { Chair with { Method = new Plurality(1, 3) }, new NumberOutOfBounds("rounds", 1, 2) },
        { Chair with { Method = new Plurality(1, 1, 0) }, new NumberOutOfBounds("mostChoices", 1, Question.MostOptions) },
        { Chair with { Method = new Points(0) }, new NumberOutOfBounds("points", 1, Points.MostPoints) },
        { Chair with { Method = new Schulze(-1) }, new NumberOutOfBounds("seats", 1, Question.MostOptions) },
        { Chair with { Method = new SingleTransferableVote(0) }, new NumberOutOfBounds("seats", 1, Question.MostOptions) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_question_that_cannot_be_put_says_why(Question question, Refusal refusal)
    {
        Assert.Equal(refusal, question.Fault());
        Assert.Throws<ArgumentException>(question.Count);
    }

    public static TheoryData<Method, Paper, Refusal> Malformed() => new()
    {
        { new Approval(), Choose("A", "C"), new PaperNamesUnknownOption("C") },
        { new Approval(), Choose("A", "A"), new PaperNamesOptionTwice("A") },
        { new Schulze(), Rank("A > B > A"), new PaperNamesOptionTwice("A") },
        { new Approval(), Rank("A > B"), new PaperOfAnotherMethod("ranking") },
        { new Schulze(), Choose("A"), new PaperOfAnotherMethod("choices") },
        { new Approval(), new Paper.Consents(), new PaperOfAnotherMethod("consents") },
        { new MajorityJudgment(["good", "bad"]), new Paper.Grades([new("C", "good")]), new PaperNamesUnknownOption("C") },
        { new Points(3), new Paper.Points([new("A", 1), new("A", 2)]), new PaperNamesOptionTwice("A") },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_paper_that_does_not_answer_the_question_is_refused_and_not_counted(Method method, Paper paper, Refusal refusal)
    {
        var count = (Chair with { Method = method }).Count();

        Assert.Equal(refusal, count.Add(paper.Times(1)));
        Assert.Equal(0, count.Result(MethodRules()).Counts.Papers.Heads);
    }

    [Fact]
    public void Papers_weigh_something_and_are_at_least_one()
    {
        Assert.Equal(new PaperWithoutWeight(0), Chair.Count().Add(Choose("A").Weighing(0)));
        Assert.Equal(new PaperCountOutOfRange(0, MethodCount.MostPapers), Chair.Count().Add(Choose("A").Times(0)));
        Assert.IsType<PaperCountOutOfRange>(Chair.Count().Add(Choose("A").Times(MethodCount.MostPapers + 1)));
    }

    [Fact]
    public void More_papers_than_electors_are_no_vote_that_can_have_been() =>
        Assert.Throws<ArgumentException>(() => Chair.Outcome(null, [Members(2)], Choose("A").Times(3)));

    [Fact]
    public void Papers_of_a_college_that_is_not_on_the_roll_are_no_vote_that_can_have_been() =>
        Assert.Throws<ArgumentException>(() => Chair.Outcome(null, [Members(2)], Choose("A").Times(1, "teams")));

    [Fact]
    public void A_college_twice_on_the_roll_is_no_roll() =>
        Assert.Throws<ArgumentException>(() => Chair.Outcome(null, [Members(2, "teams"), Members(2, "teams")]));

    [Fact]
    public void Rules_that_no_count_can_be_judged_by_are_a_bug_where_they_get_so_far() => Assert.Throws<ArgumentException>(
        () => Chair.Outcome(MethodRules(colleges: CollegesRule.Pooled with { Mode = CollegeMode.Veto }), null));

    [Theory]
    [InlineData("")]
    [InlineData("09")]
    [InlineData("00FF")]
    [InlineData("0005")]
    public void Bytes_that_were_never_packed_are_no_paper(string hexadecimal) =>
        Assert.Throws<ArgumentException>(() => Chair.Count().Add(Convert.FromHexString(hexadecimal), 1, 1));

    [Fact]
    public void Packed_papers_count_as_the_named_ones_do()
    {
        var (named, packed) = (Chair.Count(), Chair.Count());
        var packing = new PackedPaper(Chair);
        foreach (var paper in new[] { Choose("B", "A"), Choose("A"), new Paper.Blank(), new Paper.Null(), new Paper.Abstains(), Choose() })
        {
            Assert.Null(named.Add(paper.Times(2)));
            Assert.Null(packing.TryPack(paper, out var bytes));
            packed.Add(bytes, 2, 1);
        }

        Assert.Equal(Text(named.Result(MethodRules())), Text(packed.Result(MethodRules())));
    }

    // As the law of transferable votes has it, a fraction of a count has as many digits as it takes.
    [Fact]
    public void A_long_fraction_of_a_count_is_read_back_whole()
    {
        var step = new VotesStand("art. 20", 7, [new("A", new(System.Numerics.BigInteger.Pow(7, 200), System.Numerics.BigInteger.Pow(10, 150)))], 0);

        Assert.Equal(
            step.Tallies[0], Assert.IsType<VotesStand>(JsonSerializer.Deserialize<Step>(JsonSerializer.Serialize<Step>(step, EventCatalogue.Json), EventCatalogue.Json)).Tallies[0]);
    }

    private static string Text(MethodOutcome outcome) => JsonSerializer.Serialize(outcome, EventCatalogue.Json);
}
