using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Elections;

public static class ElectionEndpoints
{
    /// <summary>Commands and reads of elections, under <c>/api/{slug}</c>.</summary>
    public static void MapElections(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/elections", ElectionUseCases.Call, created: "elections/{election}");
        api.MapCommand("/elections/{election}/candidacies", ElectionUseCases.Stand);
        api.MapCommand("/elections/{election}/withdrawals", ElectionUseCases.Withdraw);
        api.MapCommand("/elections/{election}/declinations", ElectionUseCases.Decline);
        api.MapCommand("/elections/{election}/installation", ElectionUseCases.Install);

        api.MapRead("/elections", async (RequestScope scope, ReadDatabase reads, ElectionDossiers dossiers, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                return ReadAnswers.Of(await dossiers.OfAsync(view, await Projections.Elections.ListAsync(view, ct), ct));
            })
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("elections")
            .WithName("ListElections")
            .Produces<IReadOnlyList<ElectionDossier>>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/elections/{election:guid}", async (Guid election, RequestScope scope, ReadDatabase reads, ElectionDossiers dossiers, CancellationToken ct) =>
                ReadAnswers.Of(await dossiers.FindAsync(await scope.ViewAsync(reads, ct), ElectionId.Of(election), ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("elections")
            .WithName("GetElection")
            .Produces<ElectionDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }
}
