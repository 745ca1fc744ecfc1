using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Api.Documents;

public static class DocumentEndpoints
{
    /// <summary>Commands on documents and reads of them, under <c>/api/{slug}</c>. A file comes in as <c>multipart/form-data</c>, its fields before it.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        api.MapUpload("/documents", DocumentUseCases.File, created: "documents/{document}");
        api.MapUpload("/documents/{document:guid}/versions", DocumentUseCases.Replace, created: null);
        api.MapCommand("/documents/{document}/audience", DocumentUseCases.ChangeAudience);
        api.MapCommand("/documents/{document}/signatures", DocumentUseCases.RecordSignature);
        api.MapCommand("/documents/{document}/destruction", DocumentUseCases.Destroy);
        api.MapCommand("/documents/{document}/attachment", DocumentUseCases.Attach);
        api.MapCommand("/documents/{document}/detachment", DocumentUseCases.Detach);

        api.MapRead("/documents", ListAsync)
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("documents")
            .WithName("ListDocuments")
            .WithMetadata(
                new QueryMetadata("thing", "The documents of one thing alone: its stream, such as ballot:{id}."),
                new QueryMetadata("part", "With thing: the one of many that its stream tells of."),
                new QueryMetadata("kind", "Documents of one kind."),
                new QueryMetadata("of", "Documents of things of one kind, such as ballot."),
                new QueryMetadata("q", "A part of the title."))
            .Produces<DocumentList>()
            .ProducesProblems(400, 401, 403, 503);
        api.MapRead("/documents/{document:guid}", async (Guid document, RequestScope scope, DocumentShelf shelf, CancellationToken ct) =>
                await shelf.FindAsync(scope, DocumentId.Of(document), ct) is var (found, refusal) && refusal is not null ? Problems.Answer(Problems.Of(refusal)) : ReadAnswers.Of(found))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("documents")
            .WithName("GetDocument")
            .Produces<DocumentSummary>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/documents/{document:guid}/content", ContentAsync)
            .RequirePermission(Permission.Public)
            .RevealsPeople("documents")
            .WithName("ReadDocumentContent")
            .WithMetadata(new QueryMetadata("version", "From 1; without it the one that is present at the moment asked for."))
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblems(400, 401, 403, 404, 409, 500, 503);
    }

    /// <summary>GET of the content of a document, for a browser: what cannot be given is said in a page.</summary>
    internal static Task<IResult> ContentAsync(HttpContext http, Guid document, RequestScope scope, DocumentDownload download, CancellationToken ct)
    {
        int? version = null;
        if (http.Request.Query["version"] is [{ Length: > 0 } text])
        {
            if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
                return Task.FromResult(Problems.Answer(Problems.Malformed("version", Wording.Shape("expected-integer"))));
            version = number;
        }

        return download.AnswerAsync(http, scope, DocumentId.Of(document), version, ct);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RequestScope scope, DocumentShelf shelf, CancellationToken ct)
    {
        string? Asked(string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
        if (Asked("thing") is { } stream)
        {
            Guid? part = null;
            if (Asked("part") is { } named)
            {
                if (!Guid.TryParse(named, out var known))
                    return Problems.Answer(Problems.Malformed("part", Wording.Shape("expected-id")));
                part = known;
            }

            return ReadAnswers.Of(await shelf.OfAsync(scope, new Thing(new StreamId(stream), part), ct));
        }

        DocumentKind? kind = null;
        if (Asked("kind") is { } word)
        {
            if (KindOf(word) is not { } read)
                return Problems.Answer(Problems.Malformed("kind", Wording.Shape("expected-one-of", string.Join(", ", EnumNames.All(typeof(DocumentKind))))));
            kind = read;
        }

        return ReadAnswers.Of(await shelf.ListAsync(scope, new(kind, Asked("of"), Asked("q")), ct));
    }

    /// <summary>A kind as addresses write it; null for none that there is.</summary>
    internal static DocumentKind? KindOf(string? word) =>
        Enum.GetValues<DocumentKind>().Where(kind => FormOptions.Value(kind) == word).Select(kind => (DocumentKind?)kind).FirstOrDefault();

    private static void MapUpload<T>(this IEndpointRouteBuilder api, string pattern, UseCase<T> useCase, string? created) where T : class =>
        api.MapWrite(pattern, async (HttpContext http, RequestScope scope, DocumentIntake intake, CommandEntrance entrance) =>
            {
                var (taken, instead) = await intake.ReadAsync(http, scope);
                if (taken is null)
                    return instead!;
                if (taken.Refusal is { } refusal)
                    return Problems.Answer(Problems.Of(refusal));
                var errors = new ShapeErrors();
                var (request, effective) = Forms.Request<T>(http, taken.Values, scope.Association.Zone, errors);
                if (errors.Any)
                    return Problems.Answer(Problems.Malformed(errors.ByField));
                if (!EntityTags.TryReadIfMatch(http.Request, out var ifVersion))
                    return Problems.Answer(Problems.Malformed("If-Match", Wording.Shape("if-match")));
                var result = await entrance.RunAsync(http, useCase, request!, taken.Key, effective, ifVersion);
                await intake.ConcludeAsync(scope.Association.Id, taken, result);
                return CommandEntrance.Answer(http, scope, result, created?.Replace("{document}", taken.Document.ToString(), StringComparison.Ordinal));
            })
            .WithName(useCase.Name)
            .RequirePermission(useCase.Permission)
            .WithMetadata(new CommandMetadata(useCase.Name, typeof(T), useCase.Permission, useCase.Dating != Dating.Now))
            .Accepts<T>("multipart/form-data")
            .Produces<CommandAnswer>(created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 503);
}
