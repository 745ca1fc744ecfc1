using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class ResultTests
{
    [Fact]
    public void From_votes_to_a_result_with_its_working()
    {
        var result = WithBoard(16).Drafted().Opened()
            .Voted(Choice.For, 1, 2, 3, 4, 5, 6, 7).Voted(Choice.Against, 8, 9).Voted(Choice.Abstain, 10).Voted(Choice.Blank, 11).Proclaimed();

        var outcome = result.Outcome!;
        Assert.Equal((Verdict.Adopted, (Fraction)9, new Fraction(9, 2), TheVersion), (outcome.Verdict, outcome.Base, outcome.Threshold, outcome.Statutes));
        Assert.Equal(new Counts(new(7, 7), new(2, 2), new(1, 1), new(1, 1), new(0, 0), new(5, 5)), outcome.Counts);
        Assert.Equal(Verdict.Adopted, result.Verdict);
    }

    [Fact]
    public void A_result_is_judged_again_from_what_opening_and_count_have_stored()
    {
        var result = WithColleges(2, 3).Drafted(Assembly).Opened().Voted(Choice.For, 1, 101).Voted(Choice.Against, 2, 102).Proclaimed();

        var again = ProclaimResult.Judge(result.Opening, result.Was.Count);
        Assert.Equal(JsonSerializer.Serialize(result.Outcome, EventCatalogue.Json), JsonSerializer.Serialize(again, EventCatalogue.Json));
        Assert.Equal((Fraction)6, result.Outcome!.Base);
        Assert.Equal([Presidents.ToString(), Teams.ToString()], result.Outcome!.Colleges.Select(c => c.College));
    }

    [Fact]
    public void Results_normalised_by_college_take_the_weights_that_colleges_were_constituted_with()
    {
        var rule = Set(new CollegesRule(CollegeMode.Normalised, MissingCollege.Block, []));
        var result = WithColleges(2, 3, rule).Drafted(Assembly).Opened().Voted(Choice.For, 1, 2).Voted(Choice.Against, 101, 102, 103).Proclaimed();

        Assert.Equal((Verdict.Adopted, (Fraction)3), (result.Outcome!.Verdict, result.Outcome!.Base));
    }

    [Fact]
    public void A_college_that_is_empty_is_on_the_roll_and_blocks_where_nothing_else_is_said()
    {
        var rule = Set(new CollegesRule(CollegeMode.Normalised, MissingCollege.Block, []));

        Assert.Equal(Verdict.NoQuorum, WithColleges(2, 0, rule).Drafted(Assembly).Opened().Voted(Choice.For, 1, 2).Proclaimed().Outcome!.Verdict);
    }

    [Fact]
    public void Zero_votes_expressed_is_rejected() => Assert.Equal(Verdict.Rejected, WithBoard(3).Drafted().Opened().Proclaimed().Outcome!.Verdict);

    [Fact]
    public void All_blank_is_rejected() =>
        Assert.Equal(Verdict.Rejected, WithBoard(3).Drafted().Opened().Voted(Choice.Blank, 1, 2, 3).Proclaimed().Outcome!.Verdict);

    [Fact]
    public void Between_meetings_the_participants_make_the_quorum()
    {
        var quorum = Set(QuorumRule.OfMembers(new Fraction(1, 2)));

        Assert.Equal(Verdict.NoQuorum, WithBoard(4, quorum).Drafted().Opened().Voted(Choice.For, 1).Proclaimed().Outcome!.Verdict);
        Assert.Equal(Verdict.Adopted, WithBoard(4, quorum).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Blank, 2).Proclaimed().Outcome!.Verdict);
    }

    [Fact]
    public void In_a_meeting_those_present_make_the_quorum_also_if_they_do_not_vote()
    {
        var quorum = Set(QuorumRule.OfMembers(new Fraction(3, 4)));
        var story = WithBoard(4, quorum).Drafted()
            .Opened(HeldIn.Meeting, [new(Mandate(1), Presence.InPerson), new(Mandate(2), Presence.Represented)]).Voted(Choice.For, 1, 3);

        var checkedQuorum = Assert.IsType<QuorumChecked>(story.Proclaimed().Outcome!.Steps[0]);
        Assert.Equal(((Fraction)3, true), (checkedQuorum.TakingPart, checkedQuorum.Reached));
    }

    [Fact]
    public void The_chair_parts_a_tie_with_the_vote_that_the_chair_cast()
    {
        var casting = Set(new TieRule(TieBreak.CastingVote));

        Assert.Equal(Verdict.Adopted, WithBoard(4, casting).Drafted().Opened(chair: 1).Voted(Choice.For, 1, 2).Voted(Choice.Against, 3, 4).Proclaimed().Outcome!.Verdict);
        Assert.Equal(Verdict.Tied, WithBoard(5, casting).Drafted().Opened(chair: 5).Voted(Choice.For, 1, 2).Voted(Choice.Against, 3, 4).Proclaimed().Outcome!.Verdict);
        Assert.Null(WithBoard(4).Drafted().Opened(chair: 1).Voted(Choice.For, 1, 2).Voted(Choice.Against, 3, 4).Proclaimed().Was.Count.CastingVote);
    }

    [Fact]
    public void Only_the_last_choice_of_an_elector_counts()
    {
        var story = WithBoard(3, ChangeAllowed).Drafted().Opened().Voted(Choice.For, 1);
        story.Then(story.When(VoteOf(1, Choice.Against)));

        var counts = story.Proclaimed().Outcome!.Counts;
        Assert.Equal((0, 1), (counts.For.Heads, counts.Against.Heads));
    }

    [Fact]
    public void The_count_is_tied_to_the_events_of_the_votes()
    {
        string Hash(Choice second) => ((Ballot.Counted)Told(second).State).Count.PapersHash;
        BallotStory Told(Choice second) => WithBoard(3).Drafted().Opened().Voted(Choice.For, 1).Voted(second, 2).Counted();

        Assert.Equal(64, Hash(Choice.For).Length);
        Assert.Equal(Hash(Choice.For), Hash(Choice.For));
        Assert.NotEqual(Hash(Choice.For), Hash(Choice.Against));
    }

    [Fact]
    public void A_vote_of_nobody_on_the_roll_is_a_fault_not_a_paper()
    {
        var story = WithBoard(3).Drafted().Opened()
            .Given(Vote.Stream(TheBallot, Mandate(9)), new VoteCast(TheBallot, Mandate(9), Person(9), Choice.For), Opening.AddHours(1)).Closed();

        Assert.Throws<InvalidOperationException>(() => story.When(new CountBallot(TheBallot, After)));
    }

    [Fact]
    public void A_ballot_closes_at_its_time_whenever_that_is_recorded()
    {
        var story = WithBoard(3).Drafted().Opened();

        Refused<NotYetClosingTime>(story.When(new CloseBallot(TheBallot, ClosedBy.Time, Closing.AddMicroseconds(-1))));
        var fact = Assert.Single(Assert.IsType<Decision.Accepted>(story.When(new CloseBallot(TheBallot, ClosedBy.Time, After))).Facts);
        Assert.Equal((At(Closing), new BallotClosed(TheBallot, ClosedBy.Time)), (fact.On, fact.Event));
    }

    [Fact]
    public void A_ballot_closes_by_hand_before_its_time_unless_the_rule_keeps_it_open()
    {
        var early = new CloseBallot(TheBallot, ClosedBy.Hand, Opening.AddHours(2));

        Accepted<BallotClosed>(WithBoard(3).Drafted().Opened().When(early));
        var story = WithBoard(3, Set(new ClosingRule(ClosingMode.AtItsTime))).Drafted().Opened();
        Assert.Equal("art. 14", Refused<ClosesAtItsTime>(story.When(early)).Article);
        Accepted<BallotClosed>(story.When(early with { Now = Closing }));
    }

    [Fact]
    public void A_ballot_that_closes_by_hand_waits_for_it()
    {
        var story = WithBoard(3, Set(new ClosingRule(ClosingMode.ByHand))).Drafted().Opened();

        Assert.Equal("art. 14", Refused<ClosesByHand>(story.When(new CloseBallot(TheBallot, ClosedBy.Time, After))).Article);
        Accepted<BallotClosed>(story.When(new CloseBallot(TheBallot, ClosedBy.Hand, After)));
    }

    [Fact]
    public void Closing_counting_and_proclaiming_again_change_nothing()
    {
        var story = WithBoard(3).Drafted().Opened();
        story.Proclaimed();

        Assert.Equal(Decision.NoChange, story.When(new CloseBallot(TheBallot, ClosedBy.Time, After)));
        Assert.Equal(Decision.NoChange, story.When(new CountBallot(TheBallot, After)));
        Assert.Equal(Decision.NoChange, story.When(new ProclaimResult(TheBallot, After)));
    }

    [Fact]
    public void Acts_come_in_their_order()
    {
        var story = WithBoard(3).Drafted();
        Refused<BallotNotOpened>(story.When(new CloseBallot(TheBallot, ClosedBy.Hand, After)));
        Refused<BallotNotOpened>(story.When(new CountBallot(TheBallot, After)));
        story.Opened();
        Refused<BallotStillOpen>(story.When(new CountBallot(TheBallot, After)));
        Refused<BallotStillOpen>(story.When(new ProclaimResult(TheBallot, After)));
        story.Closed();
        Refused<BallotNotCounted>(story.When(new ProclaimResult(TheBallot, After)));
    }

    [Fact]
    public void No_state_follows_an_event_out_of_order()
    {
        var story = WithBoard(3).Drafted().Given(Governance.Domain.Ballots.Ballot.Stream(TheBallot), new BallotClosed(TheBallot, ClosedBy.Hand), After);

        Assert.Throws<ImpossibleHistoryException>(() => story.State);
    }

    [Fact]
    public void As_of_an_earlier_day_the_ballot_is_what_it_was_then()
    {
        var story = WithBoard(3).Drafted().Opened();
        story.Proclaimed();

        Assert.IsType<Ballot.Open>(story.Ballots(TheBallot).At(Closing.AddMicroseconds(-1)));
        Assert.IsType<Ballot.Closed>(story.Ballots(TheBallot).At(Closing));
        Assert.IsType<Ballot.Proclaimed>(story.Ballots(TheBallot).At(After));
    }
}
