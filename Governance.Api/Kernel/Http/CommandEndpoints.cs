using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Api.Kernel.Http;

/// <summary>What the API answers to a command.</summary>
/// <param name="Outcome"><c>recorded</c>, or <c>unchanged</c> when what was asked held already.</param>
/// <param name="Position">Position of the last event recorded; null when unchanged. A read with <c>?waitFor=POSITION</c> shows it.</param>
/// <param name="Events">Ids of the events recorded.</param>
/// <param name="Ids">Ids of what was made, by kind.</param>
/// <param name="Version">Present version of the thing changed, as in <c>ETag</c>.</param>
public sealed record CommandAnswer(
    string Outcome, long? Position, DateTimeOffset? RecordedAt, IReadOnlyList<EventId> Events, IReadOnlyDictionary<string, Guid> Ids, long Version);

/// <summary>Which command an endpoint gives: read by the API's description.</summary>
public sealed record CommandMetadata(string Name, Type Request, Permission Permission, bool TakesEffective);

public static class CommandEndpoints
{
    /// <summary>
    /// POST of a use case under <c>/api/{slug}</c>. The body is the request in JSON, with <c>effective</c> beside its own fields; what the address names
    /// (<c>/members/{member}/name</c>) fills the field of the same name.
    /// </summary>
    /// <param name="created">Address of what was made, relative to <c>/api/{slug}</c>, such as <c>members/{member}</c>: the answer is then 201.</param>
    public static RouteHandlerBuilder MapCommand<T>(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, UseCase<T> useCase, string? created = null) where T : class =>
        routes.MapWrite(pattern, (HttpContext http, CommandEntrance entrance) => entrance.AnswerAsync(http, useCase, created))
            .WithName(useCase.Name)
            .RequirePermission(useCase.Permission)
            .WithMetadata(new CommandMetadata(useCase.Name, typeof(T), useCase.Permission, useCase.Dating != Dating.Now))
            .Accepts<T>("application/json")
            .Produces<CommandAnswer>(created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503);

    /// <summary>POST of the use case that makes an association: the one that the request names, not one of the address.</summary>
    /// <param name="founded">Short name and IANA time zone of the association to be.</param>
    public static RouteHandlerBuilder MapFounding<T>(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, UseCase<T> useCase, Func<T, (string Slug, string Zone)> founded) where T : class =>
        routes.MapWrite(pattern, (HttpContext http, CommandEntrance entrance) => entrance.FoundAsync(http, useCase, founded))
            .WithName(useCase.Name)
            .RequirePermission(useCase.Permission)
            .WithMetadata(new CommandMetadata(useCase.Name, typeof(T), useCase.Permission, TakesEffective: true))
            .Accepts<T>("application/json")
            .Produces<CommandAnswer>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 409, 413, 415, 422, 429, 503);

    /// <summary>Says which problems an endpoint answers with.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            builder.Produces<ProblemDetails>(status, Problems.ContentType);
        return builder;
    }
}

/// <summary>Brings a command from HTTP to the runner and its result back.</summary>
public sealed class CommandEntrance(CommandRunner runner, TimeProvider time)
{
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Reads the body strictly, runs the use case, answers.</summary>
    public async Task<IResult> AnswerAsync<T>(HttpContext http, UseCase<T> useCase, string? created) where T : class
    {
        var scope = http.Features.Get<RequestScope>() ?? throw new InvalidOperationException("A command stands under /api/{slug}.");
        if (scope.IsPast)
            return Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "past-is-fixed"));
        var (body, problem) = await CommandBody<T>.ReadAsync(http, scope.Association.Zone);
        if (problem is not null)
            return Problems.Answer(problem);
        var (context, fault) = Context(http, scope, body!.Effective);
        return fault is not null ? Problems.Answer(fault) : Answer(http, scope, await runner.RunAsync(useCase, body.Request, context!, http.RequestAborted), created);
    }

    /// <summary>As <see cref="AnswerAsync"/>, for the association that the request founds.</summary>
    public async Task<IResult> FoundAsync<T>(HttpContext http, UseCase<T> useCase, Func<T, (string Slug, string Zone)> founded) where T : class
    {
        var (body, problem) = await CommandBody<T>.ReadAsync(http, TimeZoneInfo.Utc);
        if (problem is not null)
            return Problems.Answer(problem);
        var (scope, unfit) = ToBe(http, founded(body!.Request));
        if (unfit is not null)
            return Problems.Answer(Problems.Of(unfit)!);
        var (context, fault) = Context(http, scope!, body.Effective);
        return fault is not null
            ? Problems.Answer(fault)
            : Answer(http, scope!, await runner.RunAsync(useCase, body.Request, context!, http.RequestAborted), "association");
    }

    /// <summary>As <see cref="RunAsync"/>, for the association that the request founds.</summary>
    /// <param name="founded">Short name and IANA time zone of the association to be.</param>
    public Task<CommandResult> FoundAsync<T>(
        HttpContext http, UseCase<T> useCase, T request, (string Slug, string Zone) founded, string idempotencyKey) where T : class
    {
        var (scope, unfit) = ToBe(http, founded);
        return unfit is not null
            ? Task.FromResult<CommandResult>(unfit)
            : runner.RunAsync(useCase, request, Context(http, scope!, null, idempotencyKey, null), http.RequestAborted);
    }

    /// <summary>Runs a use case for a page: the form's own idempotency key, everything else from the request.</summary>
    public Task<CommandResult> RunAsync<T>(
        HttpContext http, UseCase<T> useCase, T request, string idempotencyKey, EffectiveTime? effective = null, long? ifVersion = null) where T : class
    {
        var scope = http.Features.Get<RequestScope>() ?? throw new InvalidOperationException("A command stands under /{slug}.");
        if (scope.IsPast)
            return Task.FromResult<CommandResult>(new CommandResult.Refused(new PastIsFixed()));
        return runner.RunAsync(
            useCase, request, Context(http, scope, effective, string.IsNullOrWhiteSpace(idempotencyKey) ? NewKey() : idempotencyKey, ifVersion), http.RequestAborted);
    }

    public static string NewKey() => Guid.NewGuid().ToString("N");

    // The association of a founding is not in the directory yet.
    private (RequestScope?, CommandResult.Malformed?) ToBe(HttpContext http, (string Slug, string Zone) founded)
    {
        if (AssociationDirectory.ReservedFault(founded.Slug) is { } reserved)
            return (null, Malformed("slug", reserved));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(founded.Zone, out var zone))
            return (null, Malformed("timeZone", Wording.Shape("time-zone")));
        var entry = new AssociationEntry(AssociationDirectory.IdOf(founded.Slug), founded.Slug, founded.Slug, zone);
        return (new RequestScope(entry, http.Features.Get<Actor>() ?? Actor.Visitor, time.GetUtcNow(), null, IsPast: false, NotYetShown: false), null);
    }

    private static CommandResult.Malformed Malformed(string field, string sentence) => new(new Dictionary<string, string[]> { [field] = [sentence] });

    /// <summary>Under what circumstances a command of a request is given, its key and version from the headers; or what is wrong with these.</summary>
    public (CommandContext?, ProblemDetails?) Context(HttpContext http, RequestScope scope, EffectiveTime? effective)
    {
        var key = http.Request.Headers[IdempotencyKeyHeader];
        if (key.Count > 1 || key is [{ Length: > 200 } or ""])
            return (null, Problems.Malformed(IdempotencyKeyHeader, Wording.Shape("idempotency-key")));
        if (!EntityTags.TryReadIfMatch(http.Request, out var ifVersion))
            return (null, Problems.Malformed("If-Match", Wording.Shape("if-match")));
        return (Context(http, scope, effective, key is [{ } given] ? given : NewKey(), ifVersion), null);
    }

    /// <summary>Under what circumstances a command of a request is given.</summary>
    public CommandContext Context(HttpContext http, RequestScope scope, EffectiveTime? effective, string key, long? ifVersion) => new()
    {
        Association = scope.Association.Id,
        Zone = scope.Association.Zone,
        Actor = scope.Actor,
        Now = time.GetUtcNow(),
        Effective = effective,
        IdempotencyKey = key,
        Ids = IdSource.Fresh(time),
        IfVersion = ifVersion,
        CorrelationId = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
    };

    /// <summary>What a command came to, as the API answers it.</summary>
    /// <param name="created">As of <see cref="CommandEndpoints.MapCommand"/>.</param>
    public static IResult Answer(HttpContext http, RequestScope scope, CommandResult result, string? created)
    {
        if (Problems.Of(result) is { } problem)
            return Problems.Answer(problem);
        var answer = result switch
        {
            CommandResult.Done done => new CommandAnswer("recorded", done.Position, done.RecordedAt, done.Events, done.Ids, done.Version),
            CommandResult.Unchanged unchanged => new CommandAnswer("unchanged", null, null, [], new Dictionary<string, Guid>(), unchanged.Version),
            _ => throw new InvalidOperationException($"No answer for {result}."),
        };
        http.Response.Headers.ETag = EntityTags.OfVersion(answer.Version);
        if (created is null || answer.Position is null)
            return Results.Json(answer, EventCatalogue.Json);
        var address = answer.Ids.Aggregate(created, (path, id) => path.Replace("{" + id.Key + "}", id.Value.ToString("D", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        http.Response.Headers.Location = $"/api/{scope.Association.Slug}/{address}";
        return Results.Json(answer, EventCatalogue.Json, statusCode: StatusCodes.Status201Created);
    }
}
