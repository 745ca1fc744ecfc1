using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>The clock that closes ballots, on a log in which one history cannot be: it has a host of its own.</summary>
public sealed class BallotDeadlineTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ballot_that_cannot_be_counted_keeps_no_other_from_its_turn_and_is_named()
    {
        var (first, second) = (await room.BoardAsync(), await room.BoardAsync());
        var (broken, sound) = (await room.OpenAsync(first), await room.OpenAsync(second));
        // Given a vote whose history cannot be, in the ballot that comes first,
        await room.Host.RecordAsync(
            Host.Slug, Vote.Stream(broken, first.Mine), new VoteChanged(broken, first.Mine, room.Host.Person(Role.BoardMember), Choice.For));
        var deadlines = room.Deadlines(TimeSpan.FromDays(2));

        await deadlines.RoundAsync(Ct);

        Assert.Single((await room.EventsAsync(Ballot.Stream(sound))).OfType<ResultProclaimed>());
        Assert.Empty((await room.EventsAsync(Ballot.Stream(broken))).OfType<BallotCounted>());
        Assert.Contains((room.Host.Association, broken), deadlines.Stuck.Keys);
        var since = deadlines.Stuck[(room.Host.Association, broken)];
        await deadlines.RoundAsync(Ct);
        Assert.Equal(since, deadlines.Stuck[(room.Host.Association, broken)]);
    }
}
