using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>Keeps a person from being erased until an instant. A hold is never shortened by a later, shorter one.</summary>
/// <param name="Until">The first instant at which erasure is possible again.</param>
public sealed record PlaceLegalHold(EffectiveTime Until, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (Until <= On)
            return new LegalHoldInThePast(Until);
        return person.At(On) switch
        {
            Person.Registered known when known.HeldUntil is { } until && until >= Until => Decision.NoChange,
            Person.Registered => person.Accept(On, new LegalHoldPlaced(Until, Reason)),
            _ => person.Missing(On),
        };
    }
}
