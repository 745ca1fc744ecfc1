using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Voting;

public sealed class SecrecyDemandTests
{
    private static SecrecyDemand Judge(SecrecyRule rule, long demanding, long takingPart = 10, bool byChair = false) =>
        SecrecyDemand.Judge(new("art. 10", rule), demanding, takingPart, byChair);

    [Fact]
    public void A_quarter_of_ten_is_three()
    {
        var quarter = new SecrecyRule(VoteForm.ShowOfHands, 5, new Fraction(1, 4));

        Assert.Equal((false, (Fraction?)new Fraction(5, 2), "art. 10"), Judge(quarter, 2) is var j ? (j.Secret, j.Threshold, j.Article) : default);
        Assert.True(Judge(quarter, 3).Secret);
        Assert.True(Judge(quarter, 2, takingPart: 8).Secret);
    }

    [Fact]
    public void Any_single_one_may_demand_it_where_the_share_is_zero_and_nobody_where_there_is_none()
    {
        Assert.True(Judge(new(VoteForm.ShowOfHands, 5, Fraction.Zero), 1).Secret);
        Assert.False(Judge(new(VoteForm.ShowOfHands, 5, Fraction.Zero), 0).Secret);
        Assert.Equal((false, (Fraction?)null), Judge(new(VoteForm.ShowOfHands, 5), 10) is var j ? (j.Secret, j.Threshold) : default);
    }

    [Fact]
    public void The_chair_demands_it_where_the_rule_says_so()
    {
        Assert.True(Judge(new(VoteForm.RollCall, 5, OnDemandOfChair: true), 0, byChair: true).Secret);
        Assert.False(Judge(new(VoteForm.RollCall, 5), 0, byChair: true).Secret);
    }

    [Fact]
    public void A_vote_that_is_always_secret_needs_no_demand() => Assert.True(Judge(new(VoteForm.Secret, 5), 0).Secret);

    [Fact]
    public void More_than_take_part_cannot_demand() => Assert.Throws<ArgumentOutOfRangeException>(() => Judge(new(VoteForm.Secret, 5), 11));
}
