using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Domain.Mandates;

/// <summary>What stands against somebody's holding an office in a body, whether appointed to it or put in another's place.</summary>
internal static class AppointmentChecks
{
    /// <summary>Whether the person is registered, and the member one that can be represented.</summary>
    /// <param name="represents">The member whom the person is to represent; null for none.</param>
    /// <param name="member">That member's stream; null when there is none.</param>
    public static Refusal? Standing(Timeline<Person> person, MemberId? represents, Timeline<Member>? member, EffectiveTime on)
    {
        if (person.At(on) is not Person.Registered)
            return person.Missing(on);
        if (represents is null)
            return null;
        ArgumentNullException.ThrowIfNull(member);
        return member.At(on) switch
        {
            Member.Active => null,
            Member.Unknown => member.Stands(on),
            var otherwise => new MemberCannotBeRepresented(otherwise.Standing),
        };
    }

    /// <summary>Whether the statutes let this person hold this office here.</summary>
    /// <param name="others">The association's other bodies: offices that exclude each other may be held there.</param>
    /// <param name="until">The first instant after the term; null for no end.</param>
    public static Refusal? Eligible(
        Body.Constituted body, PersonId person, MemberId? represents, Office office, bool interim, IReadOnlyList<Timeline<Body>> others, MandateTerms terms,
        EffectiveTime on, EffectiveTime? until)
    {
        if (terms.RepresentativesOnly && represents is null)
            return new MemberMustBeRepresented(terms.Article);
        if (!terms.SeveralMandatesAPerson && body.Of(person, on.Instant).Any(m => !m.InHoldover(on.Instant)))
            return new PersonAlreadyHolds(terms.Article);
        if (!interim && terms.MaximumConsecutiveTerms is { } maximum && body.ConsecutiveTerms(person, office, on.Instant) >= maximum)
            return new TooManyConsecutiveTerms(maximum, terms.Article);
        return Compatible(body, person, office, others, terms, on, until);
    }

    /// <summary>Whether the office goes with what the person holds at any time from an instant on, here and in other bodies.</summary>
    /// <param name="until">The first instant after the term; null for no end.</param>
    /// <param name="but">A mandate that is left out of the comparison: the one renewed.</param>
    public static Refusal? Compatible(
        Body.Constituted body, PersonId person, Office office, IReadOnlyList<Timeline<Body>> others, MandateTerms terms, EffectiveTime on, EffectiveTime? until,
        MandateId? but = null)
    {
        if (terms.Incompatible is not { Count: > 0 })
            return null;
        var held = others.Select(other => other.Latest).OfType<Body.Constituted>().Append(body).SelectMany(b => b.Mandates).Where(m =>
            m.Person == person && m.Id != but && !(m.End <= on.Instant) && !(m.Start >= until));
        return held.FirstOrDefault(m => terms.Excludes(office, m.Office)) is { } clash
            ? new OfficesIncompatible(office, clash.Office, terms.Article)
            : null;
    }
}
