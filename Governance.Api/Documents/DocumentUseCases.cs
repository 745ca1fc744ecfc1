using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Api.Documents;

/// <param name="Document">Its identifier, under which the content is claimed already.</param>
/// <param name="Retention">Null keeps it for ever.</param>
/// <param name="About">The one person whom it is about: the content is sealed with that person's key.</param>
/// <param name="Thing">What it is attached to at once.</param>
public sealed record FileDocumentRequest(
    DocumentId Document, string Title, DocumentKind Kind, Audience Audience, DocumentContent Content, Retention? Retention = null, PersonId? About = null, Thing? Thing = null);

public sealed record ReplaceDocumentRequest(DocumentId Document, DocumentContent Content);

public sealed record ChangeDocumentAudienceRequest(DocumentId Document, Audience Audience);

public sealed record RecordDocumentSignatureRequest(DocumentId Document, PersonId Signer, SignatureLevel Level, string Quality, int? Version = null);

public sealed record DestroyDocumentRequest(DocumentId Document, DestructionReason Because);

public sealed record DocumentThingRequest(DocumentId Document, Thing Thing);

/// <summary>What can be asked of documents. Whoever gives <see cref="File"/> or <see cref="Replace"/> has stored and claimed the content before.</summary>
public static class DocumentUseCases
{
    public static UseCase<FileDocumentRequest> File { get; } = new(
        nameof(FileDocument),
        Permission.KeepDocuments,
        async (request, deciding, ct) =>
        {
            deciding.NameId("document", request.Document);
            var document = await deciding.ReadAsync<Document>(Document.Stream(request.Document), ct);
            var about = request.About is { } person ? await deciding.ReadAsync<Person>(Person.Stream(person), ct) : null;
            var retention = request.Retention ?? Retention.Forever;
            var from = deciding.On;
            if (retention.After is { } after)
            {
                if (await deciding.FindAsync(after, ct) is not { } happened)
                    return new FactNotFound();
                from = happened.On;
            }

            return new FileDocument(request.Document, request.Title, request.Kind, request.Content, request.Audience, retention, request.About, deciding.On)
                .Decide(document, LocalTime.DayOf(from.Instant, deciding.Zone), request.Thing is { } thing ? await OpenAsync(thing, deciding, ct) : null, about);
        })
    { Dating = Dating.Happened };

    public static UseCase<ReplaceDocumentRequest> Replace { get; } = UseCase.On<ReplaceDocumentRequest, Document>(
        nameof(ReplaceDocument), Permission.KeepDocuments, r => Document.Stream(r.Document), (r, document, on) => new ReplaceDocument(r.Content, on).Decide(document)) with
    { Dating = Dating.Now };

    public static UseCase<ChangeDocumentAudienceRequest> ChangeAudience { get; } = UseCase.On<ChangeDocumentAudienceRequest, Document>(
        nameof(ChangeDocumentAudience), Permission.KeepDocuments, r => Document.Stream(r.Document), (r, document, on) => new ChangeDocumentAudience(r.Audience, on).Decide(document)) with
    { Dating = Dating.Now };

    public static UseCase<RecordDocumentSignatureRequest> RecordSignature { get; } = new(
        nameof(RecordDocumentSignature),
        Permission.KeepDocuments,
        async (request, deciding, ct) =>
        {
            var (document, signer) = await deciding.ReadAsync<Document, Person>(Document.Stream(request.Document), Person.Stream(request.Signer), ct);
            return new RecordDocumentSignature(request.Signer, request.Level, request.Quality, request.Version, deciding.On).Decide(document, signer);
        })
    { Dating = Dating.Happened };

    public static UseCase<DestroyDocumentRequest> Destroy { get; } = new(
        nameof(DestroyDocument),
        Permission.KeepDocuments,
        async (request, deciding, ct) =>
        {
            var document = await deciding.ReadAsync<Document>(Document.Stream(request.Document), ct);
            var about = document.Latest is Document.Kept { About: { } person } ? await deciding.ReadAsync<Person>(Person.Stream(person), ct) : null;
            return new DestroyDocument(request.Because, deciding.On).Decide(document, LocalTime.DayOf(deciding.Now, deciding.Zone), about);
        })
    { Dating = Dating.Now, Destroys = request => request.Document };

    public static UseCase<DocumentThingRequest> Attach { get; } = new(
        nameof(AttachDocument),
        Permission.KeepDocuments,
        async (request, deciding, ct) =>
        {
            var document = await deciding.ReadAsync<Document>(Document.Stream(request.Document), ct);
            return new AttachDocument(request.Document, deciding.On).Decide(document, await OpenAsync(request.Thing, deciding, ct));
        })
    { Dating = Dating.Now };

    public static UseCase<DocumentThingRequest> Detach { get; } = UseCase.On<DocumentThingRequest, Folder>(
        nameof(DetachDocument), Permission.KeepDocuments, r => Folder.StreamOf(r.Thing), (r, folder, on) => new DetachDocument(r.Document, on).Decide(folder)) with
    { Dating = Dating.Now };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(File), Import.Importable.Of(ChangeAudience), Import.Importable.Of(RecordSignature), Import.Importable.Of(Attach), Import.Importable.Of(Detach),
    ];

    private static async ValueTask<OpenFolder> OpenAsync(Thing thing, Deciding deciding, CancellationToken ct)
    {
        if (!thing.IsWellFormed() || !await deciding.IsToldOfAsync(thing.Stream, thing.Part, ct))
            return new(thing, Exists: false, new Timeline<Folder>(Folder.StreamOf(thing), 0, []), []);
        var folder = await deciding.ReadAsync<Folder>(Folder.StreamOf(thing), ct);
        return new(thing, Exists: true, folder, await deciding.ReadAllAsync<Document>([.. folder.Latest.Documents.Select(Document.Stream)], ct));
    }
}
