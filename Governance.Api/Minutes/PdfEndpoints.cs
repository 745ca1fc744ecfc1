using Governance.Api.Access;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Minutes;

/// <summary>Minutes and attendance sheets as PDF.</summary>
public static class PdfEndpoints
{
    public static void MapMinutesPdf(this IEndpointRouteBuilder api)
    {
        api.MapRead("/meetings/{meeting:guid}/minutes.pdf", async (
                Guid meeting, int? version, RequestScope scope, MinutesReader minutes, MinutesTexts texts, MinutesPdf pdf, IServiceProvider services, ILoggerFactory loggers, CancellationToken ct) =>
            {
                if (await minutes.FindAsync(scope, MeetingId.Of(meeting), version, texts, ct) is not { } file)
                    return Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found"));
                var t = texts.Minutes;
                List<string> notes = [];
                if (file.State is Domain.Meetings.Minutes.Unwritten or Domain.Meetings.Minutes.Draft)
                    notes.Add(t[file.Version is null ? "Preview" : "DraftNotice"]);
                if (file.Transcribed)
                    notes.Add(file.Sources.Count > 0 ? t["Transcribed", string.Join(", ", file.Sources)].Value : t["Transcribed.NoSource"].Value);
                if (file.Illustrative)
                    notes.Add(t["Illustrative"]);
                var footing = t["Pdf.Footer", CountWording.Number(file.Version?.Composed.Position ?? file.Source.Position), file.Hash].Value;
                return await AnswerAsync(file.Words, notes, footing, "minutes.pdf", pdf, services, loggers, t, ct);
            })
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("minutes")
            .WithName("ReadMinutesPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/meetings/{meeting:guid}/attendance-sheet.pdf", async (
                Guid meeting, RequestScope scope, MinutesReader minutes, MinutesTexts texts, MinutesPdf pdf, IServiceProvider services, ILoggerFactory loggers, CancellationToken ct) =>
                await minutes.SheetAsync(scope, MeetingId.Of(meeting), texts, ct) is { } sheet
                    ? await AnswerAsync(sheet.Words, [], null, "attendance-sheet.pdf", pdf, services, loggers, texts.Minutes, ct)
                    : Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found")))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("attendance-sheet")
            .WithName("ReadAttendanceSheetPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    internal static async Task<IResult> AnswerAsync(
        WordedMinutes words, IReadOnlyList<string> notes, string? footing, string name, MinutesPdf pdf, IServiceProvider services, ILoggerFactory loggers,
        IStringLocalizer<MinutesText> t, CancellationToken ct)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>" + (await renderer.RenderComponentAsync<PrintedMinutes>(ParameterView.FromDictionary(
            new Dictionary<string, object?> { ["Words"] = words, ["Notes"] = notes, ["Footing"] = footing }))).ToHtmlString());
        return await pdf.MakeAsync(html, ct) switch
        {
            MinutesPdf.Result.Made made => Results.File(made.Bytes, "application/pdf", name),
            MinutesPdf.Result.Missing => Results.Text(t["Pdf.Missing"], "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => Results.Text(t["Pdf.Failed"], "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable),
        };
    }
}
