using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Domain.Mandates;

/// <summary>Gives a person a mandate in a body.</summary>
/// <param name="Member">The member whom the person represents; null when the mandate is the person's own.</param>
/// <param name="College">The college that delegates the person; null when none does.</param>
/// <param name="TermEnds">The first instant after the term; null for none.</param>
/// <param name="CoOpted">Chosen by the body itself and awaiting ratification.</param>
/// <param name="Interim">Until the vacancy is filled; not counted as a term.</param>
public sealed record AppointToMandate(
    MandateId Mandate,
    PersonId Person,
    MemberId? Member,
    BodyId? College,
    Office Office,
    EffectiveTime? TermEnds,
    bool CoOpted,
    bool Interim,
    DecisionReference? Decision,
    EffectiveTime On)
{
    /// <summary>
    /// A holder whose term is over and who stayed until replaced makes room: of the same unique office, for the same member in a
    /// college, or, when every seat is taken, whoever's term ended first.
    /// </summary>
    /// <param name="member">The member represented; null when none is.</param>
    /// <param name="others">The association's other bodies: offices that exclude each other may be held there; the delegating college is one.</param>
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    public Decision Decide(
        Timeline<Body> body,
        Timeline<Person> person,
        Timeline<Member>? member,
        IReadOnlyList<Timeline<Body>> others,
        MandateTerms terms,
        TimeZoneInfo zone)
    {
        if (body.Latest is Body.Constituted latest && latest.Find(Mandate) is { } given)
            return IsThis(given) ? Kernel.Decision.NoChange : new MandateAlreadyGiven();
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        if (CoOpted && !terms.CoOption)
            return new CoOptionNotAllowed(terms.Article);
        if ((AppointmentChecks.Standing(person, Member, member, On) ?? Delegated(others) ?? TermChecks.Length(On, TermEnds, terms, zone)
            ?? AppointmentChecks.Eligible(then, Person, Member, Office, Interim, others, terms, On, TermEnds)) is { } refused)
            return refused;

        var displaced = new List<Mandate>();
        if ((OfficeFree(then, displaced) ?? MemberFree(then, displaced) ?? SeatFree(then, terms, displaced)) is { } taken)
            return taken;
        return body.Accept(On,
        [
            .. displaced.Select(m => new MandateEnded(m.Id, EndReason.Replaced)),
            new MandateAppointed(Mandate, Person, Office, CoOpted, Interim, terms.Holdover, Member, College, TermEnds, Decision),
        ]);
    }

    private bool IsThis(Mandate given) =>
        given.Person == Person && given.Member == Member && given.Office == Office && given.College == College && given.Start == On;

    private Refusal? Delegated(IReadOnlyList<Timeline<Body>> others) =>
        College is { } college && !BodyChecks.IsCollege(college, others, On) ? new CollegeNotFound() : null;

    private Refusal? OfficeFree(Body.Constituted then, List<Mandate> displaced)
    {
        if (!Office.IsUnique() || then.InOffice(Office, On.Instant) is not { } holder)
            return null;
        return MakesRoom(holder, displaced) ? null : new OfficeHeld(Office);
    }

    private Refusal? MemberFree(Body.Constituted then, List<Mandate> displaced)
    {
        if (then.Kind != BodyKind.College || Member is not { } represented || then.Representing(represented, On.Instant) is not { } holder)
            return null;
        return MakesRoom(holder, displaced) ? null : new MemberAlreadyRepresented();
    }

    private Refusal? SeatFree(Body.Constituted then, MandateTerms terms, List<Mandate> displaced)
    {
        if (terms.SeatsIn(then.Seats) is not { } limit)
            return null;
        var holders = then.Mandates.Where(m => m.HeldAt(On.Instant) && !displaced.Contains(m)).ToList();

        // The person's own former term gives way first, then the term that ended first.
        var leaving = holders.Where(m => m.InHoldover(On.Instant)).OrderBy(m => m.Person != Person).ThenBy(m => m.TermEnds!.Value.Instant);
        var over = holders.Count + 1 - limit;
        displaced.AddRange(leaving.Take(Math.Max(over, 0)));
        return holders.Count + 1 - limit > 0 && displaced.Intersect(holders).Count() < over ? new SeatsFull(limit, terms.Article) : null;
    }

    private bool MakesRoom(Mandate holder, List<Mandate> displaced)
    {
        if (!holder.InHoldover(On.Instant))
            return false;
        if (!displaced.Contains(holder))
            displaced.Add(holder);
        return true;
    }
}
