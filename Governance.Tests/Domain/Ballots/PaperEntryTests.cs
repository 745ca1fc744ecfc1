using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>Papers of an open ballot, keyed by two people of the secretariat, neither of whom is an elector.</summary>
public sealed class PaperEntryTests
{
    private const int Clerk = 8, Other = 9;

    private static BallotStory Opened => WithBoard(4, ChangeAllowed).Drafted().Opened();

    [Fact]
    public void The_first_entry_is_recorded_and_casts_nothing()
    {
        var accepted = Assert.IsType<Decision.Accepted>(Opened.When(Entry(1, Choice.For, Clerk)));

        var fact = Assert.Single(accepted.Facts);
        Assert.Equal($"paper-entry:{TheBallot}:{Mandate(1)}", fact.Stream.Value);
        Assert.Equal(new PaperEntered(TheBallot, Mandate(1), Person(Clerk), Choice.For), fact.Event);
    }

    [Fact]
    public void The_same_entry_of_another_person_casts_the_vote_of_who_marked_the_paper()
    {
        var story = Opened;
        story.Then(story.When(Entry(1, Choice.For, Clerk)));

        var accepted = Assert.IsType<Decision.Accepted>(story.When(Entry(1, Choice.For, Other)));

        Assert.Equal(
            [
                (PaperEntry.Stream(TheBallot, Mandate(1)), new PaperEntered(TheBallot, Mandate(1), Person(Other), Choice.For)),
                (Vote.Stream(TheBallot, Mandate(1)), (IEvent)new VoteCast(TheBallot, Mandate(1), Person(1), Choice.For, OnPaper: true)),
            ],
            accepted.Facts.Select(f => (f.Stream, f.Event)));
    }

    [Fact]
    public void The_same_person_keys_a_paper_again_and_again_and_it_stays_keyed_once()
    {
        var story = Opened;
        story.Then(story.When(Entry(1, Choice.For, Clerk)));

        Assert.IsType<Decision.Unchanged>(story.When(Entry(1, Choice.For, Clerk)));
        Assert.Equal(new PaperEntered(TheBallot, Mandate(1), Person(Clerk), Choice.Against), Accepted<PaperEntered>(story.When(Entry(1, Choice.Against, Clerk))));
    }

    [Fact]
    public void Of_an_entry_that_was_keyed_again_the_last_is_what_the_other_must_agree_with()
    {
        var story = Opened;
        story.Then(story.When(Entry(1, Choice.For, Clerk))).Then(story.When(Entry(1, Choice.Against, Clerk)));

        Refused<PaperEntriesDiffer>(story.When(Entry(1, Choice.For, Other)));
        story.Then(story.When(Entry(1, Choice.Against, Other)));
        Assert.Equal(Choice.Against, Assert.IsType<Vote.Cast>(story.Votes(Mandate(1)).Latest).Choice);
    }

    [Fact]
    public void Entries_that_differ_are_refused_without_a_word_of_the_first()
    {
        var story = Opened;
        story.Then(story.When(Entry(1, Choice.For, Clerk)));

        var refusal = Refused<PaperEntriesDiffer>(story.When(Entry(1, Choice.Blank, Other)));

        Assert.Empty(refusal.Arguments);
        Assert.IsType<Vote.NotCast>(story.Votes(Mandate(1)).Latest);
    }

    [Fact]
    public void Whoever_keyed_a_paper_that_counts_and_sends_it_again_changes_nothing()
    {
        var story = Keyed(Opened, 1, Choice.For);

        Assert.IsType<Decision.Unchanged>(story.When(Entry(1, Choice.For, Clerk)));
        Assert.IsType<Decision.Unchanged>(story.When(Entry(1, Choice.For, Other)));
        Refused<ElectorHasVoted>(story.When(Entry(1, Choice.Against, Other)));
        Refused<ElectorHasVoted>(story.When(Entry(1, Choice.For, 7)));
    }

    [Fact]
    public void A_paper_of_who_has_voted_on_screen_is_refused_also_where_it_was_keyed_once()
    {
        var story = Opened;
        story.Then(story.When(Entry(1, Choice.For, Clerk))).Voted(Choice.For, 1, 2);

        Refused<ElectorHasVoted>(story.When(Entry(1, Choice.For, Other)));
        Refused<ElectorHasVoted>(story.When(Entry(1, Choice.Against, Clerk)));
        Refused<ElectorHasVoted>(story.When(Entry(2, Choice.For, Clerk)));
    }

    [Fact]
    public void A_paper_of_whose_proxy_was_used_is_refused_and_one_of_whose_proxy_was_not_counts()
    {
        var story = Opened;
        story.Then(story.When(Proxy(1, 2))).Then(story.When(Proxy(3, 2))).Then(story.When(VoteOf(1, Choice.For, by: 2)));

        Refused<ProxyHasVoted>(story.When(Entry(1, Choice.Against, Clerk)));
        Keyed(story, 3, Choice.Against);
        Refused<ProxySuspended>(story.When(VoteOf(3, Choice.For, by: 2)));
    }

    [Fact]
    public void A_paper_of_nobody_on_the_roll_is_refused() => Refused<NotOnTheRoll>(Opened.When(Entry(77, Choice.For, Clerk)));

    [Fact]
    public void Nobody_keys_an_own_paper() => Refused<PaperKeyedByItsElector>(Opened.When(Entry(3, Choice.For, 3)));

    [Fact]
    public void A_paper_in_a_secret_ballot_is_refused()
    {
        var story = WithBoard(10).Drafted();
        story.Then(story.When(story.Open(secret: true)));

        Refused<PaperInSecretBallot>(story.When(Entry(1, Choice.For, Clerk)));
    }

    [Fact]
    public void Before_the_opening_and_after_the_close_papers_are_refused()
    {
        Refused<BallotNotFound>(new BallotStory().When(Entry(1, Choice.For, Clerk)));
        Refused<BallotNotOpened>(WithBoard(4).Drafted().When(Entry(1, Choice.For, Clerk)));
        Refused<ClosingTimePassed>(Opened.When(Entry(1, Choice.For, Clerk, Closing)));
        Refused<BallotClosedAlready>(Opened.Closed().When(Entry(1, Choice.For, Clerk)));
    }

    [Fact]
    public void An_entry_says_a_choice_on_a_motion_and_a_paper_in_a_contest()
    {
        Refused<ChoiceOrPaper>(Opened.When(Entry(1, Choice.For, Clerk) with { Choice = null }));
        Refused<ChoiceOrPaper>(Opened.When(Entry(1, Choice.For, Clerk) with { Paper = new Paper.Blank() }));
        Refused<MotionTakesChoice>(Opened.When(Entry(1, new Paper.Blank(), Clerk)));
        Refused<ContestTakesPaper>(Contested.When(Entry(1, Choice.For, Clerk)));
        Refused<PaperNamesUnknownOption>(Contested.When(Entry(1, new Paper.Choices(["Nice"]), Clerk)));
    }

    [Fact]
    public void Papers_of_a_contest_agree_when_they_say_the_same()
    {
        var story = Contested;
        story.Then(story.When(Entry(1, new Paper.Choices(["Lyon", "Lille"]), Clerk)));

        Refused<PaperEntriesDiffer>(story.When(Entry(1, new Paper.Choices(["Lyon"]), Other)));
        story.Then(story.When(Entry(1, new Paper.Choices(["Lille", "Lyon"]), Other)));
        Assert.IsType<Vote.Cast>(story.Votes(Mandate(1)).Latest);
    }

    [Fact]
    public void A_null_paper_is_keyed_and_counted_as_null()
    {
        var motion = Keyed(Opened, 1, Choice.Null).Proclaimed();
        Assert.Equal((1, 0), (motion.Outcome!.Counts.Null.Heads, motion.Outcome.Counts.Blank.Heads));

        var contest = Contested;
        contest.Then(contest.When(Entry(1, new Paper.Null(), Clerk))).Then(contest.When(Entry(1, new Paper.Null(), Other)));
        Assert.Equal(1, contest.Proclaimed().Method!.Counts.Null.Heads);
    }

    [Fact]
    public void Papers_keyed_twice_count_as_votes_and_those_keyed_once_do_not()
    {
        var story = Keyed(Opened, 1, Choice.For).Voted(Choice.Against, 2);
        story.Then(story.When(Entry(3, Choice.For, Clerk)));

        var counts = story.Proclaimed().Outcome!.Counts;

        Assert.Equal((1, 1, 2), (counts.For.Heads, counts.Against.Heads, counts.NotVoting.Heads));
    }

    [Fact]
    public void In_a_meeting_a_paper_is_of_who_is_there_or_came_later_or_of_who_sent_it()
    {
        var story = WithBoard(4).Drafted().Opened(HeldIn.Meeting, [new(Mandate(1), Presence.InPerson), new(Mandate(2), Presence.Postal)]);
        Keyed(Keyed(Keyed(story, 1, Choice.For), 2, Choice.For), 3, Choice.For).Counted();

        var roll = Assert.Single(Assert.IsType<Ballot.Counted>(story.State).Count.Roll);
        Assert.Equal([(Presence.InPerson, 2), (Presence.Postal, 1)], roll.Presence!.Select(p => (p.Presence, (int)p.Tally.Heads)));
    }

    [Fact]
    public void A_voter_changes_on_screen_what_was_keyed_from_paper_where_the_rule_allows()
    {
        var story = Keyed(Opened, 1, Choice.For);

        Accepted<VoteChanged>(story.When(VoteOf(1, Choice.Against)));
    }

    private static BallotStory Contested =>
        WithBoard(4).Contested(new Contest(new Question(new Approval(), ["Lille", "Lyon", "Brest"])), kind: DecisionKind.Ordinary).Opened();

    private static EnterPaperVote Entry(int elector, Choice choice, int by, DateTimeOffset? now = null) =>
        new(TheBallot, Mandate(elector), Person(by), choice, null, now ?? Opening.AddHours(1));

    private static EnterPaperVote Entry(int elector, Paper paper, int by) => new(TheBallot, Mandate(elector), Person(by), null, paper, Opening.AddHours(1));

    private static GiveProxy Proxy(int giver, int holder) =>
        new(TheBallot, Mandate(giver), Person(holder), Person(giver), ProxyForm.Platform, Opening.AddMinutes(10));

    private static BallotStory Keyed(BallotStory story, int elector, Choice choice) =>
        story.Then(story.When(Entry(elector, choice, Clerk))).Then(story.When(Entry(elector, choice, Other)));
}
