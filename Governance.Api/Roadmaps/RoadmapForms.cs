using Governance.Api.Kernel.Http;

namespace Governance.Api.Roadmaps;

/// <summary>What the forms of roadmaps and workstreams send.</summary>
public static class RoadmapForms
{
    private const string Workstream = "/{slug}/workstreams/{workstream}";

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["workstream.year-outside"] = "year",
        ["workstream.convention-funds-it-not"] = "convention",
        ["workstream.dependency-cycle"] = "prerequisite",
        ["workstream.dependency-on-itself"] = "prerequisite",
        ["workstream.prerequisite-over"] = "prerequisite",
    };

    /// <summary>POST of each page that has a form; once recorded, on to the page of the thing.</summary>
    public static void MapRoadmapForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<OpenRoadmapRequest, OpenRoadmapPage>("/{slug}/roadmap/opening", RoadmapUseCases.Open, then: "/{slug}/roadmap/{roadmap}");
        app.MapForm<ProposeWorkstreamRequest, ProposePage>("/{slug}/roadmap/{roadmap}/proposal", RoadmapUseCases.Propose, then: Workstream);
        app.MapForm<AdoptOrderRequest, OrderPage>("/{slug}/roadmap/{roadmap}/order", RoadmapUseCases.AdoptOrder, then: "/{slug}/roadmap/{roadmap}");
        app.MapForm<ReportProgressRequest, ReportPage>(Workstream + "/report", RoadmapUseCases.Report, then: Workstream);
        app.MapForm<AdoptWorkstreamRequest, AdoptPage>(Workstream + "/adoption", RoadmapUseCases.Adopt, then: Workstream);
        app.MapForm<StartWorkstreamRequest, StartPage>(Workstream + "/start", RoadmapUseCases.Start, then: Workstream);
        app.MapForm<PauseWorkstreamRequest, PausePage>(Workstream + "/pause", RoadmapUseCases.Pause, then: Workstream);
        app.MapForm<ResumeWorkstreamRequest, ResumePage>(Workstream + "/resumption", RoadmapUseCases.Resume, then: Workstream);
        app.MapForm<CompleteWorkstreamRequest, CompletePage>(Workstream + "/completion", RoadmapUseCases.Complete, then: Workstream);
        app.MapForm<AbandonWorkstreamRequest, AbandonPage>(Workstream + "/abandonment", RoadmapUseCases.Abandon, then: Workstream);
        app.MapForm<ScheduleWorkstreamRequest, SchedulePage>(Workstream + "/schedule", RoadmapUseCases.Schedule, then: Workstream);
        app.MapForm<AssignLeadRequest, LeadPage>(Workstream + "/lead", RoadmapUseCases.AssignLead, then: Workstream);
        app.MapForm<PrioritiseWorkstreamRequest, RankPage>(Workstream + "/rank", RoadmapUseCases.Prioritise, then: Workstream);
        app.MapForm<PlanMilestoneRequest, PlanMilestonePage>(Workstream + "/milestones", RoadmapUseCases.PlanMilestone, then: Workstream);
        app.MapForm<MoveMilestoneRequest, MoveMilestonePage>(Workstream + "/milestones/{milestone}/due", RoadmapUseCases.MoveMilestone, then: Workstream);
        app.MapForm<AssignGroupsRequest, GroupsPage>(Workstream + "/groups", RoadmapUseCases.AssignGroups, then: Workstream);
        app.MapForm<PlanBudgetRequest, BudgetPage>(Workstream + "/budget", RoadmapUseCases.PlanBudget, then: Workstream, fields: Fields);
        app.MapForm<CommitExpenseRequest, ExpensePage>(Workstream + "/expenses", RoadmapUseCases.CommitExpense, then: Workstream, fields: Fields);
        app.MapForm<PayExpenseRequest, PayExpensePage>(Workstream + "/expenses/{expense}/payment", RoadmapUseCases.PayExpense, then: Workstream);
        app.MapForm<CancelExpenseRequest, CancelExpensePage>(Workstream + "/expenses/{expense}/cancellation", RoadmapUseCases.CancelExpense, then: Workstream);
        app.MapForm<RecordDependencyRequest, DependencyPage>(Workstream + "/dependencies", RoadmapUseCases.RecordDependency, then: Workstream, fields: Fields);
        app.MapForm<ReleaseDependencyRequest, ReleaseDependencyPage>(
            Workstream + "/dependencies/{prerequisite}/release", RoadmapUseCases.ReleaseDependency, then: Workstream);
        app.MapForm<ReachMilestoneRequest, ReachMilestonePage>(Workstream + "/milestones/{milestone}/reaching", RoadmapUseCases.ReachMilestone, then: Workstream);
    }
}
