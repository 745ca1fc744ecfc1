using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Ends a mandate: from the instant given it is no longer held. What its holder did before stands.</summary>
public sealed record EndMandate(MandateId Mandate, EndReason Reason, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="terms">What the statutes in force then say of this body's mandates: who revokes.</param>
    /// <param name="decision">The ballot that <see cref="Decision"/> names; null for none.</param>
    /// <param name="decidedBy">The body of that ballot; null where it names none.</param>
    /// <param name="given">The ballot of <see cref="GivenBy"/>; null where it names none.</param>
    public Decision Decide(
        Timeline<Body> body, MandateTerms? terms = null, Timeline<Ballot>? decision = null, Timeline<Body>? decidedBy = null, Timeline<Ballot>? given = null)
    {
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        var latest = body.Latest is Body.Constituted b ? b.Find(Mandate) : null;
        if ((latest ?? then.Find(Mandate)) is { Ended: { } ended, Reason: { } reason })
            return ended == On && reason == Reason ? Kernel.Decision.NoChange : new MandateAlreadyEnded(ended, reason);
        return then.Find(Mandate) switch
        {
            null => body.MandateMissing(Mandate, On),
            var mandate when !mandate.HeldAt(On.Instant) => new MandateNotHeld(On),
            { AwaitingRatification: false } when Reason == EndReason.NotRatified => new NothingToRatify(),
            _ when Reason == EndReason.NotRatified && decision?.Latest.Body == then.Id => new RatifiedByItself(terms?.Article),
            _ when Reason == EndReason.ElectionAnnulled && given is { Latest: not Ballot.Annulled } => new VoteOnMandateStands(),
            _ when Reason == EndReason.Revocation && terms is not null && Unauthorised(terms, decidedBy) is { } refused => refused,
            _ => body.Accept(On, new MandateEnded(Mandate, Reason, Decision)),
        };
    }

    /// <summary>The vote that gave a mandate; null where none is named.</summary>
    public static BallotId? GivenBy(Timeline<Body> body, MandateId mandate) =>
        body.Effective.Select(e => e.Event).OfType<MandateAppointed>().FirstOrDefault(e => e.Mandate == mandate)?.Decision?.Ballot;

    // A document that does not say which body decided names none that the statutes do.
    private Refusal? Unauthorised(MandateTerms terms, Timeline<Body>? decidedBy) => terms.RevokedBy switch
    {
        null => null,
        _ when Decision is null => new RevocationWithoutDecision(terms.Article),
        var named => decidedBy?.Latest.AsConstituted is { Kind: var kind } && named.Contains(kind) ? null : new RevokedByAnotherBody(terms.Article),
    };
}
