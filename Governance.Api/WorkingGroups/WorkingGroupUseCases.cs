using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.WorkingGroups;

public sealed record CreateWorkingGroupRequest(string Name, string? Mission = null, WorkingGroupId? Group = null);

/// <param name="KeepsCentres">The centres of the old group take part in the new one.</param>
public sealed record TransformWorkingGroupRequest(WorkingGroupId Group, string Name, string? Mission = null, WorkingGroupId? Into = null, bool KeepsCentres = false);

/// <param name="KeepsCentres">The centres of both take part in the new one.</param>
public sealed record MergeWorkingGroupsRequest(
    WorkingGroupId Left, WorkingGroupId Right, string Name, string? Mission = null, WorkingGroupId? Into = null, bool KeepsCentres = false);

public sealed record RenameWorkingGroupRequest(WorkingGroupId Group, string Name);

public sealed record CloseWorkingGroupRequest(WorkingGroupId Group, string Reason);

public sealed record GroupCentreRequest(WorkingGroupId Group, MemberId Centre);

public sealed record CountGroupCentresRequest(WorkingGroupId Group, int Centres);

public sealed record AppointPilotRequest(WorkingGroupId Group, MemberId Centre, PilotRole Role);

public sealed record PlanMeetingsRequest(WorkingGroupId Group, int Year, int AtLeast, int AtMost, string? Remark = null);

public sealed record RecordGroupMeetingRequest(
    WorkingGroupId Group, bool InPerson, IReadOnlyList<MemberId> Centres, string? Place = null, string? Logbook = null);

public sealed record PlanOutputRequest(WorkingGroupId Group, string Title, EffectiveTime? Due = null, string? Description = null);

public sealed record PublishOutputRequest(WorkingGroupId Group, string Title, string? Reference = null);

/// <param name="Share">From 0 to 1, such as <c>1/2</c>.</param>
public sealed record SetPilotRotationRequest(WorkingGroupId Group, Fraction Share);

public sealed record CrossWorkingGroupsRequest(WorkingGroupId Group, WorkingGroupId With, string Topic);

public sealed record EndCrossingRequest(WorkingGroupId Group, WorkingGroupId With);

/// <summary>What can be asked of working groups.</summary>
public static class WorkingGroupUseCases
{
    public static UseCase<CreateWorkingGroupRequest> Create { get; } = new(
        nameof(CreateWorkingGroup),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var id = request.Group ?? deciding.NewId<WorkingGroupId>("group");
            var group = await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(id), ct);
            return new CreateWorkingGroup(id, request.Name, request.Mission, deciding.On).Decide(group);
        });

    public static UseCase<TransformWorkingGroupRequest> Transform { get; } = new(
        nameof(TransformWorkingGroup),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var into = request.Into ?? deciding.NewId<WorkingGroupId>("group");
            var (old, @new) = await deciding.ReadAsync<WorkingGroup, WorkingGroup>(WorkingGroup.Stream(request.Group), WorkingGroup.Stream(into), ct);
            return new TransformWorkingGroup(into, request.Name, request.Mission, deciding.On, request.KeepsCentres).Decide(
                old, @new, await GoingOnAsync(request.KeepsCentres, deciding, ct, old));
        });

    public static UseCase<MergeWorkingGroupsRequest> Merge { get; } = new(
        nameof(MergeWorkingGroups),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var id = request.Into ?? deciding.NewId<WorkingGroupId>("group");
            var (left, right, into) = await deciding.ReadAsync<WorkingGroup, WorkingGroup, WorkingGroup>(
                WorkingGroup.Stream(request.Left), WorkingGroup.Stream(request.Right), WorkingGroup.Stream(id), ct);
            return new MergeWorkingGroups(id, request.Name, request.Mission, deciding.On, request.KeepsCentres).Decide(
                left, right, into, await GoingOnAsync(request.KeepsCentres, deciding, ct, left, right));
        });

    public static UseCase<RenameWorkingGroupRequest> Rename { get; } = Of<RenameWorkingGroupRequest>(
        nameof(RenameWorkingGroup), r => r.Group, (r, group, on) => new RenameWorkingGroup(r.Name, on).Decide(group));

    public static UseCase<CloseWorkingGroupRequest> Close { get; } = Of<CloseWorkingGroupRequest>(
        nameof(CloseWorkingGroup), r => r.Group, (r, group, on) => new CloseWorkingGroup(r.Reason, on).Decide(group));

    public static UseCase<GroupCentreRequest> Join { get; } = OfCentre<GroupCentreRequest>(
        nameof(JoinWorkingGroup), r => (r.Group, r.Centre), (r, group, centre, on) => new JoinWorkingGroup(r.Centre, on).Decide(group, centre));

    public static UseCase<GroupCentreRequest> Leave { get; } = Of<GroupCentreRequest>(
        nameof(LeaveWorkingGroup), r => r.Group, (r, group, on) => new LeaveWorkingGroup(r.Centre, on).Decide(group));

    public static UseCase<CountGroupCentresRequest> CountCentres { get; } = Of<CountGroupCentresRequest>(
        nameof(CountGroupCentres), r => r.Group, (r, group, on) => new CountGroupCentres(r.Centres, on).Decide(group)) with
    { Dating = Dating.Happened };

    public static UseCase<AppointPilotRequest> AppointPilot { get; } = OfCentre<AppointPilotRequest>(
        nameof(Domain.WorkingGroups.AppointPilot),
        r => (r.Group, r.Centre),
        (r, group, centre, on) => new AppointPilot(r.Centre, r.Role, on).Decide(group, centre));

    public static UseCase<GroupCentreRequest> EndPilot { get; } = Of<GroupCentreRequest>(
        nameof(Domain.WorkingGroups.EndPilot), r => r.Group, (r, group, on) => new EndPilot(r.Centre, on).Decide(group));

    public static UseCase<PlanMeetingsRequest> PlanMeetings { get; } = Of<PlanMeetingsRequest>(
        nameof(Domain.WorkingGroups.PlanMeetings),
        r => r.Group,
        (r, group, on) => new PlanMeetings(r.Year, r.AtLeast, r.AtMost, r.Remark, on).Decide(group));

    public static UseCase<RecordGroupMeetingRequest> RecordMeeting { get; } = Of<RecordGroupMeetingRequest>(
        nameof(RecordGroupMeeting),
        r => r.Group,
        (r, group, on) => new RecordGroupMeeting(r.InPerson, r.Centres, r.Place, r.Logbook, on).Decide(group)) with
    { Dating = Dating.Happened };

    public static UseCase<PlanOutputRequest> PlanOutput { get; } = Of<PlanOutputRequest>(
        nameof(Domain.WorkingGroups.PlanOutput), r => r.Group, (r, group, on) => new PlanOutput(r.Title, r.Due, r.Description, on).Decide(group));

    public static UseCase<PublishOutputRequest> PublishOutput { get; } = Of<PublishOutputRequest>(
        nameof(Domain.WorkingGroups.PublishOutput), r => r.Group, (r, group, on) => new PublishOutput(r.Title, r.Reference, on).Decide(group)) with
    { Dating = Dating.Happened };

    public static UseCase<SetPilotRotationRequest> SetRotation { get; } = Of<SetPilotRotationRequest>(
        nameof(SetPilotRotation), r => r.Group, (r, group, on) => new SetPilotRotation(r.Share, on).Decide(group));

    public static UseCase<CrossWorkingGroupsRequest> Cross { get; } = OfTwo<CrossWorkingGroupsRequest>(
        nameof(CrossWorkingGroups), r => (r.Group, r.With), (r, group, with, on) => new CrossWorkingGroups(r.Topic, on).Decide(group, with));

    public static UseCase<EndCrossingRequest> EndCrossing { get; } = OfTwo<EndCrossingRequest>(
        nameof(Domain.WorkingGroups.EndCrossing),
        r => (r.Group, r.With),
        (r, group, with, on) => new EndCrossing(r.Group, r.With, on).Decide(group, with));

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Create), Import.Importable.Of(Transform), Import.Importable.Of(Merge), Import.Importable.Of(Rename),
        Import.Importable.Of(Close), Import.Importable.Of(Join), Import.Importable.Of(Leave), Import.Importable.Of(CountCentres),
        Import.Importable.Of(AppointPilot), Import.Importable.Of(EndPilot), Import.Importable.Of(PlanMeetings), Import.Importable.Of(RecordMeeting),
        Import.Importable.Of(PlanOutput), Import.Importable.Of(PublishOutput),
        Import.Importable.Of(SetRotation), Import.Importable.Of(Cross), Import.Importable.Of(EndCrossing),
    ];

    private static async ValueTask<IReadOnlyList<Timeline<Member>>> GoingOnAsync(bool keeps, Deciding deciding, CancellationToken ct, params IReadOnlyList<Timeline<WorkingGroup>> groups) =>
        keeps ? await deciding.ReadAllAsync<Member>([.. CentresGoingOn.Of(deciding.On, groups).Select(Member.Stream)], ct) : [];

    // Most commands read the group alone.
    private static UseCase<T> Of<T>(string name, Func<T, WorkingGroupId> group, Func<T, Timeline<WorkingGroup>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepGroups, request => WorkingGroup.Stream(group(request)), decide);

    private static UseCase<T> OfTwo<T>(
        string name,
        Func<T, (WorkingGroupId Group, WorkingGroupId With)> of,
        Func<T, Timeline<WorkingGroup>, Timeline<WorkingGroup>, EffectiveTime, Decision> decide) where T : class =>
        new(name, Permission.KeepGroups, async (request, deciding, ct) =>
        {
            var (one, other) = of(request);
            var (group, with) = await deciding.ReadAsync<WorkingGroup, WorkingGroup>(WorkingGroup.Stream(one), WorkingGroup.Stream(other), ct);
            return decide(request, group, with, deciding.On);
        });

    // Whoever comes into a group is a member then.
    private static UseCase<T> OfCentre<T>(
        string name,
        Func<T, (WorkingGroupId Group, MemberId Centre)> of,
        Func<T, Timeline<WorkingGroup>, Timeline<Member>, EffectiveTime, Decision> decide) where T : class =>
        new(name, Permission.KeepGroups, async (request, deciding, ct) =>
        {
            var (groupId, centreId) = of(request);
            var (group, centre) = await deciding.ReadAsync<WorkingGroup, Member>(WorkingGroup.Stream(groupId), Member.Stream(centreId), ct);
            return decide(request, group, centre, deciding.On);
        });
}
