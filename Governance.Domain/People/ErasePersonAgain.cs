using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>
/// Records an erasure that took place and that this log, restored from a backup of before, does not have. The person's key is destroyed already: a legal hold
/// that the backup brings back keeps nothing any more and is lifted with it.
/// </summary>
public sealed record ErasePersonAgain(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        // What was recorded ahead stays possible before it.
        var on = person.Effective is [.., var last] && On < last.On ? last.On : On;
        return person.Latest switch
        {
            Person.Registered known when known.UnderLegalHold(on.Instant) => person.Accept(on, new LegalHoldLifted(Reason), new PersonErased(Reason)),
            Person.Registered => person.Accept(on, new PersonErased(Reason)),
            Person.Erased => Decision.NoChange,
            _ => new PersonNotFound(),
        };
    }
}
