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
            case Ballots.Ballot.Counted { IsWhole: false }:
                return new BallotNotCounted();
            case Ballots.Ballot.Counted counted when counted.Unsettled.Count() is > 0 and var unsettled:
                return new IrregularityUnsettled(unsettled);
            case Ballots.Ballot.Counted counted:
                return ballot.Accept(BallotStanding.ActNow(Now, counted.Last), counted.Draft.Contest is { } contest
                    ? new ResultProclaimed(Ballot, Method: Judge(contest, counted.Opening, counted.Count, counted.Chunks.SelectMany(c => c.Papers)))
                    : new ResultProclaimed(Ballot, Judge(counted.Opening, counted.Count)));
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    /// <summary>The outcome of a motion again, from what the opening and the count have stored: what an auditor re-runs.</summary>
    public static Outcome Judge(BallotOpened opening, BallotCounted count) =>
        Motion.Judge(opening.Rules.ForMotion(opening.Statutes), count.Roll, count.Groups, count.CastingVote);

    /// <summary>The outcome of a contest again, from what the draft, the opening and the count have stored.</summary>
    /// <param name="chunked">The papers of the chunks that follow the count, in order; none when they stand in it.</param>
    /// <exception cref="ArgumentException">Papers that were never cast in this contest.</exception>
    public static MethodOutcome Judge(Contest contest, BallotOpened opening, BallotCounted count, IEnumerable<PapersAlike> chunked)
    {
        var under = contest.Question.Count();
        foreach (var papers in count.Alike ?? chunked)
        {
            if (under.Add(papers) is { } wrong)
                throw new ArgumentException(wrong.Code, nameof(count));
        }

        return under.Result(opening.Rules.ForContest(opening.Statutes), count.Roll);
    }
}
