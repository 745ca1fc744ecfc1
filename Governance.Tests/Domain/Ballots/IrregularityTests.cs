using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class IrregularityTests
{
    private static RaiseIrregularity Raise(EventId late) => new(TheBallot, late, After);

    private static ConfirmDespiteIrregularity Confirm(EventId late) => new(TheBallot, late, "sans effet sur le résultat", After);

    [Fact]
    public void A_mandate_recorded_after_the_fact_raises_an_irregularity_that_names_it()
    {
        var story = WithBoard(3).Drafted().Opened();
        var act = story.Last;
        story.Appoint(Board, 4, Opening.AddDays(-1));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));

        Assert.Equal((story.Last, act), (raised.Late, raised.Act));
        Assert.Equal(Mandate(4), Assert.Single(raised.Electorate!.Added).Mandate);
        Assert.Empty(raised.Electorate.Removed);
        Assert.Null(raised.Statutes);
    }

    [Fact]
    public void A_resignation_recorded_after_the_fact_takes_an_elector_off_the_roll()
    {
        var story = WithBoard(3).Drafted().Opened();
        story.Given(Body.Stream(Board), new MandateEnded(Mandate(2), EndReason.Resignation), Opening.AddDays(-1));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));
        Assert.Equal(Mandate(2), Assert.Single(raised.Electorate!.Removed).Mandate);
    }

    [Fact]
    public void A_weight_of_a_college_recorded_after_the_fact_changes_the_votes()
    {
        var story = WithColleges(1, 1).Drafted(Assembly).Opened();
        story.Given(Body.Stream(Teams), new Governance.Domain.Colleges.CollegeRefined(3, "équilibre"), Opening.AddDays(-1));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));
        Assert.Equal((Mandate(101), (Fraction)3), (Assert.Single(raised.Electorate!.Reweighed).Mandate, raised.Electorate.Reweighed[0].Weight));
    }

    [Fact]
    public void Statutes_recorded_after_the_fact_are_named()
    {
        var story = WithBoard(3).Drafted().Opened();
        var version = StatutesVersionId.Of(Id(21));
        story.Given(StatutesVersions.Stream, new StatutesDrafted(version, "Statuts de 2024", [], []), Opening.AddDays(-2))
            .Given(StatutesVersions.Stream, new StatutesAdopted(version, At(Opening.AddDays(-1))), Opening.AddDays(-2));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));
        Assert.Equal((version, null), (raised.Statutes, raised.Electorate));
    }

    [Fact]
    public void Statutes_that_were_not_in_force_after_all_are_missed()
    {
        var story = WithBoard(3).Drafted().Opened();
        var adopted = story.Log.Single(e => e.Event is StatutesAdopted).Id;
        story.Given(StatutesVersions.Stream, new FactRetracted(adopted, "saisie par erreur"), Opening.AddDays(1));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));
        Assert.Equal((true, null, null), (raised.NoStatutes, raised.Statutes, raised.Electorate));
    }

    [Fact]
    public void An_empty_college_that_a_late_recomposition_adds_or_takes_away_is_found()
    {
        var story = WithColleges(3, 0).Drafted(Assembly).Opened()
            .Given(Body.Stream(Assembly), new BodyRecomposed([Presidents]), Opening.AddDays(-1));

        var raised = Accepted<IrregularityRaised>(story.When(Raise(story.Last)));
        Assert.Null(raised.Electorate);
        Assert.Equal([new BallotCollege(Presidents, 2)], raised.Colleges);
        story.Then(story.When(Raise(story.Last)));
        Assert.Equal(Decision.NoChange, story.When(Raise(story.Log.Last(e => e.Event is BodyRecomposed).Id)));
    }

    [Fact]
    public void What_takes_effect_after_the_opening_changes_no_act()
    {
        var story = WithBoard(3).Drafted().Opened().Appoint(Board, 4, Opening.AddDays(1));

        Assert.Equal(Decision.NoChange, story.When(Raise(story.Last)));
    }

    [Fact]
    public void The_same_difference_is_raised_once()
    {
        var story = WithBoard(3).Drafted().Opened().Appoint(Board, 4, Opening.AddDays(-1));
        var late = story.Last;
        story.Then(story.When(Raise(late)));
        Assert.Equal(Decision.NoChange, story.When(Raise(late)));

        story.Given(Body.Stream(Board), new BodyRenamed("Conseil"), Opening.AddDays(-1));
        Assert.Equal(Decision.NoChange, story.When(Raise(story.Last)));
        story.Appoint(Board, 5, Opening.AddDays(-1));
        Assert.Equal(2, Accepted<IrregularityRaised>(story.When(Raise(story.Last))).Electorate!.Added.Count);
    }

    [Fact]
    public void A_retracted_entry_that_would_have_changed_the_roll_raises_an_irregularity()
    {
        var story = WithBoard(3).Drafted();
        var entered = story.Log.Single(e => e.Event is MandateAppointed { Mandate: var m } && m == Mandate(3)).Id;
        story.Opened().Given(Body.Stream(Board), new FactRetracted(entered, "saisie par erreur"), Opening.AddDays(1));

        Assert.Equal(Mandate(3), Assert.Single(Accepted<IrregularityRaised>(story.When(Raise(story.Last))).Electorate!.Removed).Mandate);
    }

    [Fact]
    public void The_late_event_is_one_of_the_body_its_colleges_or_the_statutes() =>
        Refused<LateEventNotFound>(WithBoard(3).Drafted().Opened().When(Raise(EventId.Of(Id(99)))));

    [Fact]
    public void A_draft_has_no_act_to_be_changed()
    {
        var story = WithBoard(3).Drafted();

        Refused<BallotNotOpened>(story.When(Raise(story.Log[0].Id)));
        Refused<BallotNotOpened>(story.When(Confirm(story.Log[0].Id)));
    }

    [Fact]
    public void No_result_is_proclaimed_until_somebody_confirms_or_annuls()
    {
        var story = WithBoard(3).Drafted().Opened().Voted(Choice.For, 1).Counted().Appoint(Board, 4, Opening.AddDays(-1));
        var late = story.Last;
        story.Then(story.When(Raise(late)));

        Assert.Equal(1, Refused<IrregularityUnsettled>(story.When(new ProclaimResult(TheBallot, After))).Count);
        Accepted<BallotAnnulled>(story.When(new AnnulBallot(TheBallot, "liste incomplète", false, null, After)));
        story.Then(story.When(Confirm(late)));
        Assert.Empty(story.State.Unsettled);
        Accepted<ResultProclaimed>(story.When(new ProclaimResult(TheBallot, After)));
    }

    [Fact]
    public void An_irregularity_is_confirmed_once_with_a_reason()
    {
        var story = WithBoard(3).Drafted().Opened().Appoint(Board, 4, Opening.AddDays(-1));
        var late = story.Last;
        Refused<IrregularityNotFound>(story.When(Confirm(late)));
        story.Then(story.When(Raise(late)));
        Assert.Equal("reason", Refused<TextOutOfBounds>(story.When(Confirm(late) with { Reason = "" })).Field);
        story.Then(story.When(Confirm(late)));

        Assert.Equal(Decision.NoChange, story.When(Confirm(late)));
        Assert.Equal("sans effet sur le résultat", Assert.Single(((Ballot.Held)story.State).Irregularities).Confirmed);
    }

    [Fact]
    public void An_irregularity_found_after_the_result_leaves_it_standing_until_it_is_settled()
    {
        var story = WithBoard(3).Drafted().Opened().Voted(Choice.For, 1);
        story.Proclaimed();
        story.Appoint(Board, 4, Opening.AddDays(-1));
        story.Then(story.When(Raise(story.Last)));

        Assert.Equal(Verdict.Adopted, story.State.Verdict);
        Assert.Single(story.State.Unsettled);
    }
}
