using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class OpenBallotTests
{
    private static DraftBallot Draft(string title = "Outils communs", BodyId? body = null) =>
        new(TheBallot, body ?? Board, DecisionKind.Ordinary, title, "Adopter ?", "Adopté.", null, null, At(January));

    private static Decision When(BallotStory story, DraftBallot command) => command.Decide(story.Ballots(TheBallot), story.Bodies(command.Body));

    [Fact]
    public void A_question_is_drafted_once()
    {
        var story = WithBoard(3);

        Accepted<BallotDrafted>(When(story, Draft()));
        story.Then(When(story, Draft()));
        Assert.Equal(Decision.NoChange, When(story, Draft()));
        Refused<BallotAlreadyDrafted>(When(story, Draft("Autre titre")));
    }

    [Fact]
    public void A_question_without_a_title_is_refused() =>
        Assert.Equal("title", Refused<TextOutOfBounds>(When(WithBoard(3), Draft(""))).Field);

    [Fact]
    public void A_question_goes_to_a_body_that_is_there() => Refused<BallotBodyNotFound>(When(WithBoard(3), Draft(body: Assembly)));

    [Fact]
    public void Opening_freezes_the_roll_the_rules_and_the_statutes_version()
    {
        var opened = Accepted<BallotOpened>(WithBoard(3, Set(TwoThirds)).Drafted().When(new BallotStory().Open()));

        Assert.Equal(3, opened.ElectorCount);
        Assert.Equal([Mandate(1), Mandate(2), Mandate(3)], opened.Electors!.Select(e => e.Mandate));
        Assert.Equal(Person(2), opened.Electors![1].Person);
        Assert.Equal(("art. 14", TwoThirds), (opened.Rules.Majority.Article, opened.Rules.Majority.Content));
        Assert.Equal(RulesInForce.DefaultArticle, opened.Rules.Tie.Article);
        Assert.Equal(TheVersion, opened.Statutes);
        Assert.Equal((At(Opening), At(Closing)), (opened.Opens, opened.Closes));
        Assert.Null(opened.Chunks);
    }

    [Fact]
    public void An_assembly_of_colleges_votes_by_college_with_the_weights_of_the_colleges()
    {
        var opened = Accepted<BallotOpened>(WithColleges(2, 3).Drafted(Assembly).When(new BallotStory().Open()));

        Assert.Equal([(Presidents, 2), (Presidents, 2), (Teams, 1), (Teams, 1), (Teams, 1)], opened.Electors!.Select(e => (e.College!.Value, (int)e.Weight.Numerator)));
        Assert.Equal([new(Presidents, 2), new(Teams, 1)], opened.Colleges);
    }

    [Fact]
    public void A_person_in_two_colleges_has_a_vote_in_each()
    {
        var story = WithColleges(1, 1);
        story.Given(Body.Stream(Teams), new MandateAppointed(Mandate(7), Person(1), Office.Seat), January).Drafted(Assembly);

        Assert.Equal(2, Accepted<BallotOpened>(story.When(story.Open())).Electors!.Count(e => e.Person == Person(1)));
    }

    [Fact]
    public void A_centre_whose_representative_changes_on_the_day_is_represented_by_who_held_the_mandate_at_the_opening()
    {
        var story = WithColleges(0, 0)
            .Given(Member.Stream(MemberId.Of(Id(5))), new MemberAdmitted(MemberId.Of(Id(5)), new("Centre"), false), January)
            .Given(Body.Stream(Presidents), new MandateAppointed(Mandate(1), Person(1), Office.Seat, Member: MemberId.Of(Id(5))), January)
            .Given(Body.Stream(Presidents), new MandateEnded(Mandate(1), EndReason.Replaced), Opening.AddHours(-1))
            .Given(Body.Stream(Presidents), new MandateAppointed(Mandate(2), Person(2), Office.Seat, Member: MemberId.Of(Id(5))), Opening.AddHours(-1))
            .Given(Body.Stream(Presidents), new MandateEnded(Mandate(2), EndReason.Replaced), Opening.AddHours(1))
            .Given(Body.Stream(Presidents), new MandateAppointed(Mandate(3), Person(3), Office.Seat, Member: MemberId.Of(Id(5))), Opening.AddHours(1))
            .Drafted(Assembly);

        Assert.Equal(Person(2), Assert.Single(Accepted<BallotOpened>(story.When(story.Open())).Electors!).Person);
    }

    [Fact]
    public void A_long_roll_stands_in_chunks_named_by_their_hash()
    {
        var story = WithBoard(1201).Drafted();
        story.Then(story.When(story.Open()));

        var opening = ((Ballot.Open)story.State).Opening;
        Assert.Null(opening.Electors);
        Assert.Equal((1201, 3), (opening.ElectorCount, opening.Chunks!.Count));
        Assert.Equal([500, 500, 201], story.Log.Select(e => e.Event).OfType<ElectorateChunk>().Select(c => c.Electors.Count));
        Assert.Equal(1201, ((Ballot.Open)story.State).Roll.Count);
        Accepted<VoteCast>(story.When(VoteOf(1201, Choice.For)));
    }

    [Fact]
    public void A_chunk_that_is_not_the_one_named_could_never_have_been_written()
    {
        var story = WithBoard(600).Drafted();
        var facts = Assert.IsType<Decision.Accepted>(story.When(story.Open())).Facts;
        story.Given(facts[0].Stream, facts[0].Event, Opening);
        var chunk = (ElectorateChunk)facts[1].Event;
        story.Given(facts[1].Stream, chunk with { Electors = [chunk.Electors[0] with { Weight = 2 }, .. chunk.Electors.Skip(1)] }, Opening);

        Assert.Throws<ImpossibleHistoryException>(() => story.State);
    }

    [Fact]
    public void Opening_again_changes_nothing_and_opening_otherwise_is_refused()
    {
        var story = WithBoard(3).Drafted().Opened();

        Assert.Equal(Decision.NoChange, story.When(story.Open()));
        Refused<BallotAlreadyOpened>(story.When(story.Open() with { Closes = Closing.AddDays(1) }));
    }

    [Fact]
    public void A_ballot_never_drafted_cannot_be_opened() => Refused<BallotNotFound>(WithBoard(3).When(new BallotStory().Open()));

    [Fact]
    public void A_body_dissolved_since_the_draft_cannot_vote()
    {
        var story = WithBoard(3).Drafted();
        story.Given(Body.Stream(Board), new BodyDissolved("fin"), Opening.AddDays(-1));

        Refused<BallotBodyNotFound>(story.When(story.Open()));
    }

    [Fact]
    public void A_body_without_mandates_cannot_vote() => Refused<NoElectors>(WithBoard(0).Drafted().When(new BallotStory().Open()));

    [Fact]
    public void A_ballot_closes_after_it_opens()
    {
        var story = WithBoard(3).Drafted();

        Refused<WindowEmpty>(story.When(story.Open() with { Closes = Opening }));
        Refused<WindowEmpty>(story.When(story.Open() with { Opens = Closing }));
    }

    [Fact]
    public void A_board_does_not_change_the_statutes()
    {
        var refusal = Refused<BodyWithoutAuthority>(WithBoard(3).Drafted(kind: DecisionKind.Statutes).When(new BallotStory().Open()));

        Assert.Equal((BodyKind.Board, DecisionKind.Statutes, RulesInForce.DefaultArticle), (refusal.Body, refusal.Decision, refusal.Article));
    }

    [Fact]
    public void The_article_that_names_another_body_is_named()
    {
        var story = WithBoard(3, Set(new AuthorityRule([BodyKind.GeneralAssembly]), DecisionKind.Budget)).Drafted(kind: DecisionKind.Budget);

        Assert.Equal("art. 14", Refused<BodyWithoutAuthority>(story.When(story.Open())).Article);
    }

    [Fact]
    public void A_consultative_body_does_not_vote() => Assert.Equal("art. 14", Refused<BodyConsultative>(
        WithBoard(3, Set(new EligibilityRule(DuesPaidBy.Vote, 0, 0, Voice.Consultative))).Drafted().When(new BallotStory().Open())).Article);

    [Fact]
    public void Without_a_rule_there_is_no_vote_between_meetings()
    {
        var story = WithBoard(3).Drafted();
        var silent = new Timeline<StatutesVersions>(StatutesVersions.Stream, 0, []);

        Assert.Equal(RulesInForce.DefaultArticle, Refused<CorrespondenceNotAllowed>(
            story.Open().Decide(story.Ballots(TheBallot), story.Proxies(TheBallot), story.BasisOf(TheBallot, silent), first: null)).Article);
    }

    [Fact]
    public void Votes_by_letter_alone_cannot_be_cast_here() => Refused<ElectronicVotingNotAllowed>(
        WithBoard(3, Set(new RemoteVotingRule(false, true), DecisionKind.RoadmapItem)).Drafted().When(new BallotStory().Open()));

    [Fact]
    public void A_meeting_needs_no_rule_on_remote_voting_and_knows_who_is_present()
    {
        var story = WithBoard(3, Set(new RemoteVotingRule(false, false), DecisionKind.RoadmapItem)).Drafted();
        var opened = Accepted<BallotOpened>(story.When(story.Open(HeldIn.Meeting, [new(Mandate(2), Presence.Represented)])));

        Assert.Equal([null, Presence.Represented, null], opened.Electors!.Select(e => e.Present));
    }

    [Fact]
    public void Attendance_is_of_meetings() =>
        Refused<AttendanceBetweenMeetings>(WithBoard(3).Drafted().When(new BallotStory().Open(present: [new(Mandate(1), Presence.InPerson)])));

    [Fact]
    public void Who_is_present_is_on_the_roll_and_present_once()
    {
        var story = WithBoard(3).Drafted();

        Refused<PresentNotOnTheRoll>(story.When(story.Open(HeldIn.Meeting, [new(Mandate(9), Presence.InPerson)])));
        Refused<PresentTwice>(story.When(story.Open(HeldIn.Meeting, [new(Mandate(1), Presence.InPerson), new(Mandate(1), Presence.Remote)])));
    }

    [Fact]
    public void The_chair_whose_vote_parts_a_tie_is_on_the_roll() =>
        Refused<ChairNotOnTheRoll>(WithBoard(3).Drafted().When(new BallotStory().Open(chair: 9)));

    private static readonly MajorityRule TwoThirds = new(MajorityForm.Fraction, MajorityBase.Expressed, Comparison.AtLeast, Share: new Fraction(2, 3));
}
