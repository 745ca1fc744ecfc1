using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Roadmaps;

public sealed class SlipTests
{
    private static readonly WorkstreamId Id = Named<WorkstreamId>("welcome");
    private static readonly StreamId Stream = Workstream.Stream(Id);
    private static readonly MilestoneId Kit = Named<MilestoneId>("kit");

    private static readonly Past Adopted = Given(
        On("2024-01-01", Stream, new WorkstreamProposed(Id, Named<RoadmapId>("r"), "Accueil")),
        On("2024-01-01", Stream, new WorkstreamAdopted(new DecisionReference(Named<BallotId>("b")))));

    private static readonly Past Underway = Adopted.And(On("2024-01-01", Stream, new WorkstreamStarted()));

    private static readonly Fact KitPlanned = On("2024-01-01", Stream, new MilestonePlanned(Kit, "Kit", Time("2024-Q1")));

    private static IReadOnlyList<Slip> Slipping(Past past, string day) =>
        Slips.Of(past.State<Workstream>(Stream, day), Time(day).Instant, Paris);

    [Fact]
    public void A_milestone_of_a_quarter_is_late_once_the_quarter_is_over()
    {
        var past = Underway.And(KitPlanned, On("2024-03-30", Stream, new ProgressReported("Text.", Assessment.OnTrack)));
        Assert.Empty(Slipping(past, "2024-03-31"));
        Assert.Equal([new MilestoneOverdue(Kit, "Kit", Time("2024-Q1"), Time("2024-04-01").Instant)], Slipping(past, "2024-04-01"));
    }

    [Fact]
    public void A_milestone_that_was_moved_or_reached_is_not_late()
    {
        var past = Adopted.And(KitPlanned);
        Assert.Single(Slipping(past, "2024-05-01"));
        Assert.Empty(Slipping(past.And(On("2024-04-15", Stream, new MilestoneMoved(Kit, Time("2024-Q2"), "Late."))), "2024-05-01"));
        Assert.Empty(Slipping(past.And(On("2024-04-15", Stream, new MilestoneReached(Kit))), "2024-05-01"));
    }

    [Fact]
    public void Ninety_days_without_a_report_are_allowed_and_no_more()
    {
        Assert.Empty(Slipping(Underway, "2024-03-31"));
        Assert.Equal([new NotReported(null, Time("2024-04-01").Instant)], Slipping(Underway, "2024-04-01"));

        var reported = Underway.And(On("2024-03-01", Stream, new ProgressReported("Text.", Assessment.OnTrack)));
        Assert.Empty(Slipping(reported, "2024-05-30"));
        Assert.Equal([new NotReported(Time("2024-03-01"), Time("2024-05-31").Instant)], Slipping(reported, "2024-05-31"));
    }

    [Fact]
    public void A_workstream_that_is_paused_owes_no_report_but_keeps_its_milestones()
    {
        var paused = Underway.And(KitPlanned, On("2024-01-15", Stream, new WorkstreamPaused("No budget.")));
        Assert.Equal([typeof(MilestoneOverdue)], Slipping(paused, "2025-01-01").Select(s => s.GetType()));
    }

    [Fact]
    public void What_was_to_start_and_has_not_slips()
    {
        var scheduled = Adopted.And(On("2024-01-01", Stream, new WorkstreamScheduled(Time("2024-02"))));
        Assert.Empty(Slipping(scheduled, "2024-02-29"));
        Assert.Equal([new NotStarted(Time("2024-02"), Time("2024-03-01").Instant)], Slipping(scheduled, "2024-03-01"));
        Assert.Empty(Slipping(scheduled.And(On("2024-02-20", Stream, new WorkstreamStarted())), "2024-03-01"));
    }

    [Fact]
    public void What_was_to_be_completed_and_is_not_slips()
    {
        var scheduled = Underway.And(
            On("2024-01-01", Stream, new WorkstreamScheduled(Time("2024-01"), Time("2024-02"))));
        Assert.Equal([new NotCompleted(Time("2024-02"), Time("2024-03-01").Instant)], Slipping(scheduled, "2024-03-01"));
        Assert.Empty(Slipping(scheduled.And(On("2024-02-20", Stream, new WorkstreamCompleted())), "2024-06-01"));
    }

    [Fact]
    public void A_report_can_say_itself_that_it_is_late()
    {
        var late = Underway.And(On("2024-03-01", Stream, new ProgressReported("Printer.", Assessment.Late)));
        Assert.Equal([new ReportedLate("Printer.", Time("2024-03-01").Instant)], Slipping(late, "2024-03-02"));
    }

    [Fact]
    public void What_slips_longest_comes_first()
    {
        var past = Underway.And(
            On("2024-01-01", Stream, new WorkstreamScheduled(Time("2024-01"), Time("2024-05"))),
            KitPlanned);
        Assert.Equal([typeof(MilestoneOverdue), typeof(NotReported), typeof(NotCompleted)], Slipping(past, "2024-07-01").Select(s => s.GetType()));
    }

    [Fact]
    public void What_is_abandoned_does_not_slip() =>
        Assert.Empty(Slipping(Adopted.And(KitPlanned, On("2024-02-01", Stream, new WorkstreamAbandoned("Over."))), "2025-01-01"));
}
