using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Casts the vote of a mandate in an open ballot, or changes it where the rule allows.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who casts it: who holds the mandate, or a proxy of who does.</param>
/// <param name="Choice">What is voted on a motion; null in a contest.</param>
/// <param name="Paper">What is voted in a contest; null on a motion.</param>
public sealed record CastVote(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice, DateTimeOffset Now, Paper? Paper = null)
{
    /// <remarks>
    /// The append is conditional on the ballot's version as well as the vote's: a vote and the closing at the same instant
    /// are in one order or the other, and the vote counts or is refused.
    /// </remarks>
    /// <param name="proxies">What those of this ballot are judged on; null when nobody votes for somebody else.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote, ProxyBasis? proxies = null)
    {
        if (Casting.Fault(Choice, Paper) is { } wrong)
            return wrong;
        // Folded once: the roll can be long.
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Open { Opening.Secret: true })
            return new BallotIsSecret();
        byte[] packed = [];
        if (state is Ballots.Ballot.Open { Draft.Contest: var contest } && Casting.Misfit(contest, Paper, out packed) is { } misfit)
            return misfit;
        var now = EffectiveTime.At(Now);
        if (new Casting(Elector, By, now).Refuses(state, proxies, (vote.Latest as Vote.Cast)?.By) is { } refused)
            return refused;

        var open = (Ballots.Ballot.Open)state;
        var giver = open.Roll[Elector].Person == By ? (PersonId?)null : open.Roll[Elector].Person;
        return vote.Latest switch
        {
            Vote.NotCast => vote.Accept(now, new VoteCast(Ballot, Elector, By, Choice, giver, Paper)),
            Vote.Cast cast when cast.By == By && cast.Choice == Choice && Casting.SaysTheSame(open.Draft.Contest, cast.Paper, packed) => Decision.NoChange,
            Vote.Cast cast when open.Opening.Rules.VoteChange is { Content.Allowed: false } rule => cast.Choice is { } before ? new VoteChangeNotAllowed(before, rule.Article) : new PaperChangeNotAllowed(rule.Article),
            Vote.Cast cast => vote.Accept(BallotStanding.ActNow(Now, cast.On), new VoteChanged(Ballot, Elector, By, Choice, giver, Paper)),
            var impossible => throw new InvalidOperationException(impossible.GetType().Name),
        };
    }
}
