using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>Ends a legal hold before its day: the person can be erased from then on.</summary>
public sealed record LiftLegalHold(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return person.At(On) switch
        {
            Person.Registered known when known.UnderLegalHold(On.Instant) => person.Accept(On, new LegalHoldLifted(Reason)),
            // One that is over by itself is nothing to lift, and one lifted before stays lifted.
            Person.Registered => Decision.NoChange,
            _ => person.Missing(On),
        };
    }
}
