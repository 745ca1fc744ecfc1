using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Roadmaps;

/// <summary>Workstreams that wait for each other: never in a circle, and late where what they wait for is.</summary>
public sealed class DependencyTests
{
    private static readonly RoadmapId RoadmapId = Named<RoadmapId>("2024-2026");
    private static readonly WorkstreamId Welcome = Named<WorkstreamId>("welcome");
    private static readonly WorkstreamId Training = Named<WorkstreamId>("training");
    private static readonly WorkstreamId Portal = Named<WorkstreamId>("portal");
    private static readonly MilestoneId Booklet = Named<MilestoneId>("booklet");
    private static readonly MilestoneId Visit = Named<MilestoneId>("visit");

    private static readonly Past Three = Given(
        Of("2024-01-01", Welcome, new WorkstreamProposed(Welcome, RoadmapId, "Accueil")),
        Of("2024-01-01", Training, new WorkstreamProposed(Training, RoadmapId, "Formations")),
        Of("2024-01-01", Portal, new WorkstreamProposed(Portal, RoadmapId, "Portail")));

    private static readonly Past Planned = Three.And(
        Of("2024-01-02", Welcome, new WorkstreamAdopted(new DecisionReference(Named<BallotId>("b")))),
        Of("2024-01-02", Welcome, new MilestonePlanned(Booklet, "Livret", Time("2024-Q1"))),
        Of("2024-01-02", Welcome, new MilestonePlanned(Visit, "Visite", Time("2024-Q2"))));

    private static Fact Of(string on, WorkstreamId workstream, IEvent @event) => On(on, Workstream.Stream(workstream), @event);

    private static Fact Waits(string on, WorkstreamId workstream, WorkstreamId prerequisite, MilestoneId? milestone = null, string? reason = null) =>
        On(on, Dependencies.Stream, new DependencyRecorded(workstream, prerequisite, milestone, reason));

    private static Fact Released(string on, WorkstreamId workstream, WorkstreamId prerequisite) =>
        On(on, Dependencies.Stream, new DependencyReleased(workstream, prerequisite, "Autrement."));

    private static Told When(Past past, WorkstreamId workstream, WorkstreamId prerequisite, string on, MilestoneId? milestone = null, string? reason = null) =>
        past.When(p =>
        {
            var dependencies = p.Read<Dependencies>(Dependencies.Stream);
            return new RecordDependency(workstream, prerequisite, milestone, reason, Time(on)).Decide(
                dependencies, p.Read<Workstream>(Workstream.Stream(workstream)), p.Read<Workstream>(Workstream.Stream(prerequisite)),
                [.. RecordDependency.Cycle(workstream, prerequisite, dependencies, Time(on)).Select(w => p.Read<Workstream>(Workstream.Stream(w)))]);
        });

    private static Told WhenReleased(Past past, WorkstreamId workstream, WorkstreamId prerequisite, string on, string reason = "Autrement.") =>
        past.When(p => new ReleaseDependency(workstream, prerequisite, reason, Time(on)).Decide(p.Read<Dependencies>(Dependencies.Stream)));

    private static IReadOnlyList<Slip> Slipping(Past past, WorkstreamId workstream, string day)
    {
        List<Workstream.Known> known = [.. new[] { Welcome, Training, Portal }.Select(w => past.State<Workstream>(Workstream.Stream(w), day)).OfType<Workstream.Known>()];
        return Slips.Of(known, past.State<Dependencies>(Dependencies.Stream, day).All, Time(day).Instant, Paris)[workstream];
    }

    [Fact]
    public void A_workstream_waits_for_another_or_for_one_of_its_milestones()
    {
        When(Three, Training, Welcome, "2024-02-01").Then(Waits("2024-02-01", Training, Welcome));
        When(Planned, Training, Welcome, "2024-02-01", Booklet, "Le livret.").Then(Waits("2024-02-01", Training, Welcome, Booklet, "Le livret."));
        When(Planned.And(Waits("2024-02-01", Training, Welcome)), Training, Welcome, "2024-03-01", Booklet).Then(Waits("2024-03-01", Training, Welcome, Booklet));
    }

    [Fact]
    public void A_workstream_does_not_wait_for_itself_for_nothing_or_for_what_is_over()
    {
        When(Three, Training, Training, "2024-02-01").ThenRefused<DependencyOnItself>();
        When(Three, Training, Named<WorkstreamId>("nowhere"), "2024-02-01").ThenRefused<WorkstreamNotFound>();
        When(Three, Training, Welcome, "2023-12-31").ThenRefused<BeforeItsBeginning>();
        When(Planned, Training, Portal, "2024-02-01", Booklet).ThenRefused<MilestoneNotFound>();
        When(Three.And(Of("2024-01-20", Welcome, new WorkstreamAbandoned("Faute de moyens."))), Training, Welcome, "2024-02-01")
            .ThenRefused(new PrerequisiteOver("Accueil", WorkstreamStage.Abandoned));
        When(Three.And(Of("2024-01-20", Training, new WorkstreamAbandoned("Faute de moyens."))), Training, Welcome, "2024-02-01")
            .ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Abandoned));
    }

    [Fact]
    public void A_circle_is_refused_and_named_along_its_path()
    {
        var chain = Three.And(Waits("2024-02-01", Training, Welcome), Waits("2024-02-01", Welcome, Portal));
        When(chain, Portal, Training, "2024-03-01").ThenRefused(new DependencyCycle("Portail → Formations → Accueil → Portail"));
        When(chain.And(Released("2024-02-15", Training, Welcome)), Portal, Training, "2024-03-01").Then(Waits("2024-03-01", Portal, Training));
    }

    [Fact]
    public void A_circle_through_a_workstream_whose_proposal_was_taken_back_is_refused_by_the_title_that_it_had()
    {
        var past = Three.And(
            Waits("2024-02-01", Training, Welcome), Waits("2024-02-01", Welcome, Portal),
            Of("2024-02-10", Welcome, new FactRetracted(Event(1), "Un doublon.")));
        When(past, Portal, Training, "2024-03-01").ThenRefused(new DependencyCycle("Portail → Formations → Accueil → Portail"));
        When(past, Welcome, Training, "2024-03-01").ThenRefused<WorkstreamNotFound>();
        When(past, Training, Welcome, "2024-03-01", Booklet).ThenRefused<WorkstreamNotFound>();
    }

    [Fact]
    public void A_proposal_is_taken_back_once_nothing_waits_for_it_and_it_waits_for_nothing()
    {
        Told TakenBack(Past past) => past.When(p => new RetractWorkstreamFact(Event(1), "Un doublon.", Time("2024-03-01")).Decide(
            p.Read<Workstream>(Workstream.Stream(Welcome)), p.Read<Dependencies>(Dependencies.Stream)));
        var waiting = Three.And(Waits("2024-02-01", Training, Welcome));
        TakenBack(waiting).ThenRefused<WorkstreamInDependencies>();
        TakenBack(Three.And(Waits("2024-06-01", Welcome, Portal))).ThenRefused<WorkstreamInDependencies>();
        TakenBack(waiting.And(Released("2024-02-15", Training, Welcome))).ThenAccepted();
        TakenBack(Three).ThenAccepted();
    }

    [Fact]
    public void Saying_the_reason_otherwise_leaves_since_when_it_waits_and_another_milestone_begins_anew()
    {
        var said = Planned.And(Waits("2024-02-01", Training, Welcome, Booklet));
        var corrected = When(said, Training, Welcome, "2024-05-01", Booklet, "Le livret relu.").ThenAccepted();
        Assert.Equal([new Dependency(Training, Welcome, Time("2024-02-01"), Booklet, "Le livret relu.")], corrected.State<Dependencies>(Dependencies.Stream).All);
        var moved = When(corrected, Training, Welcome, "2024-06-01", Visit, "Le livret relu.").ThenAccepted();
        Assert.Equal(Time("2024-06-01"), Assert.Single(moved.State<Dependencies>(Dependencies.Stream).All).Since);
    }

    [Fact]
    public void A_circle_with_what_is_recorded_for_later_is_refused_too()
    {
        var later = Three.And(Waits("2024-06-01", Training, Welcome));
        When(later, Welcome, Training, "2024-03-01").ThenRefused(new DependencyCycle("Accueil → Formations → Accueil"));
    }

    [Fact]
    public void Taking_a_release_back_does_not_close_a_circle()
    {
        var past = Three.And(Waits("2024-02-01", Training, Welcome), Released("2024-02-15", Training, Welcome), Waits("2024-03-01", Welcome, Training));
        past.When(p => new RetractFact(Event(5), "Par erreur.", Time("2024-03-02")).Decide(p.Read<Dependencies>(Dependencies.Stream))).ThenRefused<ImpossibleInHistory>();
    }

    [Fact]
    public void What_is_waited_for_no_more_is_released_with_its_reason_once()
    {
        var waiting = Three.And(Waits("2024-02-01", Training, Welcome));
        WhenReleased(waiting, Training, Welcome, "2024-03-01").Then(Released("2024-03-01", Training, Welcome));
        WhenReleased(waiting, Welcome, Training, "2024-03-01").ThenRefused<DependencyNotFound>();
        WhenReleased(waiting, Training, Welcome, "2024-01-15").ThenRefused<DependencyNotFound>();
        WhenReleased(waiting, Training, Welcome, "2024-03-01", " ").ThenRefused<TextOutOfBounds>();
    }

    [Fact]
    public void Who_waits_for_what_is_late_slips_with_it_and_says_so()
    {
        var past = Planned.And(Waits("2024-02-01", Training, Welcome), Waits("2024-05-01", Portal, Training));
        Assert.Empty(Slipping(past, Training, "2024-03-31"));
        Assert.Equal([new PrerequisiteLate(Welcome, "Accueil", Time("2024-04-01").Instant)], Slipping(past, Training, "2024-04-01"));
        Assert.Equal([new PrerequisiteLate(Training, "Formations", Time("2024-05-01").Instant)], Slipping(past, Portal, "2024-05-02"));
        Assert.Empty(Slipping(past.And(Released("2024-05-01", Training, Welcome)), Training, "2024-05-02"));
    }

    [Fact]
    public void Who_waits_for_a_milestone_is_late_by_that_milestone_alone_and_waits_no_more_once_it_is_reached()
    {
        var past = Planned.And(Waits("2024-02-01", Training, Welcome, Visit));
        Assert.Empty(Slipping(past, Training, "2024-04-01"));
        Assert.Equal([new PrerequisiteLate(Welcome, "Accueil", Time("2024-07-01").Instant)], Slipping(past, Training, "2024-07-01"));
        Assert.Empty(Slipping(past.And(Of("2024-06-20", Welcome, new MilestoneReached(Visit))), Training, "2024-07-01"));
    }

    [Fact]
    public void A_report_that_is_missing_makes_nobody_else_late()
    {
        var past = Planned.And(
            Of("2024-01-02", Welcome, new WorkstreamStarted()), Of("2024-01-02", Welcome, new MilestoneReached(Booklet)), Of("2024-01-02", Welcome, new MilestoneReached(Visit)),
            Waits("2024-02-01", Training, Welcome));
        Assert.Equal([typeof(NotReported)], Slipping(past, Welcome, "2024-06-01").Select(s => s.GetType()));
        Assert.Empty(Slipping(past, Training, "2024-06-01"));
    }

    [Fact]
    public void Who_waits_for_what_is_given_up_slips_from_then_and_for_what_is_completed_waits_no_more()
    {
        var past = Planned.And(Waits("2024-02-01", Training, Welcome));
        Assert.Equal(
            [new PrerequisiteAbandoned(Welcome, "Accueil", Time("2024-03-01").Instant)],
            Slipping(past.And(Of("2024-03-01", Welcome, new WorkstreamAbandoned("Faute de moyens."))), Training, "2024-03-02"));
        Assert.Empty(Slipping(
            past.And(Of("2024-02-02", Welcome, new WorkstreamStarted()), Of("2024-03-01", Welcome, new WorkstreamCompleted())), Training, "2024-09-01"));
    }
}
