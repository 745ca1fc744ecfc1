using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>The bundle of an association for whoever audits it, without asking the operator.</summary>
public static class BundleEndpoint
{
    public static void MapBundle(this IEndpointRouteBuilder api) =>
        api.MapRead("/evidence.zip", async (HttpContext http, RequestScope scope, BundleExport export, CancellationToken ct) =>
            {
                // With the checkpoint of another day the bundle proves that it begins with that one.
                var earlier = http.Request.Query["checkpoint"].Select(text => SignedNote.Parse(text ?? "")).ToList();
                if (earlier.Contains(null))
                    return Problems.Answer(Problems.Malformed("checkpoint", BundleWording.Say("own-malformed")));
                if (await export.PrepareAsync(scope.Association.Id, null, earlier!, ct) is not { } bundle)
                    return Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "log-empty"));
                // Written whole before any of it is sent: evidence that turns out to be none is an error, and not half a file.
                var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                try
                {
                    await export.WriteAsync(bundle, file, ct);
                    file.Position = 0;
                }
                catch
                {
                    await file.DisposeAsync();
                    throw;
                }

                return Results.Stream(file, "application/zip", $"governance-{scope.Association.Slug}-{bundle.Size}.zip");
            })
            .RequirePermission(Permission.Audit)
            .WithName("ReadEvidence")
            .WithMetadata(new QueryMetadata("checkpoint", "A signed checkpoint from before, which the bundle proves that it begins with."))
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .ProducesProblems(400, 401, 403, 404, 503);
}
