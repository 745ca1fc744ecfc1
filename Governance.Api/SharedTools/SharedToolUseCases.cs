using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.SharedTools;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.SharedTools;

public sealed record LaunchSharedToolRequest(string Name, string? Purpose = null, string? KeptBy = null, SharedToolId? Tool = null);

public sealed record ReworkSharedToolRequest(SharedToolId Tool, string Remark);

public sealed record ReleaseSharedToolRequest(SharedToolId Tool, string Release, string? Remark = null);

public sealed record ToolCentreRequest(SharedToolId Tool, MemberId Centre);

public sealed record CountSharedToolCentresRequest(SharedToolId Tool, int Centres, int? Network = null);

public sealed record MergeSharedToolRequest(SharedToolId Tool, WorkingGroupId Into);

public sealed record RetireSharedToolRequest(SharedToolId Tool, string Reason);

/// <param name="Order">A week each, in this order; none ends the turns.</param>
/// <param name="From">A day of the first week.</param>
public sealed record SetRotaRequest(SharedToolId Tool, IReadOnlyList<MemberId> Order, DateOnly From);

/// <param name="Week">A day of the week that <paramref name="By"/> gives away.</param>
/// <param name="Their">A day of the week that <paramref name="With"/> gives for it.</param>
public sealed record ProposeDutySwapRequest(SharedToolId Tool, MemberId By, DateOnly Week, MemberId With, DateOnly Their);

/// <param name="With">Who answers.</param>
/// <param name="Week">A day of the week that was offered.</param>
/// <param name="Their">A day of the week asked for it; needed where several swaps are proposed of the week offered.</param>
public sealed record AnswerDutySwapRequest(SharedToolId Tool, MemberId With, DateOnly Week, DutyAnswer Answer, DateOnly? Their = null);

/// <param name="Sources">All that the centre watches; none takes them back.</param>
public sealed record EntrustSourcesRequest(SharedToolId Tool, MemberId Centre, IReadOnlyList<string> Sources, DecisionReference? Decision = null);

/// <summary>What can be asked of shared tools.</summary>
public static class SharedToolUseCases
{
    public static UseCase<LaunchSharedToolRequest> Launch { get; } = new(
        nameof(LaunchSharedTool),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var id = request.Tool ?? deciding.NewId<SharedToolId>("tool");
            var tool = await deciding.ReadAsync<SharedTool>(SharedTool.Stream(id), ct);
            return new LaunchSharedTool(id, request.Name, request.Purpose, request.KeptBy, deciding.On).Decide(tool);
        });

    public static UseCase<ReworkSharedToolRequest> Rework { get; } = Of<ReworkSharedToolRequest>(
        nameof(ReworkSharedTool), r => r.Tool, (r, tool, on) => new ReworkSharedTool(r.Remark, on).Decide(tool)) with
    { Dating = Dating.Happened };

    public static UseCase<ReleaseSharedToolRequest> Release { get; } = Of<ReleaseSharedToolRequest>(
        nameof(ReleaseSharedTool), r => r.Tool, (r, tool, on) => new ReleaseSharedTool(r.Release, r.Remark, on).Decide(tool)) with
    { Dating = Dating.Happened };

    public static UseCase<ToolCentreRequest> Join { get; } = new(
        nameof(JoinSharedTool),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var (tool, centre) = await deciding.ReadAsync<SharedTool, Member>(SharedTool.Stream(request.Tool), Member.Stream(request.Centre), ct);
            return new JoinSharedTool(request.Centre, deciding.On).Decide(tool, centre);
        });

    public static UseCase<ToolCentreRequest> Leave { get; } = new(
        nameof(LeaveSharedTool),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
            new LeaveSharedTool(request.Centre, deciding.On).Decide(await deciding.ReadAsync<SharedTool>(SharedTool.Stream(request.Tool), ct), deciding.Zone));

    public static UseCase<CountSharedToolCentresRequest> CountCentres { get; } = Of<CountSharedToolCentresRequest>(
        nameof(CountSharedToolCentres), r => r.Tool, (r, tool, on) => new CountSharedToolCentres(r.Centres, r.Network, on).Decide(tool)) with
    { Dating = Dating.Happened };

    public static UseCase<MergeSharedToolRequest> Merge { get; } = new(
        nameof(MergeSharedTool),
        Permission.KeepGroups,
        async (request, deciding, ct) =>
        {
            var (tool, into) = await deciding.ReadAsync<SharedTool, WorkingGroup>(SharedTool.Stream(request.Tool), WorkingGroup.Stream(request.Into), ct);
            return new MergeSharedTool(request.Into, deciding.On).Decide(tool, into);
        });

    public static UseCase<RetireSharedToolRequest> Retire { get; } = Of<RetireSharedToolRequest>(
        nameof(RetireSharedTool), r => r.Tool, (r, tool, on) => new RetireSharedTool(r.Reason, on).Decide(tool));

    public static UseCase<SetRotaRequest> SetRota { get; } = Of<SetRotaRequest>(
        nameof(Domain.SharedTools.SetRota), r => r.Tool, (r, tool, on) => new SetRota(r.Order, r.From, on).Decide(tool));

    public static UseCase<ProposeDutySwapRequest> ProposeSwap { get; } = Of<ProposeDutySwapRequest>(
        nameof(ProposeDutySwap), r => r.Tool, (r, tool, on) => new ProposeDutySwap(r.By, r.Week, r.With, r.Their, on).Decide(tool)) with
    { Dating = Dating.Happened };

    public static UseCase<AnswerDutySwapRequest> AnswerSwap { get; } = Of<AnswerDutySwapRequest>(
        nameof(AnswerDutySwap), r => r.Tool, (r, tool, on) => new AnswerDutySwap(r.With, r.Week, r.Their, r.Answer, on).Decide(tool)) with
    { Dating = Dating.Happened };

    public static UseCase<EntrustSourcesRequest> Entrust { get; } = Of<EntrustSourcesRequest>(
        nameof(EntrustSources), r => r.Tool, (r, tool, on) => new EntrustSources(r.Centre, r.Sources, r.Decision, on).Decide(tool));

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Launch), Import.Importable.Of(Rework), Import.Importable.Of(Release), Import.Importable.Of(Join),
        Import.Importable.Of(Leave), Import.Importable.Of(CountCentres), Import.Importable.Of(Merge), Import.Importable.Of(Retire),
        Import.Importable.Of(SetRota), Import.Importable.Of(ProposeSwap), Import.Importable.Of(AnswerSwap), Import.Importable.Of(Entrust),
    ];

    // Most commands read the tool alone.
    private static UseCase<T> Of<T>(string name, Func<T, SharedToolId> tool, Func<T, Timeline<SharedTool>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepGroups, request => SharedTool.Stream(tool(request)), decide);
}
