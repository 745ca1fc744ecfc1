using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore.Documents;
using Governance.Projections.Runtime;
using Microsoft.Net.Http.Headers;

namespace Governance.Api.Documents;

/// <summary>Gives the content of a document to whoever may read it, and says plainly why where it cannot be given.</summary>
public sealed class DocumentDownload(ReadDatabase reads, DocumentReaders readers, DocumentStore store, TimeProvider time)
{
    /// <summary>A browser shows it in its own window: nothing in it runs or loads anything else.</summary>
    private const string InPlacePolicy =
        "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string SavedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    /// <param name="version">From 1; null for the one that is present at the view's moment.</param>
    /// <param name="convened">Who came by the link of a convocation, and the meeting whose documents it opens; null for everybody else.</param>
    public async Task<IResult> AnswerAsync(HttpContext http, RequestScope scope, DocumentId id, int? version, CancellationToken ct, (Reader Reader, MeetingId Meeting)? convened = null)
    {
        var view = await scope.ViewAsync(reads, ct);
        var reader = convened?.Reader ?? await readers.OfAsync(scope, ct);
        var document = await Projections.Documents.FindAsync(view, id, ct);
        // Rights are today's, whatever day is looked at, and nothing that was destroyed comes back.
        var today = await Projections.Documents.FindAsync(await reads.ViewAsync(scope.Association.Id, time.GetUtcNow(), ct: ct), id, ct);
        if (convened is null && !scope.Actor.IsSignedIn && today?.Audience.Kind != AudienceKind.Public)
            return SignIn(http);
        if (document is null || today is null || (version is { } number && document.Versions.All(v => v.Number != number)))
            return Refused(http, new DocumentNotFound());
        // By a link one reads what belongs to its ballot or its meeting, and what everybody may read.
        var opened = convened is { Meeting: var meeting } ? Domain.Meetings.Meeting.Stream(meeting) : scope.Actor.Link is { } link ? Domain.Ballots.Ballot.Stream(link.Ballot) : (StreamId?)null;
        if (!DocumentReading.Admits(today.Audience, today.About, reader) || (opened is { } thing && !await MayByLinkAsync(view, today, thing, ct)))
            return Refused(http, new DocumentNotForYou());
        if (today.Destroyed is not null)
            return Refused(http, new DocumentContentDestroyed(document.Title));
        var content = (version is { } asked ? document.Versions.First(v => v.Number == asked) : document.Present).Content;
        return await store.CheckAsync(scope.Association.Id.ToString(), id.Value, content.Sha256, ct) switch
        {
            ContentState.Sound => Sound(http, scope, document, content),
            ContentState.KeyDestroyed => Refused(http, new DocumentContentDestroyed(document.Title)),
            ContentState.Missing => Damaged(http, "document-missing", document),
            _ => Damaged(http, "document-damaged", document),
        };
    }

    private IResult Sound(HttpContext http, RequestScope scope, Projections.Documents.Document document, DocumentContent content)
    {
        var format = DocumentFormat.Of(content.MediaType)!;
        var headers = http.Response.Headers;
        headers.ETag = $"\"{content.Sha256}\"";
        headers.CacheControl = "private, no-cache";
        headers.ContentSecurityPolicy = format.ShownInPlace ? InPlacePolicy : SavedPolicy;
        if (EntityTags.IsFresh(http.Request, headers.ETag!))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        if (document.About is { } person)
            http.Reveal([person]);
        var disposition = new ContentDispositionHeaderValue(format.ShownInPlace ? "inline" : "attachment");
        disposition.SetHttpFileName($"{FileName(document.Title)}.{format.Extension}");
        headers.ContentDisposition = disposition.ToString();
        return new Body(store, scope.Association.Id.ToString(), document.Id.Value, content);
    }

    private static string FileName(string title) =>
        string.Concat(title.Select(letter => char.IsControl(letter) || letter is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : letter)).Trim('.', ' ');

    private static async ValueTask<bool> MayByLinkAsync(ReadView view, Projections.Documents.Document document, StreamId opened, CancellationToken ct) =>
        document.Audience.Kind == AudienceKind.Public
        || (await Projections.Attachments.OfDocumentAsync(view, document.Id, ct)).Any(a => a.Thing.Stream == opened);

    private static IResult SignIn(HttpContext http)
    {
        if (ErrorPages.IsForPeople(http))
            return Results.LocalRedirect("/sign-in" + QueryString.Create("returnTo", http.Request.Path + http.Request.QueryString));
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Answer(Problems.Http(StatusCodes.Status401Unauthorized, "sign-in-needed"));
    }

    private static IResult Refused(HttpContext http, Refusal refusal)
    {
        var problem = Problems.Of(refusal);
        return ErrorPages.IsForPeople(http) ? ErrorPages.Page(problem.Status!.Value, problem.Detail) : Problems.Answer(problem);
    }

    private static IResult Damaged(HttpContext http, string code, Projections.Documents.Document document)
    {
        var problem = Problems.Http(StatusCodes.Status500InternalServerError, code, document.Title, document.Id.ToString());
        return ErrorPages.IsForPeople(http) ? ErrorPages.Page(problem.Status!.Value, problem.Detail) : Problems.Answer(problem);
    }

    private sealed class Body(DocumentStore store, string tenant, Guid document, DocumentContent content) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = content.MediaType;
            http.Response.ContentLength = content.Size;
            // Sound a moment ago: what is destroyed while it is sent breaks off, and nobody takes a part for the whole.
            if (await store.CopyAsync(tenant, document, content.Sha256, http.Response.Body, http.RequestAborted) != ContentState.Sound)
                http.Abort();
        }
    }
}
