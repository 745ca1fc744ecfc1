using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>
/// Goes on in secret with an open ballot that a granted demand for a secret vote has suspended. Roll, rules and window stay: only how one votes is
/// another, and nobody has voted yet. Where somebody has, what they said openly cannot be made secret: the ballot is annulled and put again.
/// </summary>
public sealed record HoldInSecret(BallotId Ballot, DateTimeOffset Now)
{
    /// <param name="electors">
    /// Of everybody on the roll the vote, and the paper that somebody has keyed and so knows, as they are since the ballot was suspended: it takes neither
    /// from then on.
    /// </param>
    public Decision Decide(Timeline<Ballot> ballot, IEnumerable<(Timeline<Vote> Vote, Timeline<PaperEntry> Entry)> electors)
    {
        var state = ballot.Latest;
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();
        if (open.Opening.Secret)
            return Decision.NoChange;
        var rule = open.Opening.Rules.Secrecy;
        if (!open.IsSuspended)
            return new SecretVoteNotDemanded(rule.Article);
        var known = electors.Count(e => e.Vote.Latest is Vote.Cast || e.Entry.Latest is not PaperEntry.NotKeyed);
        if (known > 0)
            return new VotedOpenlyBeforeSecrecy(known, rule.Article);
        if (EffectiveTime.At(Now) >= open.Opening.Closes)
            return new SecrecyDemandedTooLate(open.Opening.Closes, rule.Article);
        return SecretBallot.Forbidden(open.Draft.Contest, open.Opening.Rules, open.Roll.Values) is { } told
            ? told
            : ballot.Accept(BallotStanding.ActNow(Now, open.Last), new BallotHeldInSecret(Ballot));
    }
}
