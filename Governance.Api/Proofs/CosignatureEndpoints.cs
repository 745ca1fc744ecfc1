using System.Text;
using System.Threading.RateLimiting;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;
using Microsoft.AspNetCore.RateLimiting;

namespace Governance.Api.Proofs;

/// <summary>
/// What witnesses say of an association's log, under <c>/api/{slug}/log</c>: their registered keys, what they cosigned last, and where they hand it in. Whoever hands
/// something in needs no account: the cosignature itself says who it is, and nothing else is kept of them.
/// </summary>
public static class CosignatureEndpoints
{
    private const string Limit = "cosignatures";

    // A checkpoint has three lines, and each of the witnesses that there may be one of some 200 bytes.
    private const int MostKibibytes = 16;

    /// <summary>Setting: cosigned checkpoints taken in a minute from one address.</summary>
    public const string Setting = "Access:CosignaturesPerMinute";

    public static IServiceCollection AddCosignatures(this IServiceCollection services, IConfiguration configuration)
    {
        // A witness hands in once a minute at most; several may stand behind one address.
        var perMinute = configuration.GetValue(Setting, 30);
        return services.Configure<RateLimiterOptions>(options => options.AddPolicy(Limit, http => RateLimitPartition.GetFixedWindowLimiter(SignInAttempts.AddressOf(http), _ => SignInAttempts.Window(perMinute))));
    }

    public static void MapCosignatures(this IEndpointRouteBuilder api)
    {
        api.MapRead("/log/witnesses", (RequestScope scope, TransparencyLog log) =>
                CachedAnswer.Text(string.Concat(log.Witnesses.Registered(scope.Association.Id.ToString()).Select(witness => $"{witness}\n"))))
            .RequirePermission(Permission.Public)
            .WithName("ReadLogWitnesses")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(404, 503);

        api.MapRead("/log/cosigned", (RequestScope scope, TransparencyLog log) => CachedAnswer.Text(SignedNote.Apart(log.CosignedNotes(scope.Association.Id.ToString()))))
            .RequirePermission(Permission.Public)
            .WithName("ReadLogCosigned")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(404, 503);

        api.MapWrite("/log/cosigned", HandInAsync)
            .RequirePermission(Permission.Public)
            .RequireRateLimiting(Limit)
            .WithName("HandInCosigned")
            .Accepts<string>("text/plain")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 403, 404, 409, 413, 429, 503);
    }

    private static async Task<IResult> HandInAsync(HttpContext http, RequestScope scope, TransparencyLog log, TimeProvider time, CancellationToken ct)
    {
        // One more than it may be: enough to know that it is too long.
        var bytes = new byte[(MostKibibytes * 1024) + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length == bytes.Length)
            return Problems.Answer(Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", MostKibibytes));
        var became = SignedNote.Parse(Encoding.UTF8.GetString(bytes.AsSpan(0, length))) is { } note
            ? await log.TakeAsync(scope.Association.Id.ToString(), note, time.GetUtcNow(), ct)
            : HandedIn.Malformed;
        // The statuses are those that C2SP tlog-witness gives a log where they mean the same the other way around.
        return became switch
        {
            HandedIn.Kept => Results.NoContent(),
            HandedIn.UnknownWitness => Problems.Answer(Problems.Http(StatusCodes.Status403Forbidden, "cosigned-unknown-witness")),
            HandedIn.OtherLog => Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "cosigned-other-log")),
            HandedIn.NotOfTheLog => Problems.Answer(Problems.Http(StatusCodes.Status409Conflict, "cosigned-not-of-the-log")),
            HandedIn.Older => Problems.Answer(Problems.Http(StatusCodes.Status409Conflict, "cosigned-older")),
            HandedIn.NotYet => Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "cosigned-not-yet")),
            _ => Problems.Answer(Problems.Http(StatusCodes.Status400BadRequest, "cosigned-malformed")),
        };
    }
}
