using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Statutes;

namespace Governance.Api.Associations;

/// <param name="Secretariat">Who keeps the records from the first day; left out in transcribed history alone.</param>
public sealed record FoundAssociationRequest(
    string Slug, string Name, string ShortName, string Purpose, string Seat, string TimeZone = "Europe/Paris",
    FirstSecretariatRequest? Secretariat = null);

/// <param name="Name">Of the person, in clear: sealed with the person's key before anything is decided.</param>
/// <param name="Body">What the secretariat is called.</param>
public sealed record FirstSecretariatRequest(string Name, string Body = "Secrétariat");

public sealed record RenameAssociationRequest(string Name, string ShortName, DecisionReference? Decision = null);

public sealed record ChangePurposeRequest(string Purpose, DecisionReference? Decision = null);

public sealed record MoveSeatRequest(string Seat, DecisionReference? Decision = null);

public sealed record TransformAssociationRequest(string Name, string ShortName, string Purpose, StatutesVersionId Statutes, DecisionReference? Decision = null);

public sealed record DissolveAssociationRequest(string Reason, DecisionReference? Decision = null);

/// <param name="Due">The event that opened the three-month clock.</param>
/// <param name="Also">Other changes of the same day that the declaration tells of.</param>
public sealed record FileDeclarationRequest(EventId Due, string Reference, IReadOnlyList<EventId>? Also = null);

/// <param name="Also">Other changes that the same declaration told of.</param>
public sealed record RecordDeclarationReceiptRequest(EventId Due, string Receipt, IReadOnlyList<EventId>? Also = null);

/// <summary>What can be asked of an association itself.</summary>
public static class AssociationUseCases
{
    public static UseCase<FoundAssociationRequest> Found { get; } = new(
        nameof(FoundAssociation),
        Permission.FoundAssociations,
        async (request, deciding, ct) =>
        {
            var founding = new FoundAssociation(
                deciding.Association, request.Slug, request.Name, request.ShortName, request.Purpose, request.Seat, request.TimeZone, deciding.On, null,
                deciding.IsTranscribed);
            if (request.Secretariat is not { } first)
                return founding.Decide(await deciding.ReadAsync<Association>(Association.Stream, ct));

            var (id, body) = (deciding.NewId<PersonId>("person"), deciding.NewId<BodyId>("body"));
            var (association, person, secretariat, register) = await deciding.ReadAsync<Association, Person, Body, RegisterOfBodies>(
                Association.Stream, Person.Stream(id), Body.Stream(body), RegisterOfBodies.Stream, ct);
            return (founding with
            {
                Secretariat = new(id, await deciding.SealAsync(id, first.Name, ct), body, first.Body, deciding.NewId<MandateId>("mandate")),
            }).Decide(association, person, secretariat, register);
        })
    { Shape = () => new FoundAssociationShape(), Dating = Dating.Happened };

    public static UseCase<RenameAssociationRequest> Rename { get; } = Of<RenameAssociationRequest>(
        nameof(RenameAssociation), (r, association, on) => new RenameAssociation(r.Name, r.ShortName, r.Decision, on).Decide(association));

    public static UseCase<ChangePurposeRequest> ChangePurpose { get; } = Of<ChangePurposeRequest>(
        nameof(Domain.Associations.ChangePurpose), (r, association, on) => new ChangePurpose(r.Purpose, r.Decision, on).Decide(association));

    public static UseCase<MoveSeatRequest> MoveSeat { get; } = Of<MoveSeatRequest>(
        nameof(Domain.Associations.MoveSeat), (r, association, on) => new MoveSeat(r.Seat, r.Decision, on).Decide(association));

    public static UseCase<TransformAssociationRequest> Transform { get; } = Of<TransformAssociationRequest>(
        nameof(TransformAssociation),
        (r, association, on) => new TransformAssociation(r.Name, r.ShortName, r.Purpose, r.Statutes, r.Decision, on).Decide(association));

    public static UseCase<DissolveAssociationRequest> Dissolve { get; } = Of<DissolveAssociationRequest>(
        nameof(DissolveAssociation), (r, association, on) => new DissolveAssociation(r.Reason, r.Decision, on).Decide(association));

    public static UseCase<FileDeclarationRequest> FileDeclaration { get; } = new(
        nameof(Domain.Associations.FileDeclaration),
        Permission.KeepAssociation,
        async (request, deciding, ct) =>
        {
            var association = await deciding.ReadAsync<Association>(Association.Stream, ct);
            var bodies = await deciding.ReadBodiesAsync(ct);
            var statutes = await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
            IReadOnlyList<DeclarationDuty> duties =
            [
                .. DeclarationDuties.Of(association, deciding.Zone),
                .. bodies.SelectMany(body => DeclarationDuties.Of(body, deciding.Zone)),
                .. DeclarationDuties.Of(statutes, association, deciding.Zone),
            ];
            return new FileDeclaration(request.Due, request.Reference, deciding.On, request.Also).Decide(association, duties, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<RecordDeclarationReceiptRequest> RecordReceipt { get; } = Of<RecordDeclarationReceiptRequest>(
        nameof(RecordDeclarationReceipt), (r, association, on) => new RecordDeclarationReceipt(r.Due, r.Receipt, on, r.Also).Decide(association)) with
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Found), Import.Importable.Of(Rename), Import.Importable.Of(ChangePurpose), Import.Importable.Of(MoveSeat),
        Import.Importable.Of(Transform), Import.Importable.Of(Dissolve), Import.Importable.Of(FileDeclaration), Import.Importable.Of(RecordReceipt),
    ];

    private static UseCase<T> Of<T>(string name, Func<T, Timeline<Association>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepAssociation, _ => Association.Stream, decide);
}
