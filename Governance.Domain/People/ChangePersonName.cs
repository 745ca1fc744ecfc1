using Governance.Domain.Kernel;

namespace Governance.Domain.People;

public sealed record ChangePersonName(Sealed Name, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (person.At(On) is not Person.Registered known)
            return person.Missing(On);
        if (PersonChecks.Sealed("name", known.Id, Name) is { } wrong)
            return wrong;
        return known.Name == Name ? Decision.NoChange : person.Accept(On, new PersonNameChanged(Name));
    }
}
