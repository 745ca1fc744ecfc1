using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class VotingLinksTests
{
    private static IssueVotingLinks Issue(DateTimeOffset? now = null) => new(TheBallot, now ?? Opening.AddHours(1));

    [Fact]
    public void Each_issue_of_links_has_a_number_of_its_own_and_the_last_is_the_good_one()
    {
        var story = WithBoard(3).Drafted().Opened();

        var first = Accepted<VotingLinksIssued>(story.When(Issue()));
        story.Then(story.When(Issue()));
        var second = Accepted<VotingLinksIssued>(story.When(Issue(Opening.AddHours(2))));

        Assert.Equal((1, 2), (first.Issue, second.Issue));
        Assert.Equal(1, Assert.IsType<Ballot.Open>(story.State).LinkIssue);
    }

    [Fact]
    public void There_are_no_links_before_the_opening_nor_from_the_closing_time_on()
    {
        var story = WithBoard(3).Drafted();
        Refused<BallotNotOpened>(story.When(Issue()));
        story.Opened();
        Refused<ClosingTimePassed>(story.When(Issue(Closing)));
        story.Then(story.When(new CloseBallot(TheBallot, ClosedBy.Time, After)));
        Refused<BallotClosedAlready>(story.When(Issue(After)));
    }
}
