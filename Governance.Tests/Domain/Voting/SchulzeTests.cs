using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

/// <summary>
/// Examples of M. Schulze, « A new monotonic, independent of clones, reversal symmetric, and Condorcet-consistent single-winner election method »,
/// Social Choice and Welfare 36 (2011), section 3, by their numbers in the author's later text, « The Schulze method of voting » (arXiv 1804.02973);
/// strengths are winning votes. Matrices have rows above columns, options in alphabetical order.
/// </summary>
public sealed class SchulzeTests
{
    private static Question Question(string options, int seats = 1) => new(new Schulze(seats), Letters(options));

    // Example 1: unique winner D.
    [Fact]
    public void Example_1_is_won_by_D()
    {
        var outcome = Question("ABCD").Outcome(Rankings("8 ACDB ; 2 BADC ; 4 CDBA ; 4 DBAC ; 3 DCBA"));

        Assert.Equal("0 8 14 10 | 13 0 6 2 | 7 15 0 12 | 11 19 9 0", Told(outcome.Only<PairsCompared>().Preferring));
        Assert.Equal("0 14 14 12 | 13 0 13 12 | 13 15 0 12 | 13 19 13 0", Told(outcome.Only<StrongestPaths>().Strengths));
        Assert.Equal("D > A > C > B", Told(outcome.Ranking));
    }

    // Example 2: B and D are both potential winners; nothing parts them, nor A and C.
    [Fact]
    public void Example_2_leaves_B_and_D_first_together()
    {
        var outcome = Question("ABCD").Outcome(Rankings("3 ABCD ; 2 CBDA ; 2 DABC ; 2 DBCA"));

        Assert.Equal("0 5 5 3 | 4 0 7 5 | 4 2 0 5 | 6 4 4 0", Told(outcome.Only<PairsCompared>().Preferring));
        Assert.Equal("0 5 5 5 | 5 0 7 5 | 5 5 0 5 | 6 5 5 0", Told(outcome.Only<StrongestPaths>().Strengths));
        Assert.Equal((Verdict.Tied, "B = D > A = C"), (outcome.Verdict, Told(outcome.Ranking)));
        Assert.Equal(["B", "D"], outcome.Tied);
    }

    // Example 3: D wins.
    [Fact]
    public void Example_3_is_won_by_D() => Assert.Equal(
        "D > A = B > C", Told(Question("ABCD").Outcome(Rankings("12 ABCD ; 6 ADBC ; 9 BCDA ; 15 CDAB ; 21 DBAC")).Ranking));

    // Example 4: A and D are both potential winners.
    [Fact]
    public void Example_4_leaves_A_and_D_first_together() => Assert.Equal(
        "A = D > C > B", Told(Question("ABCD").Outcome(Rankings("6 ACDB ; 1 BADC ; 3 CBDA ; 3 DBAC ; 2 DCBA")).Ranking));

    // Example 5: A wins; two more voters who put A first make D win (no method that chooses by pairs keeps participation).
    [Fact]
    public void Example_5_is_won_by_A_and_by_D_once_two_more_put_A_first()
    {
        const string papers = "3 ADEBCF ; 3 BFECDA ; 4 CABFDE ; 1 DBCEFA ; 4 DEFABC ; 2 ECBDFA ; 2 FACDBE";

        Assert.Equal(["A"], Question("ABCDEF").Outcome(Rankings(papers)).Elected);
        Assert.Equal(["D"], Question("ABCDEF").Outcome(Rankings(papers + " ; 2 AEFCBD")).Elected);
    }

    // Example 7, with equal and missing ranks, where winning votes elect D, margins A and ratios B.
    [Fact]
    public void Example_7_with_equal_and_missing_ranks_is_won_by_D_by_winning_votes()
    {
        var outcome = Question("ABCD").Outcome(Rankings(
            "6 A>B>C>D ; 8 A=B>C=D ; 8 A=C>B=D ; 18 A=C>D>B ; 8 A=C=D>B ; 40 B>A=C=D ; 4 C>B>D>A ; 9 C>D>A>B ; 8 C=D>A=B ; 14 D>A>B>C ; 11 D>B>C>A ; 4 D>C>A>B"));

        Assert.Equal("0 67 28 40 | 55 0 79 58 | 36 59 0 45 | 50 72 29 0", Told(outcome.Only<PairsCompared>().Preferring));
        Assert.Equal("0 67 67 45 | 45 0 79 45 | 45 45 0 45 | 50 72 72 0", Told(outcome.Only<StrongestPaths>().Strengths));
        Assert.Equal("D > A > B > C", Told(outcome.Ranking));
    }

    // Example 10, also the example of Wikipedia (« Schulze method ») with 45 voters: E > A > C > B > D.
    [Fact]
    public void Example_10_of_45_voters_is_ranked_as_published()
    {
        var outcome = Question("ABCDE").Outcome(
            Rankings("5 ACBED ; 5 ADECB ; 8 BEDAC ; 3 CABED ; 7 CAEBD ; 2 CBADE ; 7 DCEBA ; 8 EBADC"));

        Assert.Equal("0 20 26 30 22 | 25 0 16 33 18 | 19 29 0 17 24 | 15 12 28 0 14 | 23 27 21 31 0", Told(outcome.Only<PairsCompared>().Preferring));
        Assert.Equal("0 28 28 30 24 | 25 0 28 33 24 | 25 29 0 29 24 | 25 28 28 0 24 | 25 28 28 31 0", Told(outcome.Only<StrongestPaths>().Strengths));
        Assert.Equal((Verdict.Elected, "E > A > C > B > D"), (outcome.Verdict, Told(outcome.Ranking)));
    }

    [Fact]
    public void Options_left_out_come_last_and_equal() => Assert.Equal(
        Told(Question("ABCD").Outcome(Rankings("3 A>B=C=D ; 2 B>A>C=D")).Only<PairsCompared>().Preferring),
        Told(Question("ABCD").Outcome(Rank("A").Times(3), Rank("B > A").Times(2)).Only<PairsCompared>().Preferring));

    [Fact]
    public void A_withdrawn_option_is_passed_over_and_who_names_only_it_has_a_null_paper()
    {
        var outcome = (Question("ABC") with { Withdrawn = ["B"] }).Outcome([.. Rankings("3 B>A>C ; 2 C>B>A ; 4 B>A=C"), Rank("B").Times(1)]);

        Assert.Equal(("A > C", "0 3 | 2 0"), (Told(outcome.Ranking), Told(outcome.Only<PairsCompared>().Preferring)));
        Assert.Equal((new Tally(9, 9), new Tally(1, 1)), (outcome.Counts.Expressed, outcome.Counts.Null));
        Assert.Equal(["B"], outcome.Only<OptionsWithdrawn>().Options);
    }

    [Fact]
    public void A_paper_that_ranks_all_equal_is_expressed_and_prefers_nobody()
    {
        var outcome = Question("AB").Outcome(Rank("A = B").Times(3));

        Assert.Equal((Verdict.Tied, "A = B", new Tally(3, 3)), (outcome.Verdict, Told(outcome.Ranking), outcome.Counts.Expressed));
    }

    [Fact]
    public void A_paper_with_nothing_on_it_is_blank() =>
        Assert.Equal(new Tally(2, 2), Question("AB").Outcome(new Paper.Ranking([]).Times(2)).Counts.Blank);
}
