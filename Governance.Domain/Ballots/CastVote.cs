using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Casts the vote of a mandate in an open ballot, or changes it where the rule allows.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who casts it: the holder.</param>
public sealed record CastVote(BallotId Ballot, MandateId Elector, PersonId By, Choice Choice, DateTimeOffset Now)
{
    /// <remarks>
    /// The append is conditional on the ballot's version as well as the vote's: a vote and the closing at the same instant
    /// are in one order or the other, and the vote counts or is refused.
    /// </remarks>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote)
    {
        if (Choice is not (Choice.For or Choice.Against or Choice.Abstain or Choice.Blank))
            return new NullIsNoChoice();
        // Folded once: the roll can be long.
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Closed closed)
            return new BallotClosedAlready(closed.On);
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();

        var now = EffectiveTime.At(Now);
        if (!open.Roll.TryGetValue(Elector, out var elector))
            return new NotOnTheRoll();
        if (elector.Person != By)
            return new MandateOfAnotherPerson();
        if (now < open.Opening.Opens)
            return new BallotNotYetOpen(open.Opening.Opens);
        if (now >= open.Opening.Closes)
            return new ClosingTimePassed(open.Opening.Closes);

        return vote.Latest switch
        {
            Vote.NotCast => vote.Accept(now, new VoteCast(Ballot, Elector, By, Choice)),
            Vote.Cast cast when cast.Choice == Choice => Decision.NoChange,
            Vote.Cast cast when open.Opening.Rules.VoteChange is { Content.Allowed: false } rule => new VoteChangeNotAllowed(cast.Choice, rule.Article),
            Vote.Cast cast => vote.Accept(BallotStanding.ActNow(Now, cast.On), new VoteChanged(Ballot, Elector, By, Choice)),
            var impossible => throw new InvalidOperationException(impossible.GetType().Name),
        };
    }
}
