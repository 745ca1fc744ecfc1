using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;

namespace Governance.Api.Documents;

public static class DocumentForms
{
    private const string All = "/{slug}/documents";
    private const string One = All + "/{document:guid}";

    /// <summary>The field of a form that carries its antiforgery token, and the header that does.</summary>
    private const string TokenField = "__RequestVerificationToken", TokenHeader = "RequestVerificationToken";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["document.empty"] = DocumentIntake.FileField,
        ["document.too-large"] = DocumentIntake.FileField,
        ["document.format"] = DocumentIntake.FileField,
        ["document.not-as-declared"] = DocumentIntake.FileField,
        ["document.audience"] = "audience.body",
        ["document.retention"] = "retention.kind",
        ["document.about-somebody-erased"] = "about",
        ["person.not-found"] = "signer",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms of the pages of documents, and their contents for browsers.</summary>
    public static void MapDocumentForms(this IEndpointRouteBuilder app)
    {
        app.MapUploadForm<FileDocumentRequest, FileDocumentPage>(All + "/new", DocumentUseCases.File);
        app.MapUploadForm<ReplaceDocumentRequest, DocumentActPage>(One + "/version", DocumentUseCases.Replace);
        app.MapForm<ChangeDocumentAudienceRequest, DocumentActPage>(One + "/audience", DocumentUseCases.ChangeAudience, then: All + "/{document}", fields: Fields);
        app.MapForm<RecordDocumentSignatureRequest, DocumentActPage>(One + "/signature", DocumentUseCases.RecordSignature, then: All + "/{document}", fields: Fields);
        app.MapForm<DestroyDocumentRequest, DocumentActPage>(One + "/destruction", DocumentUseCases.Destroy, then: All + "/{document}", fields: Fields);
        app.MapForm<DocumentThingRequest, DocumentActPage>(One + "/detachment", DocumentUseCases.Detach, then: All + "/{document}", fields: Fields);
        app.MapRead(One + "/content", DocumentEndpoints.ContentAsync).RequirePermission(Permission.Public).RevealsPeople("documents").ExcludeFromDescription();
    }

    // As Forms.MapForm, for a form with a file: it is taken in while it comes.
    private static void MapUploadForm<TRequest, TPage>(this IEndpointRouteBuilder routes, string pattern, UseCase<TRequest> useCase)
        where TRequest : class where TPage : IComponent =>
        routes.MapWrite(pattern, async (HttpContext http, RequestScope scope, DocumentIntake intake, CommandEntrance entrance, IAntiforgery antiforgery) =>
            {
                var (taken, instead) = await intake.ReadAsync(http, scope, values => AdmitAsync(http, antiforgery, values));
                if (taken is null)
                    return instead!;
                var errors = new ShapeErrors();
                var (request, effective) = taken.Refusal is null ? Forms.Request<TRequest>(http, taken.Values, scope.Association.Zone, errors) : default;
                var result = taken.Refusal is { } refusal ? new CommandResult.Refused(refusal)
                    : errors.Any ? new CommandResult.Malformed(errors.ByField)
                    : await entrance.RunAsync(http, useCase, request!, taken.Key, effective);
                await intake.ConcludeAsync(scope.Association.Id, taken, result);
                return result switch
                {
                    CommandResult.Done done => Results.LocalRedirect($"/{scope.Association.Slug}/documents/{taken.Document}?{AsOfReading.WaitFor}={done.Position}"),
                    // The same file is there already: under another name than this sending would have given it.
                    CommandResult.Unchanged => Results.LocalRedirect(http.Request.RouteValues.ContainsKey("document")
                        ? $"/{scope.Association.Slug}/documents/{taken.Document}"
                        : $"/{scope.Association.Slug}/documents"),
                    _ => Forms.Again<TPage>(
                        http,
                        new FormSent(taken.Values, taken.Key, Forms.Errors(result, Fields)),
                        Problems.Of(result)!.Status!.Value),
                };
            })
            .RequirePermission(useCase.Permission)
            .WithOrder(-1)
            .ExcludeFromDescription();

    // The token is checked before the file is read: it comes in the form, and is looked for in a header first.
    private static async Task<IResult?> AdmitAsync(HttpContext http, IAntiforgery antiforgery, IReadOnlyDictionary<string, string> values)
    {
        http.Request.Headers[TokenHeader] = values.GetValueOrDefault(TokenField) is { Length: > 0 } token ? token : "-";
        return await antiforgery.IsRequestValidAsync(http) ? null : ErrorPages.Page(StatusCodes.Status400BadRequest, Wording.Http("forged-form"));
    }
}
