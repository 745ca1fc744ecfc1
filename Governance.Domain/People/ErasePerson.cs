using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.People;

/// <summary>
/// Records that the person's key is to be destroyed (right to erasure, GDPR art. 17, unless a legal hold stands). Whoever holds a mandate, or is to begin one, is
/// not erased: a seat is vacated by an act of its own, with its reason and its day.
/// </summary>
public sealed record ErasePerson(string Reason, EffectiveTime On)
{
    /// <param name="bodies">Every body of the association.</param>
    public Decision Decide(Timeline<Person> person, IReadOnlyList<Timeline<Body>> bodies)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return person.At(On) switch
        {
            // The latest hold counts too: one placed since would be emptied by an erasure dated before it.
            _ when person.Latest is Person.Registered { HeldUntil: { } until } && On < until => new PersonUnderLegalHold(until),
            Person.Registered known when HeldIn(bodies, known.Id) is { Count: > 0 } held => new PersonHoldsMandates(held),
            Person.Registered => person.Accept(On, new PersonErased(Reason)),
            Person.Erased => Decision.NoChange,
            _ => person.Missing(On),
        };
    }

    private List<string> HeldIn(IReadOnlyList<Timeline<Body>> bodies, PersonId person) =>
    [
        .. bodies.Select(body => body.Latest switch
            {
                Body.Dissolved gone when gone.On <= On => null,
                var known => known.AsConstituted,
            })
            .OfType<Body.Constituted>()
            .Where(body => body.Mandates.Any(m => m.Person == person && !(m.End <= On.Instant)))
            .Select(body => body.Name),
    ];
}
