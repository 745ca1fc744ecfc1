using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="Due">To be reached by the end of this period.</param>
/// <param name="Moved">How many times it was put off or brought forward.</param>
public sealed record Milestone(MilestoneId Id, string Title, EffectiveTime Due, EffectiveTime? Reached = null, int Moved = 0);

public sealed record ProgressReport(string Text, Assessment Assessment, string? NextStep, EffectiveTime On);

/// <param name="Start">Meant to be started by the end of this period.</param>
/// <param name="End">Meant to be completed by the end of this period.</param>
public sealed record Schedule(EffectiveTime Start, EffectiveTime? End);

/// <summary>What a payment came to, whole cents of euros.</summary>
public sealed record ExpensePayment(int Cents, EffectiveTime On);

/// <param name="Year">The calendar year whose budget it counts against.</param>
/// <param name="Cents">What was committed, whole cents of euros.</param>
/// <param name="Paid">Null while it is not.</param>
/// <param name="Cancelled">Why it will not be paid.</param>
public sealed record Expense(
    ExpenseId Id, int Year, string Purpose, int Cents, string Paper, EffectiveTime On, ConventionId? Convention = null, ExpensePayment? Paid = null, string? Cancelled = null);

/// <summary>What is known of a workstream, whatever its state.</summary>
public sealed record WorkstreamPlan(
    WorkstreamId Id,
    RoadmapId Roadmap,
    string Title,
    string? Description,
    int? Rank = null,
    DecisionReference? AdoptedBy = null,
    Schedule? Schedule = null,
    MemberId? LeadMember = null,
    WorkingGroupId? LeadGroup = null,
    ProgressReport? LastReport = null)
{
    /// <summary>In the order planned.</summary>
    public ImmutableList<Milestone> Milestones { get; init; } = [];

    /// <summary>The objectives of conventions that fund it.</summary>
    public ImmutableDictionary<ConventionId, IReadOnlyList<ObjectiveId>> Funding { get; init; } = ImmutableDictionary<ConventionId, IReadOnlyList<ObjectiveId>>.Empty;

    /// <summary>The working groups that carry it, beside whoever leads.</summary>
    public ImmutableList<WorkingGroupId> Groups { get; init; } = [];

    /// <summary>Whole cents of euros by calendar year.</summary>
    public ImmutableDictionary<int, int> Budget { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>In the order entered.</summary>
    public ImmutableList<Expense> Expenses { get; init; } = [];

    public Expense? Find(ExpenseId expense) => Expenses.Find(e => e.Id == expense);

    public Milestone? Find(MilestoneId milestone) => Milestones.Find(m => m.Id == milestone);
}

public abstract record Workstream : IState<Workstream>
{
    private Workstream() { }

    public sealed record Unproposed : Workstream;

    /// <summary>Any workstream that was proposed.</summary>
    public abstract record Known(WorkstreamPlan Plan) : Workstream;

    /// <summary>Neither completed nor abandoned: it can be planned, led and reported on.</summary>
    public abstract record Live(WorkstreamPlan Plan) : Known(Plan);

    public sealed record Proposed(WorkstreamPlan Plan) : Live(Plan);

    public sealed record Adopted(WorkstreamPlan Plan, EffectiveTime On) : Live(Plan);

    public sealed record Underway(WorkstreamPlan Plan, EffectiveTime Since) : Live(Plan);

    /// <param name="Since">When the work began.</param>
    public sealed record Paused(WorkstreamPlan Plan, EffectiveTime Since, EffectiveTime On, string Reason) : Live(Plan);

    public sealed record Completed(WorkstreamPlan Plan, EffectiveTime On) : Known(Plan);

    public sealed record Abandoned(WorkstreamPlan Plan, EffectiveTime On, string Reason) : Known(Plan);

    public static Workstream Initial { get; } = new Unproposed();

    public static StreamId Stream(WorkstreamId id) => new($"workstream:{id}");

    public Workstream Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unproposed, WorkstreamProposed e) => new Proposed(new WorkstreamPlan(e.Workstream, e.Roadmap, e.Title, e.Description)),
        (Live w, WorkstreamPrioritised e) => w with { Plan = w.Plan with { Rank = e.Rank } },
        (Proposed w, WorkstreamAdopted e) => new Adopted(w.Plan with { AdoptedBy = e.Decision }, on),
        (Live w, WorkstreamScheduled e) => w with { Plan = w.Plan with { Schedule = new Schedule(e.Start, e.End) } },
        (Live w, MilestonePlanned e) when w.Plan.Find(e.Milestone) is null
            => w with { Plan = w.Plan with { Milestones = w.Plan.Milestones.Add(new Milestone(e.Milestone, e.Title, e.Due)) } },
        (Live w, MilestoneMoved e) when w.Plan.Find(e.Milestone) is { Reached: null } m => Change(w, m, m with { Due = e.Due, Moved = m.Moved + 1 }),
        (Live w, MilestoneReached e) when w.Plan.Find(e.Milestone) is { Reached: null } m => Change(w, m, m with { Reached = on }),
        (Live w, LeadAssigned e) => w with { Plan = w.Plan with { LeadMember = e.Member, LeadGroup = e.Group } },
        (Adopted w, WorkstreamStarted) => new Underway(w.Plan, on),
        (Underway or Paused, ProgressReported e) when this is Live w
            => w with { Plan = w.Plan with { LastReport = new ProgressReport(e.Text, e.Assessment, e.NextStep, on) } },
        (Underway w, WorkstreamPaused e) => new Paused(w.Plan, w.Since, on, e.Reason),
        (Paused w, WorkstreamResumed) => new Underway(w.Plan, w.Since),
        (Underway w, WorkstreamCompleted) => new Completed(w.Plan, on),
        (Live w, WorkstreamFunded e) => w with { Plan = w.Plan with { Funding = w.Plan.Funding.SetItem(e.Convention, e.Objectives) } },
        (Live w, GroupsAssigned e) => w with { Plan = w.Plan with { Groups = [.. e.Groups] } },
        (Live w, BudgetPlanned e) => w with { Plan = w.Plan with { Budget = w.Plan.Budget.SetItem(e.Year, e.AmountCents) } },
        (Known w, ExpenseCommitted e) when w.Plan.Find(e.Expense) is null => w with
        {
            Plan = w.Plan with { Expenses = w.Plan.Expenses.Add(new Expense(e.Expense, e.Year, e.Purpose, e.AmountCents, e.Paper, on, e.Convention)) },
        },
        (Known w, ExpensePaid e) when w.Plan.Find(e.Expense) is { Paid: null, Cancelled: null } x => Change(w, x, x with { Paid = new ExpensePayment(e.AmountCents, on) }),
        (Known w, ExpenseCancelled e) when w.Plan.Find(e.Expense) is { Paid: null, Cancelled: null } x => Change(w, x, x with { Cancelled = e.Reason }),
        (Live w, WorkstreamAbandoned e) => new Abandoned(w.Plan, on, e.Reason),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private static Known Change(Known w, Expense before, Expense after) =>
        w with { Plan = w.Plan with { Expenses = w.Plan.Expenses.Replace(before, after) } };

    private static Live Change(Live w, Milestone before, Milestone after) =>
        w with { Plan = w.Plan with { Milestones = w.Plan.Milestones.Replace(before, after) } };
}
