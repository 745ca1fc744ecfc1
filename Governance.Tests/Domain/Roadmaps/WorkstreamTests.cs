using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Roadmaps;

public sealed class WorkstreamTests
{
    private static readonly RoadmapId RoadmapId = Named<RoadmapId>("2024-2026");
    private static readonly StreamId RoadmapStream = Roadmap.Stream(RoadmapId);
    private static readonly WorkstreamId Id = Named<WorkstreamId>("welcome");
    private static readonly StreamId Stream = Workstream.Stream(Id);
    private static readonly MilestoneId Kit = Named<MilestoneId>("kit");
    private static readonly DecisionReference Ballot = new(Named<BallotId>("assembly"));
    private static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    private static readonly WorkingGroupId Transition = Named<WorkingGroupId>("Transition");

    private static readonly Fact Opened = On("2024-01-01", RoadmapStream, new RoadmapOpened(RoadmapId, "Feuille de route", 2024, 2026));
    private static readonly Past Proposed = Given(Opened, On("2024-01-15", Stream, new WorkstreamProposed(Id, RoadmapId, "Accueil des nouveaux arrivants")));
    private static readonly Past Adopted = Proposed.And(On("2024-02-01", Stream, new WorkstreamAdopted(Ballot)));
    private static readonly Past Underway = Adopted.And(On("2024-03-01", Stream, new WorkstreamStarted()));
    private static readonly Past Paused = Underway.And(On("2024-05-01", Stream, new WorkstreamPaused("No budget.")));
    private static readonly Past Completed = Underway.And(On("2024-09-01", Stream, new WorkstreamCompleted()));
    private static readonly Past Planned = Adopted.And(On("2024-02-15", Stream, new MilestonePlanned(Kit, "Kit d'accueil", Time("2024-Q2"))));

    private static Timeline<Workstream> Read(Past past) => past.Read<Workstream>(Stream);

    private static WorkstreamPlan Plan(Past past) => Assert.IsAssignableFrom<Workstream.Known>(past.State<Workstream>(Stream)).Plan;

    private static OpenRoadmap Open(int first = 2024, int last = 2026, string title = "Feuille de route") => new(RoadmapId, title, first, last, null, Time("2024-01-01"));

    private static Told When(Past past, OpenRoadmap command) => past.When(p => command.Decide(p.Read<Roadmap>(RoadmapStream)));

    private static Told When(Past past, ProposeWorkstream command) => past.When(p => command.Decide(Read(p), p.Read<Roadmap>(RoadmapStream)));

    private static Told When(Past past, AssignLead command) => past.When(p => command.Decide(
        Read(p),
        command.Member is { } member ? p.Read<Member>(Member.Stream(member)) : null,
        command.Group is { } group ? p.Read<WorkingGroup>(WorkingGroup.Stream(group)) : null));

    [Fact]
    public void A_roadmap_is_opened_over_some_years() => When(Nothing, Open()).Then(Opened);

    [Fact]
    public void A_roadmap_is_opened_once() => When(Given(Opened), Open(title: "Another")).ThenRefused(new RoadmapAlreadyOpen("Feuille de route"));

    [Theory]
    [InlineData(2026, 2024)]
    [InlineData(1900, 1901)]
    [InlineData(2024, 2044)]
    [InlineData(2201, 2201)]
    public void The_years_of_a_roadmap_make_sense(int first, int last) => When(Nothing, Open(first, last)).ThenRefused(new RoadmapYearsUnfit(first, last));

    [Fact]
    public void A_workstream_is_proposed_for_a_roadmap() =>
        When(Given(Opened), new ProposeWorkstream(Id, RoadmapId, "Outils", "Des gabarits.", Time("2024-01-15")))
            .Then(On("2024-01-15", Stream, new WorkstreamProposed(Id, RoadmapId, "Outils", "Des gabarits.")));

    [Fact]
    public void A_workstream_needs_a_roadmap_that_is_open()
    {
        When(Nothing, new ProposeWorkstream(Id, RoadmapId, "Outils", null, Time("2024-01-15"))).ThenRefused<RoadmapNotFound>();
        When(Given(Opened), new ProposeWorkstream(Id, RoadmapId, "Outils", null, Time("2023-12-31"))).ThenRefused(new BeforeItsBeginning(BegunThing.Roadmap, Time("2024-01-01"), Time("2023-12-31")));
        When(Proposed, new ProposeWorkstream(Id, RoadmapId, "Outils", null, Time("2024-01-15")))
            .ThenRefused(new WorkstreamAlreadyProposed("Accueil des nouveaux arrivants"));
    }

    [Fact]
    public void A_workstream_goes_from_proposal_to_completion()
    {
        var after = Proposed
            .When(p => new PrioritiseWorkstream(1, null, Time("2024-01-20")).Decide(Read(p))).Then(On("2024-01-20", Stream, new WorkstreamPrioritised(1)))
            .When(p => new AdoptWorkstream(Ballot, Time("2024-02-01")).Decide(Read(p))).Then(On("2024-02-01", Stream, new WorkstreamAdopted(Ballot)))
            .When(p => new ScheduleWorkstream(Time("2024-Q1"), Time("2024-12"), null, Time("2024-02-01")).Decide(Read(p)))
            .Then(On("2024-02-01", Stream, new WorkstreamScheduled(Time("2024-Q1"), Time("2024-12"))))
            .When(p => new StartWorkstream(Time("2024-03-01")).Decide(Read(p))).Then(On("2024-03-01", Stream, new WorkstreamStarted()))
            .When(p => new ReportProgress("Half done.", Assessment.OnTrack, "Print.", Time("2024-04-01")).Decide(Read(p)))
            .Then(On("2024-04-01", Stream, new ProgressReported("Half done.", Assessment.OnTrack, "Print.")))
            .When(p => new PauseWorkstream("No budget.", null, Time("2024-05-01")).Decide(Read(p))).Then(On("2024-05-01", Stream, new WorkstreamPaused("No budget.")))
            .When(p => new ResumeWorkstream("Funded.", Time("2024-06-01")).Decide(Read(p))).Then(On("2024-06-01", Stream, new WorkstreamResumed("Funded.")))
            .When(p => new CompleteWorkstream("A kit.", Time("2024-09-01")).Decide(Read(p))).Then(On("2024-09-01", Stream, new WorkstreamCompleted("A kit.")));

        Assert.Equal((1, Ballot), (Plan(after).Rank, Plan(after).AdoptedBy));
        Assert.IsType<Workstream.Proposed>(after.State<Workstream>(Stream, "2024-01-31"));
        Assert.IsType<Workstream.Adopted>(after.State<Workstream>(Stream, "2024-02-29"));
        Assert.IsType<Workstream.Paused>(after.State<Workstream>(Stream, "2024-05-15"));
        Assert.Equal(Time("2024-03-01"), Assert.IsType<Workstream.Underway>(after.State<Workstream>(Stream, "2024-08-31")).Since);
        Assert.IsType<Workstream.Completed>(after.State<Workstream>(Stream, "2024-09-01"));
    }

    [Fact]
    public void A_workstream_that_nobody_adopted_does_not_start() =>
        Proposed.When(p => new StartWorkstream(Time("2024-03-01")).Decide(Read(p))).ThenRefused<WorkstreamNotAdopted>();

    private static readonly Dictionary<string, Func<Timeline<Workstream>, Decision>> Steps = new()
    {
        ["PrioritiseWorkstream"] = w => new PrioritiseWorkstream(2, null, Time("2024-10-01")).Decide(w),
        ["AdoptWorkstream"] = w => new AdoptWorkstream(new DecisionReference(Named<BallotId>("another")), Time("2024-10-01")).Decide(w),
        ["ScheduleWorkstream"] = w => new ScheduleWorkstream(Time("2024-11"), null, null, Time("2024-10-01")).Decide(w),
        ["PlanMilestone"] = w => new PlanMilestone(Kit, "Kit", Time("2024-12"), Time("2024-10-01")).Decide(w),
        ["MoveMilestone"] = w => new MoveMilestone(Kit, Time("2024-12"), "Late.", null, Time("2024-10-01")).Decide(w),
        ["ReachMilestone"] = w => new ReachMilestone(Kit, null, Time("2024-10-01")).Decide(w),
        ["StartWorkstream"] = w => new StartWorkstream(Time("2024-10-01")).Decide(w),
        ["ReportProgress"] = w => new ReportProgress("Text.", Assessment.Late, null, Time("2024-10-01")).Decide(w),
        ["PauseWorkstream"] = w => new PauseWorkstream("Why.", null, Time("2024-10-01")).Decide(w),
        ["ResumeWorkstream"] = w => new ResumeWorkstream(null, Time("2024-10-01")).Decide(w),
        ["AbandonWorkstream"] = w => new AbandonWorkstream("Why.", null, Time("2024-10-01")).Decide(w),
    };

    public static TheoryData<string> Commands => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_completed_workstream_stays_as_it_is(string command) =>
        Completed.When(p => Steps[command](Read(p))).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Completed));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_happens_to_a_workstream_that_nobody_proposed(string command) =>
        Nothing.When(p => Steps[command](Read(p))).ThenRefused<WorkstreamNotFound>();

    [Fact]
    public void A_step_that_does_not_follow_is_refused()
    {
        Adopted.When(p => new CompleteWorkstream(null, Time("2024-04-01")).Decide(Read(p))).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Adopted));
        Adopted.When(p => new ReportProgress("Text.", Assessment.Late, null, Time("2024-04-01")).Decide(Read(p)))
            .ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Adopted));
        Proposed.When(p => new StartWorkstream(Time("2024-01-01")).Decide(Read(p))).ThenRefused(new BeforeItsBeginning(BegunThing.Workstream, Time("2024-01-15"), Time("2024-01-01")));
        Paused.When(p => new CompleteWorkstream(null, Time("2024-06-01")).Decide(Read(p))).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Paused));
        Adopted.When(p => new PauseWorkstream("Why.", null, Time("2024-06-01")).Decide(Read(p))).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Adopted));
    }

    [Fact]
    public void A_workstream_can_be_abandoned_at_any_stage()
    {
        foreach (var past in new[] { Proposed, Adopted, Underway, Paused })
            past.When(p => new AbandonWorkstream("Merged into another.", null, Time("2024-10-01")).Decide(Read(p)))
                .Then(On("2024-10-01", Stream, new WorkstreamAbandoned("Merged into another.")));
    }

    [Fact]
    public void A_pause_learnt_of_late_takes_its_place_before_a_report() =>
        Underway.And(On("2024-06-01", Stream, new ProgressReported("Text.", Assessment.OnTrack)))
            .When(p => new PauseWorkstream("No budget.", null, Time("2024-05-01")).Decide(Read(p))).ThenAccepted();

    [Fact]
    public void A_pause_dated_before_another_is_impossible() =>
        Paused.When(p => new PauseWorkstream("Earlier.", null, Time("2024-04-01")).Decide(Read(p)))
            .ThenRefused(new ImpossibleInHistory("WorkstreamPaused", "Paused", Time("2024-05-01").Instant));

    [Fact]
    public void A_milestone_is_planned_moved_and_reached()
    {
        var after = Adopted
            .When(p => new PlanMilestone(Kit, "Kit d'accueil", Time("2024-Q2"), Time("2024-02-15")).Decide(Read(p)))
            .Then(On("2024-02-15", Stream, new MilestonePlanned(Kit, "Kit d'accueil", Time("2024-Q2"))))
            .When(p => new MoveMilestone(Kit, Time("2024-Q3"), "Printer late.", null, Time("2024-06-01")).Decide(Read(p)))
            .Then(On("2024-06-01", Stream, new MilestoneMoved(Kit, Time("2024-Q3"), "Printer late.")))
            .When(p => new ReachMilestone(Kit, "Printed.", Time("2024-08-01")).Decide(Read(p)))
            .Then(On("2024-08-01", Stream, new MilestoneReached(Kit, "Printed.")));

        Assert.Equal(new Milestone(Kit, "Kit d'accueil", Time("2024-Q3"), Time("2024-08-01"), 1), Assert.Single(Plan(after).Milestones));
    }

    [Fact]
    public void A_milestone_that_is_not_there_is_neither_moved_nor_reached()
    {
        Adopted.When(p => new MoveMilestone(Kit, Time("2024-Q3"), "Late.", null, Time("2024-06-01")).Decide(Read(p))).ThenRefused<MilestoneNotFound>();
        Adopted.When(p => new ReachMilestone(Kit, null, Time("2024-06-01")).Decide(Read(p))).ThenRefused<MilestoneNotFound>();
    }

    [Fact]
    public void A_milestone_is_planned_and_reached_once()
    {
        Planned.When(p => new PlanMilestone(Kit, "Another", Time("2024-Q3"), Time("2024-06-01")).Decide(Read(p)))
            .ThenRefused(new MilestoneAlreadyPlanned("Kit d'accueil"));
        var reached = Planned.And(On("2024-06-01", Stream, new MilestoneReached(Kit)));
        reached.When(p => new ReachMilestone(Kit, null, Time("2024-07-01")).Decide(Read(p))).ThenRefused(new MilestoneAlreadyReached(Time("2024-06-01")));
        reached.When(p => new MoveMilestone(Kit, Time("2024-Q3"), "Late.", null, Time("2024-07-01")).Decide(Read(p)))
            .ThenRefused(new MilestoneAlreadyReached(Time("2024-06-01")));
    }

    [Fact]
    public void A_schedule_ends_after_it_starts() =>
        Adopted.When(p => new ScheduleWorkstream(Time("2024-06"), Time("2024-05"), null, Time("2024-02-01")).Decide(Read(p))).ThenRefused<ScheduleUnfit>();

    [Fact]
    public void A_rank_is_one_or_more() =>
        Proposed.When(p => new PrioritiseWorkstream(0, null, Time("2024-02-01")).Decide(Read(p))).ThenRefused(new NumberOutOfBounds("rank", 1, 1000));

    [Fact]
    public void A_centre_and_a_group_lead_together()
    {
        var network = Adopted.And(
            On("2020-01-01", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false)),
            On("2020-01-01", WorkingGroup.Stream(Transition), new WorkingGroupCreated(Transition, "Transition", GroupOrigin.New, [])));
        var led = When(network, new AssignLead(LaboCites, Transition, Time("2024-03-01")))
            .Then(On("2024-03-01", Stream, new LeadAssigned(LaboCites, Transition)));
        Assert.Equal((LaboCites, Transition), (Plan(led).LeadMember, Plan(led).LeadGroup));
        When(Completed.And(On("2020-01-01", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false))),
            new AssignLead(LaboCites, null, Time("2024-10-01"))).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Completed));
    }

    [Fact]
    public void A_lead_is_somebody_who_is_there()
    {
        When(Adopted, new AssignLead(null, null, Time("2024-03-01"))).ThenRefused<LeadMissing>();
        When(Adopted, new AssignLead(LaboCites, null, Time("2024-03-01"))).ThenRefused<LeadNotThere>();
        When(Adopted, new AssignLead(null, Transition, Time("2024-03-01"))).ThenRefused<LeadNotThere>();
    }
}
