using Governance.Api.Kernel.Http;

namespace Governance.Api.Mandates;

public static class MandateEndpoints
{
    /// <summary>Commands on bodies and mandates, under <c>/api/{slug}</c>.</summary>
    public static void MapMandates(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/bodies", MandateUseCases.Constitute, created: "bodies/{body}");
        api.MapCommand("/bodies/{body}/composition", MandateUseCases.Recompose);
        api.MapCommand("/bodies/{body}/name", MandateUseCases.Rename);
        api.MapCommand("/bodies/{body}/dissolution", MandateUseCases.Dissolve);
        api.MapCommand("/bodies/{body}/mandates", MandateUseCases.Appoint);
        api.MapCommand("/bodies/{body}/first-terms", MandateUseCases.DrawFirstTerms);
        api.MapCommand("/bodies/{body}/mandates/{mandate}/ratification", MandateUseCases.Ratify);
        api.MapCommand("/bodies/{body}/mandates/{mandate}/renewal", MandateUseCases.Renew);
        api.MapCommand("/bodies/{body}/mandates/{mandate}/end", MandateUseCases.End);
        api.MapCommand("/bodies/{body}/mandates/{mandate}/replacement", MandateUseCases.Replace);
    }
}
