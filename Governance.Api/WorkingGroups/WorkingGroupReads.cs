using System.Globalization;
using System.Text;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

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

        api.MapRead("/working-groups/matrix", async (RequestScope scope, ReadDatabase reads, MemberNames names, CancellationToken ct) =>
                ReadAnswers.Of(await MatrixAsync(scope, reads, names, ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("GetGroupMatrix")
            .Produces<GroupMatrix>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/working-groups/matrix.csv", async (
                RequestScope scope, ReadDatabase reads, MemberNames names, IStringLocalizer<GroupText> t, CancellationToken ct) =>
                Results.File(Encoding.UTF8.GetBytes(Table(await MatrixAsync(scope, reads, names, ct), t)), Csv.ContentType, "groupes-centres.csv"))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ExportGroupMatrixAsTable")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblems(400, 401, 403, 503);
    }

    private static async ValueTask<GroupMatrix> MatrixAsync(RequestScope scope, ReadDatabase reads, MemberNames names, CancellationToken ct) =>
        await GroupMatrix.AtAsync(await scope.ViewAsync(reads, ct), scope.Instant, names, scope.Association.Zone, ct);

    // A row a centre, a column a group, then the load; the last row says how many centres no document names.
    private static string Table(GroupMatrix matrix, IStringLocalizer<GroupText> t) =>
        Csv.Mark
        + Csv.Row([t["Centre"], .. matrix.Groups.Select(g => g.Name), t["MatrixGroups"], t["MatrixLed"], t["MatrixShare"]])
        + string.Concat(matrix.Centres.Select(c => Csv.Row(
            [c.Centre.Name, .. c.Parts.Select(part => part == GroupPart.None ? "" : t["Part." + part].Value), .. Counts(c.Groups, c.Led), c.ShareOfLead.ToString()])))
        + Csv.Row([t["MatrixUnnamed"], .. matrix.Groups.Select(g => g.Unnamed.ToString(CultureInfo.InvariantCulture)), "", "", ""]);

    private static IEnumerable<string> Counts(params IEnumerable<int> counts) => counts.Select(count => count.ToString(CultureInfo.InvariantCulture));
}
