using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <param name="LabelOnly">The name is a label that stands for nobody in particular.</param>
public sealed record RegisterPerson(PersonId Person, Sealed Name, Sealed? Email, bool LabelOnly, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if ((PersonChecks.Sealed("name", Person, Name) ?? PersonChecks.Sealed("email", Person, Email)) is { } wrong)
            return wrong;
        return person.Latest switch
        {
            People.Person.Unregistered => person.Accept(On, new PersonRegistered(Person, Name, LabelOnly, Email)),
            People.Person.Registered known when known.Name == Name && known.Email == Email && known.LabelOnly == LabelOnly => Decision.NoChange,
            People.Person.Registered => new PersonAlreadyRegistered(),
            _ => new PersonIsErased(),
        };
    }
}
