using Governance.Api.Roadmaps;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>Workstreams, their milestones and what slips, on any day, as known now and as known then.</summary>
public sealed class RoadmapTests : ReadModelTest
{
    private static readonly RoadmapId Roadmap = Named<RoadmapId>("2024-2026");
    private static readonly WorkstreamId Welcome = Named<WorkstreamId>("welcome");
    private static readonly StreamId Stream = Workstream.Stream(Welcome);
    private static readonly MilestoneId Booklet = Named<MilestoneId>("booklet");

    private static IReadOnlyList<Fact> Started =>
    [
        On("2023-10", Governance.Domain.Roadmaps.Roadmap.Stream(Roadmap), new RoadmapOpened(Roadmap, "Feuille de route", 2024, 2026)),
        On("2023-10", Stream, new WorkstreamProposed(Welcome, Roadmap, "Accueil")),
        On("2024-01-10", Stream, new WorkstreamAdopted(new DecisionReference(Named<BallotId>("adoption")))),
        On("2024-01-10", Stream, new MilestonePlanned(Booklet, "Livret", Time("2024-Q2"))),
        On("2024-02-01", Stream, new WorkstreamStarted()),
    ];

    private static Fact Report(string on, Assessment assessment = Assessment.OnTrack) => On(on, Stream, new ProgressReported("Le livret avance.", assessment));

    [Fact]
    public async Task A_report_recorded_late_counts_from_the_day_it_was_made_as_known_now_and_is_missing_as_known_then()
    {
        var before = await GivenAsync(Started);
        await GivenAsync(Report("2024-04-15"));
        await WhenFollowedAsync();

        Assert.Equal(["2024-04-15"], await ReportedAsync("2024-05-10"));
        Assert.Equal([], await ReportedAsync("2024-05-10", before));
        Assert.Equal([], await ReasonsAsync("2024-05-10"));
        Assert.Equal([WhatSlips.Reason.NotReported], await ReasonsAsync("2024-05-10", before));
    }

    [Fact]
    public async Task A_milestone_moved_on_a_day_was_overdue_until_then_and_its_first_date_stays()
    {
        await GivenAsync([.. Started, Report("2024-06-20")]);
        var before = await GivenAsync(Report("2024-06-30"));
        await GivenAsync(On("2024-07-20", Stream, new MilestoneMoved(Booklet, Time("2024-Q4"), "Deux relectures de plus.")));
        await WhenFollowedAsync();

        Assert.Equal([WhatSlips.Reason.MilestoneOverdue], await ReasonsAsync("2024-07-10"));
        Assert.Equal([], await ReasonsAsync("2024-07-20"));
        Assert.Equal([WhatSlips.Reason.MilestoneOverdue], await ReasonsAsync("2024-07-20", before));

        var moved = Assert.Single(await Milestones.OfWorkstreamAsync(await ThenAsync("2024-07-20"), Welcome, Ct));
        Assert.Equal((Time("2024-Q4"), Time("2024-Q2"), 1, "Deux relectures de plus."), (moved.Due, moved.FirstDue, moved.Moves, moved.Remark));
        var unmoved = Assert.Single(await Milestones.OfWorkstreamAsync(await ThenAsync("2024-07-20", before), Welcome, Ct));
        Assert.Equal((Time("2024-Q2"), 0), (unmoved.Due, unmoved.Moves));
    }

    [Fact]
    public async Task What_has_been_late_for_longest_comes_first_each_with_all_its_reasons()
    {
        var other = Named<WorkstreamId>("training");
        await GivenAsync(
        [
            .. Started,
            On("2023-11-02", Workstream.Stream(other), new WorkstreamProposed(other, Roadmap, "Formations")),
            On("2023-11-02", Workstream.Stream(other), new WorkstreamScheduled(Time("2024-Q1"))),
        ]);
        await WhenFollowedAsync();

        var slipping = await WhatSlips.ListAsync(await ThenAsync("2024-07-02"), Paris, Ct);
        Assert.Equal(["Formations", "Accueil"], slipping.Select(s => s.Workstream.Title));
        Assert.Equal([WhatSlips.Reason.NotReported, WhatSlips.Reason.MilestoneOverdue], slipping[1].Slips.Select(s => s.Reason));
        Assert.Equal(Time("2024-04-01").Instant, slipping[0].Slips[0].Since);
        Assert.Equal((Booklet, "Livret", Time("2024-Q2")), (slipping[1].Slips[1].Milestone, slipping[1].Slips[1].Text, slipping[1].Slips[1].Planned));
    }

    [Fact]
    public async Task A_workstream_resumed_after_a_pause_has_its_first_day_of_work_still()
    {
        await GivenAsync(
        [
            .. Started, On("2024-03-01", Stream, new WorkstreamPaused("Plus de budget.")), On("2024-09-01", Stream, new WorkstreamResumed("Budget voté.")),
        ]);
        await WhenFollowedAsync();

        var paused = await Workstreams.FindAsync(await ThenAsync("2024-08-31"), Welcome, Ct);
        Assert.Equal((WorkstreamStage.Paused, Time("2024-03-01"), "Plus de budget."), (paused!.Stage, paused.Since, paused.Remark));
        var resumed = await Workstreams.FindAsync(await ThenAsync("2024-09-01"), Welcome, Ct);
        Assert.Equal((WorkstreamStage.Underway, Time("2024-09-01"), Time("2024-02-01")), (resumed!.Stage, resumed.Since, resumed.Began));
        Assert.Equal(Time("2023-10"), resumed.Proposed);
    }

    [Fact]
    public async Task A_roadmap_is_found_from_the_day_it_was_opened_and_in_its_own_association_only()
    {
        await GivenAsync(Started);
        await WhenFollowedAsync();

        Assert.Null(await Roadmaps.FindAsync(await ThenAsync("2023-09-30"), Roadmap, Ct));
        Assert.Equal("Feuille de route", (await Roadmaps.FindAsync(await ThenAsync("2023-10-01"), Roadmap, Ct))!.Title);
        Assert.Null(await Roadmaps.FindAsync(await ThenAsync("2023-10-01", of: Theirs), Roadmap, Ct));
        Assert.Empty(await WhatSlips.ListAsync(await ThenAsync("2025-01-01", of: Theirs), Paris, Ct));
    }

    [Fact]
    public async Task What_a_workstream_waits_for_and_costs_is_told_of_any_day_as_known_then()
    {
        var other = Named<WorkstreamId>("training");
        var expense = Named<ExpenseId>("printing");
        var before = await GivenAsync([.. Started, On("2023-11-02", Workstream.Stream(other), new WorkstreamProposed(other, Roadmap, "Formations"))]);
        await GivenAsync(
        [
            On("2024-03-01", Governance.Domain.Roadmaps.Dependencies.Stream, new DependencyRecorded(other, Welcome, Booklet, "Le livret.")),
            On("2024-08-01", Governance.Domain.Roadmaps.Dependencies.Stream, new DependencyReleased(other, Welcome, "Sans lui.")),
            On("2024-03-01", Stream, new BudgetPlanned(2024, 100_000)),
            On("2024-03-01", Stream, new BudgetPlanned(2025, 50_000)),
            On("2024-04-01", Stream, new BudgetPlanned(2025, 0)),
            On("2024-03-02", Stream, new ExpenseCommitted(expense, 2024, "Impression", 60_000, "Devis")),
            On("2024-05-02", Stream, new ExpensePaid(expense, 61_050, "Facture")),
        ]);
        await WhenFollowedAsync(batch: 3);

        Assert.Equal([new Dependency(other, Welcome, Time("2024-03-01"), Booklet, "Le livret.")], await Governance.Projections.Dependencies.ListAsync(await ThenAsync("2024-07-31"), Ct));
        Assert.Empty(await Governance.Projections.Dependencies.ListAsync(await ThenAsync("2024-08-01"), Ct));
        Assert.Empty(await Governance.Projections.Dependencies.ListAsync(await ThenAsync("2024-07-31", before), Ct));
        Assert.Contains(
            await WhatSlips.ListAsync(await ThenAsync("2024-07-02"), Paris, Ct),
            s => s.Workstream.Id == other && s.Slips.Any(slip => slip is { Reason: WhatSlips.Reason.PrerequisiteLate, Text: "Accueil" } && slip.Prerequisite == Welcome));

        Assert.Equal([(2024, 100_000), (2025, 50_000)], Assert.Single(await Budgets.ListAsync(await ThenAsync("2024-03-31"), Ct)).Years.Select(y => (y.Of, y.Cents)));
        Assert.Equal([(2024, 100_000)], Assert.Single(await Budgets.ListAsync(await ThenAsync("2024-04-01"), Ct)).Years.Select(y => (y.Of, y.Cents)));
        Assert.Null(Assert.Single(await Expenses.OfWorkstreamAsync(await ThenAsync("2024-05-01"), Welcome, Ct)).Expense.Paid);
        var paid = Assert.Single(await Expenses.ListAsync(await ThenAsync("2024-05-02"), Ct));
        Assert.Equal((61_050, "Facture", true), (paid.Expense.Paid!.Cents, paid.PaidPaper, paid.Ended is not null));
        Assert.Empty(await Expenses.ListAsync(await ThenAsync("2024-05-02", before), Ct));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Expenses_and_milestones_of_two_workstreams_are_told_apart_whatever_they_are_called()
    {
        var (other, expense) = (Named<WorkstreamId>("training"), Named<ExpenseId>("printing"));
        var theirs = Workstream.Stream(other);
        await GivenAsync(
        [
            .. Started, On("2023-11-02", theirs, new WorkstreamProposed(other, Roadmap, "Formations")),
            On("2024-03-02", Stream, new ExpenseCommitted(expense, 2024, "Impression", 60_000, "Devis")),
            On("2024-03-03", theirs, new ExpenseCommitted(expense, 2024, "Salle", 7_000, "Devis 2")), On("2024-03-03", theirs, new MilestonePlanned(Booklet, "Salle retenue", Time("2024-Q3"))),
            On("2024-04-02", theirs, new ExpensePaid(expense, 7_100, "Facture 2")), On("2024-04-02", theirs, new MilestoneReached(Booklet)),
            On("2024-05-02", Stream, new ExpenseCancelled(expense, "Plus besoin.")),
        ]);
        await WhenFollowedAsync(batch: 2);

        var then = await ThenAsync("2024-06-01");
        Assert.Equal(
            [("Impression", Welcome, 60_000, (int?)null, "Plus besoin."), ("Salle", other, 7_000, 7_100, null)],
            (await Expenses.ListAsync(then, Ct)).Select(e => (e.Expense.Purpose, e.Workstream, e.Expense.Cents, e.Expense.Paid?.Cents, e.Expense.Cancelled)));
        Assert.Equal(
            [(Booklet, "Livret", Welcome, false), (Booklet, "Salle retenue", other, true)],
            (await Milestones.ListAsync(then, Ct)).Select(m => (m.Id, m.Title, m.Workstream, m.Reached is not null)));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Every_vote_behind_a_workstream_and_a_roadmap_is_told_however_much_happened_since()
    {
        var (first, elsewhere) = (new DecisionReference(Named<BallotId>("adoption")), Named<WorkstreamId>("elsewhere"));
        await GivenAsync(Started);
        await GivenAsync(On("2024-02-02", Workstream.Stream(elsewhere), new WorkstreamProposed(elsewhere, Named<RoadmapId>("other"), "Ailleurs")));
        foreach (var day in Enumerable.Range(0, 260))
        {
            var on = Time("2024-03-01").Instant.AddDays(day);
            await GivenAsync(
                new Fact(Stream, new MilestoneMoved(Booklet, Time("2025-Q1"), "Relecture.", day % 2 == 0 ? first : null), EffectiveTime.At(on)),
                new Fact(Workstream.Stream(elsewhere), new WorkstreamPrioritised(1 + (day % 2), first), EffectiveTime.At(on)));
        }

        await WhenFollowedAsync();
        var then = await ThenAsync("2024-12-31");
        var workstream = (await Workstreams.FindAsync(then, Welcome, Ct))!;
        var story = await WorkstreamStory.OfAsync(then, workstream, Ct);
        Assert.Equal((264, true), (story.Count, story.Any(line => line.Event is WorkstreamAdopted)));

        var milestones = (await Milestones.ListAsync(then, Ct)).ToLookup(m => m.Workstream);
        var (told, after, totals) = (new List<WorkstreamStory.Line>(), default(AuditHistory.Cursor?), new HashSet<long>());
        do
        {
            var (lines, total, next) = await WorkstreamStory.DecisionsAsync(then, Roadmap, [workstream], milestones, after, Ct);
            told.AddRange(lines);
            totals.Add(total);
            after = next;
        }
        while (after is not null);
        Assert.Equal(131L, Assert.Single(totals));
        Assert.Equal((131, 131, "Livret"), (told.Count, told.DistinctBy(line => line.Entry.Event).Count(), told[0].Part));
        Assert.IsType<WorkstreamAdopted>(told[^1].Event);
    }

    [Fact]
    public async Task A_dependency_whose_reason_is_said_otherwise_holds_since_it_was_said_first()
    {
        var other = Named<WorkstreamId>("training");
        var stream = Governance.Domain.Roadmaps.Dependencies.Stream;
        await GivenAsync([.. Started, On("2024-03-01", stream, new DependencyRecorded(other, Welcome, Booklet)), On("2024-05-01", stream, new DependencyRecorded(other, Welcome, Booklet, "Le livret."))]);
        await WhenFollowedAsync();
        Assert.Equal([new Dependency(other, Welcome, Time("2024-03-01"), Booklet, "Le livret.")], await Governance.Projections.Dependencies.ListAsync(await ThenAsync("2024-06-01"), Ct));
    }

    [Fact]
    public async Task Rebuilt_from_the_log_they_are_the_same()
    {
        await GivenAsync([.. Started, Report("2024-04-15"), On("2024-03-01", Stream, new MilestoneMoved(Booklet, Time("2024-Q3"), "Relecture."))]);
        await WhenFollowedAsync(batch: 2);
        await ThenRebuiltEqualAsync();
    }

    private async Task<IEnumerable<string>> ReportedAsync(string day, long? knownAt = null) =>
        (await Workstreams.ListAsync(await ThenAsync(day, knownAt), Ct))
        .Where(w => w.LastReport is not null)
        .Select(w => LocalTime.DayOf(w.LastReport!.On.Instant, Paris).ToString("O"));

    private async Task<IEnumerable<WhatSlips.Reason>> ReasonsAsync(string day, long? knownAt = null) =>
        (await WhatSlips.ListAsync(await ThenAsync(day, knownAt), Paris, Ct)).SelectMany(s => s.Slips).Select(s => s.Reason);
}
