using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.Roadmaps;

/// <param name="Decision">The ballot that adopted the roadmap.</param>
public sealed record OpenRoadmapRequest(string Title, int FirstYear, int LastYear, DecisionReference? Decision = null, RoadmapId? Roadmap = null);

public sealed record ProposeWorkstreamRequest(RoadmapId Roadmap, string Title, string? Description = null, WorkstreamId? Workstream = null);

/// <param name="Decision">The ballot that gave it this rank.</param>
public sealed record PrioritiseWorkstreamRequest(WorkstreamId Workstream, int Rank, DecisionReference? Decision = null);

/// <param name="Contest">The ballot that ranked workstreams of the roadmap.</param>
/// <param name="Decision">The ballot of the resolution that adopts their order.</param>
public sealed record AdoptOrderRequest(RoadmapId Roadmap, BallotId Contest, DecisionReference Decision);

/// <param name="Decision">The ballot that adopted it.</param>
public sealed record AdoptWorkstreamRequest(WorkstreamId Workstream, DecisionReference Decision);

/// <param name="Decision">The ballot behind the change.</param>
public sealed record ScheduleWorkstreamRequest(WorkstreamId Workstream, EffectiveTime Start, EffectiveTime? End = null, DecisionReference? Decision = null);

public sealed record PlanMilestoneRequest(WorkstreamId Workstream, string Title, EffectiveTime Due, MilestoneId? Milestone = null);

/// <param name="Decision">The ballot behind the change.</param>
public sealed record MoveMilestoneRequest(WorkstreamId Workstream, MilestoneId Milestone, EffectiveTime Due, string Reason, DecisionReference? Decision = null);

public sealed record ReachMilestoneRequest(WorkstreamId Workstream, MilestoneId Milestone, string? Remark = null);

public sealed record AssignLeadRequest(WorkstreamId Workstream, MemberId? Member = null, WorkingGroupId? Group = null);

public sealed record StartWorkstreamRequest(WorkstreamId Workstream);

public sealed record ReportProgressRequest(WorkstreamId Workstream, string Text, Assessment Assessment, string? NextStep = null);

/// <param name="Decision">The ballot behind the change.</param>
public sealed record PauseWorkstreamRequest(WorkstreamId Workstream, string Reason, DecisionReference? Decision = null);

public sealed record ResumeWorkstreamRequest(WorkstreamId Workstream, string? Remark = null);

public sealed record CompleteWorkstreamRequest(WorkstreamId Workstream, string? Outcome = null);

/// <param name="Decision">The ballot that gave it up.</param>
public sealed record AbandonWorkstreamRequest(WorkstreamId Workstream, string Reason, DecisionReference? Decision = null);

/// <param name="Groups">The working groups that carry it; none takes them away.</param>
public sealed record AssignGroupsRequest(WorkstreamId Workstream, IReadOnlyList<WorkingGroupId> Groups);

/// <param name="AmountCents">Whole cents of euros; 0 takes the year's budget away.</param>
/// <param name="Decision">The ballot behind the budget.</param>
public sealed record PlanBudgetRequest(WorkstreamId Workstream, int Year, int AmountCents, DecisionReference? Decision = null);

/// <param name="Year">The calendar year whose budget it counts against.</param>
/// <param name="AmountCents">Whole cents of euros.</param>
/// <param name="Paper">The paper that shows it.</param>
/// <param name="Convention">The convention whose money it uses.</param>
/// <param name="Paid">It is paid already.</param>
public sealed record CommitExpenseRequest(
    WorkstreamId Workstream, int Year, string Purpose, int AmountCents, string Paper, ConventionId? Convention = null, bool Paid = false, ExpenseId? Expense = null);

/// <param name="AmountCents">What it came to, whole cents of euros.</param>
/// <param name="Paper">The paper that shows it.</param>
public sealed record PayExpenseRequest(WorkstreamId Workstream, ExpenseId Expense, int AmountCents, string Paper);

public sealed record CancelExpenseRequest(WorkstreamId Workstream, ExpenseId Expense, string Reason);

/// <param name="Prerequisite">The workstream that it waits for.</param>
/// <param name="Milestone">A milestone of the prerequisite that is enough; null when all of it is needed.</param>
/// <param name="Reason">What is needed from it.</param>
public sealed record RecordDependencyRequest(WorkstreamId Workstream, WorkstreamId Prerequisite, MilestoneId? Milestone = null, string? Reason = null);

public sealed record ReleaseDependencyRequest(WorkstreamId Workstream, WorkstreamId Prerequisite, string Reason);

/// <summary>What can be asked of roadmaps and their workstreams.</summary>
public static class RoadmapUseCases
{
    public static UseCase<OpenRoadmapRequest> Open { get; } = new(
        nameof(OpenRoadmap),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var id = request.Roadmap ?? deciding.NewId<RoadmapId>("roadmap");
            var roadmap = await deciding.ReadAsync<Roadmap>(Roadmap.Stream(id), ct);
            return new OpenRoadmap(id, request.Title, request.FirstYear, request.LastYear, request.Decision, deciding.On).Decide(roadmap);
        });

    public static UseCase<ProposeWorkstreamRequest> Propose { get; } = new(
        nameof(ProposeWorkstream),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var id = request.Workstream ?? deciding.NewId<WorkstreamId>("workstream");
            var (workstream, roadmap) = await deciding.ReadAsync<Workstream, Roadmap>(Workstream.Stream(id), Roadmap.Stream(request.Roadmap), ct);
            return new ProposeWorkstream(id, request.Roadmap, request.Title, request.Description, deciding.On).Decide(workstream, roadmap);
        })
    { Dating = Dating.Happened };

    public static UseCase<PrioritiseWorkstreamRequest> Prioritise { get; } = Of<PrioritiseWorkstreamRequest>(
        nameof(PrioritiseWorkstream), r => r.Workstream, (r, workstream, on) => new PrioritiseWorkstream(r.Rank, r.Decision, on).Decide(workstream));

    public static UseCase<AdoptOrderRequest> AdoptOrder { get; } = new(
        nameof(Domain.Roadmaps.AdoptOrder),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var (roadmap, contest) = await deciding.ReadAsync<Roadmap, Ballot>(Roadmap.Stream(request.Roadmap), Ballot.Stream(request.Contest), ct);
            var workstreams = await deciding.ReadAllAsync<Workstream>(
                [.. Domain.Roadmaps.AdoptOrder.Ranked(contest.Latest).Select(Workstream.Stream)], ct);
            return new AdoptOrder(request.Roadmap, request.Contest, request.Decision, deciding.On).Decide(roadmap, contest, workstreams, deciding.Zone);
        });

    public static UseCase<AdoptWorkstreamRequest> Adopt { get; } = Of<AdoptWorkstreamRequest>(
        nameof(AdoptWorkstream), r => r.Workstream, (r, workstream, on) => new AdoptWorkstream(r.Decision, on).Decide(workstream));

    public static UseCase<ScheduleWorkstreamRequest> Schedule { get; } = Of<ScheduleWorkstreamRequest>(
        nameof(ScheduleWorkstream), r => r.Workstream, (r, workstream, on) => new ScheduleWorkstream(r.Start, r.End, r.Decision, on).Decide(workstream));

    public static UseCase<PlanMilestoneRequest> PlanMilestone { get; } = new(
        nameof(Domain.Roadmaps.PlanMilestone),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var id = request.Milestone ?? deciding.NewId<MilestoneId>("milestone");
            var workstream = await deciding.ReadAsync<Workstream>(Workstream.Stream(request.Workstream), ct);
            return new PlanMilestone(id, request.Title, request.Due, deciding.On).Decide(workstream);
        });

    public static UseCase<MoveMilestoneRequest> MoveMilestone { get; } = Of<MoveMilestoneRequest>(
        nameof(Domain.Roadmaps.MoveMilestone),
        r => r.Workstream,
        (r, workstream, on) => new MoveMilestone(r.Milestone, r.Due, r.Reason, r.Decision, on).Decide(workstream));

    public static UseCase<ReachMilestoneRequest> ReachMilestone { get; } = Of<ReachMilestoneRequest>(
        nameof(Domain.Roadmaps.ReachMilestone), r => r.Workstream, (r, workstream, on) => new ReachMilestone(r.Milestone, r.Remark, on).Decide(workstream)) with
    { Dating = Dating.Happened };

    public static UseCase<AssignLeadRequest> AssignLead { get; } = new(
        nameof(Domain.Roadmaps.AssignLead),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var workstream = await deciding.ReadAsync<Workstream>(Workstream.Stream(request.Workstream), ct);
            var member = request.Member is { } m ? await deciding.ReadAsync<Member>(Member.Stream(m), ct) : null;
            var group = request.Group is { } g ? await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(g), ct) : null;
            return new AssignLead(request.Member, request.Group, deciding.On).Decide(workstream, member, group);
        });

    public static UseCase<StartWorkstreamRequest> Start { get; } = Of<StartWorkstreamRequest>(
        nameof(StartWorkstream), r => r.Workstream, (_, workstream, on) => new StartWorkstream(on).Decide(workstream)) with
    { Dating = Dating.Happened };

    public static UseCase<ReportProgressRequest> Report { get; } = Of<ReportProgressRequest>(
        nameof(ReportProgress),
        r => r.Workstream,
        (r, workstream, on) => new ReportProgress(r.Text, r.Assessment, r.NextStep, on).Decide(workstream),
        Permission.ReportOnWorkstreams) with
    { Dating = Dating.Happened };

    public static UseCase<PauseWorkstreamRequest> Pause { get; } = Of<PauseWorkstreamRequest>(
        nameof(PauseWorkstream), r => r.Workstream, (r, workstream, on) => new PauseWorkstream(r.Reason, r.Decision, on).Decide(workstream));

    public static UseCase<ResumeWorkstreamRequest> Resume { get; } = Of<ResumeWorkstreamRequest>(
        nameof(ResumeWorkstream), r => r.Workstream, (r, workstream, on) => new ResumeWorkstream(r.Remark, on).Decide(workstream));

    public static UseCase<CompleteWorkstreamRequest> Complete { get; } = Of<CompleteWorkstreamRequest>(
        nameof(CompleteWorkstream), r => r.Workstream, (r, workstream, on) => new CompleteWorkstream(r.Outcome, on).Decide(workstream)) with
    { Dating = Dating.Happened };

    public static UseCase<AbandonWorkstreamRequest> Abandon { get; } = Of<AbandonWorkstreamRequest>(
        nameof(AbandonWorkstream), r => r.Workstream, (r, workstream, on) => new AbandonWorkstream(r.Reason, r.Decision, on).Decide(workstream));

    public static UseCase<AssignGroupsRequest> AssignGroups { get; } = new(
        nameof(Domain.Roadmaps.AssignGroups),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var workstream = await deciding.ReadAsync<Workstream>(Workstream.Stream(request.Workstream), ct);
            var groups = await deciding.ReadAllAsync<WorkingGroup>([.. request.Groups.Distinct().Select(WorkingGroup.Stream)], ct);
            return new AssignGroups(request.Groups, deciding.On).Decide(workstream, groups);
        });

    public static UseCase<PlanBudgetRequest> PlanBudget { get; } = new(
        nameof(Domain.Roadmaps.PlanBudget),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var (workstream, roadmap) = await WithRoadmapAsync(request.Workstream, deciding, ct);
            var decision = request.Decision is { } named ? await deciding.ReadAsync<Ballot>(Ballot.Stream(named.Ballot), ct) : null;
            return new PlanBudget(request.Year, request.AmountCents, request.Decision, deciding.On).Decide(workstream, roadmap, decision);
        });

    public static UseCase<CommitExpenseRequest> CommitExpense { get; } = new(
        nameof(Domain.Roadmaps.CommitExpense),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var id = request.Expense ?? deciding.NewId<ExpenseId>("expense");
            var (workstream, roadmap) = await WithRoadmapAsync(request.Workstream, deciding, ct);
            return new CommitExpense(id, request.Year, request.Purpose, request.AmountCents, request.Paper, request.Convention, request.Paid, deciding.On)
                .Decide(workstream, roadmap);
        })
    { Dating = Dating.Happened };

    public static UseCase<PayExpenseRequest> PayExpense { get; } = Of<PayExpenseRequest>(
        nameof(Domain.Roadmaps.PayExpense), r => r.Workstream, (r, workstream, on) => new PayExpense(r.Expense, r.AmountCents, r.Paper, on).Decide(workstream)) with
    { Dating = Dating.Happened };

    public static UseCase<CancelExpenseRequest> CancelExpense { get; } = Of<CancelExpenseRequest>(
        nameof(Domain.Roadmaps.CancelExpense), r => r.Workstream, (r, workstream, on) => new CancelExpense(r.Expense, r.Reason, on).Decide(workstream)) with
    { Dating = Dating.Happened };

    public static UseCase<RecordDependencyRequest> RecordDependency { get; } = new(
        nameof(Domain.Roadmaps.RecordDependency),
        Permission.KeepRoadmap,
        async (request, deciding, ct) =>
        {
            var (workstream, prerequisite, dependencies) = await deciding.ReadAsync<Workstream, Workstream, Dependencies>(
                Workstream.Stream(request.Workstream), Workstream.Stream(request.Prerequisite), Dependencies.Stream, ct);
            var cycle = await deciding.ReadAllAsync<Workstream>(
                [.. Domain.Roadmaps.RecordDependency.Cycle(request.Workstream, request.Prerequisite, dependencies, deciding.On).Select(Workstream.Stream)], ct);
            return new RecordDependency(request.Workstream, request.Prerequisite, request.Milestone, request.Reason, deciding.On)
                .Decide(dependencies, workstream, prerequisite, cycle);
        });

    public static UseCase<ReleaseDependencyRequest> ReleaseDependency { get; } = UseCase.On<ReleaseDependencyRequest, Dependencies>(
        nameof(Domain.Roadmaps.ReleaseDependency),
        Permission.KeepRoadmap,
        _ => Dependencies.Stream,
        (r, dependencies, on) => new ReleaseDependency(r.Workstream, r.Prerequisite, r.Reason, on).Decide(dependencies));

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Open), Import.Importable.Of(Propose), Import.Importable.Of(Prioritise), Import.Importable.Of(AdoptOrder), Import.Importable.Of(Adopt),
        Import.Importable.Of(Schedule), Import.Importable.Of(PlanMilestone), Import.Importable.Of(MoveMilestone), Import.Importable.Of(ReachMilestone),
        Import.Importable.Of(AssignLead), Import.Importable.Of(Start), Import.Importable.Of(Report), Import.Importable.Of(Pause),
        Import.Importable.Of(Resume), Import.Importable.Of(Complete), Import.Importable.Of(Abandon),
        Import.Importable.Of(AssignGroups), Import.Importable.Of(PlanBudget), Import.Importable.Of(CommitExpense), Import.Importable.Of(PayExpense),
        Import.Importable.Of(CancelExpense), Import.Importable.Of(RecordDependency), Import.Importable.Of(ReleaseDependency),
    ];

    private static async ValueTask<(Timeline<Workstream>, Timeline<Roadmap>)> WithRoadmapAsync(WorkstreamId id, Deciding deciding, CancellationToken ct)
    {
        var workstream = await deciding.ReadAsync<Workstream>(Workstream.Stream(id), ct);
        return (workstream, await deciding.ReadAsync<Roadmap>(Roadmap.Stream((workstream.Latest as Workstream.Known)?.Plan.Roadmap ?? default), ct));
    }

    // Most commands read the workstream alone.
    private static UseCase<T> Of<T>(
        string name,
        Func<T, WorkstreamId> workstream,
        Func<T, Timeline<Workstream>, EffectiveTime, Decision> decide,
        Permission permission = Permission.KeepRoadmap)
        where T : class => new(
        name,
        permission,
        async (request, deciding, ct) => decide(request, await deciding.ReadAsync<Workstream>(Workstream.Stream(workstream(request)), ct), deciding.On));
}
