using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Projections.Runtime;

namespace Governance.Api.SharedTools;

public static class SharedToolReads
{
    /// <summary>Reads of shared tools, under <c>/api/{slug}</c>.</summary>
    public static void MapSharedToolReads(this IEndpointRouteBuilder api) =>
        api.MapRead("/shared-tools", async (RequestScope scope, ReadDatabase reads, MemberNames names, CancellationToken ct) =>
                ReadAnswers.Of(await ToolRegister.AtAsync(await scope.ViewAsync(reads, ct), names, scope.Association.Zone, ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ListSharedTools")
            .Produces<ToolRegister>()
            .ProducesProblems(400, 401, 403, 503);
}
