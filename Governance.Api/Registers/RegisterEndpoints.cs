using System.Text;
using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;

namespace Governance.Api.Registers;

/// <summary>What an import of a register is answered.</summary>
/// <param name="Outcome"><c>recorded</c>, <c>unchanged</c>, or <c>preview</c> when it was only asked what would come of it.</param>
/// <param name="Position">Position of the last event, when anything was recorded: a reader that must see it waits for this.</param>
/// <param name="New">Lines that tell of what was not in the register.</param>
/// <param name="LeftOut">Lines of people who were erased.</param>
/// <param name="Digest">Of what a preview would record: given back as <c>seen</c>, that very thing is recorded or nothing. Null when it is recorded.</param>
public sealed record RegisterImportAnswer(string Outcome, long? Position, int New, int Changed, int Unchanged, int LeftOut, string? Digest = null);

public static class RegisterEndpoints
{
    /// <summary>Registers as tables, out and in, under <c>/api/{slug}</c>.</summary>
    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        foreach (var register in RegisterTable.All)
        {
            var name = register.Command["Import".Length..];
            api.MapRead($"/registers/{register.Key}.csv", (HttpContext http, RequestScope scope, RegisterExports exports, CancellationToken ct) =>
                    ExportAsync(register, http, scope, exports, ct))
                .RequirePermission(register.Reads)
                .RevealsPeople("registers")
                .WithName("Export" + name)
                .Produces<string>(StatusCodes.Status200OK, "text/csv")
                .ProducesProblems(400, 401, 403, 404, 503);
            api.MapRead($"/registers/{register.Key}-template.csv", (HttpContext http) => File(http, Csv.Row(register.Headings.Select(h => h.Name)), RegisterWording.Say("File.Template", register.Key)))
                .RequirePermission(Permission.ReadRegister)
                .WithName($"Get{name}Template")
                .Produces<string>(StatusCodes.Status200OK, "text/csv")
                .ProducesProblems(400, 401, 403, 503);
            api.MapWrite($"/registers/{register.Key}", (HttpContext http, RequestScope scope, CommandEntrance entrance, RegisterImports imports, CancellationToken ct) =>
                    ImportAsync(register, http, scope, entrance, imports, ct))
                .RequirePermission(register.Keeps)
                .RevealsPeople("registers")
                .WithName(register.Command)
                .Accepts<string>("text/csv")
                .Produces<RegisterImportAnswer>()
                .ProducesProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503);
        }
    }

    private static async Task<IResult> ExportAsync(RegisterTable register, HttpContext http, RequestScope scope, RegisterExports exports, CancellationToken ct)
    {
        if (MeetingOf(http, register) is not { } meeting)
            return Problems.Answer(Problems.Malformed("meeting", Wording.Shape("expected-id")));
        var isDated = !string.IsNullOrEmpty(http.Request.Query[AsOfReading.AsOf]);
        var text = await exports.TextAsync(
            register, scope.Association.Id, new(scope.Association.Slug, scope.Association.Zone, isDated ? scope.Instant : null, meeting.Id, people => http.Reveal(people)), scope.RecordedPosition, ct);
        return text is null ? Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found")) : File(http, text, $"{scope.Association.Slug}-{register.Key}.csv");
    }

    private static IResult File(HttpContext http, string text, string name)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(Csv.Mark + text), Csv.ContentType, name);
    }

    // Attendance is that of a meeting, the other registers are of none.
    private static (MeetingId? Id, bool Asked)? MeetingOf(HttpContext http, RegisterTable register) => !register.OfMeeting ? (null, false)
        : Guid.TryParse(http.Request.Query["meeting"], out var id) ? (MeetingId.Of(id), true) : null;

    private static async Task<IResult> ImportAsync(
        RegisterTable register, HttpContext http, RequestScope scope, CommandEntrance entrance, RegisterImports imports, CancellationToken ct)
    {
        if (scope.IsPast)
            return Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "past-is-fixed"));
        if (MeetingOf(http, register) is not { } meeting)
            return Problems.Answer(Problems.Malformed("meeting", Wording.Shape("expected-id")));
        if (!http.Request.HasFormContentType && http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return Problems.Answer(Problems.Http(StatusCodes.Status415UnsupportedMediaType, "not-csv"));
        EffectiveTime? effective = null;
        if (http.Request.Query["effective"].ToString() is { Length: > 0 } on)
        {
            if (!EffectiveTime.TryParse(on, scope.Association.Zone, out var time))
                return Problems.Answer(Problems.Malformed("effective", Wording.Shape("effective")));
            effective = time;
        }

        if (Unfit(http.Request.Query["source"]) is { } unfit)
            return Problems.Answer(Problems.Malformed("source", Wording.Sentence(unfit)));
        var (context, fault) = entrance.Context(http, scope, effective);
        if (fault is not null)
            return Problems.Answer(fault);
        if (await ReadAsync(http, ct) is not { } bytes)
            return Problems.Answer(Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", RegisterTable.MostKibibytes));
        var preview = http.Request.Query["dryRun"].ToString() == "true";
        var (summary, result) = await imports.RunAsync(
            register, Csv.Decode(bytes, out _), meeting.Id, scope.Association.Slug, With(context!, http.Request.Query["source"]), preview, ct,
            http.Request.Query["seen"].ToString() is { Length: > 0 } seen ? seen : null);
        http.Reveal(summary.People);
        if (result is not null && Problems.Of(result) is { } problem)
        {
            if (summary.Faults.Count > 0)
                problem.Extensions["faults"] = summary.Faults;
            return Problems.Answer(problem);
        }

        return Results.Json(
            new RegisterImportAnswer(
                preview ? "preview" : result is CommandResult.Done ? "recorded" : "unchanged", (result as CommandResult.Done)?.Position, summary.New, summary.Changed, summary.Unchanged, summary.LeftOut,
                preview ? summary.Digest : null),
            EventCatalogue.Json);
    }

    /// <summary>What is wrong with the name of the document that facts come from; null when nothing is, or none is named.</summary>
    public static Refusal? Unfit(string? source) => string.IsNullOrWhiteSpace(source) ? null : Texts.Name(RegisterTable.SourceColumn, source);

    /// <summary>A command whose facts come from a document: they are transcribed. Whether they need a decision is asked all the same.</summary>
    public static CommandContext With(CommandContext context, string? source) =>
        string.IsNullOrWhiteSpace(source) ? context : context with { Source = source.Trim(), Transcribed = true };

    // Null when it is longer than is taken.
    private static async Task<byte[]?> ReadAsync(HttpContext http, CancellationToken ct)
    {
        const int Most = RegisterTable.MostKibibytes * 1024;
        Limits.Allow(http, Most + 1);
        using var bytes = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(bytes, ct);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return bytes.Length > Most ? null : bytes.ToArray();
    }
}
