using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Domain.Mandates;

/// <summary>
/// Another person represents the member from one instant on: the mandate ends and the next begins, for the rest of the term.
/// </summary>
/// <param name="Next">The mandate of the new representative.</param>
public sealed record ReplaceRepresentative(MandateId Mandate, MandateId Next, PersonId Person, DecisionReference? Decision, EffectiveTime On)
{
    /// <summary>The member that the mandate represents, whose stream the decision reads; null when there is none.</summary>
    public MemberId? MemberRepresented(Timeline<Body> body) => (body.At(On) as Body.Constituted)?.Find(Mandate)?.Member;

    /// <param name="member">The member represented, as <see cref="MemberRepresented"/> names it; null when the mandate represents none.</param>
    /// <param name="others">The association's other bodies: offices that exclude each other may be held there.</param>
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    public Decision Decide(
        Timeline<Body> body, Timeline<Person> person, Timeline<Member>? member, IReadOnlyList<Timeline<Body>> others, MandateTerms terms)
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
        if ((AppointmentChecks.Standing(person, mandate.Member, member, On)
            ?? AppointmentChecks.Eligible(then, Person, mandate.Member, mandate.Office, mandate.Interim, others, terms, On, mandate.TermEnds)) is { } refused)
            return refused;
        return body.Accept(
            On,
            new MandateEnded(Mandate, EndReason.Replaced, Decision),
            new MandateAppointed(
                Next, Person, mandate.Office, Member: mandate.Member, College: mandate.College, Holdover: mandate.Holdover,
                Interim: mandate.Interim, TermEnds: mandate.TermEnds, Decision: Decision));
    }
}
