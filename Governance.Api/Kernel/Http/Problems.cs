using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Api.Kernel.Http;

/// <summary>The one table from what went wrong to an answer (RFC 9457).</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    public static int Status(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Shape => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    public static ProblemDetails Of(Refusal refusal)
    {
        var problem = Of(Status(refusal), refusal.Code, Wording.Sentence(refusal));
        if (refusal.Article is { } article)
            problem.Extensions["article"] = article;
        if (refusal is PaymentsUnfit unfit)
            problem.Extensions["errors"] = unfit.Faults.GroupBy(f => f.Line).ToDictionary(g => $"line {g.Key}", g => g.Select(f => Wording.Sentence(f.Refusal)).ToArray());
        return problem;
    }

    /// <summary>A problem that is no refusal of the domain; the sentence is <c>http.CODE</c>.</summary>
    public static ProblemDetails Http(int status, string code, params IReadOnlyList<object> arguments) =>
        Of(status, code, Wording.Http(code, arguments));

    /// <summary>Fields that are not as they should be: 400, a sentence for each.</summary>
    public static ProblemDetails Malformed(IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = Http(StatusCodes.Status400BadRequest, "malformed", errors.Count);
        problem.Extensions["errors"] = errors;
        return problem;
    }

    public static ProblemDetails Malformed(string field, string sentence) => Malformed(new Dictionary<string, string[]> { [field] = [sentence] });

    /// <summary>The problem that a command came to; null when it came to none.</summary>
    public static ProblemDetails? Of(CommandResult result) => result switch
    {
        CommandResult.Done or CommandResult.Unchanged => null,
        CommandResult.Malformed malformed => Malformed(malformed.Errors),
        CommandResult.Refused refused => Of(refused.Refusal),
        CommandResult.Stale stale => Http(StatusCodes.Status412PreconditionFailed, "version-changed", stale.Expected, stale.Actual),
        CommandResult.Contended => Http(StatusCodes.Status409Conflict, "contended"),
        CommandResult.KeyReused => Http(StatusCodes.Status422UnprocessableEntity, "key-reused"),
        CommandResult.Unavailable { MayBeRecorded: true } => Http(StatusCodes.Status503ServiceUnavailable, "outcome-unknown"),
        CommandResult.Unavailable => Http(StatusCodes.Status503ServiceUnavailable, "overloaded"),
        _ => throw new InvalidOperationException($"No answer for {result}."),
    };

    public static IResult Answer(ProblemDetails problem) => new ProblemAnswer(problem);

    private static ProblemDetails Of(int status, string code, string detail) => new()
    {
        Type = "urn:governance:problem:" + code,
        Title = Title(status),
        Status = status,
        Detail = detail,
        Extensions = { ["code"] = code },
    };

    private static string? Title(int status) =>
        Wording.Template("http.title-" + status.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.CurrentUICulture);

    private sealed class ProblemAnswer(ProblemDetails problem) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = problem.Status!.Value;
            if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests && http.Response.Headers.RetryAfter.Count == 0)
                http.Response.Headers.RetryAfter = "2";
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.WriteAsJsonAsync(problem, EventCatalogue.Json, ContentType, http.RequestAborted);
        }
    }
}
