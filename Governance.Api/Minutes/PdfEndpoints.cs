using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Api.Minutes;

/// <summary>How far a PDF that was asked for has come; asked again, the same address gives it once it is made.</summary>
/// <param name="Page">The page in hand while pages are laid out; 0 otherwise.</param>
/// <param name="Ahead">How many are made before it.</param>
public sealed record PdfProgress(PdfStage Stage, int Page, int Ahead);

/// <summary>Minutes and attendance sheets as PDF.</summary>
public static class PdfEndpoints
{
    // A short one is answered at once; who waits for a long one is told how far it is, and asks again.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(15);

    public static void MapMinutesPdf(this IEndpointRouteBuilder api)
    {
        api.MapRead("/meetings/{meeting:guid}/minutes.pdf", async (
                HttpContext http, Guid meeting, int? version, RequestScope scope, PrintedHtml printed, PdfJobs jobs, CancellationToken ct) =>
                await AnswerAsync(http, scope, jobs, await printed.ReadAsync(scope, MeetingId.Of(meeting), Printable.Minutes, version, ct), "minutes.pdf", ct))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("minutes")
            .WithName("ReadMinutesPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .Produces<PdfProgress>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/meetings/{meeting:guid}/attendance-sheet.pdf", async (
                HttpContext http, Guid meeting, RequestScope scope, PrintedHtml printed, PdfJobs jobs, CancellationToken ct) =>
                await AnswerAsync(http, scope, jobs, await printed.ReadAsync(scope, MeetingId.Of(meeting), Printable.AttendanceSheet, null, ct), "attendance-sheet.pdf", ct))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("attendance-sheet")
            .WithName("ReadAttendanceSheetPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .Produces<PdfProgress>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    /// <summary>What the page of a PDF asks for: how far it has come, and the file.</summary>
    public static void MapMinutesPdfPages(this IEndpointRouteBuilder app)
    {
        const string Page = "/{slug}/meetings/{meeting:guid}";
        app.MapRead(Page + "/minutes/pdf/file", (HttpContext http, Guid meeting, int? version, RequestScope scope, PrintedHtml printed, PdfJobs jobs, CancellationToken ct) =>
                FileAsync(http, scope, printed, jobs, meeting, Printable.Minutes, version, ct))
            .RequirePermission(Permission.ReadRegister).RevealsPeople("minutes").ExcludeFromDescription();
        app.MapRead(Page + "/attendance-sheet/pdf/file", (HttpContext http, Guid meeting, RequestScope scope, PrintedHtml printed, PdfJobs jobs, CancellationToken ct) =>
                FileAsync(http, scope, printed, jobs, meeting, Printable.AttendanceSheet, null, ct))
            .RequirePermission(Permission.ReadRegister).RevealsPeople("attendance-sheet").ExcludeFromDescription();
        app.MapRead(Page + "/minutes/pdf/progress", Progress).RequirePermission(Permission.ReadRegister).ExcludeFromDescription();
        app.MapRead(Page + "/attendance-sheet/pdf/progress", Progress).RequirePermission(Permission.ReadRegister).ExcludeFromDescription();
    }

    internal static async Task<IResult> AnswerAsync(HttpContext http, RequestScope scope, PdfJobs jobs, string? html, string name, CancellationToken ct)
    {
        if (html is null)
            return Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found"));
        if (jobs.Ask(scope.Association.Id, html) is not { } job)
            return Problems.Answer(Problems.Http(StatusCodes.Status503ServiceUnavailable, "pdf-busy"));
        switch (await jobs.WaitAsync(job, AtOnce, ct))
        {
            case PdfMade.Whole whole:
                return Results.File(whole.Bytes, "application/pdf", name);
            case PdfMade.Missing:
                return Problems.Answer(Problems.Http(StatusCodes.Status503ServiceUnavailable, "pdf-missing"));
            case PdfMade.Failed:
                return Problems.Answer(Problems.Http(StatusCodes.Status503ServiceUnavailable, "pdf-failed"));
            default:
                http.Response.Headers.RetryAfter = "2";
                http.Response.Headers.CacheControl = "no-store";
                return Results.Json(new PdfProgress(job.Step.Stage, job.Step.Page, jobs.Ahead(job)), EventCatalogue.Json, statusCode: StatusCodes.Status202Accepted);
        }
    }

    // Composed and worded anew, for whoever asks: a file that was made of the very same text is given, else it is made.
    private static async Task<IResult> FileAsync(
        HttpContext http, RequestScope scope, PrintedHtml printed, PdfJobs jobs, Guid meeting, Printable what, int? version, CancellationToken ct)
    {
        if (await printed.ReadAsync(scope, MeetingId.Of(meeting), what, version, ct) is not { } html)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        return jobs.Ask(scope.Association.Id, html)?.Bytes is { } bytes
            ? Results.File(bytes, "application/pdf", what == Printable.Minutes ? "minutes.pdf" : "attendance-sheet.pdf")
            : Results.LocalRedirect(http.Request.Path.Value![..^"/file".Length] + http.Request.QueryString);
    }

    private static IResult Progress(HttpContext http, string job, RequestScope scope, PdfJobs jobs)
    {
        if (jobs.Find(scope.Association.Id, job) is { } found)
        {
            return new RazorComponentResult<PdfPart>(new Dictionary<string, object?>
            {
                [nameof(PdfPart.Job)] = found,
                [nameof(PdfPart.Address)] = http.Request.Path.Value![..^"/progress".Length],
                [nameof(PdfPart.Query)] = http.Request.QueryString.Value,
            });
        }

        // A host that was started anew knows nothing of it: the page asks for it again.
        http.Response.Headers["HX-Refresh"] = "true";
        return Results.NoContent();
    }
}
