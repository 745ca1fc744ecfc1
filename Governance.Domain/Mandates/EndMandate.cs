using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Ends a mandate: from the instant given it is no longer held.</summary>
public sealed record EndMandate(MandateId Mandate, EndReason Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> body)
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
            _ => body.Accept(On, new MandateEnded(Mandate, Reason, Decision)),
        };
    }
}
