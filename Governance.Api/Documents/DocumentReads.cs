using Governance.Api.Access;
using Governance.Api.History;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Documents;

/// <summary>What a document belongs to, as it is called.</summary>
public sealed record NamedThing(Thing Thing, string Name, string? Address);

/// <param name="Content">Address of the present content under the API; null where there is none.</param>
public sealed record DocumentSummary(Projections.Documents.Document Document, IReadOnlyList<NamedThing> Things, string? Content);

/// <summary>Documents at one moment, as one reader sees them.</summary>
/// <param name="Others">How many there are that the reader may not read; of the things asked for, where one was.</param>
public sealed record DocumentList(IReadOnlyList<DocumentSummary> Documents, int Others);

/// <summary>Documents with the names of what they belong to, as pages and programs read them.</summary>
public sealed class DocumentShelf(ReadDatabase reads, DocumentReaders readers, HistoryReader names, IHttpContextAccessor http)
{
    public async ValueTask<DocumentList> ListAsync(RequestScope scope, Projections.Documents.Filter filter, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        var listed = await Projections.Documents.ListAsync(view, await readers.OfAsync(scope, ct), filter, ct);
        return new(await NamedAsync(scope, view, listed, ct), filter == Projections.Documents.Filter.None ? await Projections.Documents.CountAsync(view, ct) - listed.Count : 0);
    }

    /// <summary>The documents of one thing.</summary>
    public async ValueTask<DocumentList> OfAsync(RequestScope scope, Thing thing, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        var (readable, others) = await Projections.Documents.OfAsync(view, thing, await readers.OfAsync(scope, ct), ct);
        return new([.. readable.Select(document => Summary(scope, document, []))], others);
    }

    /// <summary>The documents of the parts of one thing, which a page lists beside each other; a part without any is left out.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, DocumentList>> OfPartsAsync(RequestScope scope, StreamId stream, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        var parts = await Projections.Documents.OfPartsAsync(view, stream, await readers.OfAsync(scope, ct), ct);
        return parts.ToDictionary(part => part.Key, part => new DocumentList([.. part.Value.Readable.Select(document => Summary(scope, document, []))], part.Value.Others));
    }

    /// <summary>One document; the refusal of whoever may not read it.</summary>
    public async ValueTask<(DocumentSummary? Document, Refusal? Refusal)> FindAsync(RequestScope scope, DocumentId id, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        if (await Projections.Documents.FindAsync(view, id, ct) is not { } document)
            return (null, new DocumentNotFound());
        return DocumentReading.Admits(document.Audience, document.About, await readers.OfAsync(scope, ct))
            ? ((await NamedAsync(scope, view, [document], ct))[0], null)
            : (null, new DocumentNotForYou());
    }

    /// <summary>What a thing is called, and its page.</summary>
    public async ValueTask<NamedThing> NameAsync(RequestScope scope, Thing thing, CancellationToken ct) =>
        (await NameAsync(scope, await scope.ViewAsync(reads, ct), [thing], ct))[thing];

    private async ValueTask<IReadOnlyList<DocumentSummary>> NamedAsync(RequestScope scope, ReadView view, IReadOnlyList<Projections.Documents.Document> documents, CancellationToken ct)
    {
        var all = documents is [var only]
            ? await Projections.Attachments.OfDocumentAsync(view, only.Id, ct)
            : await Projections.Attachments.ListAsync(view, ct);
        var wanted = documents.Select(d => d.Id).ToHashSet();
        var attached = all.Where(a => wanted.Contains(a.Document)).ToLookup(a => a.Document, a => a.Thing);
        var called = await NameAsync(scope, view, [.. attached.SelectMany(things => things)], ct);
        return [.. documents.Select(document => Summary(scope, document, [.. attached[document.Id].Select(thing => called[thing])]))];
    }

    private async ValueTask<IReadOnlyDictionary<Thing, NamedThing>> NameAsync(RequestScope scope, ReadView view, IReadOnlyList<Thing> things, CancellationToken ct)
    {
        var keys = things.SelectMany(thing => thing.Stream.Value.Split(':').Skip(1).Select(part => Guid.TryParseExact(part, "D", out var key) ? key : (Guid?)null).Append(thing.Part)).OfType<Guid>();
        var known = await names.NamesAsync(view, scope.Association, keys, ct);
        http.HttpContext.Reveal(known.Opened);
        return things.Distinct().ToDictionary(thing => thing, thing =>
        {
            var subject = known.Subject(thing.Stream.Value);
            var piece = thing.Part is not { } part || known.Of(part) is not { } named ? subject
                // An item of an agenda has no page but its meeting's.
                : thing.Stream.Kind == Domain.Meetings.Meeting.Stream(default).Kind ? new Piece($"{named.Text} ({subject.Text})", $"{subject.Href}#item-{part:D}")
                : named;
            return new NamedThing(thing, piece.Text, piece.Href);
        });
    }

    private static DocumentSummary Summary(RequestScope scope, Projections.Documents.Document document, IReadOnlyList<NamedThing> things) =>
        new(document, things, document.Destroyed is null ? $"/api/{scope.Association.Slug}/documents/{document.Id}/content" : null);
}
