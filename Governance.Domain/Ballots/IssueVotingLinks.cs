using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>
/// Issues a personal voting link to everybody on the roll of an open ballot. Whoever has the link of a person votes as that person, so each issue is an
/// act that stays in the record, and the links of earlier issues open nothing any more.
/// </summary>
public sealed record IssueVotingLinks(BallotId Ballot, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Closed closed)
            return new BallotClosedAlready(closed.On);
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();
        return EffectiveTime.At(Now) >= open.Opening.Closes
            ? new ClosingTimePassed(open.Opening.Closes)
            : ballot.Accept(BallotStanding.ActNow(Now, open.Last), new VotingLinksIssued(Ballot, open.LinkIssue + 1));
    }
}
