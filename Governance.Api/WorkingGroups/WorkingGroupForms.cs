using Governance.Api.Kernel.Http;

namespace Governance.Api.WorkingGroups;

public static class WorkingGroupForms
{
    private const string Groups = "/{slug}/working-groups";
    private const string Group = Groups + "/{group}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
        ["working-group.rotation-share"] = "share",
        ["working-group.crossed-with-itself"] = "with",
        ["working-group.not-joined"] = "centre",
    };

    /// <summary>Forms of the pages of working groups.</summary>
    public static void MapWorkingGroupForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<CreateWorkingGroupRequest, GroupActPage>(Groups + "/new", WorkingGroupUseCases.Create, then: Group, fields: Fields);
        app.MapForm<MergeWorkingGroupsRequest, GroupActPage>(Groups + "/mergers", WorkingGroupUseCases.Merge, then: Group, fields: Fields);
        app.MapForm<TransformWorkingGroupRequest, GroupActPage>(Group + "/transformation", WorkingGroupUseCases.Transform, then: Group, fields: Fields);
        app.MapForm<RenameWorkingGroupRequest, GroupActPage>(Group + "/name", WorkingGroupUseCases.Rename, then: Group, fields: Fields);
        app.MapForm<CloseWorkingGroupRequest, GroupActPage>(Group + "/closing", WorkingGroupUseCases.Close, then: Group, fields: Fields);
        app.MapForm<GroupCentreRequest, GroupActPage>(Group + "/joining", WorkingGroupUseCases.Join, then: Group, fields: Fields);
        app.MapForm<GroupCentreRequest, GroupActPage>(Group + "/centres/{centre}/leaving", WorkingGroupUseCases.Leave, then: Group, fields: Fields);
        app.MapForm<CountGroupCentresRequest, GroupActPage>(Group + "/centres/count", WorkingGroupUseCases.CountCentres, then: Group, fields: Fields);
        app.MapForm<AppointPilotRequest, GroupActPage>(Group + "/pilots", WorkingGroupUseCases.AppointPilot, then: Group, fields: Fields);
        app.MapForm<GroupCentreRequest, GroupActPage>(Group + "/pilots/{centre}/end", WorkingGroupUseCases.EndPilot, then: Group, fields: Fields);
        app.MapForm<PlanMeetingsRequest, GroupActPage>(Group + "/meetings/plan", WorkingGroupUseCases.PlanMeetings, then: Group, fields: Fields);
        app.MapForm<RecordGroupMeetingRequest, GroupActPage>(Group + "/meetings", WorkingGroupUseCases.RecordMeeting, then: Group, fields: Fields);
        app.MapForm<SetPilotRotationRequest, GroupActPage>(Group + "/rotation", WorkingGroupUseCases.SetRotation, then: Group, fields: Fields);
        app.MapForm<CrossWorkingGroupsRequest, GroupActPage>(Group + "/crossings", WorkingGroupUseCases.Cross, then: Group, fields: Fields);
        app.MapForm<EndCrossingRequest, GroupActPage>(Group + "/crossings/{with}/end", WorkingGroupUseCases.EndCrossing, then: Group, fields: Fields);
        app.MapForm<PlanOutputRequest, GroupActPage>(Group + "/outputs", WorkingGroupUseCases.PlanOutput, then: Group, fields: Fields);
        app.MapForm<PublishOutputRequest, GroupActPage>(Group + "/outputs/publication", WorkingGroupUseCases.PublishOutput, then: Group, fields: Fields);
    }
}
