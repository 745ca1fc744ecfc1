using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>Says in which language a person is written to.</summary>
public sealed record ChoosePersonLanguage(SpokenLanguage Language, EffectiveTime On)
{
    public Decision Decide(Timeline<Person> person) => person.At(On) switch
    {
        Person.Registered known when known.Language == Language => Decision.NoChange,
        Person.Registered => person.Accept(On, new PersonLanguageChosen(Language)),
        _ => person.Missing(On),
    };
}
