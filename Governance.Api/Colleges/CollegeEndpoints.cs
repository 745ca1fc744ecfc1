using Governance.Api.Kernel.Http;

namespace Governance.Api.Colleges;

public static class CollegeEndpoints
{
    /// <summary>Commands on colleges, under <c>/api/{slug}</c>.</summary>
    public static void MapColleges(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/colleges", CollegeUseCases.Constitute, created: "colleges/{college}");
        api.MapCommand("/colleges/{college}/review", CollegeUseCases.Review);
        api.MapCommand("/colleges/{college}/refinement", CollegeUseCases.Refine);
    }
}
