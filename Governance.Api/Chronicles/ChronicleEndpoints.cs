using Governance.Api.Kernel.Http;

namespace Governance.Api.Chronicles;

public static class ChronicleEndpoints
{
    /// <summary>Commands on the chronicle, under <c>/api/{slug}</c>.</summary>
    public static void MapChronicle(this IEndpointRouteBuilder api) => api.MapCommand("/chronicle", ChronicleUseCases.Record);
}
