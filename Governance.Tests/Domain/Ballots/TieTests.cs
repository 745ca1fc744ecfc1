using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Ballots;

/// <summary>What a result left tied is parted as the rule says that the ballot opened under.</summary>
public sealed class TieTests
{
    private static readonly LotSeed Seed = new(12, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

    private static Contest Of(Method method, params string[] options) => new(new Question(method, options));

    private static BallotStory Tied(TieBreak rule, Method? method = null)
    {
        var story = WithBoard(4, Set(new TieRule(rule))).Contested(Of(method ?? new Plurality(), "A", "B", "C")).Opened()
            .Voted(method is SingleTransferableVote ? Rank("A") : Choose("A"), 1, 2).Voted(method is SingleTransferableVote ? Rank("B") : Choose("B"), 3, 4);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        return story;
    }

    private static PartTie ByLot(LotSeed? seed = null) => new(TheBallot, null, null, seed ?? Seed, After.AddMinutes(1));

    private static PartTie ByAge(params string[] order) => new(TheBallot, order, "Pièces d’identité vues en séance.", null, After.AddMinutes(1));

    private static Decision When(BallotStory story, PartTie command) => command.Decide(story.Ballots(TheBallot));

    // Computed apart with: printf '%s %s %s' ROOT BALLOT OPTION | sha256sum
    [Theory]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "BCA")]
    [InlineData("bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=", "ABC")]
    public void A_lot_is_drawn_from_the_hash_of_the_checkpoint_the_ballot_and_the_option(string root, string order) =>
        Assert.Equal(order, string.Concat(PartTie.Draw(new(1, root), TheBallot, ["A", "B", "C"])));

    [Fact]
    public void Under_the_lot_the_tie_is_parted_from_the_checkpoint_and_the_result_names_it()
    {
        var story = Tied(TieBreak.Lot);
        story.Then(When(story, ByLot()));

        var parted = Assert.IsType<Ballot.Proclaimed>(story.State);
        var drawn = PartTie.Draw(Seed, TheBallot, ["A", "B", "C"]);
        Assert.Equal((Verdict.Elected, Seed, TieBreak.Lot), (parted.Verdict, parted.Parted!.Seed, parted.Parted.By));
        Assert.Equal(drawn, parted.Parted.Order);
        Assert.Equal([drawn.First(o => o != "C")], parted.Method!.Elected);
        Assert.Single(parted.Method.Steps.OfType<TieParted>());
        Assert.Equal(After.AddMinutes(1), story.Ballots(TheBallot).DecidedOn().Instant);
    }

    [Fact]
    public void One_lot_parts_every_tie_of_a_count_by_transfers()
    {
        var story = WithBoard(3, Set(new TieRule(TieBreak.Lot))).Contested(Of(new SingleTransferableVote(), "A", "B", "C")).Opened().Voted(Rank("A"), 1).Voted(Rank("B"), 2).Voted(Rank("C"), 3);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        story.Then(When(story, ByLot()));

        Assert.Equal(Verdict.Elected, story.State.Verdict);
        Assert.True(((Ballot.Proclaimed)story.State).Method!.Steps.OfType<TieParted>().Count() > 1);
    }

    [Fact]
    public void The_same_lot_again_changes_nothing()
    {
        var story = Tied(TieBreak.Lot);
        story.Then(When(story, ByLot()));

        Assert.Equal(Decision.NoChange, When(story, ByLot(new(99, "another"))));
        Refused<TieAlreadyParted>(When(story, ByAge("A", "B")));
    }

    [Fact]
    public void A_lot_waits_for_its_checkpoint() => Refused<CheckpointAwaited>(When(Tied(TieBreak.Lot), ByLot() with { Seed = null }));

    [Fact]
    public void Nobody_gives_the_order_of_a_lot()
    {
        Assert.Equal("art. 14", Refused<LotTakesNoOrder>(When(Tied(TieBreak.Lot), ByLot() with { TieOrder = ["A", "B"] })).Article);
        Refused<LotTakesNoOrder>(When(Tied(TieBreak.Lot), ByLot() with { Source = "Procès-verbal" }));
    }

    [Fact]
    public void Under_the_eldest_the_order_is_declared_with_its_source()
    {
        var story = Tied(TieBreak.Eldest);
        story.Then(When(story, ByAge("B", "A")));

        var parted = Assert.IsType<Ballot.Proclaimed>(story.State);
        Assert.Equal((Verdict.Elected, "B", "Pièces d’identité vues en séance."), (parted.Verdict, Assert.Single(parted.Method!.Elected), parted.Parted!.Source));
        Assert.Equal(Decision.NoChange, When(story, ByAge("B", "A")));
        Refused<TieAlreadyParted>(When(story, ByAge("A", "B")));
    }

    [Fact]
    public void The_order_by_age_names_every_option_tied_once_and_no_other()
    {
        Assert.Equal(new TieOrderIncomplete(1), Refused<TieOrderIncomplete>(When(Tied(TieBreak.Eldest), ByAge("B"))));
        Assert.Equal(new UnknownOption("tieOrder", "Z"), Refused<UnknownOption>(When(Tied(TieBreak.Eldest), ByAge("B", "A", "Z"))));
        Assert.Equal(new OptionTwice("B"), Refused<OptionTwice>(When(Tied(TieBreak.Eldest), ByAge("B", "B"))));
        Assert.Equal("source", Refused<TextOutOfBounds>(When(Tied(TieBreak.Eldest), ByAge("B", "A") with { Source = null })).Field);
    }

    [Fact]
    public void A_rule_that_parts_no_options_leaves_them_tied()
    {
        Refused<TieLeftOpen>(When(Tied(TieBreak.CastingVote), ByLot()));
        Refused<TieLeftOpen>(When(Tied(TieBreak.Rejected), ByAge("A", "B")));
        Refused<TiePartedBySecondRound>(When(Tied(TieBreak.SecondRound), ByLot()));
    }

    [Theory]
    [InlineData(TieBreak.Lot)]
    [InlineData(TieBreak.Eldest)]
    public void Neither_a_lot_nor_an_age_decides_a_motion(TieBreak rule)
    {
        var story = WithBoard(2, Set(new TieRule(rule))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);

        Assert.Equal("art. 14", Refused<MotionNotPartedByLot>(When(story, ByLot())).Article);
    }

    [Fact]
    public void Only_a_result_that_is_tied_is_parted()
    {
        var story = WithBoard(3, Set(new TieRule(TieBreak.Lot))).Contested(Of(new Plurality(), "A", "B")).Opened().Voted(Choose("A"), 1);
        Refused<BallotStillOpen>(When(story, ByLot()));
        Refused<ResultNotProclaimed>(When(story.Counted(), ByLot()));
        story.Then(story.When(new ProclaimResult(TheBallot, After)));
        Refused<NothingTied>(When(story, ByLot()));
    }

    [Fact]
    public void A_second_round_puts_what_the_first_left_tied()
    {
        var story = Tied(TieBreak.SecondRound);
        Decision Second(Contest contest, BallotId? first = null) => (DraftOf(contest) with { Ballot = Other, SecondRoundOf = first ?? TheBallot })
            .Decide(story.Ballots(Other), story.Bodies(Board), first: story.Ballots(first ?? TheBallot));

        Assert.Equal(TheBallot, Accepted<BallotDrafted>(Second(Of(new Plurality(), "B", "A"))).SecondRoundOf);
        Refused<SecondRoundPutsSomethingElse>(Second(Of(new Plurality(), "A", "B", "C")));
        Refused<SecondRoundPutsSomethingElse>(Second(Of(new Plurality(2), "A", "B")));
        Refused<BallotNotFound>(Second(Of(new Plurality(), "A", "B"), BallotId.Of(Id(3))));
    }

    [Fact]
    public void A_result_that_the_lot_parts_calls_for_no_second_round()
    {
        var story = Tied(TieBreak.Lot);

        Refused<NoSecondRoundCalled>((DraftOf(Of(new Plurality(), "A", "B")) with { Ballot = Other, SecondRoundOf = TheBallot })
            .Decide(story.Ballots(Other), story.Bodies(Board), first: story.Ballots(TheBallot)));
    }

    [Fact]
    public void A_motion_that_is_tied_is_put_again_as_it_was()
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.SecondRound))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2);
        story.Proclaimed();
        var again = new DraftBallot(Other, Board, DecisionKind.RoadmapItem, "Outils communs – second tour", "Adopter ?", "Le chantier est adopté.", null, null, At(After), SecondRoundOf: TheBallot);

        Assert.Equal(TheBallot, Accepted<BallotDrafted>(again.Decide(story.Ballots(Other), story.Bodies(Board), first: story.Ballots(TheBallot))).SecondRoundOf);
        Refused<SecondRoundPutsSomethingElse>((again with { Kind = DecisionKind.Budget }).Decide(story.Ballots(Other), story.Bodies(Board), first: story.Ballots(TheBallot)));
    }
}
