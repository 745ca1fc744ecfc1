using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>Ballots that put options to the vote by a method, from the draft to the result.</summary>
public sealed class ContestTests
{
    private static Contest Of(Method method, params string[] options) => new(new Question(method, options));

    private static Contest Order => Of(new Schulze(), "A", "B", "C");

    private static Paper Choose(params string[] options) => new Paper.Choices(options);

    private static Paper Rank(params string[] options) => new Paper.Ranking([.. options.Select(o => (IReadOnlyList<string>)o.Split('='))]);

    private static string Told(IEnumerable<IEnumerable<string>> ranking) => string.Join(" > ", ranking.Select(g => string.Join(" = ", g)));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, EventCatalogue.Json);

    private static MethodOutcome ProclaimedOf(BallotStory story)
    {
        var proclaimed = story.Proclaimed();
        Assert.Null(proclaimed.Outcome);
        return proclaimed.Method!;
    }

    [Fact]
    public void Plurality_elects_who_has_most_votes()
    {
        var outcome = ProclaimedOf(WithBoard(6).Contested(Of(new Plurality(), "A", "B", "C")).Opened()
            .Voted(Choose("B"), 1, 2, 3).Voted(Choose("A"), 4).Voted(new Paper.Blank(), 5));

        Assert.Equal((Verdict.Elected, "B", "B > A > C"), (outcome.Verdict, string.Join(",", outcome.Elected), Told(outcome.Ranking)));
        Assert.Equal(new MethodCounts(new(4, 4), new(0, 0), new(1, 1), new(0, 0), new(1, 1)), outcome.Counts);
        Assert.Equal(TheVersion, outcome.Statutes);
    }

    [Fact]
    public void Approval_ranks_by_approvals()
    {
        var outcome = ProclaimedOf(WithBoard(3).Contested(Of(new Approval(), "A", "B", "C")).Opened().Voted(Choose("A", "C"), 1, 2).Voted(Choose("C"), 3));

        Assert.Equal("C > A > B", Told(outcome.Ranking));
    }

    [Fact]
    public void Points_add_up()
    {
        var outcome = ProclaimedOf(WithBoard(2).Contested(Of(new Points(10), "A", "B")).Opened()
            .Voted(new Paper.Points([new("A", 7), new("B", 3)]), 1).Voted(new Paper.Points([new("B", 10)]), 2));

        Assert.Equal(["B 13", "A 7"], Assert.Single(outcome.Steps.OfType<PointsTotalled>()).Totals.Select(t => $"{t.Option} {t.Votes}"));
    }

    [Fact]
    public void Schulze_ranks_with_ties()
    {
        var outcome = ProclaimedOf(WithBoard(4).Contested(Order).Opened().Voted(Rank("C", "A=B"), 1, 2, 3).Voted(Rank("A", "B"), 4));

        Assert.Equal((Verdict.Elected, "C > A > B"), (outcome.Verdict, Told(outcome.Ranking)));
    }

    [Fact]
    public void Majority_judgment_ranks_by_medians()
    {
        var contest = Of(new MajorityJudgment(["bien", "passable", "à rejeter"]), "A", "B");
        var outcome = ProclaimedOf(WithBoard(3).Contested(contest).Opened()
            .Voted(new Paper.Grades([new("A", "passable"), new("B", "bien")]), 1, 2).Voted(new Paper.Grades([new("A", "bien")]), 3));

        Assert.Equal("B > A", Told(outcome.Ranking));
    }

    [Fact]
    public void The_single_transferable_vote_fills_seats()
    {
        var outcome = ProclaimedOf(WithBoard(5).Contested(Of(new SingleTransferableVote(2), "A", "B", "C")).Opened()
            .Voted(Rank("A", "B"), 1, 2, 3).Voted(Rank("C"), 4, 5));

        Assert.Equal(["A", "C"], outcome.Elected);
    }

    [Fact]
    public void Consent_passes_when_no_reasoned_objection_stands()
    {
        var contest = Of(new Consent(), "Le règlement proposé");
        Assert.Equal(Verdict.Adopted, ProclaimedOf(WithBoard(3).Contested(contest).Opened().Voted(new Paper.Consents(), 1).Voted(new Paper.StandsAside(), 2)).Verdict);
        Assert.Equal(Verdict.Rejected, ProclaimedOf(WithBoard(3).Contested(contest).Opened().Voted(new Paper.Objects("Trop tôt."), 1)).Verdict);
    }

    [Fact]
    public void A_result_is_judged_again_from_what_draft_opening_and_count_have_stored()
    {
        var result = WithColleges(2, 3).Contested(Order, Assembly).Opened().Voted(Rank("A"), 1).Voted(Rank("B", "C"), 101, 102).Proclaimed();

        Assert.Equal(Json(result.Method), Json(ProclaimResult.Judge(result.Draft.Contest!, result.Opening, result.Was.Count, [])));
        Assert.Equal([Presidents.ToString(), Teams.ToString()], result.Method!.Colleges.Select(c => c.College));
        Assert.Equal("A = B > C", Told(result.Method.Ranking));
    }

    [Fact]
    public void A_quorum_missed_decides_nothing() => Assert.Equal(
        Verdict.NoQuorum,
        ProclaimedOf(WithBoard(4, Set(QuorumRule.OfMembers(new Fraction(1, 2)))).Contested(Order).Opened().Voted(Rank("A"), 1)).Verdict);

    [Fact]
    public void A_tie_over_the_seat_is_declared_and_the_chair_does_not_part_it()
    {
        var story = WithBoard(2, Set(new TieRule(TieBreak.CastingVote))).Contested(Of(new Plurality(), "A", "B")).Opened(chair: 1).Voted(Choose("A"), 1).Voted(Choose("B"), 2);
        var proclaimed = story.Proclaimed();

        Assert.Equal((Verdict.Tied, null), (proclaimed.Verdict, proclaimed.Was.Count.CastingVote));
    }

    [Fact]
    public void Papers_alike_are_counted_together_in_an_order_that_tells_nothing_of_who_cast_them()
    {
        BallotCounted CountOf(params int[] electors) =>
            ((Ballot.Counted)WithBoard(3).Contested(Order).Opened().Voted(Rank("B", "A=C"), electors[0], electors[1]).Voted(Rank("A"), electors[2]).Counted().State).Count;
        var (count, other) = (CountOf(1, 2, 3), CountOf(3, 1, 2));

        Assert.Equal(Json<IReadOnlyList<PapersAlike>>([new(Rank("A"), 1, 1), new(Rank("B", "A=C"), 2, 1)]), Json(count.Alike));
        Assert.Equal((3, null), (count.Papers, count.Chunks));
        Assert.Empty(count.Groups);
        Assert.Equal(Json(count.Alike), Json(other.Alike));
        Assert.NotEqual(count.PapersHash, other.PapersHash);
    }

    [Fact]
    public void The_hash_of_the_count_is_that_of_the_votes_lines()
    {
        var story = WithBoard(2).Contested(Order).Opened().Voted(Rank("B", "A=C"), 1);
        var vote = story.Last;
        var count = ((Ballot.Counted)story.Counted().State).Count;

        Assert.Equal($"{Mandate(1)} 0001ff0002 {vote}", CountBallot.PaperLine(Mandate(1), "0001ff0002", vote));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Mandate(1)} 0001ff0002 {vote}\n"))),
            count.PapersHash);
    }

    [Fact]
    public void Many_papers_all_different_follow_the_count_in_chunks_that_it_names()
    {
        string[] options = [.. Enumerable.Range(0, 10).Select(i => $"Option {i}")];
        var story = WithBoard(PapersCounted.InlineLimit + 10).Contested(Of(new Approval(), options)).Opened();
        for (var elector = 1; elector <= PapersCounted.InlineLimit + 10; elector++)
            story.Voted(Choose([.. options.Where((_, i) => (elector & (1 << i)) != 0)]), elector);
        story.Closed();
        var facts = Assert.IsType<Decision.Accepted>(story.When(new CountBallot(TheBallot, After))).Facts;
        var count = Assert.IsType<BallotCounted>(facts[0].Event);
        var chunks = facts.Skip(1).Select(f => Assert.IsType<PapersChunk>(f.Event)).ToList();

        Assert.Null(count.Alike);
        Assert.Equal([PapersCounted.InlineLimit, 10], chunks.Select(c => c.Papers.Count));
        Assert.Equal([1, 2], chunks.Select(c => c.Number));
        var question = ((Ballot.Closed)story.State).Draft.Contest!.Question;
        Assert.Equal(count.Chunks, chunks.Select(c => PapersCounted.Hash(question, c.Papers)));

        // A chunk that the count does not name was never written.
        Assert.IsType<ImpossibleInHistory>(Assert.IsType<Decision.Refused>(story.Ballots(TheBallot).Accept(
            At(After), count, new PapersChunk(TheBallot, 1, chunks[1].Papers))).Refusal);

        story.Then(Decision.Accept(facts)).Then(story.When(new ProclaimResult(TheBallot, After)));
        var proclaimed = Assert.IsType<Ballot.Proclaimed>(story.State);
        Assert.Equal(Json(proclaimed.Method), Json(ProclaimResult.Judge(
            proclaimed.Draft.Contest!, proclaimed.Opening, proclaimed.Was.Count, proclaimed.Was.Chunks.SelectMany(c => c.Papers))));
        Assert.Equal(PapersCounted.InlineLimit + 10, proclaimed.Method!.Counts.Papers.Heads);
    }

    [Fact]
    public void Papers_too_many_for_one_append_follow_the_count_in_several_and_the_result_waits_for_the_last()
    {
        // Papers of some 40,000 bytes, all different: 24 fill an event.
        const int electors = 520;
        string[] options = [.. Enumerable.Range(0, Question.MostOptions).Select(o => $"{o} ".PadRight(Texts.NameLength, 'x'))];
        var story = WithBoard(electors).Contested(Of(new Approval(), options)).Opened();
        for (var elector = 0; elector < electors; elector++)
        {
            var (out1, out2) = (elector % options.Length, (elector + 1 + (elector / options.Length)) % options.Length);
            story.Voted(Choose([.. options.Where((_, o) => o != out1 && o != out2)]), elector + 1);
        }

        story.Closed();

        var appends = 0;
        for (; story.When(new CountBallot(TheBallot, After)) is Decision.Accepted accepted; appends++)
        {
            Assert.InRange(accepted.Facts.Sum(f => (long)EventCatalogue.All.Write(f.Event).Length), 1, PapersCounted.BytesAtOnce);
            if (story.Then(accepted).State is Ballot.Counted { IsWhole: false })
                Refused<BallotNotCounted>(story.When(new ProclaimResult(TheBallot, After)));
        }

        Assert.Equal(Decision.NoChange, story.When(new CountBallot(TheBallot, After)));
        Assert.Equal(2, appends);
        story.Then(story.When(new ProclaimResult(TheBallot, After)));
        Assert.Equal(electors, Assert.IsType<Ballot.Proclaimed>(story.State).Method!.Counts.Papers.Heads);
    }

    [Fact]
    public void The_same_draft_again_changes_nothing_and_another_one_is_refused()
    {
        var story = WithBoard(2).Contested(Order);

        Assert.Equal(Decision.NoChange, story.When(DraftOf(Of(new Schulze(), "A", "B", "C"))));
        Refused<BallotAlreadyDrafted>(story.When(DraftOf(Of(new Schulze(), "A", "C", "B"))));
    }

    [Fact]
    public void A_question_with_a_fault_is_not_drafted()
    {
        Assert.Equal(new OptionTwice("A"), Refused<OptionTwice>(WithBoard(2).When(DraftOf(Of(new Schulze(), "A", "A")))));
        Assert.Equal(new NumberOutOfBounds("seats", 1, Question.MostOptions), Refused<NumberOutOfBounds>(WithBoard(2).When(DraftOf(Of(new Plurality(0), "A")))));
    }

    [Fact]
    public void Whoever_drafts_does_not_choose_who_wins_a_tie() => Refused<TieOrderInDraft>(
        WithBoard(2).When(DraftOf(new Contest(new Question(new Plurality(), ["A", "B"], TieOrder: ["B", "A"])))));

    [Fact]
    public void Consent_is_asked_on_one_proposal() => Assert.Equal(
        new NumberOutOfBounds("options", 1, 1), Refused<NumberOutOfBounds>(WithBoard(2).When(DraftOf(Of(new Consent(), "A", "B")))));

    [Fact]
    public void Options_that_are_workstreams_or_people_are_those_of_the_association()
    {
        var (workstream, person) = (new WorkstreamId(Id(77)), new PersonId(Id(78)));
        var story = WithBoard(2)
            .Given(Workstream.Stream(workstream), new WorkstreamProposed(workstream, new RoadmapId(Id(70)), "Outils"), January)
            .Given(Governance.Domain.People.Person.Stream(person), new PersonRegistered(person, new Sealed(person, "AAAA"), false), January);
        Decision Draft(ContestOptions of, string option) => story.When(DraftOf(new Contest(new Question(new Approval(), [option]), of)));

        Assert.Equal(new OptionNotFound(Id(79).ToString(), ContestOptions.Workstreams), Refused<OptionNotFound>(Draft(ContestOptions.Workstreams, Id(79).ToString())));
        Refused<OptionNotFound>(Draft(ContestOptions.People, workstream.ToString()));
        Refused<OptionNotFound>(Draft(ContestOptions.People, "Nobody's id"));
        Assert.IsType<Decision.Accepted>(Draft(ContestOptions.Workstreams, workstream.ToString()));
        Assert.IsType<Decision.Accepted>(Draft(ContestOptions.People, person.ToString()));
    }

    [Fact]
    public void A_contest_does_not_open_where_results_go_by_college()
    {
        var rule = Set(new CollegesRule(CollegeMode.Normalised, MissingCollege.Block, []));
        var story = WithColleges(2, 2, rule).Contested(Order, Assembly);

        Assert.Equal(new CollegesNotPooled(CollegeMode.Normalised, "art. 14"), Refused<CollegesNotPooled>(story.When(story.Open())));
    }

    [Fact]
    public void A_vote_is_a_choice_or_a_paper()
    {
        var story = WithBoard(2).Contested(Order).Opened();

        Refused<ChoiceOrPaper>(story.When(PaperOf(1, Rank("A")) with { Choice = Choice.For }));
        Refused<ChoiceOrPaper>(story.When(PaperOf(1, Rank("A")) with { Paper = null }));
    }

    [Fact]
    public void A_contest_takes_a_paper_and_a_motion_a_choice()
    {
        Refused<ContestTakesPaper>(WithBoard(2).Contested(Order).Opened().When(VoteOf(1, Choice.For)));
        Refused<MotionTakesChoice>(WithBoard(2).Drafted().Opened().When(PaperOf(1, Rank("A"))));
    }

    [Fact]
    public void Nobody_casts_a_null_paper() => Refused<NullIsNoChoice>(WithBoard(2).Contested(Order).Opened().When(PaperOf(1, new Paper.Null())));

    [Fact]
    public void A_paper_that_the_question_does_not_take_is_refused()
    {
        BallotStory Open(Method method) => WithBoard(2).Contested(Of(method, "A", "B")).Opened();

        Assert.Equal(new PaperOfAnotherMethod("choices"), Refused<PaperOfAnotherMethod>(Open(new Schulze()).When(PaperOf(1, Choose("A")))));
        Assert.Equal(new PaperNamesUnknownOption("Z"), Refused<PaperNamesUnknownOption>(Open(new Approval()).When(PaperOf(1, Choose("Z")))));
        Assert.Equal(new PaperNamesOptionTwice("A"), Refused<PaperNamesOptionTwice>(Open(new Approval()).When(PaperOf(1, Choose("A", "A")))));
        Assert.Equal(new TooManyChoices(2, 1), Refused<TooManyChoices>(Open(new Plurality()).When(PaperOf(1, Choose("A", "B")))));
        Assert.Equal(new EqualRanks("A", "B"), Refused<EqualRanks>(Open(new SingleTransferableVote()).When(PaperOf(1, Rank("A=B")))));
        Assert.Equal(
            new UnknownGrade("moyen"),
            Refused<UnknownGrade>(Open(new MajorityJudgment(["bien", "mal"])).When(PaperOf(1, new Paper.Grades([new("A", "moyen")])))));
        Assert.Equal(new PointsNotShared(9, 10), Refused<PointsNotShared>(Open(new Points(10)).When(PaperOf(1, new Paper.Points([new("A", 9)])))));
    }

    [Fact]
    public void The_same_paper_said_otherwise_changes_nothing_and_another_one_is_a_change()
    {
        var story = WithBoard(2, ChangeAllowed).Contested(Order).Opened().Voted(Rank("A=B", "C"), 1);

        Assert.Equal(Decision.NoChange, story.When(PaperOf(1, Rank("B=A", "C"))));
        story.Then(story.When(PaperOf(1, Rank("C"), Closing.AddMicroseconds(-1))));
        var vote = Assert.IsType<Vote.Cast>(story.Votes(Mandate(1)).Latest);
        Assert.Equal((Json(Rank("C")), null, 1), (Json(vote.Paper), vote.Choice, vote.Changes));
    }

    [Fact]
    public void A_paper_is_not_changed_where_no_rule_allows_it() => Assert.Equal(
        RulesInForce.DefaultArticle,
        Refused<PaperChangeNotAllowed>(WithBoard(2).Contested(Order).Opened().Voted(Rank("A"), 1).When(PaperOf(1, Rank("B")))).Article);

    [Fact]
    public void No_paper_is_cast_once_the_ballot_is_closed()
    {
        var story = WithBoard(2).Contested(Order).Opened();

        Refused<ClosingTimePassed>(story.When(PaperOf(1, Rank("A"), Closing)));
        Refused<BallotClosedAlready>(story.Closed().When(PaperOf(1, Rank("A"))));
    }

    [Fact]
    public void A_proxy_casts_a_paper_for_another()
    {
        var story = WithBoard(3).Contested(Order).Opened();
        story.Then(story.When(new GiveProxy(TheBallot, Mandate(2), BallotStory.Person(1), BallotStory.Person(2), ProxyForm.Platform, Opening.AddMinutes(1))));

        var cast = Accepted<VoteCast>(story.When(PaperOf(2, Rank("B"), by: 1)));
        Assert.Equal((BallotStory.Person(1), BallotStory.Person(2)), (cast.By, cast.Giver));
        Refused<MandateOfAnotherPerson>(story.When(PaperOf(3, Rank("B"), by: 1)));
    }

    [Fact]
    public void A_mandate_rests_on_the_election_of_the_person_who_holds_it()
    {
        PersonId[] candidates = [new(Id(81)), new(Id(82))];
        var story = candidates.Aggregate(WithBoard(3), (s, p) =>
            s.Given(Governance.Domain.People.Person.Stream(p), new PersonRegistered(p, new Sealed(p, "AAAA"), false), January));
        var contest = new Contest(new Question(new Plurality(), [.. candidates.Select(p => p.ToString())]), ContestOptions.People);
        story.Contested(contest).Opened().Voted(Choose(candidates[1].ToString()), 1, 2).Proclaimed();
        Refusal? Resting(IEvent @event) => DecisionBasis.Unfounded(
            [new Fact(Body.Stream(Board), @event, At(After))],
            new([story.Ballots(TheBallot)], _ => story.Bodies(Board), _ => RulesInForce.Defaults, new(null, Paris), _ => false, _ => false)).Select(f => f.Why).FirstOrDefault();
        MandateAppointed Appointing(PersonId person) => new(Mandate(9), person, Office.Seat, Decision: new(TheBallot));

        Assert.Null(Resting(Appointing(candidates[1])));
        Assert.Equal(new PersonNotElected(), Resting(Appointing(candidates[0])));
        // The mandates of both candidates, held from before: the election carries on that of the one who was elected.
        story.Given(Body.Stream(Board), new MandateAppointed(Mandate(81), candidates[0], Office.Seat), January)
            .Given(Body.Stream(Board), new MandateAppointed(Mandate(82), candidates[1], Office.Seat, CoOpted: true), January);
        Assert.Null(Resting(new MandateRenewed(Mandate(82), Decision: new(TheBallot))));
        Assert.Null(Resting(new MandateRatified(Mandate(82), new(TheBallot))));
        Assert.Equal(new PersonNotElected(), Resting(new MandateRenewed(Mandate(81), Decision: new(TheBallot))));
        Assert.Equal(new PersonNotElected(), Resting(new MandateRatified(Mandate(81), new(TheBallot))));
        Assert.IsType<DecisionDoesNotStand>(Resting(new BodyDissolved("Fini.", new(TheBallot))));

        story.Then(story.When(new AnnulBallot(TheBallot, "Liste fausse.", true, null, After)));
        Assert.IsType<DecisionDoesNotStand>(Resting(Appointing(candidates[1])));
    }

    [Fact]
    public void A_contest_annulled_stands_for_nothing_and_keeps_its_options()
    {
        var story = WithBoard(2).Contested(Order).Opened().Voted(Rank("A"), 1);
        story.Proclaimed();
        story.Then(story.When(new AnnulBallot(TheBallot, "Liste fausse.", true, null, After)));

        Assert.Null(story.State.Verdict);
        Assert.Equal(Order, story.State.Contest);
    }
}
