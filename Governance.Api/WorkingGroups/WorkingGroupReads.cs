using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.WorkingGroups;

public static class WorkingGroupReads
{
    /// <summary>Reads of working groups, under <c>/api/{slug}</c>.</summary>
    public static void MapWorkingGroupReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/working-groups", async (RequestScope scope, ReadDatabase reads, MemberNames names, CancellationToken ct) =>
                ReadAnswers.Of(await GroupRegister.AtAsync(await scope.ViewAsync(reads, ct), names, scope.Association.Zone, ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ListWorkingGroups")
            .Produces<GroupRegister>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/working-groups/{group:guid}", async (Guid group, RequestScope scope, ReadDatabase reads, MemberNames names, CancellationToken ct) =>
                ReadAnswers.Of(await GroupRegister.OneAsync(await scope.ViewAsync(reads, ct), WorkingGroupId.Of(group), names, scope.Association.Zone, ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("GetWorkingGroup")
            .Produces<GroupDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }
}
