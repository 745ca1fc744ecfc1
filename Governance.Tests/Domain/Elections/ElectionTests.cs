using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Elections;

/// <summary>From the seats to be filled to the mandates of those elected: nobody sits who was not elected, and nobody twice.</summary>
public sealed class ElectionTests
{
    private static readonly ElectionId TheElection = Named<ElectionId>("board 2024");
    private static readonly StreamId Stream = Election.Stream(TheElection);
    private static readonly BallotId Vote = Named<BallotId>("vote");
    private static readonly MandateId[] New = [Named<MandateId>("new 1"), Named<MandateId>("new 2"), Named<MandateId>("new 3")];

    private static readonly MandateTerms ThreeYears = new(MaximumMonths: 36, Article: "art. 9");

    private static readonly Past Before = Network.And(On("2020-01-01", Assembly, new BodyConstituted(AssemblyId, "Assemblée", BodyKind.GeneralAssembly, [])));

    private static CallElection Call(int seats = 1, Office office = Office.Seat, string begins = "2024-06-15", params MandateId[] leaving) =>
        new(TheElection, "Conseil 2024", AssemblyId, BoardId, office, seats, leaving, Time(begins), Time("2024-05-01"));

    private static Told When(Past past, CallElection command, MandateTerms? terms = null) => past.When(p => command.Decide(
        p.Read<Election>(Election.Stream(command.Election)), p.Read<Body>(Body.Stream(command.Electing)), p.Read<Body>(Body.Stream(command.Body)), terms ?? ThreeYears,
        p.Read<RegisterOfElections>(RegisterOfElections.Stream),
        [
            .. p.ReadAll<Election>("election").Where(e => e.Stream != Election.Stream(command.Election) && e.Latest is Election.Called)
                .Select(e => ((Election.Called)e.Latest, Ballots(p, e))),
        ],
        Paris));

    private static Told Stands(Past past, PersonId person, MandateTerms? terms = null, MemberId? member = null, string on = "2024-05-10") => past.When(p =>
        new StandAsCandidate(TheElection, new(person, member), Time(on)).Decide(
            p.Read<Election>(Stream), p.Read<Body>(Board), p.Read<Person>(Person.Stream(person)), member is { } m ? p.Read<Member>(Member.Stream(m)) : null,
            [.. p.ReadAll<Body>("body").Where(b => b.Stream != Board)], terms ?? ThreeYears, Paris));

    private static Told Install(Past past, MandateTerms? terms = null, string on = "2024-06-20", int from = 0) => past.When(p =>
    {
        var election = p.Read<Election>(Stream);
        return new InstallElected(TheElection, New[from..], Time(on)).Decide(
            election, Ballots(p, election), p.Read<Body>(Board), person => p.Read<Person>(Person.Stream(person)), member => p.Read<Member>(Member.Stream(member)),
            [.. p.ReadAll<Body>("body").Where(b => b.Stream != Board)], terms ?? ThreeYears, Paris);
    });

    private static Told Declines(Past past, PersonId person, MandateTerms? terms = null) => past.When(p =>
    {
        var election = p.Read<Election>(Stream);
        return new DeclineElection(TheElection, person, Time("2024-06-16")).Decide(election, Ballots(p, election), terms ?? ThreeYears);
    });

    private static IReadOnlyList<Timeline<Ballot>> Ballots(Past past, Timeline<Election> election) =>
        [.. ((election.Latest as Election.Called)?.Ballots ?? []).Select(b => past.Read<Ballot>(Ballot.Stream(b)))];

    private static Contest Between(int seats, params PersonId[] people) =>
        new(new Question(new Plurality(seats), [.. people.Select(p => p.ToString())]), ContestOptions.People);

    private static Told Drafted(Past past, Contest contest, BodyId? body = null) => past.When(p =>
        new DraftBallot(Vote, body ?? AssemblyId, DecisionKind.Election, "Conseil", "Qui ?", "Ceux qui sont élus siègent.", null, null, Time("2024-06-15"), contest, TheElection).Decide(
            p.Read<Ballot>(Ballot.Stream(Vote)), p.Read<Body>(Body.Stream(body ?? AssemblyId)), [],
            [.. contest.People().Select(person => p.Read<Person>(Person.Stream(person)))], p.Read<Election>(Stream)));

    /// <summary>The ballot runs its course, and this is what it comes to: the ranking, the first so many elected.</summary>
    private static Past Proclaimed(Past past, int elected, params PersonId[] ranking)
    {
        string[] options = [.. ranking.Select(p => p.ToString())];
        return Proclaimed(past, Vote, new TieRule(TieBreak.Rejected), new MethodOutcome(
            Verdict.Elected, MethodCounts.None, [], [], [.. options.Select(IReadOnlyList<string> (o) => [o])], options[..elected], []));
    }

    private static Past Proclaimed(Past past, BallotId ballot, TieRule tie, MethodOutcome outcome)
    {
        var rules = BallotRules.Of(RulesInForce.Defaults, BodyKind.GeneralAssembly, DecisionKind.Election) with { Tie = new("art. 14", tie) };
        return past.And(
            On("2024-06-15T10:00:00Z", Ballot.Stream(ballot), new BallotOpened(ballot, HeldIn.Meeting, Time("2024-06-15T10:00:00Z"), Time("2024-06-15T11:00:00Z"), rules, 0, [], [])),
            On("2024-06-15T10:10:00Z", Ballot.Stream(ballot), new BallotClosed(ballot, ClosedBy.Hand)),
            On("2024-06-15T10:11:00Z", Ballot.Stream(ballot), new BallotCounted(ballot, 0, [], [], "")),
            On("2024-06-15T10:12:00Z", Ballot.Stream(ballot), new ResultProclaimed(ballot, Method: outcome)));
    }

    private static MethodOutcome TiedBetween(params PersonId[] people)
    {
        string[] options = [.. people.Select(p => p.ToString())];
        return new(Verdict.Tied, MethodCounts.None, [], [new TieDeclared("art. 14", TieOver.Seat, options, 1)], [options], [], options);
    }

    private static Past Elected(int seats, MandateTerms? terms, params PersonId[] ranking)
    {
        var past = When(Before, Call(seats), terms).ThenAccepted();
        foreach (var person in ranking)
            past = Stands(past, person, terms).ThenAccepted();
        return Proclaimed(Drafted(past, Between(seats, ranking)).ThenAccepted(), seats, ranking);
    }

    [Fact]
    public void An_election_says_which_body_office_and_seats_it_fills_from_when_and_until_when() =>
        When(Before, Call(2)).Then(
            On("2024-05-01", Stream, new ElectionCalled(
                TheElection, "Conseil 2024", AssemblyId, BoardId, Office.Seat, Time("2024-06-15"), [new(Time("2027-06-15")), new(Time("2027-06-15"))])),
            On("2024-05-01", RegisterOfElections.Stream, new ElectionListed(TheElection)));

    private static readonly ElectionId AnotherElection = Named<ElectionId>("another");

    private static CallElection Again(int seats = 1, Office office = Office.Seat, string begins = "2024-06-15", params MandateId[] leaving) =>
        Call(seats, office, begins, leaving) with { Election = AnotherElection, Title = "Autre" };

    [Fact]
    public void A_seat_is_in_one_election_at_a_time()
    {
        var left = Before.When(Board, Appoint(First, Ada, "2023-01-01", until: "2026-01-01")).ThenAccepted()
            .When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2024-03-01"))).ThenAccepted();
        var called = When(left, Call(1, Office.Seat, "2024-06-15", First)).ThenAccepted();

        When(called, Again(1, Office.Seat, "2024-06-15", First)).ThenRefused(new SeatInAnotherElection("Conseil 2024"));
        When(called, Again(1)).ThenAccepted();
        // Of a body of one seat there is no other; of an office that one person holds neither, save for the term after.
        var single = ThreeYears with { Seats = 1 };
        When(called, Again(1), single).ThenRefused(new SeatInAnotherElection("Conseil 2024"));
        When(called, Again(1, begins: "2026-01-01"), single).ThenAccepted();
        var president = When(Before, Call(1, Office.President)).ThenAccepted();
        When(president, Again(1, Office.President)).ThenRefused(new SeatInAnotherElection("Conseil 2024"));
        When(president, Again(1, Office.President, "2027-06-15")).ThenAccepted();
    }

    [Fact]
    public void What_an_election_did_not_fill_is_put_to_another_and_one_that_no_ballot_put_is_taken_back_whole()
    {
        var two = ThreeYears with { Seats = 2 };
        var stood = Stands(Stands(When(Before, Call(2), two).ThenAccepted(), Ada, two).ThenAccepted(), Grace, two).ThenAccepted();
        var elected = Proclaimed(Drafted(stood, Between(2, Ada, Grace)).ThenAccepted(), 1, Ada, Grace);
        // Two seats, one elected: the other is free.
        When(elected, Again(1), two).ThenAccepted();
        When(elected, Again(2), two).ThenRefused(new SeatInAnotherElection("Conseil 2024"));

        When(stood, Again(1), two).ThenRefused(new SeatInAnotherElection("Conseil 2024"));
        var call = stood.Read<Election>(Stream).Recorded.Single(e => e.Event is ElectionCalled);
        var gone = stood.When(p => new RetractElectionFact(call.Id, "Par erreur.", Time("2024-06-01")).Decide(p.Read<Election>(Stream))).ThenAccepted();
        Assert.IsType<Election.Uncalled>(gone.State<Election>(Stream));
        When(gone, Again(1), two).ThenAccepted();
        elected.When(p => new RetractElectionFact(p.Read<Election>(Stream).Recorded[0].Id, "Par erreur.", Time("2024-07-01")).Decide(p.Read<Election>(Stream)))
            .ThenRefused<ImpossibleInHistory>();
    }

    [Theory]
    [InlineData(TieBreak.Lot, true)]
    [InlineData(TieBreak.Eldest, true)]
    [InlineData(TieBreak.SecondRound, true)]
    [InlineData(TieBreak.Rejected, false)]
    public void A_seat_whose_candidates_are_tied_is_put_to_no_other_election_while_the_tie_is_to_be_parted(TieBreak rule, bool waits)
    {
        var one = ThreeYears with { Seats = 1 };
        var drafted = Drafted(Stands(Stands(When(Before, Call(1), one).ThenAccepted(), Ada, one).ThenAccepted(), Grace, one).ThenAccepted(), Between(1, Ada, Grace)).ThenAccepted();
        var tied = Proclaimed(drafted, Vote, new TieRule(rule), TiedBetween(Ada, Grace));

        if (waits)
            When(tied, Again(1), one).ThenRefused(new SeatInAnotherElection("Conseil 2024"));
        else
            When(tied, Again(1), one).ThenAccepted();
    }

    [Fact]
    public void A_second_round_that_elects_nobody_leaves_the_seat_to_another_election()
    {
        var (one, rule, round) = (ThreeYears with { Seats = 1 }, new TieRule(TieBreak.SecondRound), Named<BallotId>("second round"));
        var drafted = Drafted(Stands(Stands(When(Before, Call(1), one).ThenAccepted(), Ada, one).ThenAccepted(), Grace, one).ThenAccepted(), Between(1, Ada, Grace)).ThenAccepted();
        var second = Proclaimed(drafted, Vote, rule, TiedBetween(Ada, Grace)).When(p =>
            new DraftBallot(round, AssemblyId, DecisionKind.Election, "Conseil – second tour", "Qui ?", "Qui est élu siège.", null, null, Time("2024-06-15"), Between(1, Ada, Grace), TheElection, SecondRoundOf: Vote)
                .Decide(
                    p.Read<Ballot>(Ballot.Stream(round)), p.Read<Body>(Assembly), [], [p.Read<Person>(Person.Stream(Ada)), p.Read<Person>(Person.Stream(Grace))], p.Read<Election>(Stream),
                    p.Read<Ballot>(Ballot.Stream(Vote)))).ThenAccepted();
        When(second, Again(1), one).ThenRefused(new SeatInAnotherElection("Conseil 2024"));

        When(Proclaimed(second, round, rule.In(motion: false, 2), TiedBetween(Ada, Grace)), Again(1), one).ThenAccepted();
    }

    [Fact]
    public void A_seat_left_before_its_term_is_filled_for_the_rest_of_it_and_whoever_comes_first_has_the_longest()
    {
        var left = Before.When(Board, Appoint(First, Ada, "2023-01-01", until: "2026-01-01")).ThenAccepted()
            .When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2024-03-01"))).ThenAccepted();
        var called = When(left, Call(2, Office.Seat, "2024-06-15", First)).ThenAccepted();
        Assert.Equal(
            [new ElectedSeat(Time("2027-06-15")), new ElectedSeat(Time("2026-01-01"), First)], Assert.IsType<Election.Called>(called.State<Election>(Stream)).Call.Seats);
    }

    [Fact]
    public void A_seat_that_is_still_held_when_the_term_begins_is_not_to_be_filled()
    {
        var held = Before.When(Board, Appoint(First, Ada, "2023-01-01", until: "2026-01-01")).ThenAccepted();
        When(held, Call(1, Office.Seat, "2024-06-15", First)).ThenRefused(new SeatStillHeld(Time("2024-06-15")));
        When(held, Call(1, Office.Seat, "2026-01-01", First)).ThenAccepted();
    }

    [Fact]
    public void A_seat_held_over_until_replaced_is_to_be_filled()
    {
        var terms = ThreeYears with { Holdover = true };
        var held = Before.When(Board, Appoint(First, Ada, "2021-01-01", until: "2024-01-01"), terms).ThenAccepted();
        When(held, Call(1, Office.Seat, "2024-06-15", First), terms).ThenAccepted();
    }

    [Fact]
    public void A_seat_of_another_office_or_named_twice_is_refused()
    {
        var left = Before.When(Board, Appoint(First, Ada, "2021-01-01", Office.Treasurer, until: "2024-01-01")).ThenAccepted();
        When(left, Call(1, Office.Seat, "2024-06-15", First)).ThenRefused(new SeatOfAnotherOffice(Office.Seat));
        When(left, Call(2, Office.CoPresident, "2024-06-15", First, First)).ThenRefused<SeatOfAnotherOffice>();
        When(left, Call(1, Office.Seat, "2024-06-15", Second)).ThenRefused<MandateNotFound>();
        When(left, Call(1, Office.CoPresident, "2024-06-15", First, Second)).ThenRefused(new MoreSeatsNamedThanFilled(1));
    }

    [Fact]
    public void No_more_seats_are_filled_than_the_statutes_give() =>
        When(Before, Call(3), ThreeYears with { Seats = 2 }).ThenRefused(new SeatsFull(2, "art. 9"));

    [Fact]
    public void One_president_is_elected_where_none_stays()
    {
        When(Before, Call(2, Office.President)).ThenRefused<NumberOutOfBounds>();
        var held = Before.When(Board, Appoint(First, Ada, "2023-01-01", Office.President, until: "2026-01-01")).ThenAccepted();
        When(held, Call(1, Office.President)).ThenRefused(new SeatStillHeld(Time("2024-06-15")));
    }

    [Fact]
    public void An_election_is_called_once_before_and_for_bodies_that_are_there()
    {
        var called = When(Before, Call()).ThenAccepted();
        When(called, Call(2)).ThenRefused(new ElectionAlreadyCalled("Conseil 2024"));
        When(Network, Call()).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void Whoever_could_not_take_the_seat_is_told_when_they_stand_with_the_article()
    {
        var called = When(Before, Call()).ThenAccepted();
        Stands(called, Ada, ThreeYears with { RepresentativesOnly = true }).ThenRefused(new MemberMustBeRepresented("art. 9"));
        Stands(called, Named<PersonId>("nobody")).ThenRefused<PersonNotFound>();

        var seated = When(Before.When(Board, Appoint(First, Ada, "2023-01-01", until: "2026-01-01")).ThenAccepted(), Call()).ThenAccepted();
        Stands(seated, Ada).ThenRefused(new PersonAlreadyHolds("art. 9"));

        var twice = When(
            Before.When(Board, Appoint(First, Ada, "2021-06-15", until: "2024-06-15")).ThenAccepted(), Call(1, Office.Seat, "2024-06-15", First)).ThenAccepted();
        Stands(twice, Ada, ThreeYears with { MaximumConsecutiveTerms = 1 }).ThenRefused(new TooManyConsecutiveTerms(1, "art. 9"));
        Stands(twice, Ada, ThreeYears with { MaximumConsecutiveTerms = 2 }).ThenAccepted();

        var treasurer = When(Before.When(College, Appoint(First, Ada, "2023-01-01", Office.Treasurer, LaboCites)).ThenAccepted(), Call(1, Office.President)).ThenAccepted();
        Stands(treasurer, Ada, ThreeYears with { Incompatible = [new(Office.President, Office.Treasurer)] })
            .ThenRefused(new OfficesIncompatible(Office.President, Office.Treasurer, "art. 9"));
    }

    [Fact]
    public void Candidates_come_and_go_until_a_ballot_puts_the_list()
    {
        var called = When(Before, Call()).ThenAccepted();
        var both = Stands(Stands(called, Ada).ThenAccepted(), Grace).ThenAccepted();
        var one = both.When(p => new WithdrawCandidacy(TheElection, Grace, Time("2024-05-20")).Decide(p.Read<Election>(Stream))).ThenAccepted();
        Assert.Equal([new Candidate(Ada)], Assert.IsType<Election.Called>(one.State<Election>(Stream)).Candidates);
        one.When(p => new WithdrawCandidacy(TheElection, Mary, Time("2024-05-20")).Decide(p.Read<Election>(Stream))).ThenRefused<NotACandidate>();

        var put = Drafted(one, Between(1, Ada)).ThenAccepted();
        Stands(put, Mary).ThenRefused<CandidaciesClosed>();
        put.When(p => new WithdrawCandidacy(TheElection, Ada, Time("2024-06-15")).Decide(p.Read<Election>(Stream))).ThenRefused<CandidaciesClosed>();
    }

    [Fact]
    public void The_ballot_puts_the_candidates_for_the_seats_to_the_body_that_elects()
    {
        var called = When(Before, Call()).ThenAccepted();
        Drafted(called, Between(1, Ada)).ThenRefused<NoCandidates>();
        var both = Stands(Stands(called, Ada).ThenAccepted(), Grace).ThenAccepted();
        Drafted(both, Between(1, Ada)).ThenRefused<BallotPutsSomethingElse>();
        Drafted(both, Between(1, Ada, Mary)).ThenRefused<BallotPutsSomethingElse>();
        Drafted(both, Between(2, Ada, Grace)).ThenRefused<BallotPutsSomethingElse>();
        Drafted(both, Between(1, Ada, Grace), BoardId).ThenRefused<BallotPutsSomethingElse>();
        Drafted(Before, Between(1, Ada)).ThenRefused<ElectionNotFound>();
        Drafted(both, Between(1, Grace, Ada)).ThenAccepted();
    }

    [Fact]
    public void Whoever_drafts_the_ballot_of_an_election_withdraws_no_candidate()
    {
        var both = Stands(Stands(When(Before, Call()).ThenAccepted(), Ada).ThenAccepted(), Grace).ThenAccepted();
        var contest = Between(1, Ada, Grace);

        Drafted(both, contest with { Question = contest.Question with { Withdrawn = [Grace.ToString()] } }).ThenRefused(new OptionsWithdrawnInDraft(1));
    }

    [Fact]
    public void Those_elected_are_installed_in_one_act_with_the_ballot_as_the_decision_and_nobody_else_is()
    {
        var elected = Elected(2, null, Grace, Ada, Mary);
        var installed = Install(elected).Then(
            On("2024-06-20", Stream, new ElectedInstalled(TheElection, [new(Grace, New[0], 1, Vote), new(Ada, New[1], 2, Vote)])),
            On("2024-06-15", Board, new MandateAppointed(New[0], Grace, Office.Seat, TermEnds: Time("2027-06-15"), Decision: new(Vote))),
            On("2024-06-15", Board, new MandateAppointed(New[1], Ada, Office.Seat, TermEnds: Time("2027-06-15"), Decision: new(Vote))));

        Assert.Empty(installed.HeldOn(Board, "2024-06-14"));
        Assert.Equal(2, installed.HeldOn(Board, "2024-06-15").Count());
        Fact[] facts = [.. installed.Read<Body>(Board).Recorded.Skip(1).Select(e => new Fact(e.Stream, e.Event, e.On))];
        Assert.Null(DecisionBasisTests.Refuses(facts, installed));
    }

    [Fact]
    public void Nobody_is_left_out_of_an_installation_because_a_mandate_is_missing_for_them()
    {
        Install(Elected(2, null, Grace, Ada, Mary), from: New.Length - 1).ThenRefused(new NumberOutOfBounds("mandates", 2, int.MaxValue));
        Install(Elected(2, null, Grace, Ada, Mary), from: New.Length).ThenRefused<NumberOutOfBounds>();
    }

    [Fact]
    public void Two_secretaries_who_install_at_once_give_one_mandate_each()
    {
        var first = Install(Elected(1, null, Ada)).ThenAccepted();
        Install(first, from: 1).ThenNothing();
        Assert.Single(first.HeldOn(Board, "2024-07-01"));
    }

    [Fact]
    public void Nobody_is_installed_before_somebody_is_elected_or_once_the_ballot_is_annulled()
    {
        var called = When(Before, Call()).ThenAccepted();
        Install(Before).ThenRefused<ElectionNotFound>();
        Install(called).ThenRefused<NobodyElected>();
        Install(Elected(1, null, Ada).And(On("2024-06-16", Ballot.Stream(Vote), new BallotAnnulled(Vote, "Erreur.", false)))).ThenRefused<NobodyElected>();
    }

    [Fact]
    public void Whoever_lost_the_right_to_sit_since_is_refused_by_name_of_the_rule()
    {
        var elected = Elected(2, null, Ada, Grace).When(Board, Appoint(Third, Grace, "2024-06-01")).ThenAccepted();
        var refused = Install(elected).ThenRefused<ElectedCannotSit>();
        Assert.Equal((2, new PersonAlreadyHolds("art. 9"), "art. 9"), (refused.Rank, refused.Why, refused.Article));
    }

    [Fact]
    public void A_declined_seat_stays_vacant_unless_the_statutes_give_it_to_whoever_comes_next()
    {
        var declined = Declines(Elected(1, null, Ada, Grace), Ada).ThenAccepted();
        Install(declined).ThenRefused<NobodyElected>();

        var next = ThreeYears with { NextElected = true };
        Install(Declines(Elected(1, next, Ada, Grace), Ada, next).ThenAccepted(), next).Then(
            On("2024-06-20", Stream, new ElectedInstalled(TheElection, [new(Grace, New[0], 1, Vote)])),
            On("2024-06-15", Board, new MandateAppointed(New[0], Grace, Office.Seat, TermEnds: Time("2027-06-15"), Decision: new(Vote))));
    }

    [Fact]
    public void Whoever_comes_next_may_rest_on_the_ballot_that_did_not_elect_them_and_nobody_else_may()
    {
        var next = ThreeYears with { NextElected = true };
        var past = Declines(Elected(1, next, Ada, Grace), Ada, next).ThenAccepted();
        var appointed = new MandateAppointed(New[0], Grace, Office.Seat, Decision: new(Vote));
        Fact[] alone = [On("2024-06-15", Board, appointed)];
        Fact[] installed = [On("2024-06-15", Stream, new ElectedInstalled(TheElection, [new(Grace, New[0], 1, Vote)])), .. alone];
        Assert.IsType<PersonNotElected>(DecisionBasisTests.Refuses(alone, past));
        Assert.Null(DecisionBasisTests.Refuses(installed, past));
    }

    [Fact]
    public void Only_somebody_elected_and_not_installed_declines()
    {
        var elected = Elected(1, null, Ada, Grace);
        Declines(elected, Grace).ThenRefused<PersonNotElected>();
        Declines(Install(elected).ThenAccepted(), Ada).ThenRefused<AlreadyInstalled>();
        Declines(Before, Ada).ThenRefused<ElectionNotFound>();
    }

    [Fact]
    public void Nobody_sits_before_being_elected_when_the_vote_came_after_the_term_was_to_begin()
    {
        var past = When(Before, Call(1, Office.Seat, "2024-06-01")).ThenAccepted();
        past = Proclaimed(Drafted(Stands(past, Ada).ThenAccepted(), Between(1, Ada)).ThenAccepted(), 1, Ada);
        var installed = Install(past).ThenAccepted();
        Assert.Empty(installed.HeldOn(Board, "2024-06-15T10:11:00Z"));
        Assert.Single(installed.HeldOn(Board, "2024-06-15T10:12:00Z"));
    }

    [Fact]
    public void The_re_elected_go_on_in_a_row_of_terms()
    {
        var past = Before.When(Board, Appoint(First, Ada, "2021-06-15", until: "2024-06-15"), ThreeYears).ThenAccepted();
        past = When(past, Call(1, Office.Seat, "2024-06-15", First)).ThenAccepted();
        past = Install(Proclaimed(Drafted(Stands(past, Ada).ThenAccepted(), Between(1, Ada)).ThenAccepted(), 1, Ada)).ThenAccepted();
        Assert.Equal(2, Assert.IsType<Body.Constituted>(past.State<Body>(Board)).ConsecutiveTerms(Ada, Office.Seat, Time("2024-07-01").Instant));
    }

    [Fact]
    public void An_election_whose_papers_are_not_here_is_transcribed_with_whom_it_elected()
    {
        var stands = Stands(Stands(When(Before, Call()).ThenAccepted(), Ada).ThenAccepted(), Grace).ThenAccepted();
        Told Transcribe(Past past, Verdict verdict, ElectionId? election, params PersonId[]? elected) => past.When(p =>
            new TranscribeOutcome(Vote, DecisionKind.Election, "Conseil", verdict, AssemblyId, null, null, null, null, null, Time("2024-06-15"), election, elected).Decide(
                p.Read<Ballot>(Ballot.Stream(Vote)), p.Read<Body>(Assembly), p.Read<StatutesVersions>(StatutesVersions.Stream), election is null ? null : p.Read<Election>(Stream)));

        Transcribe(stands, Verdict.Elected, null, Ada).ThenRefused<ElectedOfNoElection>();
        Transcribe(stands, Verdict.Rejected, TheElection, Ada).ThenRefused<ElectedOfNoElection>();
        Transcribe(stands, Verdict.Elected, TheElection, Mary).ThenRefused<BallotPutsSomethingElse>();
        Transcribe(stands, Verdict.Elected, TheElection, Ada, Grace).ThenRefused<BallotPutsSomethingElse>();
        Transcribe(Before, Verdict.Elected, TheElection, Ada).ThenRefused<ElectionNotFound>();

        var installed = Install(Transcribe(stands, Verdict.Elected, TheElection, Grace).ThenAccepted()).ThenAccepted();
        Assert.Equal(Grace, Assert.Single(installed.State<Body>(Board).Holders(Time("2024-07-01").Instant)).Person);
    }

    [Fact]
    public void A_mandate_installed_late_was_held_since_its_day_and_was_not_known_before()
    {
        var elected = Elected(1, null, Ada);
        var known = Install(elected, on: "2024-09-01").ThenAccepted();
        Assert.Single(known.HeldOn(Board, "2024-07-01"));
        var position = elected.Read<Ballot>(Ballot.Stream(Vote)).Recorded[^1].Position;
        Assert.Empty(known.Read<Body>(Board).KnownBy(position).Latest.Holders(Time("2024-07-01").Instant));
    }
}
