using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Registers;

public static class RegisterForms
{
    public const string FileField = "file", TableField = "table", SourceField = "source", MeetingField = "meeting", SeenField = "seen";

    // The table comes as a file, or with the form that confirms it, beside a few short fields.
    private const int FormBytes = (RegisterTable.MostKibibytes + 512) * 1024;

    /// <summary>The page on which a register is imported: looked at first, recorded when that is confirmed.</summary>
    public static void MapRegisterForms(this IEndpointRouteBuilder app) =>
        app.MapFormPost("/{slug}/registers/{register}", Permission.KeepMembers, ImportAsync, FormBytes).ShowsAgain<RegisterPage>();

    private static async Task<IResult> ImportAsync(
        HttpContext http, string register, RequestScope scope, CommandEntrance entrance, RegisterImports imports, IStringLocalizer<RegisterText> t, CancellationToken ct)
    {
        if (RegisterTable.All.FirstOrDefault(r => r.Key == register) is not { } known)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        if (!scope.Actor.May(known.Keeps))
            return ErrorPages.Page(StatusCodes.Status403Forbidden);
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        var (text, assumed) = (values.GetValueOrDefault(TableField, ""), false);
        if (http.Request.Form.Files.GetFile(FileField) is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            if (bytes.Length > RegisterTable.MostKibibytes * 1024)
                errors.Add(new(FileField, Wording.Shape("table.too-large", RegisterTable.MostKibibytes)));
            else
                text = Csv.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), out assumed);
        }

        if (text.Length == 0 && errors.Count == 0)
            errors.Add(new(FileField, t["FileMissing"]));
        EffectiveTime? effective = null;
        if (values.GetValueOrDefault("effective") is { Length: > 0 } on)
        {
            if (PeriodReading.TryRead(on, scope.Association.Zone, out var time))
                effective = time;
            else
                errors.Add(new("effective", Wording.Shape("period")));
        }

        MeetingId? meeting = Guid.TryParse(values.GetValueOrDefault(MeetingField), out var id) ? MeetingId.Of(id) : null;
        if (known.OfMeeting && meeting is null)
            errors.Add(new(MeetingField, t["MeetingMissing"]));
        if (RegisterEndpoints.Unfit(values.GetValueOrDefault(SourceField)) is { } wrong)
            errors.Add(new(SourceField, Wording.Sentence(wrong)));
        if (scope.IsPast)
            errors.Add(new("", Wording.Http("past-is-fixed")));
        var typed = new Dictionary<string, string>(values) { [TableField] = text };
        if (errors.Count > 0)
            return Page(http, register, new(typed, key, errors), null, assumed, StatusCodes.Status400BadRequest);

        var context = RegisterEndpoints.With(entrance.Context(http, scope, effective, key, null), values.GetValueOrDefault(SourceField));
        async Task<(ImportSummary Summary, CommandResult? Result)> RunAsync(bool preview, string? seen)
        {
            var done = await imports.RunAsync(known, text, meeting, scope.Association.Slug, context, preview, ct, seen);
            http.Reveal(done.Summary.People);
            return done;
        }

        // What was looked at is what is recorded: a register that moved meanwhile is looked at again. A second press finds it all recorded.
        var seen = values.GetValueOrDefault(SeenField) is { Length: > 0 } digest ? digest : null;
        var (summary, result) = await RunAsync(preview: seen is null, seen);
        var moved = result is CommandResult.Refused { Refusal: TableNotAsSeen };
        if (seen is null ? result is null or CommandResult.Unchanged or CommandResult.Refused { Refusal: TableUnfit } : moved || result is CommandResult.Refused { Refusal: TableUnfit })
            return Page(http, register, new(typed, key, []), summary, assumed, moved || summary.Faults.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status200OK, moved);
        if (result is not (CommandResult.Done or CommandResult.Unchanged))
            return Page(http, register, new(typed, key, Forms.Errors(result!)), summary.Faults.Count > 0 ? summary : null, assumed, Problems.Of(result!)!.Status!.Value);
        return Results.LocalRedirect(QueryHelpers.AddQueryString($"/{scope.Association.Slug}/registers", new Dictionary<string, string?>
        {
            [AsOfReading.WaitFor] = (result as CommandResult.Done)?.Position.ToString(CultureInfo.InvariantCulture) ?? "0",
            [RegistersPage.Imported] = register,
        }));
    }

    private static RazorComponentResult<RegisterPage> Page(HttpContext http, string register, FormSent sent, ImportSummary? summary, bool assumed, int status, bool moved = false) =>
        new(new Dictionary<string, object?>
        {
            [nameof(RegisterPage.Slug)] = http.Request.RouteValues["slug"],
            [nameof(RegisterPage.Register)] = register,
            [nameof(RegisterPage.Sent)] = sent,
            [nameof(RegisterPage.Summary)] = summary,
            [nameof(RegisterPage.EncodingAssumed)] = assumed,
            [nameof(RegisterPage.Moved)] = moved,
        })
        { StatusCode = status };
}
