using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class CastVoteTests
{
    [Fact]
    public void An_elector_votes_on_a_stream_of_the_electors_own()
    {
        var accepted = Assert.IsType<Decision.Accepted>(WithBoard(3).Drafted().Opened().When(VoteOf(2, Choice.Against)));

        var fact = Assert.Single(accepted.Facts);
        Assert.Equal($"vote:{TheBallot}:{Mandate(2)}", fact.Stream.Value);
        Assert.Equal(new VoteCast(TheBallot, Mandate(2), Person(2), Choice.Against), fact.Event);
    }

    [Fact]
    public void A_vote_is_changed_until_the_closing_where_the_rule_allows()
    {
        var story = WithBoard(3, ChangeAllowed).Drafted().Opened().Voted(Choice.For, 1);
        story.Then(story.When(VoteOf(1, Choice.Blank, Closing.AddMicroseconds(-1))));

        var vote = Assert.IsType<Vote.Cast>(story.Votes(Mandate(1)).Latest);
        Assert.Equal((Choice.Blank, 1), (vote.Choice, vote.Changes));
    }

    [Fact]
    public void A_change_decided_by_a_host_whose_clock_is_behind_still_comes_after_the_vote()
    {
        var story = WithBoard(3, ChangeAllowed).Drafted().Opened().Voted(Choice.For, 1);
        story.Then(story.When(VoteOf(1, Choice.Against, Opening.AddMinutes(1))));

        Assert.Equal(Choice.Against, ((Vote.Cast)story.Votes(Mandate(1)).Latest).Choice);
    }

    [Fact]
    public void A_vote_is_not_changed_where_no_rule_allows_it()
    {
        var story = WithBoard(3).Drafted().Opened().Voted(Choice.For, 1);

        var refusal = Refused<VoteChangeNotAllowed>(story.When(VoteOf(1, Choice.Against)));
        Assert.Equal((Choice.For, RulesInForce.DefaultArticle), (refusal.Cast, refusal.Article));
    }

    [Fact]
    public void The_same_vote_again_changes_nothing() =>
        Assert.Equal(Decision.NoChange, WithBoard(3).Drafted().Opened().Voted(Choice.For, 1).When(VoteOf(1, Choice.For)));

    [Fact]
    public void Who_is_not_on_the_roll_does_not_vote() => Refused<NotOnTheRoll>(WithBoard(3).Drafted().Opened().When(VoteOf(9, Choice.For)));

    [Fact]
    public void Who_was_appointed_after_the_opening_is_not_on_the_roll()
    {
        var story = WithBoard(3).Drafted().Opened().Appoint(Board, 4, Opening.AddHours(1));

        Refused<NotOnTheRoll>(story.When(VoteOf(4, Choice.For, Opening.AddHours(2))));
    }

    [Fact]
    public void Nobody_votes_with_the_mandate_of_another() =>
        Refused<MandateOfAnotherPerson>(WithBoard(3).Drafted().Opened().When(VoteOf(1, Choice.For, by: 2)));

    [Fact]
    public void A_null_paper_is_not_chosen() => Refused<NullIsNoChoice>(WithBoard(3).Drafted().Opened().When(VoteOf(1, Choice.Null)));

    [Theory]
    [InlineData(99)]
    [InlineData(-1)]
    public void What_is_no_choice_is_not_chosen(int choice) => Refused<NullIsNoChoice>(WithBoard(3).Drafted().Opened().When(VoteOf(1, (Choice)choice)));

    [Fact]
    public void A_draft_takes_no_votes() => Refused<BallotNotOpened>(WithBoard(3).Drafted().When(VoteOf(1, Choice.For)));

    [Fact]
    public void A_ballot_that_is_not_there_takes_no_votes() => Refused<BallotNotFound>(WithBoard(3).When(VoteOf(1, Choice.For)));

    [Fact]
    public void No_vote_counts_before_the_window_opens()
    {
        var story = WithBoard(3).Drafted();
        story.Then(story.When(story.Open() with { Opens = Opening.AddDays(1) }));

        Refused<BallotNotYetOpen>(story.When(VoteOf(1, Choice.For, Opening.AddDays(1).AddMicroseconds(-1))));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, Opening.AddDays(1))));
    }

    [Fact]
    public void A_vote_at_the_instant_of_closing_is_refused_and_one_just_before_it_counts()
    {
        var story = WithBoard(3).Drafted().Opened();

        Refused<ClosingTimePassed>(story.When(VoteOf(1, Choice.For, Closing)));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, Closing.AddMicroseconds(-1))));
    }

    [Fact]
    public void A_vote_and_the_closing_of_its_ballot_at_the_same_instant_counts_or_is_refused()
    {
        var instant = Opening.AddHours(2);
        var vote = VoteOf(1, Choice.For, instant);
        var close = new CloseBallot(TheBallot, ClosedBy.Hand, instant);

        // The vote is recorded first: it is counted, though both hold from the same instant.
        var voteFirst = WithBoard(3).Drafted().Opened();
        voteFirst.Then(voteFirst.When(vote)).Then(voteFirst.When(close)).Then(voteFirst.When(new CountBallot(TheBallot, After)));
        Assert.Equal(1, ((Ballot.Counted)voteFirst.State).Count.Papers);

        // The closing is recorded first: the vote was decided on an older ballot, is decided again and refused.
        var closeFirst = WithBoard(3).Drafted().Opened();
        closeFirst.Then(closeFirst.When(close));
        Refused<BallotClosedAlready>(closeFirst.When(vote));
        closeFirst.Then(closeFirst.When(new CountBallot(TheBallot, After)));
        Assert.Equal(0, ((Ballot.Counted)closeFirst.State).Count.Papers);
    }

    [Fact]
    public void A_vote_decided_before_the_closing_and_recorded_by_a_clock_ahead_of_it_is_counted()
    {
        var story = WithBoard(3).Drafted().Opened();
        story.Then(story.When(VoteOf(1, Choice.For, Opening.AddHours(2).AddMilliseconds(5))));
        story.Then(story.When(new CloseBallot(TheBallot, ClosedBy.Hand, Opening.AddHours(2)))).Then(story.When(new CountBallot(TheBallot, After)));

        Assert.Equal(1, ((Ballot.Counted)story.State).Count.Papers);
    }

    [Fact]
    public void An_annulled_ballot_takes_no_votes()
    {
        var story = WithBoard(3).Drafted().Opened();
        story.Then(story.When(new AnnulBallot(TheBallot, "erreur", false, null, Opening.AddHours(1))));

        Refused<BallotAlreadyAnnulled>(story.When(VoteOf(1, Choice.For)));
    }
}
