using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.Gatherings;

/// <param name="Starts">The first day, or the month or year when no more is known.</param>
/// <param name="Capacity">Null for no bound.</param>
public sealed record PlanGatheringRequest(int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity = null, GatheringId? Gathering = null);

public sealed record MoveGatheringRequest(GatheringId Gathering, string Place, EffectiveTime Starts, int Days);

public sealed record CancelGatheringRequest(GatheringId Gathering, string Reason);

/// <param name="Capacity">Null for no bound.</param>
public sealed record ChangeGatheringCapacityRequest(GatheringId Gathering, int? Capacity = null);

public sealed record InviteGuestsRequest(GatheringId Gathering, IReadOnlyList<GuestKind> Kinds);

/// <param name="Session">One that is on the programme is changed.</param>
public sealed record PlanSessionRequest(GatheringId Gathering, string Title, EffectiveTime Starts, EffectiveTime Ends, string? Room = null, SessionId? Session = null);

public sealed record WithdrawSessionRequest(GatheringId Gathering, SessionId Session);

/// <param name="Person">Of the network; null for guests of an organisation, who are counted and not named.</param>
public sealed record RegisterGuestsRequest(
    GatheringId Gathering, GuestKind Kind, PersonId? Person = null, string? Organisation = null, int Places = 1, RegistrationId? Registration = null);

public sealed record CancelRegistrationRequest(GatheringId Gathering, RegistrationId Registration);

public sealed record RecordGatheringAttendanceRequest(GatheringId Gathering, RegistrationId Registration, int Present);

public sealed record ReviewWorkingGroupRequest(GatheringId Gathering, WorkingGroupId Group, string Findings);

public sealed record AgreeFollowUpRequest(GatheringId Gathering, string Title, FollowUpKind Kind, FollowUpId? FollowUp = null);

/// <param name="Roadmap">For a workstream.</param>
public sealed record StartFollowUpRequest(
    GatheringId Gathering, FollowUpId FollowUp, RoadmapId? Roadmap = null, StatutesVersionId? Version = null, WorkstreamId? Workstream = null);

/// <summary>What can be asked of gatherings.</summary>
public static class GatheringUseCases
{
    public static UseCase<PlanGatheringRequest> Plan { get; } = new(
        nameof(PlanGathering),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var id = request.Gathering ?? deciding.NewId<GatheringId>("gathering");
            var (gathering, register) = await deciding.ReadAsync<Gathering, RegisterOfGatherings>(Gathering.Stream(id), RegisterOfGatherings.Stream, ct);
            return new PlanGathering(id, request.Edition, request.Title, request.Place, request.Starts, request.Days, request.Capacity, deciding.On)
                .Decide(gathering, register, await OthersAsync(id, deciding, ct));
        })
    { Dating = Dating.Happened };

    public static UseCase<MoveGatheringRequest> Move { get; } = Of<MoveGatheringRequest>(
        nameof(MoveGathering), r => r.Gathering, (r, gathering, deciding) => new MoveGathering(r.Place, r.Starts, r.Days, deciding.On).Decide(gathering, deciding.Zone));

    public static UseCase<CancelGatheringRequest> Cancel { get; } = Of<CancelGatheringRequest>(
        nameof(CancelGathering), r => r.Gathering, (r, gathering, deciding) => new CancelGathering(r.Reason, deciding.On).Decide(gathering));

    public static UseCase<ChangeGatheringCapacityRequest> ChangeCapacity { get; } = Of<ChangeGatheringCapacityRequest>(
        nameof(ChangeGatheringCapacity), r => r.Gathering, (r, gathering, deciding) => new ChangeGatheringCapacity(r.Capacity, deciding.On).Decide(gathering));

    public static UseCase<InviteGuestsRequest> Invite { get; } = Of<InviteGuestsRequest>(
        nameof(InviteGuests), r => r.Gathering, (r, gathering, deciding) => new InviteGuests(r.Kinds, deciding.On).Decide(gathering));

    public static UseCase<PlanSessionRequest> PlanSession { get; } = Of<PlanSessionRequest>(
        nameof(Domain.Gatherings.PlanSession),
        r => r.Gathering,
        (r, gathering, deciding) => new PlanSession(r.Session ?? deciding.NewId<SessionId>("session"), r.Title, r.Starts, r.Ends, r.Room, deciding.On)
            .Decide(gathering, deciding.Zone));

    public static UseCase<WithdrawSessionRequest> WithdrawSession { get; } = Of<WithdrawSessionRequest>(
        nameof(Domain.Gatherings.WithdrawSession), r => r.Gathering, (r, gathering, deciding) => new WithdrawSession(r.Session, deciding.On).Decide(gathering));

    public static UseCase<RegisterGuestsRequest> Register { get; } = new(
        nameof(RegisterGuests),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var gathering = await deciding.ReadAsync<Gathering>(Gathering.Stream(request.Gathering), ct);
            var person = request.Person is { } id ? await deciding.ReadAsync<Person>(Person.Stream(id), ct) : null;
            return new RegisterGuests(
                request.Registration ?? deciding.NewId<RegistrationId>("registration"), request.Kind, request.Places, request.Person, request.Organisation, deciding.On)
                .Decide(gathering, person);
        })
    { Dating = Dating.Happened };

    public static UseCase<CancelRegistrationRequest> CancelRegistration { get; } = Of<CancelRegistrationRequest>(
        nameof(Domain.Gatherings.CancelRegistration), r => r.Gathering, (r, gathering, deciding) => new CancelRegistration(r.Registration, deciding.On).Decide(gathering));

    public static UseCase<RecordGatheringAttendanceRequest> RecordAttendance { get; } = Of<RecordGatheringAttendanceRequest>(
        nameof(RecordGatheringAttendance),
        r => r.Gathering,
        (r, gathering, deciding) => new RecordGatheringAttendance(r.Registration, r.Present, deciding.On).Decide(gathering));

    public static UseCase<ReviewWorkingGroupRequest> Review { get; } = new(
        nameof(ReviewWorkingGroup),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var (gathering, group) = await deciding.ReadAsync<Gathering, WorkingGroup>(Gathering.Stream(request.Gathering), WorkingGroup.Stream(request.Group), ct);
            return new ReviewWorkingGroup(request.Group, request.Findings, deciding.On).Decide(gathering, group);
        })
    { Dating = Dating.Happened };

    public static UseCase<AgreeFollowUpRequest> AgreeFollowUp { get; } = Of<AgreeFollowUpRequest>(
        nameof(Domain.Gatherings.AgreeFollowUp),
        r => r.Gathering,
        (r, gathering, deciding) => new AgreeFollowUp(r.FollowUp ?? deciding.NewId<FollowUpId>("follow-up"), r.Title, r.Kind, deciding.On).Decide(gathering));

    /// <summary>Drafts statutes and proposes workstreams, as their own commands do; so it asks for what those who keep all of these may.</summary>
    public static UseCase<StartFollowUpRequest> StartFollowUp { get; } = new(
        nameof(Domain.Gatherings.StartFollowUp),
        Permission.KeepStatutes,
        async (request, deciding, ct) =>
        {
            var version = request.Version ?? deciding.NewId<StatutesVersionId>("version");
            var id = request.Workstream ?? deciding.NewId<WorkstreamId>("workstream");
            var gathering = await deciding.ReadAsync<Gathering>(Gathering.Stream(request.Gathering), ct);
            var (statutes, workstream) = await deciding.ReadAsync<StatutesVersions, Workstream>(StatutesVersions.Stream, Workstream.Stream(id), ct);
            var roadmap = request.Roadmap is { } named ? await deciding.ReadAsync<Roadmap>(Roadmap.Stream(named), ct) : null;
            return new StartFollowUp(request.FollowUp, version, id, request.Roadmap, deciding.On).Decide(gathering, statutes, workstream, roadmap);
        })
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Plan), Import.Importable.Of(Move), Import.Importable.Of(Cancel), Import.Importable.Of(ChangeCapacity), Import.Importable.Of(Invite),
        Import.Importable.Of(PlanSession), Import.Importable.Of(WithdrawSession), Import.Importable.Of(Register), Import.Importable.Of(CancelRegistration),
        Import.Importable.Of(RecordAttendance), Import.Importable.Of(Review), Import.Importable.Of(AgreeFollowUp), Import.Importable.Of(StartFollowUp),
    ];

    /// <summary>Every other gathering there is or was. Those planned meanwhile move the register, which is read before.</summary>
    internal static async ValueTask<IReadOnlyList<Timeline<Gathering>>> OthersAsync(GatheringId gathering, Deciding deciding, CancellationToken ct) =>
        await deciding.ReadAllAsync<Gathering>([.. (await deciding.StreamsAsync(Gathering.Stream(gathering).Kind, ct)).Where(s => s != Gathering.Stream(gathering))], ct);

    // All that happens at a gathering, or around it, is known once it has happened.
    private static UseCase<T> Of<T>(string name, Func<T, GatheringId> gathering, Func<T, Timeline<Gathering>, Deciding, Decision> decide) where T : class =>
        new(name, Permission.KeepGroups, async (request, deciding, ct) =>
            decide(request, await deciding.ReadAsync<Gathering>(Gathering.Stream(gathering(request)), ct), deciding))
        { Dating = Dating.Happened };
}
