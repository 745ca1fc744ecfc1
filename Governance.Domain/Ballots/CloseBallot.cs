using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Closes a ballot: by hand, or because its time has come.</summary>
public sealed record CloseBallot(BallotId Ballot, ClosedBy By, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Closed or Ballots.Ballot.Counted or Ballots.Ballot.Proclaimed)
            return Decision.NoChange;
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();
        if (open.IsSuspended)
            return new BallotSuspended(open.Opening.Rules.Secrecy.Article);

        // Without its hands a vote by hands would be one in which nobody voted.
        if (open.Opening.Hands && open.Hands is null)
            return new HandsNotCounted();

        var (closes, rule) = (open.Opening.Closes, open.Opening.Rules.Closing);
        var due = EffectiveTime.At(Now) >= closes;
        if (By == ClosedBy.Time)
        {
            if (rule.Content.Mode == ClosingMode.ByHand)
                return new ClosesByHand(rule.Article);

            // Whenever the closing is recorded, it holds from its time: no vote was accepted from then on.
            return due ? ballot.Accept(closes, new BallotClosed(Ballot, By)) : new NotYetClosingTime(closes);
        }

        // Hands are raised and calls answered when one is asked to: no window is kept open for those still to come.
        return rule.Content.Mode == ClosingMode.AtItsTime && !due && open.Opening is { Hands: false, Called: false }
            ? new ClosesAtItsTime(closes, rule.Article)
            : ballot.Accept(BallotStanding.ActNow(Now, open.Last), new BallotClosed(Ballot, By));
    }
}
