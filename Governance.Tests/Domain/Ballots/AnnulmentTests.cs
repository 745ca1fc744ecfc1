using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class AnnulmentTests
{
    private static AnnulBallot Annul(bool retroactive = false, BallotId? decision = null) =>
        new(TheBallot, "convocation irrégulière", retroactive, decision is { } d ? new DecisionReference(d) : null, After.AddDays(30));

    private static TranscribeOutcome Transcribe(Verdict verdict = Verdict.Adopted, BallotId? ballot = null) => new(
        ballot ?? Other, DecisionKind.Extraordinary, "Transformation", verdict, Assembly, null, new(For: 12, Against: 1), TheVersion, null, null, At(January));

    private static Decision When(BallotStory story, TranscribeOutcome command) => command.Decide(
        story.Ballots(command.Ballot), command.Body is { } body ? story.Bodies(body) : null, story.Statutes);

    private static BallotStory WithResult()
    {
        var story = WithBoard(3).Drafted().Opened().Voted(Choice.For, 1, 2);
        story.Proclaimed();
        return story;
    }

    [Fact]
    public void An_annulled_result_stands_no_more_from_the_annulment_on()
    {
        var story = WithResult();
        story.Then(story.When(Annul()));

        Assert.Null(story.State.Verdict);
        Assert.Equal(Verdict.Adopted, story.Ballots(TheBallot).At(After.AddDays(29)).Verdict);
        Assert.IsType<DecisionDoesNotStand>(story.Ballots(TheBallot).Stands());
    }

    [Fact]
    public void A_retroactive_annulment_holds_from_the_opening()
    {
        var story = WithResult();
        story.Then(story.When(Annul(retroactive: true)));

        Assert.IsType<Ballot.Annulled>(story.Ballots(TheBallot).At(Opening));
        Assert.Null(story.Ballots(TheBallot).At(After).Verdict);
        Assert.IsType<Ballot.Proclaimed>(Assert.IsType<Ballot.Annulled>(story.State).Was);
    }

    [Fact]
    public void A_long_roll_can_be_annulled_from_its_opening()
    {
        var story = WithBoard(600).Drafted().Opened();
        story.Then(story.When(Annul(retroactive: true)));

        Assert.IsType<Ballot.Annulled>(story.State);
    }

    [Fact]
    public void Annulled_once_it_is_annulled()
    {
        var story = WithResult();
        story.Then(story.When(Annul()));

        Assert.Equal(Decision.NoChange, story.When(Annul()));
        Refused<BallotAlreadyAnnulled>(story.When(Annul() with { Reason = "autre" }));
        Refused<BallotAlreadyAnnulled>(story.When(new CountBallot(TheBallot, After)));
    }

    [Fact]
    public void A_draft_can_be_annulled() => Accepted<BallotAnnulled>(WithBoard(3).Drafted().When(Annul()));

    [Fact]
    public void What_is_not_there_cannot_be_annulled() => Refused<BallotNotFound>(WithBoard(3).When(Annul()));

    [Fact]
    public void An_annulment_gives_its_reason() => Assert.Equal("reason", Refused<TextOutOfBounds>(WithResult().When(Annul() with { Reason = " " })).Field);

    [Fact]
    public void An_annulment_rests_on_another_decision_that_stands()
    {
        var story = WithResult();
        Refused<BallotAnnulsItself>(story.When(Annul(decision: TheBallot)));
        Refused<BallotNotFound>(story.When(Annul(decision: Other)));
        story.Drafted(ballot: Other);
        Refused<DecisionDoesNotStand>(story.When(Annul(decision: Other)));
    }

    [Fact]
    public void An_outcome_from_before_the_system_is_entered_without_its_papers()
    {
        var story = WithColleges(1, 1);
        story.Then(When(story, Transcribe()));

        var state = Assert.IsType<Ballot.Transcribed>(story.Ballots(Other).Latest);
        Assert.Equal((Verdict.Adopted, 12, null), (state.Verdict, state.Record.Counts!.For, state.Record.Counts.Blank));
        Assert.Null(story.Ballots(Other).Stands(DecisionKind.Extraordinary));
        Assert.IsType<DecisionOfAnotherKind>(story.Ballots(Other).Stands(DecisionKind.Statutes));
        Assert.Equal(Decision.NoChange, When(story, Transcribe()));
        Refused<BallotAlreadyDrafted>(When(story, Transcribe(Verdict.Rejected)));
        story.Then(story.When(Annul(decision: Other) with { Ballot = Other, Decision = null, Retroactive = true }));
        Assert.IsType<Ballot.Annulled>(story.Ballots(Other).At(January));
    }

    [Fact]
    public void A_transcribed_outcome_cannot_be_opened_closed_counted_or_proclaimed()
    {
        var story = WithColleges(1, 1);
        story.Then(When(story, Transcribe(ballot: TheBallot)));

        Refused<BallotTranscribed>(story.When(story.Open()));
        Refused<BallotTranscribed>(story.When(VoteOf(1, Choice.For)));
        Refused<BallotTranscribed>(story.When(new CloseBallot(TheBallot, ClosedBy.Hand, After)));
        Refused<BallotTranscribed>(story.When(new CountBallot(TheBallot, After)));
        Refused<BallotTranscribed>(story.When(new ProclaimResult(TheBallot, After)));
    }

    [Fact]
    public void A_transcribed_outcome_names_what_exists()
    {
        var story = WithColleges(1, 1);

        Refused<BallotBodyNotFound>(When(story, Transcribe() with { Body = Board }));
        Refused<BallotBodyNotFound>(When(story, Transcribe() with { On = At(January.AddDays(-1)) }));
        Refused<StatutesVersionNotFound>(When(story, Transcribe() with { Statutes = StatutesVersionId.Of(Id(99)) }));
        Accepted<OutcomeTranscribed>(When(story, Transcribe() with { Body = null, Statutes = null, Counts = null }));
    }

    [Theory]
    [InlineData(-1, null, null, null, null, "counts.for")]
    [InlineData(null, -1, null, null, null, "counts.against")]
    [InlineData(null, null, -1, null, null, "counts.abstention")]
    [InlineData(null, null, null, -1, null, "counts.blank")]
    [InlineData(null, null, null, null, -1, "counts.null")]
    public void Transcribed_counts_are_not_below_zero(int? @for, int? against, int? abstention, int? blank, int? @null, string field) =>
        Assert.Equal(field, Refused<NumberOutOfBounds>(
            When(WithColleges(1, 1), Transcribe() with { Counts = new(@for, against, abstention, blank, @null) })).Field);
}
