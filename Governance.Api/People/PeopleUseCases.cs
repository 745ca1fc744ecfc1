using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Api.People;

/// <param name="Name">In clear: sealed with the person's key before anything is decided.</param>
/// <param name="LabelOnly">The name stands for an office and a member, not for somebody's name.</param>
public sealed record RegisterPersonRequest(string Name, bool LabelOnly = false, string? Email = null, PersonId? Person = null);

public sealed record ChangePersonNameRequest(PersonId Person, string Name);

public sealed record ChangePersonEmailRequest(PersonId Person, string? Email = null);

public sealed record ChoosePersonLanguageRequest(PersonId Person, SpokenLanguage Language);

public sealed record PlaceLegalHoldRequest(PersonId Person, EffectiveTime Until, string Reason);

public sealed record LiftLegalHoldRequest(PersonId Person, string Reason);

public sealed record ErasePersonRequest(PersonId Person, string Reason);

/// <summary>An erasure that the journal outside the database has and the log has not.</summary>
public sealed record ErasePersonAgainRequest(PersonId Person);

/// <summary>What can be asked of people. Names and addresses are sealed on their way in.</summary>
public static class PeopleUseCases
{
    public static UseCase<RegisterPersonRequest> Register { get; } = new(
        nameof(RegisterPerson),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var id = request.Person ?? deciding.NewId<PersonId>("person");
            var person = await deciding.ReadAsync<Person>(Person.Stream(id), ct);
            var name = await deciding.SealAsync(id, request.Name, ct);
            var email = request.Email is null ? null : await deciding.SealAsync(id, request.Email, ct);
            return new RegisterPerson(id, name, email, request.LabelOnly, deciding.On).Decide(person);
        })
    { Shape = () => new RegisterPersonShape(), Dating = Dating.Happened };

    public static UseCase<ChangePersonNameRequest> ChangeName { get; } = new(
        nameof(ChangePersonName),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var person = await deciding.ReadAsync<Person>(Person.Stream(request.Person), ct);
            return new ChangePersonName(await deciding.SealAsync(request.Person, request.Name, ct), deciding.On).Decide(person);
        })
    { Shape = () => new ChangePersonNameShape() };

    public static UseCase<ChangePersonEmailRequest> ChangeEmail { get; } = new(
        nameof(ChangePersonEmail),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var person = await deciding.ReadAsync<Person>(Person.Stream(request.Person), ct);
            var email = request.Email is null ? null : await deciding.SealAsync(request.Person, request.Email, ct);
            return new ChangePersonEmail(email, deciding.On).Decide(person);
        })
    { Shape = () => new ChangePersonEmailShape() };

    public static UseCase<ChoosePersonLanguageRequest> ChooseLanguage { get; } = UseCase.On<ChoosePersonLanguageRequest, Person>(
        nameof(ChoosePersonLanguage),
        Permission.KeepMandates,
        r => Person.Stream(r.Person),
        (r, person, on) => new ChoosePersonLanguage(r.Language, on).Decide(person));

    public static UseCase<PlaceLegalHoldRequest> PlaceLegalHold { get; } = UseCase.On<PlaceLegalHoldRequest, Person>(
        nameof(Domain.People.PlaceLegalHold),
        Permission.KeepMandates,
        r => Person.Stream(r.Person),
        (r, person, on) => new PlaceLegalHold(r.Until, r.Reason, on).Decide(person));

    public static UseCase<LiftLegalHoldRequest> LiftLegalHold { get; } = UseCase.On<LiftLegalHoldRequest, Person>(
        nameof(Domain.People.LiftLegalHold),
        Permission.KeepMandates,
        r => Person.Stream(r.Person),
        (r, person, on) => new LiftLegalHold(r.Reason, on).Decide(person)) with
    {
        Dating = Dating.Now,
    };

    /// <summary>
    /// Now and at no other time: one dated after the end of a legal hold would pass by it. It is carried out before it is acknowledged
    /// (<see cref="PersonErasure"/>). No history asks for it.
    /// </summary>
    public static UseCase<ErasePersonRequest> Erase { get; } = new(
        nameof(ErasePerson),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var person = await deciding.ReadAsync<Person>(Person.Stream(request.Person), ct);
            return new ErasePerson(request.Reason, deciding.On).Decide(person, await deciding.ReadBodiesAsync(ct));
        })
    {
        Dating = Dating.Now,
        Erases = r => r.Person,
    };

    /// <summary>The system's own, where a restored backup brought somebody back.</summary>
    public static UseCase<ErasePersonAgainRequest> EraseAgain { get; } = UseCase.On<ErasePersonAgainRequest, Person>(
        nameof(ErasePersonAgain),
        Permission.KeepMandates,
        r => Person.Stream(r.Person),
        (_, person, on) => new ErasePersonAgain(ErasedAgain, on).Decide(person)) with
    {
        Dating = Dating.Now,
    };

    // As it is told in the history, whose reasons are in the language of the association.
    private const string ErasedAgain = "Effacement inscrit au registre des effacements et absent de la base : une sauvegarde antérieure a été restaurée.";

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Register), Import.Importable.Of(ChangeName), Import.Importable.Of(ChangeEmail), Import.Importable.Of(ChooseLanguage), Import.Importable.Of(PlaceLegalHold),
    ];
}
