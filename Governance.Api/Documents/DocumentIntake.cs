using System.Buffers;
using System.Text;
using Governance.Api.Face.Components;
using Governance.Api.Import;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Document = Governance.Domain.Documents.Document;

namespace Governance.Api.Documents;

/// <summary>A file that came in with the fields of its form.</summary>
/// <param name="Values">The fields, with those of the content (<c>content.sha256</c>) when it was stored.</param>
/// <param name="Key">What makes a second sending harmless.</param>
/// <param name="Document">Under which the content is claimed.</param>
/// <param name="Refusal">Why the content was not stored; null when it was.</param>
public sealed record TakenIn(IReadOnlyDictionary<string, string> Values, string Key, DocumentId Document, Refusal? Refusal)
{
    public string? Sha256 => Values.GetValueOrDefault("content.sha256");
}

/// <summary>
/// Takes files in, part by part from the wire into the store: none is in memory or on a disk in clear. The fields of the form come before the file. One and the same
/// sending (actor and key) makes one and the same document, however often it comes.
/// </summary>
public sealed class DocumentIntake(DocumentStore store, DocumentLimits limits, EventLog log, EventCatalogue catalogue)
{
    /// <summary>The field of the file.</summary>
    public const string FileField = "content";

    private const int BufferBytes = 64 * 1024, FieldBytes = 64 * 1024, MostFields = 60;

    /// <summary>Reads a request of several parts.</summary>
    /// <param name="admit">Asked before anything is stored, with the fields so far; what it gives is answered instead.</param>
    public async Task<(TakenIn? Taken, IResult? Instead)> ReadAsync(HttpContext http, RequestScope scope, Func<IReadOnlyDictionary<string, string>, Task<IResult?>>? admit = null)
    {
        var ct = http.RequestAborted;
        if (scope.IsPast)
            return (null, Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "past-is-fixed")));
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
            || !http.Request.ContentType!.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return (null, Problems.Answer(Problems.Http(StatusCodes.Status415UnsupportedMediaType, "not-multipart")));
        Limits.Allow(http, limits.RequestBytes);

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        (StoredContent? Stored, DocumentFormat? Format, Refusal? Refusal)? file = null;
        DocumentId document = default;
        string? key = null;
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
                    continue;
                if (name == FileField && file is null)
                {
                    if (admit is not null && await admit(values) is { } instead)
                        return (null, instead);
                    if (KeyOf(http, values) is not { } given)
                        return (null, Problems.Answer(Problems.Malformed(CommandEntrance.IdempotencyKeyHeader, Wording.Shape("idempotency-key"))));
                    key = given;
                    document = DocumentOf(http, scope, key);
                    var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                    var format = DocumentFormat.Declared(fileName, MediaTypeHeaderValue.TryParse(section.ContentType, out var declared) ? declared.MediaType.Value : null);
                    var about = http.Request.RouteValues.ContainsKey("document") ? await AboutAsync(scope.Association.Id, document, ct)
                        : Guid.TryParse(values.GetValueOrDefault("about"), out var person) ? person
                        : (Guid?)null;
                    var (stored, refusal) = await StoreAsync(scope.Association.Id, section.Body, format, about, document, ct);
                    file = (stored, format, refusal);
                }
                else if (name == FileField)
                {
                    return (null, Problems.Answer(Problems.Malformed(FileField, Wording.Shape("one-file"))));
                }
                else if (values.Count >= MostFields || await TextAsync(section.Body, ct) is not { } text)
                {
                    return (null, Problems.Answer(Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", FieldBytes / 1024)));
                }
                else if (!name.StartsWith("content.", StringComparison.Ordinal) && name != "document")
                {
                    if (file is not null && name is "about" or ActionForm.KeyName)
                        return (null, Problems.Answer(Problems.Malformed(name, Wording.Shape("fields-before-file"))));
                    values[name] = values.TryGetValue(name, out var before) ? before + "," + text : text;
                }
            }
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is IOException and not BadHttpRequestException && !ct.IsCancellationRequested))
        {
            return (null, Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "bad-request")));
        }

        if (file is null)
        {
            if (admit is not null && await admit(values) is { } instead)
                return (null, instead);
            key = KeyOf(http, values) ?? CommandEntrance.NewKey();
            document = DocumentOf(http, scope, key);
            file = (null, null, new DocumentEmpty());
        }

        // What the form adds for itself is none of its fields.
        foreach (var own in values.Keys.Where(name => name == ActionForm.KeyName || name.StartsWith("__", StringComparison.Ordinal)).ToList())
            values.Remove(own);
        values["document"] = document.ToString();
        if (file.Value is { Stored: { } content, Format: { } known })
        {
            values["content.mediaType"] = known.MediaType;
            values["content.size"] = content.Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
            values["content.sha256"] = content.Sha256;
        }

        return (new(values, key!, document, file.Value.Refusal), null);
    }

    /// <summary>Stores a content of a declared form and claims it for a document; what is refused leaves nothing behind.</summary>
    /// <param name="format">Null where it is none that is taken.</param>
    /// <param name="about">Whose key seals it.</param>
    public async Task<(StoredContent? Stored, Refusal? Refusal)> StoreAsync(
        AssociationId association, Stream bytes, DocumentFormat? format, Guid? about, DocumentId document, CancellationToken ct)
    {
        if (format is null)
            return (null, new DocumentFormatNotTaken(DocumentFormat.Listed));
        await using var writer = await store.BeginAsync(association.ToString(), about, ct);
        if (writer is null)
            return (null, new DocumentOfSomebodyErased());
        var look = new ContentLook();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await bytes.ReadAsync(buffer.AsMemory(0, BufferBytes), ct)) > 0)
            {
                look.See(buffer.AsSpan(0, read));
                if (look.Size <= limits.MostBytes)
                    await writer.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return ContentRules.Refuses(look, format, limits.MostBytes) is { } refusal ? (null, refusal) : (await writer.FinishAsync(document.Value, ct), null);
    }

    /// <summary>What came of it is known: a content that an event names is there for good.</summary>
    public async Task ConcludeAsync(AssociationId association, TakenIn taken, CommandResult result)
    {
        if (result is CommandResult.Done && taken.Sha256 is { } sha256)
            await store.ConfirmAsync(association.ToString(), taken.Document.Value, sha256, CancellationToken.None);
    }

    // Every version of what is about one person is sealed with that person's key: whom it is about is said once, at the filing.
    private async Task<Guid?> AboutAsync(AssociationId association, DocumentId document, CancellationToken ct)
    {
        var stream = Document.Stream(document);
        var recorded = (await log.ReadStreamAsync(association.ToString(), stream.Value, ct: ct)).Select(catalogue.Recorded).ToList();
        return new Timeline<Document>(stream, recorded.Count, recorded).Latest is Document.Kept { About: { } person } ? person.Value : null;
    }

    private static string? KeyOf(HttpContext http, Dictionary<string, string> values)
    {
        var key = http.Request.Headers[CommandEntrance.IdempotencyKeyHeader];
        if (key.Count > 1 || key is [{ Length: > 200 } or ""])
            return null;
        return key is [{ } given] ? given : values.GetValueOrDefault(ActionForm.KeyName) is { Length: > 0 and <= 200 } typed ? typed : CommandEntrance.NewKey();
    }

    // A new version is of the document of the address; a new document is named by its sending.
    private static DocumentId DocumentOf(HttpContext http, RequestScope scope, string key) =>
        Guid.TryParse(http.Request.RouteValues.GetValueOrDefault("document") as string, out var known)
            ? DocumentId.Of(known)
            : DocumentId.Of(KeyedIdentifiers.Derive(scope.Association.Id.ToString(), nameof(DocumentId), $"{scope.Actor.Id}\n{key}"));

    private static async Task<string?> TextAsync(Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (bytes.Length + read > FieldBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
