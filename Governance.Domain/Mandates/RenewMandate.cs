using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Gives the holder of a mandate one more term, without interruption.</summary>
/// <param name="TermEnds">The first instant after the new term; null for no term.</param>
public sealed record RenewMandate(MandateId Mandate, EffectiveTime? TermEnds, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="others">The association's other bodies: offices that exclude each other may be held there.</param>
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    public Decision Decide(Timeline<Body> body, IReadOnlyList<Timeline<Body>> others, MandateTerms terms, TimeZoneInfo zone)
    {
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        if (body.Recorded.Any(e => e.On == On && e.Event is MandateRenewed renewed && renewed.Mandate == Mandate && renewed.TermEnds == TermEnds))
            return Kernel.Decision.NoChange;
        if (then.Find(Mandate) is not { } mandate)
            return body.MandateMissing(Mandate, On);
        if (!mandate.HeldAt(On.Instant))
            return new MandateNotHeld(On);

        // A renewal decided before the term is over gives the next term, which begins when the present one ends.
        var from = mandate.TermEnds is { } present && present > On ? present : On;
        if (TermChecks.Length(from, TermEnds, terms, zone) is { } wrong)
            return wrong;
        if (terms.MaximumConsecutiveTerms is { } maximum && then.ConsecutiveTerms(mandate.Person, mandate.Office, On.Instant) >= maximum)
            return new TooManyConsecutiveTerms(maximum, terms.Article);
        return AppointmentChecks.Compatible(then, mandate.Person, mandate.Office, others, terms, On, TermEnds, but: Mandate) is { } clash
            ? clash
            : body.Accept(On, new MandateRenewed(Mandate, TermEnds, Decision));
    }
}
