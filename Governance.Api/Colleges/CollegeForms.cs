using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;

namespace Governance.Api.Colleges;

public static class CollegeForms
{
    private const string Body = "/{slug}/colleges/{body}";
    private const string College = "/{slug}/colleges/{college}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["body.composition"] = "colleges",
        ["body.college-not-found"] = "colleges",
        ["body.college"] = "kind",
        ["college.weight"] = "weight",
        ["college.fewer-seats-than-holders"] = "seats",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms of the pages of bodies and colleges.</summary>
    public static void MapCollegeForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<ConstituteCollegeRequest, ConstitutePage>("/{slug}/colleges/new", CollegeUseCases.Constitute, then: College, fields: Fields);
        app.MapForm<ConstituteBodyRequest, ConstitutePage>("/{slug}/bodies/new", MandateUseCases.Constitute, then: Body, fields: Fields);
        app.MapForm<RenameBodyRequest, BodyActPage>(Body + "/name", MandateUseCases.Rename, then: Body, fields: Fields);
        app.MapForm<RecomposeBodyRequest, BodyActPage>(Body + "/composition", MandateUseCases.Recompose, then: Body, fields: Fields);
        app.MapForm<DissolveBodyRequest, BodyActPage>(Body + "/dissolution", MandateUseCases.Dissolve, then: Body, fields: Fields);
        app.MapForm<ReviewCollegeRequest, BodyActPage>(College + "/review", CollegeUseCases.Review, then: College, fields: Fields);
        app.MapForm<RefineCollegeRequest, BodyActPage>(College + "/refinement", CollegeUseCases.Refine, then: College, fields: Fields);
    }
}
