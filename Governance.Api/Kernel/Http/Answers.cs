using Governance.Api.Face;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Api.Kernel.Http;

/// <summary>Faults as programs read them (problem details); people are given a page by the interface.</summary>
public static class Answers
{
    /// <summary>Answers with a problem; to people with its status alone, which the interface turns into a page.</summary>
    public static Task WriteAsync(HttpContext http, ProblemDetails problem)
    {
        if (ErrorPages.IsForPeople(http))
        {
            http.Response.StatusCode = problem.Status!.Value;
            return Task.CompletedTask;
        }

        return Problems.Answer(problem).ExecuteAsync(http);
    }

    /// <summary>Every fault that nobody worded: unknown addresses, wrong methods, unreadable requests, exceptions.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseWhen(http => !ErrorPages.IsForPeople(http), programs =>
        {
            programs.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = http => Problems.Answer(OfException(http)).ExecuteAsync(http),
                SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
            });
            programs.UseStatusCodePages(context => Problems.Answer(OfStatus(context.HttpContext)).ExecuteAsync(context.HttpContext));
        });
    }

    private static ProblemDetails OfException(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", Limits.BodyKibibytes),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.Http(StatusCodes.Status415UnsupportedMediaType, "not-json"),
        BadHttpRequestException => Problems.Http(StatusCodes.Status400BadRequest, "bad-request"),
        Npgsql.NpgsqlException { IsTransient: true } or TimeoutException => Problems.Http(StatusCodes.Status503ServiceUnavailable, "overloaded"),
        _ => Problems.Http(StatusCodes.Status500InternalServerError, "failed", http.TraceIdentifier),
    };

    private static ProblemDetails OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => Problems.Http(StatusCodes.Status401Unauthorized, "sign-in-needed"),
        StatusCodes.Status404NotFound => Problems.Http(StatusCodes.Status404NotFound, "not-found"),
        StatusCodes.Status405MethodNotAllowed => Problems.Http(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", http.Request.Method),
        StatusCodes.Status413PayloadTooLarge => Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", Limits.BodyKibibytes),
        StatusCodes.Status415UnsupportedMediaType => Problems.Http(StatusCodes.Status415UnsupportedMediaType, "not-json"),
        StatusCodes.Status400BadRequest => Problems.Http(StatusCodes.Status400BadRequest, "bad-request"),
        var status => Problems.Http(status, "status"),
    };
}
