using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Roadmaps;

/// <summary>Every workstream of an association at one moment, with what belongs to each: its milestones, what it waits for, its money, what slips.</summary>
public sealed class RoadmapWork
{
    private readonly IReadOnlyList<Dependency> _dependencies;
    private readonly Dictionary<WorkstreamId, IReadOnlyList<Budgets.Year>> _budgets;

    private RoadmapWork(
        IReadOnlyList<Workstreams.Workstream> all, ILookup<WorkstreamId, Milestones.Milestone> milestones, IReadOnlyList<Dependency> dependencies,
        IReadOnlyList<Budgets.Entry> budgets, ILookup<WorkstreamId, Expenses.Entry> expenses, DateTimeOffset instant, TimeZoneInfo zone)
    {
        (All, Milestones, Expenses, _dependencies) = (all, milestones, expenses, dependencies);
        _budgets = budgets.ToDictionary(b => b.Workstream, b => b.Years);
        Slipping = WhatSlips.Of(all, milestones, dependencies, instant, zone);
    }

    /// <summary>Of all roadmaps: by rank, those without rank last, then by title.</summary>
    public IReadOnlyList<Workstreams.Workstream> All { get; }

    /// <summary>In the order in which they are due.</summary>
    public ILookup<WorkstreamId, Milestones.Milestone> Milestones { get; }

    public ILookup<WorkstreamId, Expenses.Entry> Expenses { get; }

    /// <summary>What has been late for longest first.</summary>
    public IReadOnlyList<WhatSlips.Slipping> Slipping { get; }

    public static async ValueTask<RoadmapWork> AtAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct) => new(
        await Workstreams.ListAsync(view, ct),
        (await Projections.Milestones.ListAsync(view, ct)).ToLookup(m => m.Workstream),
        await Projections.Dependencies.ListAsync(view, ct),
        await Budgets.ListAsync(view, ct),
        (await Projections.Expenses.ListAsync(view, ct)).ToLookup(e => e.Workstream),
        view.AsOf.Instant,
        zone);

    public IEnumerable<Workstreams.Workstream> Of(RoadmapId roadmap) => All.Where(w => w.Roadmap == roadmap);

    public Workstreams.Workstream? Find(WorkstreamId workstream) => All.FirstOrDefault(w => w.Id == workstream);

    public IReadOnlyList<WhatSlips.Slip> Slips(WorkstreamId workstream) => Slipping.FirstOrDefault(s => s.Workstream.Id == workstream)?.Slips ?? [];

    /// <summary>What a workstream waits for, met or not.</summary>
    public IEnumerable<Dependency> WaitsFor(WorkstreamId workstream) => _dependencies.Where(d => d.Workstream == workstream);

    /// <summary>Who waits for a workstream, in vain or not.</summary>
    public IEnumerable<Dependency> WaitedForBy(WorkstreamId workstream) => _dependencies.Where(d => d.Prerequisite == workstream);

    /// <summary>Whether what is waited for is there.</summary>
    public bool IsMet(Dependency dependency) =>
        Find(dependency.Prerequisite) is { } prerequisite && dependency.IsMetBy(WhatSlips.State(prerequisite, Milestones[prerequisite.Id]));

    /// <summary>By calendar year, in order.</summary>
    public IReadOnlyList<Budgets.Year> Budget(WorkstreamId workstream) => _budgets.GetValueOrDefault(workstream, []);

    /// <summary>What is planned, committed and paid in all years of a workstream.</summary>
    public Spending Money(WorkstreamId workstream) => Spending.Of(Budget(workstream).Sum(y => (long)y.Cents), Expenses[workstream].Select(e => e.Expense));

    /// <summary>As <see cref="Money"/>, by calendar year: every year that has a budget or an expense.</summary>
    public IReadOnlyList<(int Year, Spending Spending)> MoneyByYear(params IReadOnlyList<WorkstreamId> workstreams) =>
    [
        .. workstreams.SelectMany(w => Spending.ByYear(Budget(w).ToDictionary(y => y.Of, y => y.Cents), [.. Expenses[w].Select(e => e.Expense)]))
            .GroupBy(of => of.Year).OrderBy(of => of.Key).Select(of => (of.Key, of.Aggregate(Spending.None, (sum, one) => sum + one.Spending))),
    ];
}
