using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>A secret vote is demanded: of a draft the rules judge that when it opens, of an open ballot at once.</summary>
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
        Assert.Equal((3L, 10L, 3L, "art. 14"), (refusal.Demanding, refusal.TakingPart, refusal.Least, refusal.Article!));
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
    public void A_demand_that_the_rules_grant_suspends_an_open_ballot()
    {
        var story = Demanded(Drafts(new Fraction(1, 4)).Opened(), During(2));
        Assert.IsType<Decision.Accepted>(story.When(VoteOf(1, Choice.For)));

        story = Demanded(story, During(3));

        Assert.True(Assert.IsType<Ballot.Open>(story.State).IsSuspended);
        Assert.Equal("art. 14", Refused<BallotSuspended>(story.When(VoteOf(1, Choice.For))).Article);
        Refused<BallotSuspended>(story.When(new EnterPaperVote(TheBallot, Mandate(1), Person(11), Choice.For, null, Later)));
        Refused<BallotSuspended>(story.When(new CloseBallot(TheBallot, ClosedBy.Hand, Later)));
        Refused<BallotSuspended>(story.When(new CloseBallot(TheBallot, ClosedBy.Time, After)));
    }

    [Fact]
    public void Whoever_presides_suspends_it_where_the_rule_says_so_and_nobody_where_the_rule_knows_no_demand()
    {
        Assert.True(((Ballot.Open)Demanded(Drafts(null, chair: true).Opened(), During(0, byChair: true)).State).IsSuspended);
        Assert.False(((Ballot.Open)Demanded(Drafts(null).Opened(), During(10)).State).IsSuspended);
    }

    [Fact]
    public void Where_nobody_has_voted_it_goes_on_in_secret_with_the_roll_and_the_window_that_it_had()
    {
        var story = Demanded(Drafts(new Fraction(1, 4)).Opened(), During(3));
        var before = ((Ballot.Open)story.State).Opening;

        story.Then(story.When(new HoldInSecret(TheBallot, Later)));

        var open = Assert.IsType<Ballot.Open>(story.State);
        Assert.False(open.IsSuspended);
        Assert.Equal(before with { Secret = true }, open.Opening);
        Assert.Equal(Decision.NoChange, story.When(new HoldInSecret(TheBallot, Later)));
        Refused<BallotIsSecret>(story.When(VoteOf(1, Choice.For)));
        story.VotedSecretly(1, Paper("A", Choice.Against)).Closed();
        story.Then(story.When(new PublishPapers(TheBallot, After))).Then(story.When(new CountBallot(TheBallot, After)));
        Assert.Equal(1, Assert.IsType<Ballot.Counted>(story.State).Count.Papers);
        Assert.Single(((Ballot.Counted)story.State).Demands);
    }

    [Fact]
    public void Where_somebody_has_voted_openly_it_is_annulled_and_put_again()
    {
        var story = Demanded(Drafts(new Fraction(1, 4)).Opened().Voted(Choice.For, 1, 2), During(3));

        var refusal = Refused<VotedOpenlyBeforeSecrecy>(story.When(new HoldInSecret(TheBallot, Later)));

        Assert.Equal((2, "art. 14"), (refusal.Electors, refusal.Article!));
        story.Then(story.When(new AnnulBallot(TheBallot, "Vote secret demandé.", Retroactive: true, null, Later)));
        Assert.IsType<Ballot.Annulled>(story.State);
    }

    [Fact]
    public void A_paper_that_somebody_has_keyed_is_known_and_cannot_become_secret()
    {
        var story = Drafts(new Fraction(1, 4)).Opened();
        story.Then(story.When(new EnterPaperVote(TheBallot, Mandate(1), Person(11), Choice.For, null, Later)));
        Demanded(story, During(3));

        Assert.Equal(1, Refused<VotedOpenlyBeforeSecrecy>(story.When(new HoldInSecret(TheBallot, Later))).Electors);
    }

    [Fact]
    public void It_goes_on_in_secret_under_the_conditions_of_any_secret_ballot()
    {
        Assert.Equal("art. 14", Refused<SecretVoteNotDemanded>(Demanded(Drafts(new Fraction(1, 4)).Opened(), During(2)).When(new HoldInSecret(TheBallot, Later))).Article);
        var few = Demanded(WithBoard(3, Set(new SecrecyRule(VoteForm.ShowOfHands, 5, new Fraction(1, 4)))).Drafted().Opened(), Later3);
        Refused<SecretBallotSinglesOut>(few.When(new HoldInSecret(TheBallot, Later)));
        Refused<SecrecyDemandedTooLate>(Demanded(Drafts(new Fraction(1, 4)).Opened(), During(3)).When(new HoldInSecret(TheBallot, Closing)));
        Refused<BallotNotOpened>(Drafts(null).When(new HoldInSecret(TheBallot, Later)));
        Refused<BallotNotCounted>(Drafts(null).Opened().Closed().When(new HoldInSecret(TheBallot, After)));
    }

    [Fact]
    public void Of_an_open_ballot_the_roll_says_who_may_demand_it()
    {
        var story = Drafts(null).Opened();
        Assert.Equal(Mandate(99), Refused<SecrecyDemandedByOutsider>(story.When(During(1, false, 99))).Mandate);
        Assert.Equal(("takingPart", 1, 10), Refused<NumberOutOfBounds>(story.When(During(1) with { TakingPart = 11 })) is var r ? (r.Field, r.Minimum, r.Maximum) : default);
        Demanded(story, During(1));
        Assert.Equal(Decision.NoChange, story.When(During(1)));
    }

    [Fact]
    public void It_comes_while_it_can_change_something()
    {
        Refused<BallotSecretAlready>(Demanded(Drafts(new Fraction(1, 4)), Demand(3)) is var secret ? secret.Then(secret.When(secret.Open(secret: true))).When(During(1)) : null!);
        Refused<SecrecyDemandedTooLate>(Drafts(null).Opened().When(During(1) with { Now = Closing }));
        Assert.Equal("art. 14", Refused<SecrecyDemandedTooLate>(Drafts(null).Opened().Closed().When(During(1) with { Now = After })).Article);
        Refused<BallotNotFound>(WithBoard(10).When(Demand(1)));
        var story = Drafts(null);
        Refused<BallotBodyNotFound>(story.Given(Body.Stream(Board), new BodyDissolved("end"), Opening.AddDays(-1)).When(Demand(1)));
    }

    private static DateTimeOffset Later => Opening.AddMinutes(30);

    private static DemandSecretVote Later3 => During(3) with { TakingPart = 3 };

    private static DemandSecretVote During(int demanding, bool byChair = false, params int[] electors) =>
        Demand(demanding, 10, byChair, electors) with { Now = Opening.AddMinutes(20) };
}
