using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>Puts a paper into the box of a secret ballot and signs for it, or changes the paper where the rule allows.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who puts it in: who holds the mandate, or a proxy of who does.</param>
public sealed record CastSecretVote(BallotId Ballot, MandateId Elector, PersonId By, SecretPaper Paper, DateTimeOffset Now)
{
    /// <remarks>
    /// The paper is no part of what is decided here: it goes into the box in the transaction that records the signing. « No change » says that
    /// nothing is signed for: the paper replaces the one in the box, unless it is the same.
    /// </remarks>
    /// <param name="signing">Of the elector.</param>
    /// <param name="inTheBox">The elector's paper in the box; null while there is none.</param>
    /// <param name="proxies">What those of this ballot are judged on; null when nobody votes for somebody else.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Signing> signing, SecretPaper? inTheBox, ProxyBasis? proxies = null)
    {
        if (Paper.Fault() is { } wrong)
            return wrong;
        // Folded once: the roll can be long.
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Open { Opening.Secret: false })
            return new BallotIsNotSecret();
        if (state is Ballots.Ballot.Held held && Casting.Misfit(held.Draft.Contest, Paper.Paper, out _) is { } misfit)
            return misfit;
        var signed = signing.Latest as Signing.Signed;
        // Sent again because the answer was lost: the answer is the same, also when the ballot has closed meanwhile.
        if (signed?.By == By && IsIn(inTheBox, state.Contest))
            return Decision.NoChange;

        var casting = new Casting(Elector, By, EffectiveTime.At(Now));
        if (casting.Refuses(state, proxies, signed?.By) is { } refused)
            return refused;

        var open = (Ballots.Ballot.Open)state;
        if (signed is null)
            return signing.Accept(EffectiveTime.At(Now), Event(open));
        if (open.Opening.Rules.VoteChange is { Content.Allowed: false } rule)
            return new SecretVoteChangeNotAllowed(rule.Article);
        // A change by the same person is no event: it would tell that the voter came back, which who watched the first time must not learn.
        return signed.By == By ? Decision.NoChange : signing.Accept(BallotStanding.ActNow(Now, signed.On), Event(open));
    }

    /// <summary>Whether the paper is the one that is in the box.</summary>
    public bool IsIn(SecretPaper? inTheBox, Contest? contest) => inTheBox is not null && Paper.Write(contest).AsSpan().SequenceEqual(inTheBox.Write(contest));

    private ElectorSigned Event(Ballots.Ballot.Open open) =>
        new(Ballot, Elector, By, open.Roll[Elector].Person == By ? null : open.Roll[Elector].Person);
}
