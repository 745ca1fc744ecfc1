using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Gatherings;

/// <summary>Registers a person of the network, or so many guests of an organisation; without a place left they wait.</summary>
/// <param name="Person">Null for guests of an organisation.</param>
/// <param name="Organisation">Null for a person of the network. Its guests are counted, not named.</param>
/// <param name="Places">1 for a person.</param>
public sealed record RegisterGuests(RegistrationId Registration, GuestKind Kind, int Places, PersonId? Person, string? Organisation, EffectiveTime On)
{
    /// <summary>Guests of one organisation at most.</summary>
    public const int MostPlaces = 1_000;

    /// <param name="person">Null for guests of an organisation.</param>
    public Decision Decide(Timeline<Gathering> gathering, Timeline<Person>? person)
    {
        if ((Texts.OptionalName("organisation", Organisation) ?? Texts.Number("places", Places, 1, MostPlaces)) is { } wrong)
            return wrong;
        if ((Person is null) == (Organisation is null) || (Person is not null && Places != 1))
            return new RegistrationOfWhom();
        if (person is not null && person.At(On) is not People.Person.Registered)
            return person.Missing(On);
        return gathering.Open(On) switch
        {
            { } planned when planned.Registrations.Find(IsOfThem) is { } known => known.Kind == Kind && known.Places == Places ? Decision.NoChange : new AlreadyRegistered(),
            { } planned when !planned.Invited.Contains(Kind) => new GuestsNotInvited(Kind),
            { Plan.Capacity: { } capacity } when Places > capacity => Texts.Number("places", Places, 1, capacity)!,
            { } planned => gathering.Accept(On, new GuestsRegistered(Registration, Kind, Places, planned.MustWait(Places), Person, Organisation)),
            null => gathering.NotPlanned(On),
        };
    }

    private bool IsOfThem(Registration known) =>
        Person is not null ? known.Person == Person : string.Equals(known.Organisation, Organisation, StringComparison.OrdinalIgnoreCase);
}
