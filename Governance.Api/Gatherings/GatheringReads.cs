using System.Text;
using Governance.Api.Access;
using Governance.Api.Calendars;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Gatherings;

public static class GatheringReads
{
    /// <summary>Reads of gatherings, under <c>/api/{slug}</c>.</summary>
    public static void MapGatheringReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/gatherings", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await GatheringRegister.AtAsync(await scope.ViewAsync(reads, ct), ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ListGatherings")
            .Produces<GatheringRegister>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/gatherings/{gathering:guid}", async (Guid gathering, RequestScope scope, ReadDatabase reads, PersonNames people, CancellationToken ct) =>
                ReadAnswers.Of(await GatheringRegister.OneAsync(
                    await scope.ViewAsync(reads, ct), GatheringId.Of(gathering), GatheringRegister.NamesFor(scope, people), ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("gathering")
            .WithName("GetGathering")
            .Produces<GatheringDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);

        api.MapRead("/gatherings/{gathering:guid}/programme.ics", ProgrammeAsync)
            .RequirePermission(Permission.ReadRegister)
            .WithName("GetGatheringProgramme")
            .Produces(StatusCodes.Status200OK, contentType: "text/calendar")
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    private static async Task<IResult> ProgrammeAsync(HttpContext http, Guid gathering, RequestScope scope, ReadDatabase reads, CancellationToken ct)
    {
        var known = await Projections.Gatherings.FindAsync(await scope.ViewAsync(reads, ct), GatheringId.Of(gathering), ct);
        var entries = known is null
            ? []
            : GatheringRegister.Calendar(known, $"{http.Request.Scheme}://{http.Request.Host}/{scope.Association.Slug}/gatherings/{known.Id}", scope.Association.Zone);
        return entries.Count == 0
            ? Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found"))
            : Results.File(Encoding.UTF8.GetBytes(CalendarFile.Of(entries, scope.Association.Zone, "PUBLISH", known!.Title)), CalendarFile.ContentType, "programme.ics");
    }
}
