using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

public sealed class ApprovalTests
{
    private static Question Question(string options, int seats = 1) => new(new Approval(seats), Letters(options));

    // Primary for mayor of St. Louis, 2 March 2021, the two best going on: 25,388, 20,659, 17,186 and 6,428 approvals on 44,571 ballots
    // (Board of Election Commissioners; electowiki, « 2021 St. Louis mayoral election »). Ballots were not published: the papers
    // below are ones that add up to these counts.
    [Fact]
    public void The_two_most_approved_go_on_as_in_St_Louis_in_2021()
    {
        var outcome = Question("ABCD", 2).Outcome(
            Choose("A", "B").Times(20_659), Choose("A", "C").Times(4_431), Choose("A", "C", "D").Times(298), Choose("C").Times(12_457),
            Choose("D").Times(6_130), new Paper.Blank().Times(596));

        Assert.Equal(["A", "B"], outcome.Elected);
        Assert.Equal("A 25388, B 20659, C 17186, D 6428", Told(outcome.Only<ApprovalsCounted>().Votes));
        Assert.Equal(44_571, outcome.Counts.Papers.Heads);
    }

    // Tennessee's capital, each elector approving the two nearest cities (Wikipedia, « Approval voting »): Nashville 68, Chattanooga 58,
    // Memphis 42, Knoxville 32.
    [Fact]
    public void Tennessee_approves_Nashville()
    {
        var outcome = Question("MNCK").Outcome(
            Choose("M", "N").Times(42), Choose("N", "C").Times(26), Choose("C", "K").Times(15), Choose("K", "C").Times(17));

        Assert.Equal(("N", "N 68, C 58, M 42, K 32"), (Told(outcome.Elected), Told(outcome.Only<ApprovalsCounted>().Votes)));
    }

    // Borda's 21 voters (1781: 1 ABC, 7 ACB, 7 BCA, 6 CBA), each approving the first two: C 7 + 7 + 6 = 20, B 1 + 7 + 6 = 14, A 1 + 7 = 8, which is
    // the order of Borda's own count and the reverse of plurality's.
    [Fact]
    public void Bordas_voters_approve_the_one_that_plurality_puts_last()
    {
        var outcome = Question("ABC").Outcome(
            Choose("A", "B").Times(1), Choose("A", "C").Times(7), Choose("B", "C").Times(7), Choose("C", "B").Times(6));

        Assert.Equal("C 20, B 14, A 8", Told(outcome.Only<ApprovalsCounted>().Votes));
    }

    [Fact]
    public void Equal_approvals_for_the_last_seat_are_tied() =>
        Assert.Equal(["A", "B"], Question("ABC").Outcome(Choose("A", "B").Times(2), Choose("C").Times(1)).Tied);

    [Fact]
    public void A_paper_that_approves_nobody_is_blank() => Assert.Equal(new Tally(2, 2), Question("AB").Outcome(Choose().Times(2)).Counts.Blank);

    [Fact]
    public void Weights_count_and_fractions_are_scaled_to_the_least_whole_numbers()
    {
        var outcome = Question("AB").Outcome(Choose("A").Weighing(Motions.F(1, 2), 3), Choose("B").Weighing(Motions.F(2, 3), 2));

        Assert.Equal((Fraction)6, outcome.Only<WeightsScaled>().Factor);
        Assert.Equal("A 9, B 8", Told(outcome.Only<ApprovalsCounted>().Votes));
        Assert.Equal(new Tally(5, Motions.F(17, 6)), outcome.Counts.Expressed);
    }
}
