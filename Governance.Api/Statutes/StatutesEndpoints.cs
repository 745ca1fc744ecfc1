using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Versions = Governance.Projections.StatutesVersions;

namespace Governance.Api.Statutes;

/// <param name="InForce">The version in force at the moment asked for; null before the first.</param>
/// <param name="Versions">Every version known: drafts first, then the latest in force first.</param>
public sealed record StatutesAnswer(StatutesVersionId? InForce, IReadOnlyList<Versions.Version> Versions);

public static class StatutesEndpoints
{
    /// <summary>Reads of the statutes and commands on them, under <c>/api/{slug}</c>.</summary>
    public static void MapStatutes(this IEndpointRouteBuilder api)
    {
        api.MapRead("/statutes", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                return ReadAnswers.Of(new StatutesAnswer((await Versions.InForceAsync(view, ct))?.Id, await Versions.ListAsync(view, ct)));
            })
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadStatutes")
            .Produces<StatutesAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/statutes/{version:guid}", async (Guid version, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Versions.FindAsync(await scope.ViewAsync(reads, ct), new StatutesVersionId(version), ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadStatutesVersion")
            .Produces<Versions.Version>()
            .ProducesProblems(400, 401, 403, 404, 503);

        api.MapCommand("/statutes", StatutesUseCases.Draft, created: "statutes/{version}");
        api.MapCommand("/statutes/{version}/articles", StatutesUseCases.Amend);
        api.MapCommand("/statutes/{version}/articles/{number}/repeal", StatutesUseCases.Repeal);
        api.MapCommand("/statutes/{version}/rules", StatutesUseCases.Set);
        api.MapCommand("/statutes/{version}/rules/removal", StatutesUseCases.Remove);
        api.MapCommand("/statutes/{version}/adoption", StatutesUseCases.Adopt);
    }
}
