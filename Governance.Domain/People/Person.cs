using Governance.Domain.Kernel;

namespace Governance.Domain.People;

public abstract record Person : IState<Person>
{
    private Person() { }

    public sealed record Unregistered : Person;

    /// <param name="HeldUntil">The first instant at which the person can be erased; null when nothing holds.</param>
    public sealed record Registered(PersonId Id, Sealed Name, Sealed? Email, bool LabelOnly, EffectiveTime? HeldUntil = null) : Person
    {
        /// <summary>In which language the person is written to; null while nobody has said.</summary>
        public SpokenLanguage? Language { get; init; }

        public bool UnderLegalHold(DateTimeOffset instant) => HeldUntil is { } until && instant < until.Instant;
    }

    public sealed record Erased(PersonId Id, EffectiveTime On) : Person;

    public static Person Initial { get; } = new Unregistered();

    public static StreamId Stream(PersonId id) => new($"person:{id}");

    public Person Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unregistered, PersonRegistered e) => new Registered(e.Person, e.Name, e.Email, e.LabelOnly),
        (Registered person, PersonNameChanged e) => person with { Name = e.Name },
        (Registered person, PersonEmailChanged e) => person with { Email = e.Email },
        (Registered person, PersonLanguageChosen e) => person with { Language = e.Language },
        (Registered person, LegalHoldPlaced e) => person with { HeldUntil = person.HeldUntil is { } until && until > e.Until ? until : e.Until },
        (Registered person, LegalHoldLifted) => person with { HeldUntil = null },
        (Registered person, PersonErased) when !person.UnderLegalHold(on.Instant) => new Erased(person.Id, on),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
