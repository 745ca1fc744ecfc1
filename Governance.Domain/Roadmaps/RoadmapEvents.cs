using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Roadmaps;

/// <summary>How a workstream stands, in the words of whoever reports on it.</summary>
public enum Assessment
{
    OnTrack,
    AtRisk,
    Late,
}

/// <summary>A roadmap over some years, both included. Stream <c>roadmap:{id}</c>.</summary>
public sealed record RoadmapOpened(RoadmapId Roadmap, string Title, int FirstYear, int LastYear, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;
}

/// <summary>A line of work is put forward for a roadmap. Stream <c>workstream:{id}</c>.</summary>
public sealed record WorkstreamProposed(WorkstreamId Workstream, RoadmapId Roadmap, string Title, string? Description = null) : IEvent;

/// <param name="Rank">From 1, the first; two workstreams can share a rank.</param>
public sealed record WorkstreamPrioritised(int Rank, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;
}

public sealed record WorkstreamAdopted(DecisionReference Decision) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;
}

/// <summary>When it is meant to run.</summary>
/// <param name="Start">Meant to be started by the end of this day, month, quarter...</param>
/// <param name="End">Meant to be completed by the end of this period; null when not said.</param>
public sealed record WorkstreamScheduled(EffectiveTime Start, EffectiveTime? End = null, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;
}

/// <param name="Due">To be reached by the end of this day, month, quarter...</param>
public sealed record MilestonePlanned(MilestoneId Milestone, string Title, EffectiveTime Due) : IEvent;

public sealed record MilestoneMoved(MilestoneId Milestone, EffectiveTime Due, string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;
}

public sealed record MilestoneReached(MilestoneId Milestone, string? Remark = null) : IEvent;

/// <summary>A centre, a working group or both lead it from here on, in the place of whoever did.</summary>
public sealed record LeadAssigned(MemberId? Member = null, WorkingGroupId? Group = null) : IEvent;

/// <summary>The working groups that carry it, in the place of those said before.</summary>
public sealed record GroupsAssigned(IReadOnlyList<WorkingGroupId> Groups) : IEvent;

public sealed record WorkstreamStarted : IEvent;

public sealed record ProgressReported(string Text, Assessment Assessment, string? NextStep = null) : IEvent;

public sealed record WorkstreamPaused(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;

    bool IDecided.MayRestOnRejection => true;
}

public sealed record WorkstreamResumed(string? Remark = null) : IEvent;

public sealed record WorkstreamCompleted(string? Outcome = null) : IEvent;

public sealed record WorkstreamAbandoned(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.RoadmapItem;

    bool IDecided.MayRestOnRejection => true;
}

/// <summary>Which objectives of a convention fund it, in the place of those said before.</summary>
public sealed record WorkstreamFunded(ConventionId Convention, IReadOnlyList<ObjectiveId> Objectives) : IEvent;

/// <param name="Year">Calendar year.</param>
/// <param name="AmountCents">Whole cents of euros, in the place of what was planned for the year before.</param>
/// <param name="Decision">Of one of two kinds, which <see cref="PlanBudget"/> tells apart.</param>
public sealed record BudgetPlanned(int Year, int AmountCents, DecisionReference? Decision = null) : IDecided;

/// <param name="Year">The calendar year whose budget it counts against.</param>
/// <param name="AmountCents">Whole cents of euros.</param>
/// <param name="Paper">The paper that shows it.</param>
/// <param name="Convention">Whose money it uses; null for the association's own.</param>
public sealed record ExpenseCommitted(ExpenseId Expense, int Year, string Purpose, int AmountCents, string Paper, ConventionId? Convention = null) : IEvent;

/// <param name="AmountCents">What it came to, whole cents of euros.</param>
public sealed record ExpensePaid(ExpenseId Expense, int AmountCents, string Paper) : IEvent;

public sealed record ExpenseCancelled(ExpenseId Expense, string Reason) : IEvent;

/// <summary>A workstream waits for another one, or for a milestone of it. Stream <c>dependencies</c>.</summary>
/// <param name="Reason">What is needed from it.</param>
public sealed record DependencyRecorded(WorkstreamId Workstream, WorkstreamId Prerequisite, MilestoneId? Milestone = null, string? Reason = null) : IEvent;

/// <summary>Stream <c>dependencies</c>.</summary>
public sealed record DependencyReleased(WorkstreamId Workstream, WorkstreamId Prerequisite, string Reason) : IEvent;

public static class RoadmapEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(RoadmapOpened), typeof(WorkstreamProposed), typeof(WorkstreamPrioritised), typeof(WorkstreamAdopted),
        typeof(WorkstreamScheduled), typeof(MilestonePlanned), typeof(MilestoneMoved), typeof(MilestoneReached), typeof(LeadAssigned),
        typeof(WorkstreamStarted), typeof(ProgressReported), typeof(WorkstreamPaused), typeof(WorkstreamResumed),
        typeof(WorkstreamCompleted), typeof(WorkstreamAbandoned), typeof(WorkstreamFunded), typeof(GroupsAssigned), typeof(BudgetPlanned),
        typeof(ExpenseCommitted), typeof(ExpensePaid), typeof(ExpenseCancelled), typeof(DependencyRecorded), typeof(DependencyReleased),
    ];
}
