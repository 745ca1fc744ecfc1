using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs;

/// <summary>That one size of a log begins with another.</summary>
/// <param name="Hashes">Base64, 32 bytes each, in the order of RFC 9162, section 2.1.4.</param>
public sealed record ConsistencyAnswer(long From, long To, IReadOnlyList<string> Hashes);

/// <summary>
/// The transparency log of an association, under <c>/api/{slug}/log</c>: checkpoint, keys, tiles and proofs in the formats of C2SP. All of it is
/// hashes and signatures, which tell nothing of the events, and is for everybody: a proof is worth what others can check.
/// </summary>
public static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder api)
    {
        api.MapRead("/log/checkpoint", async (RequestScope scope, TransparencyLog log, CancellationToken ct) =>
                await log.HeadAsync(scope.Association.Id.ToString(), ct) is { Checkpoint: { } checkpoint }
                    ? CachedAnswer.Text(log.Cosigned(scope.Association.Id.ToString(), checkpoint).ToString())
                    : Empty())
            .RequirePermission(Permission.Public)
            .WithName("ReadLogCheckpoint")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(404, 503);

        api.MapRead("/log/keys", (RequestScope scope, TransparencyLog log) =>
            {
                var association = scope.Association.Id.ToString();
                if (log.Keys.NumberOf(association) == 0)
                    return Empty();
                return CachedAnswer.Text(new PublishedKeys(log.Keys.Keys(association)).ToString());
            })
            .RequirePermission(Permission.Public)
            .WithName("ReadLogKeys")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(404, 503);

        api.MapRead("/log/origins", (RequestScope scope, TransparencyLog log) => CachedAnswer.Text(SignedNote.Apart(log.Keys.FirstNotes(scope.Association.Id.ToString()))))
            .RequirePermission(Permission.Public)
            .WithName("ReadLogOrigins")
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(404, 503);

        api.MapRead("/log/tile/{**tile}", async (string tile, RequestScope scope, TransparencyLog log, CancellationToken ct) =>
                Tile.Parse("tile/" + tile) is var (asked, width) && await log.TileAsync(scope.Association.Id.ToString(), asked, width, ct) is { } hashes
                    ? new CachedAnswer(hashes.ToArray(), "application/octet-stream", IsFinal: width == Tile.FullWidth)
                    : Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found")))
            .RequirePermission(Permission.Public)
            .WithName("ReadLogTile")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblems(404, 503);

        api.MapRead("/log/proof/inclusion", async (HttpRequest request, RequestScope scope, TransparencyLog log, CancellationToken ct) =>
            {
                if (await AskedAsync(request, scope, log, "index", "size", ct) is not { } asked)
                    return Empty();
                if (asked.Fault is { } fault)
                    return fault;
                var (index, size) = (asked.First, asked.Size);
                if (index >= size)
                    return Problems.Answer(Problems.Malformed("index", Wording.Http("log-index", size - 1)));
                return await log.ProofAsync(scope.Association.Id.ToString(), index, size, ct) is { } proof
                    ? CachedAnswer.Text(proof.ToString(), string.Create(CultureInfo.InvariantCulture, $"{scope.Association.Slug}-{index}-{size}.tlog-proof"))
                    : Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "log-key-gone", size));
            })
            .RequirePermission(Permission.Public)
            .WithName("ReadLogInclusionProof")
            .WithMetadata(new QueryMetadata("index", "The leaf, from 0: the event's index less one."), new QueryMetadata("size", "The size of the tree that the proof leads to."))
            .Produces<string>(contentType: "text/plain")
            .ProducesProblems(400, 404, 503);

        api.MapRead("/log/proof/consistency", async (HttpRequest request, RequestScope scope, TransparencyLog log, CancellationToken ct) =>
            {
                if (await AskedAsync(request, scope, log, "from", "to", ct) is not { } asked)
                    return Empty();
                if (asked.Fault is { } fault)
                    return fault;
                var (from, to) = (asked.First, asked.Size);
                // Anything is consistent with an empty log.
                if (from == 0 || from > to)
                    return Problems.Answer(Problems.Malformed("from", Wording.Http("log-size", to, 1)));
                var hashes = await log.ConsistencyAsync(scope.Association.Id.ToString(), from, to, ct);
                return ReadAnswers.Of(new ConsistencyAnswer(from, to, [.. hashes.Select(Convert.ToBase64String)]));
            })
            .RequirePermission(Permission.Public)
            .WithName("ReadLogConsistencyProof")
            .WithMetadata(new QueryMetadata("from", "The size of the earlier tree, from 1."), new QueryMetadata("to", "The size of the later tree."))
            .Produces<ConsistencyAnswer>()
            .ProducesProblems(400, 404, 503);
    }

    /// <summary>Two numbers of a query, of which the second is a size that the log has or had; null when it has none yet.</summary>
    private static async ValueTask<(long First, long Size, IResult? Fault)?> AskedAsync(
        HttpRequest request, RequestScope scope, TransparencyLog log, string first, string size, CancellationToken ct)
    {
        var errors = new ShapeErrors();
        long? Read(string name)
        {
            var number = TreeSize.Parse(request.Query[name]);
            if (number is null)
                errors.Add(name, Wording.Shape("expected-natural"));
            return number;
        }

        var (one, other) = (Read(first), Read(size));
        if (errors.Any)
            return (0, 0, Problems.Answer(Problems.Malformed(errors.ByField)));
        if (await log.HeadAsync(scope.Association.Id.ToString(), ct) is not { Size: > 0 } head)
            return null;
        if (other == 0)
            return (0, 0, Problems.Answer(Problems.Malformed(size, Wording.Http("log-size", head.Size, 1))));
        return other > head.Size
            ? (0, 0, Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "log-size", head.Size, 1)))
            : (one!.Value, other!.Value, null);
    }

    private static IResult Empty() => Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "log-empty"));
}
