using Governance.Api.Access;
using Governance.Api.DuesCampaigns;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Members;

public static class MemberReads
{
    /// <summary>Reads of the register, under <c>/api/{slug}</c>.</summary>
    public static void MapMemberReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/members", async (RequestScope scope, ReadDatabase reads, PersonNames people, CancellationToken ct) =>
                ReadAnswers.Of(await Register.AtAsync(await scope.ViewAsync(reads, ct), people, ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("members")
            .WithName("ListMembers")
            .Produces<Register>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/members/{member:guid}", async (
                Guid member, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, MandateLines lines, CancellationToken ct) =>
                ReadAnswers.Of((await MemberDossier.AtAsync(await scope.ViewAsync(reads, ct), MemberId.Of(member), people, lines, ct))?.To(await dues.OpenToAsync(scope, ct))))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("member")
            .WithName("GetMember")
            .Produces<MemberDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }
}
