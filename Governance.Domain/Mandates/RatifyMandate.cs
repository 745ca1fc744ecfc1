using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Confirms a co-opted mandate; one that is not confirmed is ended.</summary>
public sealed record RatifyMandate(MandateId Mandate, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> body)
    {
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        return then.Find(Mandate) switch
        {
            null => body.MandateMissing(Mandate, On),
            _ when body.Recorded.Any(e => e.Event is MandateRatified ratified && ratified.Mandate == Mandate && e.On == On) => Kernel.Decision.NoChange,
            { AwaitingRatification: false } => new NothingToRatify(),
            var mandate when !mandate.HeldAt(On.Instant) => new MandateNotHeld(On),
            _ => body.Accept(On, new MandateRatified(Mandate, Decision)),
        };
    }
}
