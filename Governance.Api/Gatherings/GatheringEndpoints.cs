using Governance.Api.Kernel.Http;

namespace Governance.Api.Gatherings;

public static class GatheringEndpoints
{
    private const string One = "/gatherings/{gathering}";

    /// <summary>Commands on gatherings, under <c>/api/{slug}</c>.</summary>
    public static void MapGatherings(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/gatherings", GatheringUseCases.Plan, created: "gatherings/{gathering}");
        api.MapCommand(One + "/move", GatheringUseCases.Move);
        api.MapCommand(One + "/cancellation", GatheringUseCases.Cancel);
        api.MapCommand(One + "/capacity", GatheringUseCases.ChangeCapacity);
        api.MapCommand(One + "/invitations", GatheringUseCases.Invite);
        api.MapCommand(One + "/sessions", GatheringUseCases.PlanSession);
        api.MapCommand(One + "/sessions/{session}/withdrawal", GatheringUseCases.WithdrawSession);
        api.MapCommand(One + "/registrations", GatheringUseCases.Register);
        api.MapCommand(One + "/registrations/{registration}/cancellation", GatheringUseCases.CancelRegistration);
        api.MapCommand(One + "/registrations/{registration}/attendance", GatheringUseCases.RecordAttendance);
        api.MapCommand(One + "/reviews", GatheringUseCases.Review);
        api.MapCommand(One + "/follow-ups", GatheringUseCases.AgreeFollowUp);
        api.MapCommand(One + "/follow-ups/{followUp}/start", GatheringUseCases.StartFollowUp);
    }
}
