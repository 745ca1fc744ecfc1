using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

/// <summary>Points that each elector shares are cumulative voting: so many votes as there are points, heaped as one likes.</summary>
public sealed class PointsTests
{
    private static Question Question(string options, int each, int seats = 1) => new(new Points(each, seats), Letters(options));

    private static Paper Give(params (string Option, int Points)[] given) => new Paper.Points([.. given.Select(g => new OptionPoints(g.Option, g.Points))]);

    // A company's three directors, 60 shares against 40 (Law Jock, « Cumulative voting calculator »): 180 votes and 120; a minority that gives
    // one candidate 61 of its votes or more seats that one, as the majority can give more than 60 to two only.
    [Theory]
    [InlineData(61, 60, 59)]
    [InlineData(62, 62, 56)]
    [InlineData(90, 89, 1)]
    public void A_minority_of_40_shares_against_60_seats_one_of_three_directors(int a, int b, int c)
    {
        var outcome = Question("ABCX", 180, 3).Outcome(
            Give(("A", a), ("B", b), ("C", c)).Times(1), Give(("X", 180)).Weighing(Motions.F(120, 180)));

        Assert.Contains("X", outcome.Elected);
        Assert.Equal(3, outcome.Elected.Count);
    }

    // Seven directors, 100,000 shares: 100,000 × 1 / (7 + 1) + 1 = 12,501 shares are needed for one seat (the usual formula, so Block and Hirt,
    // « Foundations of financial management », chapter on common stock): 12,501 × 7 = 87,507 votes against 87,499 × 7 = 612,493 spread over seven, of
    // 87,499 each. With one share fewer it is 87,500 against 612,500 / 7 = 87,500: a tie.
    [Theory]
    [InlineData(12_501, true)]
    [InlineData(12_500, false)]
    public void Of_100_000_shares_12_501_are_needed_for_one_of_seven_directors(long shares, bool seated)
    {
        var outcome = Question("ABCDEFGX", 7, 7).Outcome(
            Give([.. "ABCDEFG".Select(o => (o.ToString(), 1))]).Times(100_000 - shares), Give(("X", 7)).Times(shares));

        Assert.Equal(seated, outcome.Elected.Contains("X"));
        Assert.Equal(seated ? 7 : 8, outcome.Tied.Count);
        Assert.Equal((Fraction)(7 * shares), Assert.Single(outcome.Only<PointsTotalled>().Totals, t => t.Option == "X").Votes);
    }

    // Five directors, six candidates, 15 million shares (an exercise published with its solution, ya.guru/questions/7265676; which textbook it is from is not said there): of 75 million votes 12,500,001 make sure of a seat, as the
    // 62,499,999 that are left cannot give five others so many.
    [Fact]
    public void Of_75_million_votes_12_500_001_make_sure_of_one_of_five_seats()
    {
        // 12,500,001 votes are 2,500,000 shares with five points each and one point of another; that one's other four, and 12,499,999 shares, go to the rest.
        var outcome = Question("ABCDEX", 5, 5).Outcome(
            Give(("X", 5)).Times(2_500_000), Give(("X", 1), ("A", 1), ("B", 1), ("C", 1), ("D", 1)).Times(1),
            Give(("A", 1), ("B", 1), ("C", 1), ("D", 1), ("E", 1)).Times(12_499_999));

        Assert.Equal(["A", "B", "C", "D", "X"], outcome.Elected.Order());
        Assert.Equal("X 12500001, A 12500000, B 12500000, C 12500000, D 12500000, E 12499999", Told(outcome.Only<PointsTotalled>().Totals));
    }

    [Fact]
    public void Workstreams_are_ranked_by_the_points_of_all()
    {
        var outcome = Question("ABC", 10).Outcome(Give(("A", 7), ("B", 3)).Times(2), Give(("B", 10)).Times(1), Give(("C", 9), ("A", 1)).Times(1));

        Assert.Equal(("B > A > C", "B 16, A 15, C 9"), (Told(outcome.Ranking), Told(outcome.Only<PointsTotalled>().Totals)));
        Assert.Equal((10, (Fraction)4), (outcome.Only<PointsTotalled>().Each, outcome.Only<PointsTotalled>().Expressed));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(5)]
    [InlineData(0)]
    public void Each_elector_shares_exactly_so_many_points(int given) => Assert.Equal(
        new PointsNotShared(given + 2, 10), Question("AB", 10).Count().Add(Give(("A", given), ("B", 2)).Times(1)));

    [Fact]
    public void Points_are_never_taken_away() =>
        Assert.IsType<NumberOutOfBounds>(Question("AB", 10).Count().Add(Give(("A", 11), ("B", -1)).Times(1)));
}
