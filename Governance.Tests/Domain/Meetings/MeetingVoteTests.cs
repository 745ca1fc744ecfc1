using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>Texts before a meeting, and its votes by hands, by call and on devices.</summary>
public sealed class MeetingVoteTests
{
    private static readonly Contest Election = new(new Question(new Approval(), ["A", "B"]));
    private static readonly Rule Casting = Set(new TieRule(TieBreak.CastingVote));

    private static DeclareInterest Interest(int person, AgendaItemId? item = null, int minute = 5) => new(TheMeeting, item ?? Accounts, Person(person), null, AtMinute(minute));

    private static Rule Interested(bool inBase, bool inQuorum = false, bool proxiesToo = true) => Set(new InterestRule(inBase, inQuorum, proxiesToo));

    private static Outcome OutcomeOf(MeetingStory story) => story.The<ResultProclaimed>().Outcome!;

    [Fact]
    public void A_text_is_proposed_amended_and_withdrawn_until_it_is_voted_on()
    {
        var story = OfBoard(4).Opened(1, 2).Done(Propose(), Propose(Another, Tools));
        AmendResolution amend = new(TheMeeting, Text, "Quitus partiel.", "Amendement du trésorier", AtMinute(4));
        WithdrawResolution withdraw = new(TheMeeting, Another, "Reportée", AtMinute(4));

        story.When(Propose()).ThenNothing();
        story.When(Propose() with { Text = "Autre" }).ThenRefused<ResolutionTwice>();
        story.When(Propose(ResolutionId.Of(Id(59)), AgendaItemId.Of(Id(49)))).ThenRefused<AgendaItemNotFound>();
        story.When(amend with { Resolution = ResolutionId.Of(Id(59)) }).ThenRefused<ResolutionNotFound>();
        story.Done(amend, withdraw).When(amend).ThenNothing();
        story.When(withdraw).ThenNothing();
        story.When(amend with { Resolution = Another }).ThenRefused<ResolutionIsWithdrawn>();
        story.When(Put(resolution: Another)).ThenRefused<ResolutionIsWithdrawn>();
        story.When(Put(resolution: ResolutionId.Of(Id(59)))).ThenRefused<ResolutionNotFound>();

        Assert.Equal("Quitus partiel.", story.Done(Put()).The<BallotDrafted>().Motion);
        story.When(Put()).ThenNothing();
        story.When(Put(ballot: Other)).ThenRefused<ResolutionWasPutToVote>();
        story.When(amend with { Text = "Trop tard." }).ThenRefused<ResolutionWasPutToVote>();
        story.When(withdraw with { Resolution = Text }).ThenRefused<ResolutionWasPutToVote>();
        story.When(new WithdrawAgendaItem(TheMeeting, Accounts, "Trop tard", AtMinute(12))).ThenRefused<ResolutionWasPutToVote>();
    }

    [Fact]
    public void Whoever_declared_an_interest_hides_nobody_in_a_secret_vote()
    {
        static MeetingStory Of(params object[] before) =>
            OfBoard(3, Set(new SecrecyRule(VoteForm.Secret, 3)), Interested(inBase: true)).Opened(1, 2, 3).Done(before).Done(Propose());

        Of().When(Put(WayOfVoting.Secret)).Then<BallotOpened>();
        Assert.Equal(2, Of(Interest(2)).When(Put(WayOfVoting.Secret)).ThenRefused<SecretBallotSinglesOut>().Electors);
    }

    private static ProposeSecondRound SecondRound(ResolutionId? resolution = null, int minute = 13) =>
        new(TheMeeting, Text, resolution ?? Another, "Quitus – second tour", AtMinute(minute));

    [Fact]
    public void What_a_vote_left_tied_is_voted_on_once_more_in_the_same_meeting()
    {
        var story = OfBoard(4, Set(new TieRule(TieBreak.SecondRound))).Opened(1, 2).Voting();
        story.When(SecondRound()).ThenRefused<NoSecondRoundCalled>();
        story.Done(Count(1, 1));
        Assert.Equal(Verdict.Tied, OutcomeOf(story).Verdict);

        story.Done(SecondRound()).When(SecondRound()).ThenNothing();
        story.When(SecondRound(ResolutionId.Of(Id(59)))).ThenRefused(new SecondRoundAlreadyPut("Quitus – second tour"));
        var proposed = story.The<ResolutionProposed>();
        Assert.Equal((Text, Accounts, "L'assemblée donne quitus."), (proposed.SecondRoundOf, proposed.Item, proposed.Text));

        story.Done(Put(minute: 14, resolution: Another, ballot: Other));
        Assert.Equal((TheBallot, 2), (story.The<BallotDrafted>().SecondRoundOf, story.The<BallotDrafted>().Round));
        Assert.Equal(new SecondRoundPut(TheBallot, Other), story.The<SecondRoundPut>());
        // Tied once more, and the rule allows no other round: the text is not adopted.
        story.Done(Count(1, 1, minute: 15) with { Ballot = Other });
        Assert.Equal(Verdict.Rejected, OutcomeOf(story).Verdict);
        story.When(SecondRound(ResolutionId.Of(Id(59))) with { First = Another }).ThenRefused<NoSecondRoundCalled>();
    }

    [Fact]
    public void A_second_round_that_is_withdrawn_is_proposed_anew_and_one_whose_first_vote_is_annulled_is_not_voted_on()
    {
        var (story, anew) = (OfBoard(4, Set(new TieRule(TieBreak.SecondRound))).Opened(1, 2).Voting().Done(Count(1, 1)), ResolutionId.Of(Id(59)));
        story.Done(SecondRound(), new WithdrawResolution(TheMeeting, Another, "Mal titrée", AtMinute(14)), SecondRound(anew, 15));

        story.Done(new AnnulBallot(TheBallot, "Mal compté", false, null, Minute(16)));
        story.When(Put(minute: 17, resolution: anew, ballot: Other)).ThenRefused<NoSecondRoundCalled>();
        story.Done(new ReopenResolution(TheMeeting, Text, AtMinute(18)));
        story.When(Put(minute: 19, resolution: anew, ballot: Other)).ThenRefused<NoSecondRoundCalled>();
    }

    [Fact]
    public void The_text_of_a_second_round_is_the_one_that_was_voted_on_as_it_had_been_amended_and_is_amended_no_more()
    {
        AmendResolution amend = new(TheMeeting, Text, "Quitus partiel.", "Amendement du trésorier", AtMinute(4));
        var story = OfBoard(4, Set(new TieRule(TieBreak.SecondRound))).Opened(1, 2).Done(Propose(), amend, Put(), Count(1, 1), SecondRound());
        Assert.Equal("Quitus partiel.", story.The<ResolutionProposed>().Text);

        story.When(amend with { Resolution = Another, Text = "Pas de quitus.", On = AtMinute(14) }).ThenRefused<SecondRoundPutsSomethingElse>();
        story.Done(Put(minute: 15, resolution: Another, ballot: Other));
        Assert.Equal((TheBallot, "Quitus partiel."), (story.The<BallotDrafted>().SecondRoundOf, story.The<BallotDrafted>().Motion));
    }

    [Fact]
    public void Who_wins_a_tie_is_said_by_no_text_and_a_yes_or_no_puts_no_options()
    {
        var story = OfBoard(4).Opened(1, 2);

        story.When(Propose(contest: Election with { Question = Election.Question with { TieOrder = ["A", "B"] } })).ThenRefused<TieOrderInDraft>();
        story.When(Propose(kind: DecisionKind.Statutes, contest: Election)).ThenRefused(new DecisionHasNoOptions(DecisionKind.Statutes));
    }

    [Fact]
    public void An_outcome_is_taken_from_a_document_where_its_papers_are_not_here()
    {
        TranscribeResolution transcribe = new(TheMeeting, Text, Other, AtMinute(5));
        var story = OfBoard(4).Opened(1, 2).Done(Propose(), Propose(Another), new WithdrawResolution(TheMeeting, Another, "Reportée", AtMinute(4)));

        story.When(transcribe).ThenRefused<OutcomeNotTranscribed>();
        story.When(transcribe with { Resolution = ResolutionId.Of(Id(59)) }).ThenRefused<ResolutionNotFound>();
        story.When(transcribe with { Resolution = Another }).ThenRefused<ResolutionIsWithdrawn>();
        story.Given(Ballot.Stream(Other), new OutcomeTranscribed(Other, DecisionKind.Ordinary, "Quitus", Verdict.Adopted, Reference: "pv-2019"), January);
        story.Done(transcribe).When(transcribe).ThenNothing();
        story.When(Put()).ThenRefused<ResolutionWasPutToVote>();
        story.When(new RetractMeetingFact(story.Log.Log.First(e => e.Event is ResolutionProposed).Id, "Erreur", AtMinute(9))).ThenRefused<MeetingActRestsOnIt>();
    }

    [Fact]
    public void A_text_whose_vote_was_annulled_is_before_the_meeting_again_and_is_voted_on_once_more()
    {
        ReopenResolution reopen = new(TheMeeting, Text, AtMinute(13));
        var story = OfBoard(4).Opened(1, 2, 3).Done(Propose());
        story.When(reopen).ThenNothing();
        story.When(reopen with { Resolution = ResolutionId.Of(Id(59)) }).ThenRefused<ResolutionNotFound>();
        story.Done(Put(), Count(3)).When(reopen).ThenRefused(new VoteOnResolutionStands("Quitus"));

        story.Done(new AnnulBallot(TheBallot, "Un intérêt n'était pas déclaré", false, null, Minute(12)), reopen).When(reopen).ThenNothing();
        // All that stands before a vote is possible again.
        story.Done(Interest(2, minute: 14), new AmendResolution(TheMeeting, Text, "Quitus partiel.", "Amendement", AtMinute(15)));
        story.Done(Put(WayOfVoting.RollCall, 16, ballot: Other)).When(Put(ballot: TheBallot, minute: 17)).ThenRefused<ResolutionWasPutToVote>();
        Assert.Equal((Other, "Quitus partiel."), (story.State.Find(Text)!.Ballot!.Value, story.The<BallotDrafted>().Motion));
        story.When(new CloseMeeting(TheMeeting, AtMinute(18))).ThenRefused<VoteUnderWay>();
    }

    [Fact]
    public void Minutes_tell_of_the_vote_that_was_annulled_and_of_the_one_that_stands()
    {
        var story = OfBoard(4).Opened(1, 2, 3).Done(new TakeAgendaItem(TheMeeting, Accounts, AtMinute(1)), Propose(), Put(), Count(1, 2), new AnnulBallot(TheBallot, "Mal compté", false, null, Minute(12)));
        story.Done(new ReopenResolution(TheMeeting, Text, AtMinute(13)), Put(minute: 14, ballot: Other), Count(3, minute: 15) with { Ballot = Other }, new CloseMeeting(TheMeeting, AtMinute(20)));

        var passages = MinutesComposition.Of(story.MinutesSource())!.Sections.SelectMany(s => s.Passages).ToList();
        Assert.Equal(passages.Count, passages.Select(p => p.Key).Distinct().Count());
        Assert.Equal([Verdict.Rejected, Verdict.Adopted], passages.OfType<VoteDecided>().Select(p => p.Outcome.Verdict));
        Assert.Single(passages.OfType<VoteAnnulled>());
    }

    [Fact]
    public void A_text_that_changes_the_statutes_is_voted_on_in_an_extraordinary_meeting_alone()
    {
        var ordinary = OfBoard(4, Set(new AuthorityRule([BodyKind.Board]), DecisionKind.Statutes)).Opened(1, 2).Done(Propose(kind: DecisionKind.Statutes));
        ordinary.When(Put()).ThenRefused(new ExtraordinaryMeetingAsked(DecisionKind.Statutes, "art. 14"));

        OfBoard(4, Set(new AuthorityRule([BodyKind.Board]), DecisionKind.Statutes)).Planned(MeetingKind.Extraordinary).Done(Convene()).There(1, 2).Done(Open(), Propose(kind: DecisionKind.Statutes))
            .When(Put()).Then<BallotOpened>();
    }

    [Theory]
    [InlineData(MeetingAsked.Any, DecisionKind.Statutes, true)]
    [InlineData(MeetingAsked.Extraordinary, DecisionKind.Budget, false)]
    public void The_statutes_may_say_otherwise_in_which_meetings_a_decision_is_taken(MeetingAsked asked, DecisionKind kind, bool isVotedOn)
    {
        var decision = OfBoard(4, Set(new AuthorityRule([BodyKind.Board], asked), kind)).Opened(1, 2).Done(Propose(kind: kind)).When(Put());

        Assert.Equal(isVotedOn, decision is Decision.Accepted);
        Assert.True(isVotedOn || decision.ThenRefused<ExtraordinaryMeetingAsked>().Article == "art. 14");
    }

    [Fact]
    public void Hands_and_calls_close_when_they_are_over_although_ballots_close_at_their_time()
    {
        var rule = Set(new ClosingRule(ClosingMode.AtItsTime));
        Assert.Equal(Verdict.Adopted, OutcomeOf(OfBoard(3, rule).Opened(1, 2).Voting().Done(Count(2))).Verdict);

        CloseBallot close = new(TheBallot, ClosedBy.Hand, Minute(12));
        OfBoard(3, rule).Opened(1, 2).Voting(WayOfVoting.RollCall).Done(Answer(1, Choice.For)).When(close).Then<BallotClosed>();
        OfBoard(3, rule).Opened(1, 2).Voting(WayOfVoting.Electronic).When(close).ThenRefused<ClosesAtItsTime>();
    }

    [Fact]
    public void A_demand_for_a_secret_vote_is_held_against_those_who_take_part_in_the_meeting()
    {
        var story = OfBoard(8, Set(new SecrecyRule(VoteForm.ShowOfHands, 1, new(1, 2)))).Convened().Done(Give(5, 1)).There(1, 2, 3).Done(Open()).Voting();
        DemandSecretVote demand = new(TheBallot, null, null, false, [Mandate(2)], Minute(11));

        // Three are there and one is represented: half of four is two.
        var alone = story.When(demand).Then<SecretVoteDemanded>();
        Assert.Equal((1, 4), (alone.Demanding, alone.TakingPart));
        story.When(demand with { TakingPart = 8 }).ThenRefused(new NumberOutOfBounds("takingPart", 4, 4));
        story.When(demand with { Electors = [Mandate(7)] }).ThenRefused(new SecrecyDemandedByOutsider(Mandate(7)));
        story.When(demand with { Electors = [] }).ThenRefused<SecrecyDemandedByNobody>();
        story.Done(demand).When(Count(4)).Then<BallotCounted>();
        story.Done(demand with { Electors = [Mandate(2), Mandate(5)] }).When(Count(4)).ThenRefused<BallotSuspended>();
    }

    [Fact]
    public void What_is_off_the_agenda_is_not_voted_on()
    {
        var story = OfBoard(4).Opened(1, 2).Done(Propose(), new WithdrawAgendaItem(TheMeeting, Accounts, "Pas prêts", AtMinute(4)));

        story.When(Put()).ThenRefused<AgendaItemIsWithdrawn>();
        story.When(new TakeAgendaItem(TheMeeting, Accounts, AtMinute(5))).ThenRefused<AgendaItemIsWithdrawn>();
    }

    [Fact]
    public void Items_are_taken_and_what_is_said_and_happens_is_noted_at_its_minute()
    {
        TakeAgendaItem take = new(TheMeeting, Tools, AtMinute(2));
        NoteDebate note = new(TheMeeting, Tools, "Débat nourri.", AtMinute(5));
        RecordIncident incident = new(TheMeeting, null, "Coupure de courant.", AtMinute(6));
        var story = OfBoard(4).Convened().There(1, 2);
        story.When(note).ThenRefused<MeetingNotOpen>();
        story.When(take).ThenRefused<MeetingNotOpen>();
        story.Done(Open(), take, note, incident).When(take).ThenNothing();

        Assert.Equal(Tools, ((Meeting.Held)story.State).Current);
        story.When(take with { Item = AgendaItemId.Of(Id(49)) }).ThenRefused<AgendaItemNotFound>();
        story.When(note with { Item = AgendaItemId.Of(Id(49)) }).ThenRefused<AgendaItemNotFound>();
        story.When(note with { On = AtMinute(-1) }).ThenRefused<MeetingNotOpen>();
        story.Done(new CloseMeeting(TheMeeting, AtMinute(30))).When(incident with { On = AtMinute(31) }).ThenRefused<MeetingIsClosed>();
        story.When(incident with { On = AtMinute(29) }).Then<IncidentRecorded>();
    }

    [Fact]
    public void One_vote_is_taken_at_a_time_and_the_meeting_goes_nowhere_while_it_is()
    {
        var story = OfBoard(4).Opened(1, 2).Done(Propose(Another)).Voting();

        story.When(Put(resolution: Another, ballot: Other)).ThenRefused(new VoteUnderWay("Quitus"));
        story.When(new CloseMeeting(TheMeeting, AtMinute(12))).ThenRefused<VoteUnderWay>();
        story.When(new AdjournMeeting(TheMeeting, "Repas", null, AtMinute(12))).ThenRefused<VoteUnderWay>();
        story.Done(Count(2)).When(new CloseMeeting(TheMeeting, AtMinute(12))).Then<MeetingClosed>();
    }

    [Fact]
    public void Hands_are_counted_judged_and_proclaimed_at_once()
    {
        var story = OfBoard(5).Convened().Done(Give(5, 1)).There(1, 2, 3).Done(Open()).Voting();
        story.When(Count(3, 1, 1)).ThenRefused(new MoreHandsThanVotes(5, 4));
        story.When(Count(2, -1)).ThenRefused(new MoreHandsThanVotes(-1, 4));
        story.When(Count(int.MaxValue, int.MaxValue)).ThenRefused<MoreHandsThanVotes>();
        story.When(Count(1, college: Teams)).ThenRefused(new MoreHandsThanVotes(1, 0));

        // The proxy's vote is one of the four.
        story.Done(Count(3, 1)).When(Count(3, 1)).ThenNothing();
        story.When(Count(4)).ThenRefused<BallotClosedAlready>();
        Assert.Equal((Verdict.Adopted, 4), (OutcomeOf(story).Verdict, story.The<BallotCounted>().Papers));
        Assert.Equal([(Presence.InPerson, 3), (Presence.Represented, 1)], story.The<BallotCounted>().Roll.Single().Presence!.Select(p => (p.Presence, (int)p.Tally.Heads)));
        Assert.Equal(["hands - for 1 3", "hands - against 1 1"], story.The<BallotCounted>().Groups.Select(CountBallot.HandsLine));
    }

    [Theory]
    [InlineData(0, 0, 0, Verdict.Rejected)] // nobody raised a hand
    [InlineData(0, 0, 4, Verdict.Rejected)] // all abstain
    [InlineData(2, 2, 0, Verdict.Rejected)] // a tie, and no rule on it
    [InlineData(2, 1, 1, Verdict.Adopted)]
    public void Few_or_no_votes_expressed_by_hands(int @for, int against, int abstain, Verdict verdict) =>
        Assert.Equal(verdict, OutcomeOf(OfBoard(4).Opened(1, 2, 3, 4).Voting().Done(Count(@for, against, abstain))).Verdict);

    [Theory]
    [InlineData(2, Verdict.Adopted)] // exactly two thirds
    [InlineData(1, Verdict.Rejected)]
    public void Exactly_the_threshold_by_hands(int @for, Verdict verdict)
    {
        var rule = Set(MajorityRule.MoreThanHalfExpressed with { Share = new(2, 3), Comparison = Comparison.AtLeast });

        Assert.Equal(verdict, OutcomeOf(OfBoard(3, rule).Opened(1, 2, 3).Voting().Done(Count(@for, 3 - @for))).Verdict);
    }

    [Fact]
    public void All_blank_is_rejected()
    {
        var story = OfBoard(2).Opened(1, 2).Voting(WayOfVoting.RollCall).Done(Answer(1, Choice.Blank), Answer(2, Choice.Blank));
        story.Done(new CloseBallot(TheBallot, ClosedBy.Hand, Minute(12)), new CountBallot(TheBallot, Minute(12)), new ProclaimResult(TheBallot, Minute(12)));

        Assert.Equal(Verdict.Rejected, OutcomeOf(story).Verdict);
    }

    [Fact]
    public void Hands_are_counted_by_college_where_weights_differ()
    {
        var story = OfColleges(2, 3).Opened(1, 2, 101, 102, 103).Voting();

        story.When(Count(4)).ThenRefused(new MoreHandsThanVotes(4, 0));
        story.Done(new CountHands(TheBallot, [new(Choice.For, 2, Presidents), new(Choice.Against, 3, Teams)], null, Minute(11)));
        Assert.Equal([(Presidents.ToString(), new Fraction(2, 1), 2L), (Teams.ToString(), Fraction.One, 3L)], story.The<BallotCounted>().Groups.Select(g => (g.College, g.Weight, g.Count)));
        Assert.Equal(Verdict.Adopted, OutcomeOf(story).Verdict);
    }

    [Fact]
    public void Hands_of_one_college_that_weigh_differently_tell_nothing()
    {
        var opening = OfBoard(2).Opened(1, 2).Voting().The<BallotOpened>();
        Timeline<Ballot> ballot = new(Ballot.Stream(TheBallot), 0, []);
        IReadOnlyList<Elector> electors = [.. opening.Electors!.Select((e, i) => e with { Weight = new(i + 1, 1) })];
        var opened = ballot.After(
        [
            new(ballot.Stream, OfBoard(2).Opened(1, 2).Voting().The<BallotDrafted>(), AtMinute(10)),
            new(ballot.Stream, opening with { Electors = electors }, AtMinute(10)),
        ]);

        Assert.Null(Count(1).Decide(opened).ThenRefused<HandsOfUnequalWeight>().College);
    }

    [Fact]
    public void Hands_are_raised_and_not_cast_and_the_vote_is_not_closed_without_them()
    {
        var story = OfBoard(3).Opened(1, 2).Voting();

        story.When(VoteOf(1, Choice.For, Minute(11))).ThenRefused<HandsAreCounted>();
        story.When(Answer(1, Choice.For)).ThenRefused<HandsAreCounted>();
        story.When(new CloseBallot(TheBallot, ClosedBy.Hand, Minute(12))).ThenRefused<HandsNotCounted>();
        story.When(new CloseBallot(TheBallot, ClosedBy.Time, Minute(100))).ThenRefused<HandsNotCounted>();
        // Given up for another way, it is annulled and its hands are never counted.
        story.Done(new AnnulBallot(TheBallot, "Vote par appel demandé", false, null, Minute(12))).When(Count(2)).ThenRefused<BallotAlreadyAnnulled>();
        OfBoard(3).Opened(1, 2).Voting(WayOfVoting.RollCall).When(Count(2)).ThenRefused<NoHandsToCount>();
    }

    [Fact]
    public void Where_the_rules_ask_for_secrecy_neither_hands_nor_answers_aloud_are_taken()
    {
        var story = OfBoard(3, Set(new SecrecyRule(VoteForm.Secret, 1))).Opened(1, 2, 3).Done(Propose());

        Assert.Equal("art. 14", story.When(Put()).ThenRefused<HandsInSecretBallot>().Article);
        story.When(Put(WayOfVoting.RollCall)).ThenRefused<HandsInSecretBallot>();
        var put = story.When(Put(WayOfVoting.Electronic));
        Assert.Equal((WayOfVoting.Secret, true), (put.Then<ResolutionPutToVote>().Way, put.Then<BallotOpened>().Secret));
    }

    [Fact]
    public void Options_take_papers_and_no_hands()
    {
        var story = OfBoard(3).Opened(1, 2).Done(Propose(contest: Election, kind: DecisionKind.Election));

        story.When(Put()).ThenRefused<WayForMotionsAlone>();
        story.When(Put(WayOfVoting.RollCall)).ThenRefused<WayForMotionsAlone>();
        story.Done(Put(WayOfVoting.Electronic)).When(Answer(1, Choice.For)).ThenRefused<ContestTakesPaper>();
    }

    [Fact]
    public void The_chair_parts_a_tie_by_a_hand_that_was_raised()
    {
        var story = OfBoard(4, Casting).Opened(1, 2, 3).Voting();

        story.When(Count(0, 2, 1, chair: Choice.For)).ThenRefused<ChairRaisedNoHand>();
        story.Done(Count(1, 1, 1, chair: Choice.For));
        Assert.Equal((Choice.For, Verdict.Adopted), (story.The<BallotCounted>().CastingVote, OutcomeOf(story).Verdict));
        OfBoard(3, Casting).Opened(99, 2, 3).Voting().When(Count(1, 1, chair: Choice.For)).ThenRefused<ChairRaisedNoHand>();
    }

    [Fact]
    public void A_roll_call_is_answered_by_who_is_there_and_by_proxy_holders()
    {
        var story = OfBoard(5).Convened().Done(Give(3, 1)).There(1, 2).Done(Open()).Voting(WayOfVoting.RollCall);

        story.When(Answer(4, Choice.For)).ThenRefused<NotInTheRoom>();
        story.When(Answer(150, Choice.For)).ThenRefused<NotOnTheRoll>();
        story.When(Answer(1, Choice.Null)).ThenRefused<NullIsNoChoice>();
        story.Done(Answer(1, Choice.For), Answer(3, Choice.Against)).When(Answer(1, Choice.For, 12)).ThenNothing();
        var answered = story.The<VoteCast>();
        Assert.Equal((Person(1), Person(3), true), (answered.By, answered.Giver, answered.Called));
        // What was misheard is put right while the call lasts.
        Assert.Equal(Choice.Abstain, story.When(Answer(1, Choice.Abstain, 12)).Then<VoteChanged>().Choice);
    }

    [Fact]
    public void Nobody_votes_on_a_device_from_outside_the_meeting()
    {
        var story = OfBoard(3).Opened(1, 2).Voting(WayOfVoting.Electronic);

        story.When(VoteOf(3, Choice.For, Minute(11))).ThenRefused<NotInTheRoom>();
        story.When(VoteOf(2, Choice.For, Minute(11))).Then<VoteCast>();
    }

    [Fact]
    public void Who_is_represented_votes_on_a_device_only_once_they_have_come()
    {
        var story = OfBoard(4).Convened().Done(Give(3, 2)).There(1, 2).Done(Open(1)).Voting(WayOfVoting.Electronic);

        story.When(VoteOf(3, Choice.For, Minute(11))).ThenRefused<NotInTheRoom>();
        story.Done(Arrive(3, 12)).When(VoteOf(3, Choice.For, Minute(13))).Then<VoteCast>();
    }

    [Fact]
    public void Who_was_checked_in_by_mistake_while_a_vote_is_open_is_represented_again()
    {
        var story = OfBoard(4).Convened().Done(Give(3, 2)).There(1, 2).Done(Open(1)).Voting(WayOfVoting.Electronic).Done(Arrive(3, 12));
        story.When(VoteOf(3, Choice.For, Minute(13), by: 2)).ThenRefused<ProxySuspended>();

        story.Done(new RetractAttendance(story.Last<PersonArrived>().Id, "Autre personne", AtMinute(14)));
        story.When(VoteOf(3, Choice.For, Minute(15), by: 2)).Then<VoteCast>();
    }

    [Fact]
    public void Answers_are_taken_down_in_a_roll_call_alone_and_nobody_votes_on_a_device_in_one()
    {
        var electronic = OfBoard(3).Opened(1, 2).Voting(WayOfVoting.Electronic).Done(VoteOf(2, Choice.Against, Minute(11)));
        electronic.When(Answer(2, Choice.For, 12)).ThenRefused<NoCallIsTaken>();

        OfBoard(3).Opened(1, 2).Voting(WayOfVoting.RollCall).When(VoteOf(2, Choice.For, Minute(11))).ThenRefused<AnswersAreTakenDown>();
    }

    [Fact]
    public void Answers_aloud_are_taken_in_no_secret_vote()
    {
        var story = OfBoard(6, Set(new SecrecyRule(VoteForm.ShowOfHands, 1))).Opened(1, 2, 3, 4, 5, 6).Voting(WayOfVoting.Secret);

        story.When(Answer(1, Choice.For)).ThenRefused<BallotIsSecret>();
    }

    [Fact]
    public void An_interest_is_declared_before_the_vote()
    {
        var story = OfBoard(4).Opened(1, 2).Done(Propose());

        story.When(Interest(2, AgendaItemId.Of(Id(49)))).ThenRefused<AgendaItemNotFound>();
        story.Done(Interest(2)).When(Interest(2)).ThenNothing();
        story.Done(Put()).When(Interest(3, minute: 12)).ThenRefused<ResolutionWasPutToVote>();
        // The next text of the same item is still to be voted on.
        story.Done(Propose(Another, minute: 12)).When(Interest(3, minute: 12)).Then<InterestDeclared>();
    }

    [Fact]
    public void Whose_interest_is_out_of_the_base_is_out_of_the_roll_and_the_quorum()
    {
        var story = OfBoard(4, Interested(inBase: false), Set(QuorumRule.OfMembers(new(1, 2)))).Convened().Done(Give(4, 2)).There(1, 2, 3).Done(Open(), Interest(2)).Voting(WayOfVoting.RollCall);

        // Of three, two are there: the interested elector's proxy gives no vote either.
        var quorum = story.The<ResolutionPutToVote>().Quorum.Roll.Single();
        Assert.Equal((3, 2), (quorum.Members.Heads, quorum.Presence!.Sum(p => p.Tally.Heads)));
        Assert.Equal([Mandate(2)], story.The<BallotOpened>().OutOfBase);
        story.When(Answer(2, Choice.For)).ThenRefused<NotOnTheRoll>();
        story.When(Answer(4, Choice.For)).ThenRefused<NotInTheRoom>();
        // Nobody has to confirm that.
        story.Given(Body.Stream(Board), new BodyRenamed("Bureau élargi"), Minute(-60));
        story.When(new RaiseIrregularity(TheBallot, story.Log.Last, Minute(12))).ThenNothing();
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void Whose_interest_stays_in_the_base_counts_in_the_quorum_or_not_and_casts_no_vote(bool inQuorum, int there)
    {
        var story = OfBoard(4, Interested(inBase: true, inQuorum)).Opened(1, 2, 3).Done(Interest(2)).Voting(WayOfVoting.Electronic);

        var quorum = story.The<ResolutionPutToVote>().Quorum.Roll.Single();
        Assert.Equal((4, there), (quorum.Members.Heads, quorum.Presence!.Sum(p => p.Tally.Heads)));
        story.When(VoteOf(2, Choice.For, Minute(11))).ThenRefused<InterestBarsVote>();
        var hands = OfBoard(4, Interested(inBase: true, inQuorum)).Opened(1, 2, 3).Done(Interest(2)).Voting();
        hands.When(Count(3)).ThenRefused(new MoreHandsThanVotes(3, 2));
    }

    [Fact]
    public void Who_holds_proxies_and_has_an_interest_casts_them_where_the_rule_lets_them()
    {
        var story = OfBoard(4, Interested(inBase: true, inQuorum: true, proxiesToo: false)).Convened().Done(Give(4, 2)).There(1, 2).Done(Open(), Interest(2)).Voting(WayOfVoting.RollCall);

        Assert.Equal(Person(2), story.When(Answer(4, Choice.For)).Then<VoteCast>().By);
        story.When(Answer(2, Choice.For)).ThenRefused<InterestBarsVote>();
    }

    [Fact]
    public void Who_is_out_of_the_base_still_holds_proxies_as_a_member_where_the_rule_lets_them()
    {
        var rule = Interested(inBase: false, proxiesToo: false);
        var story = OfBoard(4, rule).Convened().Done(Give(4, 2)).There(1, 2).Done(Open(), Interest(2)).Voting(WayOfVoting.RollCall);

        Assert.Equal(2, story.The<ResolutionPutToVote>().Quorum.Roll.Single().Presence!.Sum(p => p.Tally.Heads));
        story.Done(Answer(1, Choice.Against), Answer(4, Choice.For));
        Assert.Equal(Person(2), story.Log.Log.Select(e => e.Event).OfType<VoteCast>().Last().By);
        story.When(Answer(2, Choice.For)).ThenRefused<NotOnTheRoll>();
        story.Done(new CloseBallot(TheBallot, ClosedBy.Hand, Minute(12)), new CountBallot(TheBallot, Minute(12)), new ProclaimResult(TheBallot, Minute(12)));
        Assert.Equal((1, 1), ((int)OutcomeOf(story).Counts.For.Heads, (int)OutcomeOf(story).Counts.Against.Heads));
    }

    [Fact]
    public void A_chair_with_an_interest_has_no_casting_vote()
    {
        var story = OfBoard(4, Casting, Interested(inBase: true)).Opened(1, 2, 3).Done(Interest(1)).Voting();

        story.When(Count(1, 1, chair: Choice.For)).ThenRefused<ChairRaisedNoHand>();
        Assert.Null(OfBoard(4, Casting, Interested(inBase: false)).Opened(1, 2, 3).Done(Interest(1)).Voting().The<BallotOpened>().Chair);
    }

    [Fact]
    public void A_working_rule_on_interest_does_not_count_who_is_out_of_the_base() =>
        Assert.Equal("inQuorum", Assert.IsType<RuleFieldUnused>(Interested(inBase: false, inQuorum: true).Fault()).Field);
}
