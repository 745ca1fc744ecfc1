using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Judges a counted ballot by the rules that it opened under, and proclaims the outcome.</summary>
public sealed record ProclaimResult(BallotId Ballot, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Proclaimed:
                return Decision.NoChange;
            case Ballots.Ballot.Counted counted when counted.Unsettled.Count() is > 0 and var unsettled:
                return new IrregularityUnsettled(unsettled);
            case Ballots.Ballot.Counted counted:
                return ballot.Accept(BallotStanding.ActNow(Now, counted.Last), new ResultProclaimed(Ballot, Judge(counted.Opening, counted.Count)));
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    /// <summary>The outcome again, from what the opening and the count have stored: what an auditor re-runs.</summary>
    public static Outcome Judge(BallotOpened opening, BallotCounted count) =>
        Motion.Judge(opening.Rules.ForMotion(opening.Statutes), count.Roll, count.Groups, count.CastingVote);
}
