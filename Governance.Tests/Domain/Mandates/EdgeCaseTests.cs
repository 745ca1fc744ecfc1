using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

/// <summary>The cases of mandates that must be right.</summary>
public sealed class EdgeCaseTests
{
    [Fact]
    public void A_person_in_two_colleges_has_a_mandate_and_a_vote_in_each()
    {
        var story = BallotStory.WithColleges(1, 0).Given(
            Body.Stream(BallotStory.Teams), new MandateAppointed(BallotStory.Mandate(201), BallotStory.Person(1), Office.Seat), BallotStory.January);
        var opening = story.Drafted(BallotStory.Assembly).Opened().Log.Select(e => e.Event).OfType<BallotOpened>().Single();

        Assert.Equal(
            [(BallotStory.Mandate(1), BallotStory.Presidents), (BallotStory.Mandate(201), BallotStory.Teams)],
            opening.Electors!.Select(e => (e.Mandate, e.College!.Value)));
        Assert.All(opening.Electors!, e => Assert.Equal(BallotStory.Person(1), e.Person));
    }

    [Fact]
    public void A_centre_whose_representative_changes_on_the_day_has_one_on_every_instant_of_it()
    {
        var before = Network.When(College, Appoint(First, Ada, "2021-01-01", member: LaboCites, until: "2026-01-01")).ThenAccepted();
        var changed = before.When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2024-06-15T14:00:00+02:00"))).ThenAccepted();

        Assert.Equal([First], changed.HeldOn(College, "2024-06-15T13:59:59+02:00"));
        Assert.Equal([Second], changed.HeldOn(College, "2024-06-15T14:00:00+02:00"));
        Assert.Equal(Grace, changed.Read<Body>(College).At(Time("2024-06-15T18:00:00+02:00")).AsConstituted!.Representing(LaboCites, Time("2024-06-15T18:00:00+02:00").Instant)!.Person);
    }

    [Fact]
    public void A_mandate_recorded_after_the_fact_names_the_acts_that_it_would_have_changed()
    {
        var story = BallotStory.WithBoard(3).Drafted().Opened();
        var opened = story.Last;
        story.Appoint(BallotStory.Board, 4, BallotStory.Opening.AddDays(-1));
        var late = story.Last;

        var raised = Assert.IsType<IrregularityRaised>(Assert.Single(
            Assert.IsType<Decision.Accepted>(story.When(new RaiseIrregularity(BallotStory.TheBallot, late, BallotStory.After))).Facts).Event);
        Assert.Equal((late, opened), (raised.Late, raised.Act));
        Assert.Equal(BallotStory.Person(4), Assert.Single(raised.Electorate!.Added).Person);
    }

    [Fact]
    public void Somebody_elected_who_was_installed_after_the_body_had_voted_is_found_missing_from_the_roll_and_whoever_had_left_is_found_on_it()
    {
        var story = BallotStory.WithBoard(2).Drafted().Opened();
        story.Given(Body.Stream(BallotStory.Board), new MandateEnded(BallotStory.Mandate(2), EndReason.Replaced), BallotStory.Opening.AddDays(-2));
        story.Appoint(BallotStory.Board, 3, BallotStory.Opening.AddDays(-2));

        var raised = Assert.IsType<IrregularityRaised>(Assert.Single(
            Assert.IsType<Decision.Accepted>(story.When(new RaiseIrregularity(BallotStory.TheBallot, story.Last, BallotStory.After))).Facts).Event);
        Assert.Equal(BallotStory.Mandate(3), Assert.Single(raised.Electorate!.Added).Mandate);
        Assert.Equal(BallotStory.Mandate(2), Assert.Single(raised.Electorate.Removed).Mandate);
    }
}
