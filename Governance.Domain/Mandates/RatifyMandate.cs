using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Confirms a co-opted mandate; one that is not confirmed is ended, and what its holder did stands.</summary>
public sealed record RatifyMandate(MandateId Mandate, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    /// <param name="decision">The ballot that <see cref="Decision"/> names; null for none.</param>
    public Decision Decide(Timeline<Body> body, MandateTerms? terms = null, Timeline<Ballot>? decision = null)
    {
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        return then.Find(Mandate) switch
        {
            null => body.MandateMissing(Mandate, On),
            _ when body.Recorded.Any(e => e.Event is MandateRatified ratified && ratified.Mandate == Mandate && e.On == On) => Kernel.Decision.NoChange,
            { AwaitingRatification: false } => new NothingToRatify(),
            var mandate when !mandate.HeldAt(On.Instant) => new MandateNotHeld(On),
            _ when decision?.Latest.Body == then.Id => new RatifiedByItself(terms?.Article),
            _ => body.Accept(On, new MandateRatified(Mandate, Decision)),
        };
    }
}
