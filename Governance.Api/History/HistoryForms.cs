using Governance.Api.Kernel.Http;

namespace Governance.Api.History;

public static class HistoryForms
{
    /// <summary>The form on the page of an event.</summary>
    public static void MapHistoryForms(this IEndpointRouteBuilder app) =>
        app.MapForm<RetractFactRequest, EventPage>("/{slug}/events/{event}", HistoryUseCases.Retract);
}
