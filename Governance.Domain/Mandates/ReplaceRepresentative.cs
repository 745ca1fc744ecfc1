using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Mandates;

/// <summary>
/// Another person represents the member from one instant on: the mandate ends and the next begins, for the rest of the term.
/// </summary>
/// <param name="Next">The mandate of the new representative.</param>
public sealed record ReplaceRepresentative(MandateId Mandate, MandateId Next, PersonId Person, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    public Decision Decide(Timeline<Body> body, Timeline<Person> person, MandateTerms terms)
    {
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        if (then.Find(Mandate) is not { } mandate)
            return body.MandateMissing(Mandate, On);
        if ((body.Latest as Body.Constituted)?.Find(Next) is { } given)
            return given.Person == Person && given.Start == On && mandate.Ended == On ? Kernel.Decision.NoChange : new MandateAlreadyGiven();
        if (mandate.Member is null)
            return new NotARepresentative();
        if (!mandate.HeldAt(On.Instant))
            return new MandateNotHeld(On);
        if (person.At(On) is not People.Person.Registered)
            return person.Missing(On);
        if (!terms.SeveralMandatesAPerson && then.Of(Person, On.Instant).Any())
            return new PersonAlreadyHolds(terms.Article);
        return body.Accept(
            On,
            new MandateEnded(Mandate, EndReason.Replaced, Decision),
            new MandateAppointed(
                Next, Person, mandate.Office, Member: mandate.Member, College: mandate.College, Holdover: mandate.Holdover,
                Interim: mandate.Interim, TermEnds: mandate.TermEnds, Decision: Decision));
    }
}
