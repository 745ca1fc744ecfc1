using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

public sealed class PluralityTests
{
    private static Question OneRound(string options, int seats = 1) => new(new Plurality(seats), Letters(options));

    private static Question TwoRounds(string options, int seats = 1) => new(new Plurality(seats, 2), Letters(options));

    private static MethodOutcome Both(Question question, PapersAlike[] first, PapersAlike[] second)
    {
        var one = question.Outcome(first);
        return Plurality.Together(one, Plurality.SecondRound(question, one)!.Outcome(second));
    }

    // J.-C. de Borda, « Mémoire sur les élections au scrutin », 1781: of 21 voters 8 put A first, 7 B and 6 C, so that A wins.
    [Fact]
    public void Most_votes_win_as_in_Bordas_example()
    {
        var outcome = OneRound("ABC").Outcome(Choose("C").Times(6), Choose("B").Times(7), Choose("A").Times(8));

        Assert.Equal((Verdict.Elected, "A > B > C"), (outcome.Verdict, Told(outcome.Ranking)));
        Assert.Equal(("A 8, B 7, C 6", (Fraction)21), (Told(outcome.Only<RoundCounted>().Votes), outcome.Only<RoundCounted>().Expressed));
        Assert.Null(outcome.Threshold);
    }

    // Condorcet, « Essai sur l'application de l'analyse », 1785, discours préliminaire: of 60 voters 23 put A first, 19 B, 18 C.
    [Fact]
    public void Most_votes_win_as_in_Condorcets_example()
    {
        var outcome = OneRound("ABC").Outcome(Choose("A").Times(23), Choose("B").Times(17), Choose("B").Times(2), Choose("C").Times(10), Choose("C").Times(8));

        Assert.Equal(("A", "A 23, B 19, C 18"), (Told(outcome.Elected), Told(outcome.Only<RoundCounted>().Votes)));
    }

    // French presidential election of 2002 as proclaimed by the Constitutional Council (24 April and 8 May 2002): of 16 candidates the two
    // with 5,665,855 and 4,804,713 of 28,498,471 votes expressed went to the second round, won by 25,537,956 to 5,525,032.
    [Fact]
    public void The_two_best_go_to_a_second_round_as_in_the_French_election_of_2002()
    {
        long[] votes =
        [
            5_665_855, 4_804_713, 4_610_113, 1_949_170, 1_630_045, 1_518_528, 1_495_724, 1_210_562, 1_204_689, 1_113_484, 960_480, 667_026, 660_447,
            535_837, 339_112, 132_686,
        ];
        var question = TwoRounds("ABCDEFGHIJKLMNOP");
        PapersAlike[] first = [.. votes.Select((n, i) => Choose(question.Options[i]).Times(n)), new Paper.Blank().Times(997_262)];

        var half = question.Outcome(first);
        Assert.Equal((Verdict.Rejected, (Fraction)28_498_471, new Fraction(28_498_471, 2)), (half.Verdict, half.Base!.Value, half.Threshold!.Value));
        Assert.Equal(["A", "B"], half.Only<SecondRoundCalled>().Options);

        var outcome = Both(question, first, [Choose("A").Times(25_537_956), Choose("B").Times(5_525_032), new Paper.Blank().Times(1_769_307)]);
        Assert.Equal((Verdict.Elected, "A", 31_062_988), (outcome.Verdict, Told(outcome.Elected), outcome.Counts.Expressed.Heads));
        Assert.StartsWith("A > B > C > D", Told(outcome.Ranking), StringComparison.Ordinal);
        Assert.Equal([1, 2], outcome.Steps.OfType<RoundCounted>().Select(r => r.Round));
    }

    // The well-known example of Tennessee's capital (Memphis 42, Nashville 26, Chattanooga 15, Knoxville 17): Memphis has most votes, and
    // loses the second round to Nashville by 42 to 58.
    [Fact]
    public void Tennessee_chooses_Memphis_in_one_round_and_Nashville_in_two()
    {
        PapersAlike[] papers = [Choose("M").Times(42), Choose("N").Times(26), Choose("C").Times(15), Choose("K").Times(17)];

        Assert.Equal(["M"], OneRound("MNCK").Outcome(papers).Elected);
        Assert.Equal(["N"], Both(TwoRounds("MNCK"), papers, [Choose("M").Times(42), Choose("N").Times(58)]).Elected);
    }

    [Fact]
    public void Exactly_half_is_not_enough_in_the_first_round_and_one_more_is()
    {
        var half = TwoRounds("ABC").Outcome(Choose("A").Times(5), Choose("B").Times(3), Choose("C").Times(2));
        var more = TwoRounds("ABC").Outcome(Choose("A").Times(6), Choose("B").Times(3), Choose("C").Times(2), new Paper.Blank().Times(90));

        Assert.Equal((Verdict.Rejected, ""), (half.Verdict, Told(half.Elected)));
        Assert.Equal((Verdict.Elected, "A"), (more.Verdict, Told(more.Elected)));
        Assert.Empty(more.Steps.OfType<SecondRoundCalled>());
    }

    [Fact]
    public void Whoever_equals_the_second_goes_to_the_second_round_too() => Assert.Equal(
        ["A", "B", "C"],
        TwoRounds("ABCD").Outcome(Choose("A").Times(4), Choose("B").Times(3), Choose("C").Times(3), Choose("D").Times(1)).Only<SecondRoundCalled>().Options);

    [Fact]
    public void With_several_seats_a_paper_names_as_many_and_two_for_each_seat_left_go_to_the_second_round()
    {
        var outcome = TwoRounds("ABCDE", 2).Outcome(
            Choose("A", "B").Times(4), Choose("A", "C").Times(3), Choose("D", "E").Times(1), Choose("D").Times(1));

        Assert.Equal(["A"], outcome.Elected);
        Assert.Equal((1, "B, C"), (outcome.Only<SecondRoundCalled>().Seats, Told(outcome.Only<SecondRoundCalled>().Options)));
        Assert.Equal(new TooManyChoices(3, 2), TwoRounds("ABCDE", 2).Count().Add(Choose("A", "B", "C").Times(1)));
    }

    [Fact]
    public void A_tie_across_the_last_seat_is_declared_and_named()
    {
        var outcome = OneRound("ABCD", 2).Outcome(Choose("A").Times(5), Choose("C").Times(3), Choose("B").Times(3));

        Assert.Equal((Verdict.Tied, "A", "B, C"), (outcome.Verdict, Told(outcome.Elected), Told(outcome.Tied)));
        Assert.Equal("A > B = C > D", Told(outcome.Ranking));
        Assert.Equal(1, outcome.Only<TieDeclared>().Seats);
        Assert.Equal((TieOver.Seat, "art. 13"), (outcome.Only<TieDeclared>().Over, outcome.Only<TieDeclared>().Article));
    }

    [Fact]
    public void An_order_drawn_by_lot_parts_the_tie_and_leaves_the_ranking_as_it_is()
    {
        var outcome = (OneRound("ABCD", 2) with { TieOrder = ["C", "B", "D"] }).Outcome(Choose("A").Times(5), Choose("C").Times(3), Choose("B").Times(3));

        Assert.Equal((Verdict.Elected, "A, C", "A > B = C > D"), (outcome.Verdict, Told(outcome.Elected), Told(outcome.Ranking)));
        Assert.Equal(["C"], outcome.Only<TieParted>().Chosen);
    }

    [Fact]
    public void An_order_that_leaves_one_of_the_tied_out_parts_nothing() => Assert.Equal(
        Verdict.Tied, (OneRound("ABC") with { TieOrder = ["B"] }).Outcome(Choose("A").Times(1), Choose("B").Times(1)).Verdict);

    [Fact]
    public void With_more_seats_than_options_all_are_elected() =>
        Assert.Equal(["A", "B"], OneRound("AB", 3).Outcome(Choose("A").Times(1)).Elected);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_no_paper_or_only_blank_ones_nobody_is_elected_and_nothing_parts_the_options(int rounds)
    {
        var question = new Question(new Plurality(1, rounds), Letters("AB"));
        foreach (var outcome in new[] { question.Outcome(), question.Outcome(new Paper.Blank().Times(4)) })
        {
            Assert.Equal((Verdict.Rejected, "A = B"), (outcome.Verdict, Told(outcome.Ranking)));
            Assert.Empty(outcome.Elected);
        }
    }
}
