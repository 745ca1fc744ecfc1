using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>Records that the person's key is to be destroyed (right to erasure, GDPR art. 17, unless a legal hold stands).</summary>
public sealed record ErasePerson(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return person.At(On) switch
        {
            // The latest hold counts too: one placed since would be emptied by an erasure dated before it.
            _ when person.Latest is Person.Registered { HeldUntil: { } until } && On < until => new PersonUnderLegalHold(until),
            Person.Registered => person.Accept(On, new PersonErased(Reason)),
            Person.Erased => Decision.NoChange,
            _ => person.Missing(On),
        };
    }
}
