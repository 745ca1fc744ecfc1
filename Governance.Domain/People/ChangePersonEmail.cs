using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <param name="Email">Null when the person has no address any more.</param>
public sealed record ChangePersonEmail(Sealed? Email, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person)
    {
        if (person.At(On) is not Person.Registered known)
            return person.Missing(On);
        if (PersonChecks.Sealed("email", known.Id, Email) is { } wrong)
            return wrong;
        return known.Email == Email ? Decision.NoChange : person.Accept(On, new PersonEmailChanged(Email));
    }
}
