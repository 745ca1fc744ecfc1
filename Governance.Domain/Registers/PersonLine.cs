using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Registers;

/// <summary>A person as a line of the register of people: what is not said is null.</summary>
/// <param name="LabelOnly">The name is a label that stands for nobody in particular.</param>
/// <param name="Erased">When the person was erased: then nothing else is known.</param>
public sealed record PersonLine(
    PersonId Id, Sealed? Name = null, Sealed? Email = null, SpokenLanguage? Language = null, bool? LabelOnly = null, EffectiveTime? Registered = null, EffectiveTime? Erased = null)
{
    /// <summary>The person as known of what took effect until an instant; null when nothing had.</summary>
    public static PersonLine? Of(Timeline<Person> person, DateTimeOffset until) => person.At(until) switch
    {
        Person.Registered known => new(known.Id, known.Name, known.Email, known.Language, known.LabelOnly, person.Effective[0].On),
        Person.Erased gone => new(gone.Id, Registered: person.Effective[0].On, Erased: gone.On),
        _ => null,
    };
}

/// <summary>Brings people of a file into the register.</summary>
/// <param name="On">From when a changed name, address or language holds, and since when somebody is registered whose line does not say.</param>
public sealed record ImportPeople(IReadOnlyList<Numbered<PersonLine>> Lines, EffectiveTime On)
{
    private const int Registering = 0, Changing = 1;

    /// <param name="draft">With the stream of each person named.</param>
    public RegisterPlan Plan(RegisterDraft draft, TimeZoneInfo zone, DateTimeOffset now)
    {
        var planning = new Planning(zone, now);
        var seen = new Dictionary<PersonId, int>();
        foreach (var (number, line) in Lines)
        {
            var timeline = draft.Of<Person>(Person.Stream(line.Id));
            var recorded = PersonLine.Of(timeline, DateTimeOffset.MaxValue);
            planning.Line(number, recorded is not null);
            if (!seen.TryAdd(line.Id, number))
                planning.Fault(number, "id", new LineRepeated(seen[line.Id]));
            else if (line.Erased is not null && recorded is null)
                planning.LeaveOut(number);
            else if (line.Erased is not null && recorded!.Erased is null)
                planning.Fault(number, "erased_on", new ErasureNotByFile());
            else if (line.Erased is null && recorded is { Erased: not null })
                planning.Fault(number, "name", new PersonIsErased());
            else if (line.Erased is null)
                Ask(planning, number, line, recorded);
        }

        return planning.Decide(draft);
    }

    private void Ask(Planning planning, int number, PersonLine line, PersonLine? recorded)
    {
        var stream = Person.Stream(line.Id);
        if (recorded is null)
        {
            if (line.Name is not { } name)
            {
                planning.Fault(number, "name", new CellNeeded());
                return;
            }

            var since = line.Registered ?? On;
            planning.Ask(
                number, "name", since, Registering,
                draft => new RegisterPerson(line.Id, name, line.Email, line.LabelOnly ?? false, since).Decide(draft.Of<Person>(stream)), happened: true);
            if (line.Language is { } language)
                planning.Ask(number, "language", since, Changing, draft => new ChoosePersonLanguage(language, since).Decide(draft.Of<Person>(stream)));
            return;
        }

        planning.Fixed(number, "label_only", line.LabelOnly, recorded.LabelOnly);
        planning.Fixed(number, "registered_on", line.Registered, recorded.Registered);
        if (line.Name is { } called)
            planning.Ask(number, "name", On, Changing, draft => new ChangePersonName(called, On).Decide(draft.Of<Person>(stream)));
        if (line.Email is { } email)
            planning.Ask(number, "email", On, Changing, draft => new ChangePersonEmail(email, On).Decide(draft.Of<Person>(stream)));
        if (line.Language is { } spoken)
            planning.Ask(number, "language", On, Changing, draft => new ChoosePersonLanguage(spoken, On).Decide(draft.Of<Person>(stream)));
    }
}
