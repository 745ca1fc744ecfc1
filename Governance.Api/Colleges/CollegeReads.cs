using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Api.Colleges;

public static class CollegeReads
{
    /// <summary>Reads of bodies and colleges, under <c>/api/{slug}</c>.</summary>
    public static void MapCollegeReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/bodies", async (RequestScope scope, ReadDatabase reads, MandateLines lines, MemberNames names, CancellationToken ct) =>
                ReadAnswers.Of(await BodyRegister.AtAsync(await scope.ViewAsync(reads, ct), lines, names, ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("bodies")
            .WithName("ListBodies")
            .Produces<BodyRegister>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/colleges", async (RequestScope scope, ReadDatabase reads, MandateLines lines, MemberNames names, CancellationToken ct) =>
            {
                var all = await BodyRegister.AtAsync(await scope.ViewAsync(reads, ct), lines, names, ct);
                var colleges = all.Bodies.Where(b => b.Kind == BodyKind.College).ToList();
                var ids = colleges.Select(b => b.Id).ToHashSet();
                return ReadAnswers.Of(all with { Bodies = colleges, EndingSoon = [.. all.EndingSoon.Where(l => ids.Contains(l.Body.Id))] });
            })
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("bodies")
            .WithName("ListColleges")
            .Produces<BodyRegister>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/bodies/{body:guid}/holders", async (
                Guid body, RequestScope scope, ReadDatabase reads, MandateLines lines, MemberNames names, EventCatalogue catalogue, CancellationToken ct) =>
                ReadAnswers.Of(await BodyDossier.AtAsync(await scope.ViewAsync(reads, ct), BodyId.Of(body), lines, names, catalogue, ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("body")
            .WithName("ListHolders")
            .Produces<BodyDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }
}
