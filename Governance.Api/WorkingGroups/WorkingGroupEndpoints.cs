using Governance.Api.Kernel.Http;

namespace Governance.Api.WorkingGroups;

public static class WorkingGroupEndpoints
{
    /// <summary>Commands on working groups, under <c>/api/{slug}</c>.</summary>
    public static void MapWorkingGroups(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/working-groups", WorkingGroupUseCases.Create, created: "working-groups/{group}");
        api.MapCommand("/working-groups/mergers", WorkingGroupUseCases.Merge, created: "working-groups/{group}");
        api.MapCommand("/working-groups/{group}/transformation", WorkingGroupUseCases.Transform, created: "working-groups/{group}");
        api.MapCommand("/working-groups/{group}/name", WorkingGroupUseCases.Rename);
        api.MapCommand("/working-groups/{group}/closing", WorkingGroupUseCases.Close);
        api.MapCommand("/working-groups/{group}/centres/{centre}/joining", WorkingGroupUseCases.Join);
        api.MapCommand("/working-groups/{group}/centres/{centre}/leaving", WorkingGroupUseCases.Leave);
        api.MapCommand("/working-groups/{group}/centres/count", WorkingGroupUseCases.CountCentres);
        api.MapCommand("/working-groups/{group}/pilots", WorkingGroupUseCases.AppointPilot);
        api.MapCommand("/working-groups/{group}/pilots/{centre}/end", WorkingGroupUseCases.EndPilot);
        api.MapCommand("/working-groups/{group}/meetings/plan", WorkingGroupUseCases.PlanMeetings);
        api.MapCommand("/working-groups/{group}/meetings", WorkingGroupUseCases.RecordMeeting);
        api.MapCommand("/working-groups/{group}/rotation", WorkingGroupUseCases.SetRotation);
        api.MapCommand("/working-groups/{group}/crossings", WorkingGroupUseCases.Cross);
        api.MapCommand("/working-groups/{group}/crossings/{with}/end", WorkingGroupUseCases.EndCrossing);
        api.MapCommand("/working-groups/{group}/outputs", WorkingGroupUseCases.PlanOutput);
        api.MapCommand("/working-groups/{group}/outputs/publication", WorkingGroupUseCases.PublishOutput);
    }
}
