using Governance.Api.Kernel.Http;

namespace Governance.Api.Gatherings;

public static class GatheringForms
{
    private const string Gatherings = "/{slug}/gatherings";
    private const string One = Gatherings + "/{gathering}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
        ["gathering.room-taken"] = "room",
        ["gathering.session-outside"] = "starts",
        ["gathering.places-given-out"] = "capacity",
        ["gathering.not-invited"] = "kind",
        ["gathering.nothing-to-start-from"] = "roadmap",
    };

    /// <summary>Forms of the pages of gatherings.</summary>
    public static void MapGatheringForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<PlanGatheringRequest, GatheringActPage>(Gatherings + "/new", GatheringUseCases.Plan, then: One, fields: Fields);
        app.MapForm<MoveGatheringRequest, GatheringActPage>(One + "/move", GatheringUseCases.Move, then: One, fields: Fields);
        app.MapForm<CancelGatheringRequest, GatheringActPage>(One + "/cancellation", GatheringUseCases.Cancel, then: One, fields: Fields);
        app.MapForm<ChangeGatheringCapacityRequest, GatheringActPage>(One + "/capacity", GatheringUseCases.ChangeCapacity, then: One, fields: Fields);
        app.MapForm<InviteGuestsRequest, GatheringActPage>(One + "/invitations", GatheringUseCases.Invite, then: One, fields: Fields);
        app.MapForm<PlanSessionRequest, GatheringActPage>(One + "/sessions", GatheringUseCases.PlanSession, then: One, fields: Fields);
        app.MapForm<WithdrawSessionRequest, GatheringActPage>(One + "/sessions/{session}/withdrawal", GatheringUseCases.WithdrawSession, then: One, fields: Fields);
        app.MapForm<RegisterGuestsRequest, GatheringActPage>(One + "/people", GatheringUseCases.Register, then: One, fields: Fields);
        app.MapForm<RegisterGuestsRequest, GatheringActPage>(One + "/organisations", GatheringUseCases.Register, then: One, fields: Fields);
        app.MapForm<CancelRegistrationRequest, GatheringActPage>(
            One + "/registrations/{registration}/cancellation", GatheringUseCases.CancelRegistration, then: One, fields: Fields);
        app.MapForm<RecordGatheringAttendanceRequest, GatheringActPage>(
            One + "/registrations/{registration}/attendance", GatheringUseCases.RecordAttendance, then: One, fields: Fields);
        app.MapForm<ReviewWorkingGroupRequest, GatheringActPage>(One + "/reviews", GatheringUseCases.Review, then: One, fields: Fields);
        app.MapForm<AgreeFollowUpRequest, GatheringActPage>(One + "/follow-ups", GatheringUseCases.AgreeFollowUp, then: One, fields: Fields);
        app.MapForm<StartFollowUpRequest, GatheringActPage>(One + "/follow-ups/{followUp}/start", GatheringUseCases.StartFollowUp, then: One, fields: Fields);
    }
}
