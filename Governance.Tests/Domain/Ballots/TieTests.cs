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
    public void A_motion_is_not_adopted_with_equal_votes_where_the_rule_parts_options(TieBreak rule)
    {
        var story = WithBoard(2, Set(new TieRule(rule))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2);

        var outcome = story.Proclaimed();
        Assert.Equal(Verdict.Rejected, outcome.Verdict);
        Assert.Equal(("art. 14", TieBreak.Rejected), outcome.Outcome!.Steps.OfType<VotesEqual>().Select(s => (s.Article, s.Break)).Single());
        Refused<NothingTied>(When(story, ByLot()));
    }

    // As openings had it before the rule was told apart for motions.
    [Fact]
    public void A_motion_that_opened_under_a_lot_is_parted_by_none()
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.Lot))).Drafted();
        var opened = Accepted<BallotOpened>(story.When(story.Open()));
        story.Given(Ballot.Stream(TheBallot), opened with { Rules = opened.Rules with { Tie = new("art. 14", new TieRule(TieBreak.Lot)) } }, Opening)
            .Voted(Choice.For, 1).Voted(Choice.Against, 2);

        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        Assert.Equal("art. 14", Refused<MotionNotPartedByLot>(When(story, ByLot())).Article);
        story.Then(story.When(new AnnulBallot(TheBallot, "Erreur.", false, null, After)));
    }

    private static AnnulBallot Annul(BallotId? decision = null) =>
        new(TheBallot, "Un autre tirage conviendrait mieux.", false, decision is { } d ? new DecisionReference(d) : null, After.AddDays(2));

    private static BallotStory Decided(BallotStory story, DateTimeOffset on, BodyId? by) => story.Given(
        Ballot.Stream(Other), new OutcomeTranscribed(Other, DecisionKind.Ordinary, "Annulation de l’élection", Verdict.Adopted, by), on);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_lot_parts_is_annulled_on_a_later_decision_alone_before_the_draw_as_after(bool drawn)
    {
        var story = Tied(TieBreak.Lot);
        if (drawn)
            story.Then(When(story, ByLot()));

        Assert.Equal("art. 14", Refused<LotStandsUnlessDecided>(story.When(Annul())).Article);
        Refused<LotStandsUnlessDecided>(Decided(Tied(TieBreak.Lot), January, Board).When(Annul(Other)));
        Accepted<BallotAnnulled>(Decided(story, After.AddDays(1), Board).When(Annul(Other)));
    }

    [Fact]
    public void What_a_lot_parts_is_annulled_by_no_decision_of_another_body_or_of_none()
    {
        Refused<LotStandsUnlessDecided>(Decided(Tied(TieBreak.Lot), After.AddDays(1), Assembly).When(Annul(Other)));
        Refused<LotStandsUnlessDecided>(Decided(Tied(TieBreak.Lot), After.AddDays(1), null).When(Annul(Other)));
    }

    [Fact]
    public void What_a_lot_parts_is_not_annulled_by_what_was_decided_between_the_count_and_the_proclamation_and_the_draw_changes_nothing_of_that()
    {
        static BallotStory ProclaimedLate() => WithBoard(4, Set(new TieRule(TieBreak.Lot))).Contested(Of(new Plurality(), "A", "B", "C")).Opened()
            .Voted(Choose("A"), 1, 2).Voted(Choose("B"), 3, 4).Counted();
        static BallotStory Declared(BallotStory story) => story.Then(story.When(new ProclaimResult(TheBallot, After.AddHours(2))));

        Refused<LotStandsUnlessDecided>(Declared(Decided(ProclaimedLate(), After.AddHours(1), Board)).When(Annul(Other)));
        var decided = Decided(Declared(ProclaimedLate()), After.AddHours(3), Board);
        decided.Then((ByLot() with { Now = After.AddHours(4) }).Decide(decided.Ballots(TheBallot)));
        Accepted<BallotAnnulled>(decided.When(Annul(Other)));
    }

    [Fact]
    public void A_result_that_no_lot_parts_is_annulled_without_a_decision()
    {
        var story = Tied(TieBreak.Eldest);
        story.Then(When(story, ByAge("B", "A")));

        Accepted<BallotAnnulled>(story.When(Annul()));
    }

    [Fact]
    public void A_fact_found_late_puts_off_an_order_by_age_and_no_lot()
    {
        static BallotStory Found(TieBreak rule) => Tied(rule).Given(
            Ballot.Stream(TheBallot), new IrregularityRaised(TheBallot, EventId.Of(Id(70)), EventId.Of(Id(71))), After);

        Refused<IrregularityUnsettled>(When(Found(TieBreak.Eldest), ByAge("A", "B")));
        Accepted<DeclaredTieParted>(When(Found(TieBreak.Lot), ByLot()));
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

    private static DraftBallot Second(Contest contest, BallotId? round = null, BallotId? first = null) =>
        DraftOf(contest) with { Ballot = round ?? Other, Title = "Priorités – second tour", SecondRoundOf = first ?? TheBallot };

    [Fact]
    public void A_second_round_puts_what_the_first_left_tied()
    {
        var story = Tied(TieBreak.SecondRound);

        Assert.Equal((TheBallot, 2), (First<BallotDrafted>(story.When(Second(Of(new Plurality(), "B", "A")))).SecondRoundOf, First<BallotDrafted>(story.When(Second(Of(new Plurality(), "B", "A")))).Round));
        Refused<SecondRoundPutsSomethingElse>(story.When(Second(Of(new Plurality(), "A", "B", "C"))));
        Refused<SecondRoundPutsSomethingElse>(story.When(Second(Of(new Plurality(2), "A", "B"))));
        Refused<BallotNotFound>(story.When(Second(Of(new Plurality(), "A", "B"), first: BallotId.Of(Id(3)))));
    }

    [Fact]
    public void A_second_round_is_held_in_one_round_so_that_the_rule_says_how_many_follow()
    {
        var story = Tied(TieBreak.SecondRound);

        Refused<SecondRoundOfSeveralRounds>(story.When(Second(Of(new Plurality(Rounds: 2), "A", "B"))));
        // A first round has as many as its method.
        Assert.IsType<Decision.Accepted>(story.When(DraftOf(Of(new Plurality(Rounds: 2), "A", "B")) with { Ballot = Other }));
    }

    [Fact]
    public void A_second_round_withdraws_none_of_what_the_first_left_tied() => Assert.Equal(
        new OptionsWithdrawnInDraft(1),
        Refused<OptionsWithdrawnInDraft>(Tied(TieBreak.SecondRound).When(Second(new Contest(new Question(new Plurality(), ["A", "B"], Withdrawn: ["B"]))))));

    [Fact]
    public void A_second_round_whose_first_is_annulled_is_not_opened()
    {
        var story = Tied(TieBreak.SecondRound);
        story.Then(story.When(Second(Of(new Plurality(), "A", "B"))));
        Assert.IsType<Decision.Accepted>(story.When(story.Open(ballot: Other)));

        story.Then(story.When(new AnnulBallot(TheBallot, "Bulletins mal imprimés.", false, null, After)));
        Assert.Equal(new FirstRoundAnnulled("Priorités"), Refused<FirstRoundAnnulled>(story.When(story.Open(ballot: Other))));
    }

    [Fact]
    public void A_second_round_that_is_open_when_its_first_is_annulled_waits_for_somebody_to_settle_it()
    {
        var story = Tied(TieBreak.SecondRound);
        story.Then(story.When(Second(Of(new Plurality(), "A", "B"))));
        story.Then(story.When(story.Open(ballot: Other)));
        var opened = story.Log.Last(e => e.Event is BallotOpened { Ballot: var of } && of == Other).Id;
        story.Then(story.When(new AnnulBallot(TheBallot, "Bulletins mal imprimés.", false, null, After)));
        var annulled = story.Last;

        var raised = First<IrregularityRaised>(story.When(new RaiseIrregularity(Other, annulled, After)));
        Assert.Equal(new IrregularityRaised(Other, annulled, opened, FirstRoundAnnulled: true), raised);

        story.Then(story.When(new RaiseIrregularity(Other, annulled, After)));
        Assert.IsType<Decision.Unchanged>(story.When(new RaiseIrregularity(Other, annulled, After)));
        story.Then(story.When(new CloseBallot(Other, ClosedBy.Hand, After)));
        story.Then(story.When(new CountBallot(Other, After)));
        Assert.Equal(1, Refused<IrregularityUnsettled>(story.When(new ProclaimResult(Other, After))).Count);

        story.Then(story.When(new ConfirmDespiteIrregularity(Other, annulled, "Les bulletins de ce tour sont bons.", After)));
        Assert.IsType<Decision.Accepted>(story.When(new ProclaimResult(Other, After)));
    }

    [Fact]
    public void A_result_has_one_second_round_at_a_time()
    {
        var (story, third) = (Tied(TieBreak.SecondRound), BallotId.Of(Id(3)));
        var second = Second(Of(new Plurality(), "A", "B"));
        story.Then(story.When(second));

        Assert.Equal(Decision.NoChange, story.When(second));
        Assert.Equal(new SecondRoundAlreadyPut("Priorités – second tour"), Refused<SecondRoundAlreadyPut>(story.When(second with { Ballot = third })));

        story.Then(story.When(new AnnulBallot(Other, "Bulletins mal imprimés.", false, null, After.AddDays(1))));
        story.Then(story.When(second with { Ballot = third, On = At(After.AddDays(2)) }));
        Assert.Equal(third, Assert.IsType<Ballot.Proclaimed>(story.State).SecondRound);
    }

    private static Decision Cast(BallotStory story, CastVote vote) =>
        vote.Decide(story.Ballots(vote.Ballot), story.TimelineOf<Vote>(Vote.Stream(vote.Ballot, vote.Elector)), story.ProxyBasisOf(vote.Ballot));

    private static T First<T>(Decision decision) where T : IEvent => Assert.IsType<T>(Assert.IsType<Decision.Accepted>(decision).Facts[0].Event);

    // The round of a ballot that opened, voted by two against two once more.
    private static BallotStory TiedAgain(BallotStory story, BallotId round)
    {
        story.Then(story.When(story.Open(ballot: round)));
        foreach (var elector in new[] { 1, 2, 3, 4 })
            story.Then(Cast(story, PaperOf(elector, Choose(elector <= 2 ? "A" : "B")) with { Ballot = round }));
        story.Then(story.When(new CloseBallot(round, ClosedBy.Time, After)));
        story.Then(story.When(new CountBallot(round, After)));
        story.Then(story.When(new ProclaimResult(round, After)));
        Assert.Equal(Verdict.Tied, story.Ballots(round).Latest.Verdict);
        return story;
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void No_round_follows_the_last_that_the_rule_allows(int? allowed, int rounds)
    {
        var story = WithBoard(4, Set(new TieRule(TieBreak.SecondRound, allowed))).Contested(Of(new Plurality(), "A", "B", "C")).Opened().Voted(Choose("A"), 1, 2).Voted(Choose("B"), 3, 4);
        story.Proclaimed();
        var last = TheBallot;
        for (var round = 1; round <= rounds; round++)
        {
            var next = BallotId.Of(Id(30 + round));
            story.Then(story.When(Second(Of(new Plurality(), "A", "B"), next, last)));
            last = next;
            TiedAgain(story, last);
        }

        Refused<NoSecondRoundCalled>(story.When(Second(Of(new Plurality(), "A", "B"), Other, last)));
        Assert.Equal("art. 14", Refused<TieLeftOpen>((ByLot() with { Ballot = last }).Decide(story.Ballots(last))).Article);
        Assert.Equal(new TieRule(TieBreak.Rejected), ((Ballot.Held)story.Ballots(last).Latest).Opening.Rules.Tie.Content);
    }

    [Fact]
    public void What_the_last_round_leaves_tied_is_parted_by_what_the_rule_says_then()
    {
        var story = WithBoard(4, Set(new TieRule(TieBreak.SecondRound, Then: TieBreak.Lot))).Contested(Of(new Plurality(), "A", "B", "C")).Opened().Voted(Choose("A"), 1, 2).Voted(Choose("B"), 3, 4);
        story.Proclaimed();
        Refused<TiePartedBySecondRound>(When(story, ByLot()));
        TiedAgain(story.Then(story.When(Second(Of(new Plurality(), "A", "B")))), Other);

        story.Then((ByLot() with { Ballot = Other }).Decide(story.Ballots(Other)));

        Assert.Equal((Verdict.Elected, TieBreak.Lot), (story.Ballots(Other).Latest.Verdict, ((Ballot.Proclaimed)story.Ballots(Other).Latest).Parted!.By));
    }

    [Theory]
    [InlineData(TieBreak.Rejected, Verdict.Rejected)]
    [InlineData(TieBreak.Lot, Verdict.Rejected)]
    [InlineData(TieBreak.CastingVote, Verdict.Adopted)]
    public void A_motion_tied_in_its_last_round_is_not_adopted_unless_the_chair_decides(TieBreak then, Verdict verdict)
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.SecondRound, Then: then))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        var again = new DraftBallot(Other, Board, DecisionKind.RoadmapItem, "Outils communs – second tour", "Adopter ?", "Le chantier est adopté.", null, null, At(January), SecondRoundOf: TheBallot);
        story.Then(story.When(again));
        story.Then(story.When(story.Open(ballot: Other, chair: 1)));
        foreach (var (elector, choice) in new[] { (1, Choice.For), (2, Choice.Against) })
            story.Then(Cast(story, VoteOf(elector, choice) with { Ballot = Other }));
        story.Then(story.When(new CloseBallot(Other, ClosedBy.Time, After)));
        story.Then(story.When(new CountBallot(Other, After)));
        story.Then(story.When(new ProclaimResult(Other, After)));

        Assert.Equal(verdict, story.Ballots(Other).Latest.Verdict);
    }

    [Fact]
    public void A_result_that_the_lot_parts_calls_for_no_second_round()
    {
        var story = Tied(TieBreak.Lot);

        Refused<NoSecondRoundCalled>(story.When(Second(Of(new Plurality(), "A", "B"))));
    }

    [Fact]
    public void A_motion_that_is_tied_is_put_again_as_it_was()
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.SecondRound))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2);
        story.Proclaimed();
        var again = new DraftBallot(Other, Board, DecisionKind.RoadmapItem, "Outils communs – second tour", "Adopter ?", "Le chantier est adopté.", null, null, At(After), SecondRoundOf: TheBallot);

        Assert.Equal(TheBallot, First<BallotDrafted>(story.When(again)).SecondRoundOf);
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Kind = DecisionKind.Budget }));
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Election = ElectionId.Of(Id(80)) }));
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Motion = "Le chantier est abandonné." }));
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Workstream = WorkstreamId.Of(Id(81)) }));
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Minutes = MeetingId.Of(Id(82)) }));
    }

    [Fact]
    public void A_motion_put_again_is_the_same_however_its_lines_are_broken()
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.SecondRound)));
        DraftBallot first = new(TheBallot, Board, DecisionKind.RoadmapItem, "Outils communs", "Adopter ?", "Le chantier est adopté.\nIl dure un an.", null, null, At(January));
        story.Then(story.When(first)).Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2).Proclaimed();

        var again = first with { Ballot = Other, Title = "Outils communs – second tour", SecondRoundOf = TheBallot };
        Assert.Equal(2, First<BallotDrafted>(story.When(again with { Motion = "Le chantier est adopté.\r\nIl dure un an." })).Round);
        Refused<SecondRoundPutsSomethingElse>(story.When(again with { Motion = "Le chantier est adopté. Il dure deux ans." }));
    }

    [Fact]
    public void The_text_that_says_what_a_choice_between_options_decides_may_be_worded_otherwise_in_its_second_round()
    {
        var story = Tied(TieBreak.SecondRound);

        Assert.Equal(2, First<BallotDrafted>(story.When(Second(Of(new Plurality(), "A", "B")) with { Motion = "L’option retenue est suivie." })).Round);
    }
}
