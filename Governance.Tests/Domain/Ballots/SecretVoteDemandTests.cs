using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>A secret vote is demanded before the ballot opens, and the rules judge that when it does.</summary>
public sealed class SecretVoteDemandTests
{
    private static DemandSecretVote Demand(int demanding, int takingPart = 10, bool byChair = false, params int[] electors) => new(
        TheBallot, demanding, takingPart, byChair, electors.Length == 0 ? null : [.. electors.Select(Mandate)], Opening.AddHours(-1));

    private static BallotStory Drafts(Fraction? share, bool chair = false) =>
        WithBoard(10, Set(new SecrecyRule(VoteForm.ShowOfHands, 2, share, chair))).Drafted();

    private static BallotStory Demanded(BallotStory story, params DemandSecretVote[] demands) => demands.Aggregate(story, (s, d) => s.Then(s.When(d)));

    [Fact]
    public void What_the_rule_grants_keeps_the_ballot_from_being_open_and_opens_it_in_secret()
    {
        var story = Demanded(Drafts(new Fraction(1, 4)), Demand(2), Demand(3));

        var refusal = Refused<SecretVoteIsDemanded>(story.When(story.Open()));
        Assert.Equal((3L, 10L, new Fraction(5, 2), "art. 14"), (refusal.Demanding, refusal.TakingPart, refusal.Threshold, refusal.Article!));
        Assert.True(((Ballot.Open)story.Then(story.When(story.Open(secret: true))).State).Opening.Secret);
    }

    [Fact]
    public void What_the_rule_does_not_grant_lets_it_be_open()
    {
        Assert.IsType<Ballot.Open>(Demanded(Drafts(new Fraction(1, 4)), Demand(2)).Opened().State);
        Assert.IsType<Ballot.Open>(Demanded(Drafts(null), Demand(10)).Opened().State);
        Assert.IsType<Ballot.Open>(Demanded(Drafts(new Fraction(1, 4)), Demand(0, byChair: true)).Opened().State);
    }

    [Fact]
    public void Whoever_presides_demands_it_where_the_rule_says_so()
    {
        var story = Demanded(Drafts(null, chair: true), Demand(0, byChair: true));

        Assert.Equal("art. 14", Refused<SecretVoteIsDemandedByChair>(story.When(story.Open())).Article);
    }

    [Fact]
    public void The_rule_is_that_in_force_when_it_opens_and_always_secret_needs_no_demand()
    {
        var story = Demanded(WithBoard(10, Set(new SecrecyRule(VoteForm.Secret, 2))).Drafted(), Demand(1));

        Assert.True(((Ballot.Open)story.Opened().State).Opening.Secret);
    }

    [Fact]
    public void It_says_how_many_of_how_many_and_who_is_known_by_name()
    {
        var story = Drafts(null);
        Assert.Equal(
            [Mandate(1), Mandate(4)], Accepted<SecretVoteDemanded>(story.When(Demand(3, 10, false, 1, 4, 4))).Electors!);
        Demanded(story, Demand(3, 10, false, 1, 4));
        Assert.Equal(Decision.NoChange, story.When(Demand(3, 10, false, 1, 4)));

        Assert.Equal(("takingPart", 1, 10), Refused<NumberOutOfBounds>(story.When(Demand(1, 11))) is var r ? (r.Field, r.Minimum, r.Maximum) : default);
        Refused<NumberOutOfBounds>(story.When(Demand(1, 0)));
        Assert.Equal("demanding", Refused<NumberOutOfBounds>(story.When(Demand(5, 4))).Field);
        Assert.Equal(2, Refused<NumberOutOfBounds>(story.When(Demand(1, 10, false, 1, 2))).Minimum);
        Refused<NumberOutOfBounds>(story.When(Demand(-1)));
        Refused<SecrecyDemandedByNobody>(story.When(Demand(0)));
        Assert.Equal(Mandate(99), Refused<SecrecyDemandedByOutsider>(story.When(Demand(1, 10, false, 99))).Mandate);
    }

    [Fact]
    public void It_comes_before_the_opening()
    {
        Refused<BallotAlreadyOpened>(Drafts(null).Opened().When(Demand(1)));
        Refused<BallotAlreadyOpened>(Drafts(null).Opened().Closed().When(Demand(1)));
        Refused<BallotNotFound>(WithBoard(10).When(Demand(1)));
        var story = Drafts(null);
        Refused<BallotBodyNotFound>(story.Given(Body.Stream(Board), new BodyDissolved("end"), Opening.AddDays(-1)).When(Demand(1)));
    }
}
