using Governance.Api.Kernel.Http;

namespace Governance.Api.Statutes;

public static class StatutesEndpoints
{
    /// <summary>Commands on the statutes, under <c>/api/{slug}</c>.</summary>
    public static void MapStatutes(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/statutes", StatutesUseCases.Draft, created: "statutes/{version}");
        api.MapCommand("/statutes/{version}/articles", StatutesUseCases.Amend);
        api.MapCommand("/statutes/{version}/articles/{number}/repeal", StatutesUseCases.Repeal);
        api.MapCommand("/statutes/{version}/rules", StatutesUseCases.Set);
        api.MapCommand("/statutes/{version}/rules/removal", StatutesUseCases.Remove);
        api.MapCommand("/statutes/{version}/adoption", StatutesUseCases.Adopt);
    }
}
