using Governance.Api.Kernel.Http;

namespace Governance.Api.SharedTools;

public static class SharedToolEndpoints
{
    /// <summary>Commands on shared tools, under <c>/api/{slug}</c>.</summary>
    public static void MapSharedTools(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/shared-tools", SharedToolUseCases.Launch, created: "shared-tools/{tool}");
        api.MapCommand("/shared-tools/{tool}/reworks", SharedToolUseCases.Rework);
        api.MapCommand("/shared-tools/{tool}/releases", SharedToolUseCases.Release);
        api.MapCommand("/shared-tools/{tool}/centres/{centre}/joining", SharedToolUseCases.Join);
        api.MapCommand("/shared-tools/{tool}/centres/{centre}/leaving", SharedToolUseCases.Leave);
        api.MapCommand("/shared-tools/{tool}/centres/count", SharedToolUseCases.CountCentres);
        api.MapCommand("/shared-tools/{tool}/rota", SharedToolUseCases.SetRota);
        api.MapCommand("/shared-tools/{tool}/swaps", SharedToolUseCases.ProposeSwap);
        api.MapCommand("/shared-tools/{tool}/swaps/answer", SharedToolUseCases.AnswerSwap);
        api.MapCommand("/shared-tools/{tool}/sources", SharedToolUseCases.Entrust);
        api.MapCommand("/shared-tools/{tool}/merger", SharedToolUseCases.Merge);
        api.MapCommand("/shared-tools/{tool}/retirement", SharedToolUseCases.Retire);
    }
}
