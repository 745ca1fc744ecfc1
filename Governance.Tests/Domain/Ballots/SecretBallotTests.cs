using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class SecretBallotTests
{
    private static Rule Secret(int smallestGroup = 5) => Set(new SecrecyRule(VoteForm.Secret, smallestGroup));

    private static BallotStory Opened(params Rule[] rules) => WithBoard(6, [Secret(), .. rules]).Drafted().Opened();

    [Fact]
    public void The_rule_or_whoever_opens_the_ballot_makes_it_secret()
    {
        Assert.True(Assert.IsType<Ballot.Open>(Opened().State).Opening.Secret);
        var demanded = WithBoard(6).Drafted();
        Assert.True(Accepted<BallotOpened>(demanded.When(demanded.Open(secret: true))).Secret);
        Assert.False(Accepted<BallotOpened>(demanded.When(demanded.Open())).Secret);
    }

    [Fact]
    public void A_ballot_that_is_open_in_public_is_not_taken_for_the_secret_one_that_is_asked_for()
    {
        var open = WithBoard(6).Drafted();
        open.Then(open.When(open.Open()));
        Refused<BallotAlreadyOpened>(open.When(open.Open(secret: true)));
        Assert.Equal(Decision.NoChange, open.When(open.Open()));

        var demanded = WithBoard(6).Drafted();
        demanded.Then(demanded.When(demanded.Open(secret: true)));
        Refused<BallotAlreadyOpened>(demanded.When(demanded.Open()));
        Assert.Equal(Decision.NoChange, demanded.When(demanded.Open(secret: true)));

        var byRule = WithBoard(6, Secret()).Drafted();
        byRule.Then(byRule.When(byRule.Open()));
        Assert.Equal(Decision.NoChange, byRule.When(byRule.Open()));
        Assert.Equal(Decision.NoChange, byRule.When(byRule.Open(secret: true)));
    }

    [Fact]
    public void A_roll_shorter_than_the_smallest_group_is_refused_with_the_figures()
    {
        var refused = Refused<SecretBallotSinglesOut>(WithBoard(4, Secret()).Drafted().When(new BallotStory().Open()));

        Assert.Equal((4, Fraction.One, 5, "art. 14"), (refused.Electors, refused.Weight, refused.SmallestGroup, refused.Article));
    }

    [Fact]
    public void Whatever_the_rule_says_nobody_votes_in_secret_alone() =>
        Assert.Equal(2, Refused<SecretBallotSinglesOut>(WithBoard(1, Secret(1)).Drafted().When(new BallotStory().Open())).SmallestGroup);

    [Fact]
    public void A_weight_that_few_have_is_refused_although_the_roll_is_long()
    {
        var story = WithColleges(2, 20, Secret()).Drafted(Assembly);

        var refused = Refused<SecretBallotSinglesOut>(story.When(story.Open()));

        Assert.Equal((2, (Fraction)2), (refused.Electors, refused.Weight));
    }

    [Fact]
    public void Two_mandates_of_one_person_hide_nobody()
    {
        var story = WithBoard(1, Secret(1)).Given(Governance.Domain.Mandates.Body.Stream(Board), new Governance.Domain.Mandates.MandateAppointed(Mandate(50), Person(1), Governance.Domain.Mandates.Office.Seat), January).Drafted();

        Assert.Equal(1, Refused<SecretBallotSinglesOut>(story.When(story.Open())).Electors);
    }

    [Fact]
    public void Whoever_is_alone_of_a_weight_in_the_room_does_not_vote_in_secret()
    {
        var story = WithColleges(3, 3, Secret(3)).Drafted(Assembly);
        Decision Open(params int[] there) => story.When(story.Open(HeldIn.Meeting, [.. there.Select(e => new Attendance(Mandate(e), Presence.InPerson))]));

        Assert.Equal((1, (Fraction)2, 2), Refused<SecretBallotSinglesOut>(Open(1, 101, 102)) is var refused ? (refused.Electors, refused.Weight, refused.SmallestGroup) : default);
        Accepted<BallotOpened>(Open(1, 2, 101, 102));
        Accepted<BallotOpened>(Open(101, 102));
    }

    [Fact]
    public void A_casting_vote_is_refused_where_somebody_demands_secrecy()
    {
        var story = WithBoard(6, Set(new TieRule(TieBreak.CastingVote))).Drafted();

        Assert.Equal("art. 14", Refused<SecretBallotWithCastingVote>(story.When(story.Open(secret: true, chair: 1))).Article);
    }

    [Fact]
    public void A_contest_knows_no_casting_vote_and_can_be_secret_all_the_same()
    {
        var story = WithBoard(6, Set(new TieRule(TieBreak.CastingVote))).Contested(new Contest(new Question(new Approval(), ["Nord", "Sud"])));

        Assert.True(Accepted<BallotOpened>(story.When(story.Open(secret: true))).Secret);
    }

    [Fact]
    public void An_elector_signs_and_the_event_tells_nothing_of_the_paper()
    {
        var signed = Accepted<ElectorSigned>(Opened().When(SecretVoteOf(1, Paper("ABC", Choice.Against))));

        Assert.Equal(new ElectorSigned(TheBallot, Mandate(1), Person(1)), signed);
    }

    [Fact]
    public void An_open_vote_is_refused_in_a_secret_ballot_and_a_sealed_paper_in_an_open_one()
    {
        Refused<BallotIsSecret>(Opened().When(VoteOf(1, Choice.For)));
        Refused<BallotIsNotSecret>(WithBoard(6).Drafted().Opened().When(SecretVoteOf(1, Paper("ABC", Choice.For))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABC")]
    [InlineData("ABCDEFGH0123")]
    [InlineData("abcdefgh2345")]
    public void A_tracking_code_of_another_form_is_refused(string code) =>
        Refused<TrackingCodeMalformed>(Opened().When(SecretVoteOf(1, new SecretPaper(code, Choice.For))));

    [Fact]
    public void A_null_paper_is_refused() => Refused<NullIsNoChoice>(Opened().When(SecretVoteOf(1, Paper("ABC", Choice.Null))));

    [Fact]
    public void The_same_paper_sent_again_changes_nothing_even_once_the_ballot_is_closed()
    {
        var story = Opened().VotedSecretly(1, Paper("ABC", Choice.For)).Closed();

        Assert.IsType<Decision.Unchanged>(story.When(SecretVoteOf(1, Paper("ABC", Choice.For), now: After)));
        Refused<BallotClosedAlready>(story.When(SecretVoteOf(1, Paper("ABC", Choice.Against), now: After)));
        Refused<BallotClosedAlready>(story.When(SecretVoteOf(2, Paper("DEF", Choice.For), now: After)));
    }

    [Fact]
    public void A_paper_is_changed_without_an_event_where_the_rule_allows()
    {
        var story = Opened(ChangeAllowed).VotedSecretly(1, Paper("ABC", Choice.For));

        Assert.IsType<Decision.Unchanged>(story.When(SecretVoteOf(1, Paper("DEF", Choice.Against))));
        Assert.Single(story.VotedSecretly(1, Paper("DEF", Choice.Against)).Signings(Mandate(1)).Recorded);
    }

    [Fact]
    public void A_change_that_the_rule_does_not_allow_is_refused_and_tells_nothing_of_the_first_paper()
    {
        var story = WithBoard(6, Secret(), Set(new VoteChangeRule(false))).Drafted().Opened().VotedSecretly(1, Paper("ABC", Choice.For));

        Assert.Empty(Refused<SecretVoteChangeNotAllowed>(story.When(SecretVoteOf(1, Paper("ABC", Choice.Against)))).Arguments);
    }

    [Fact]
    public void Who_holds_a_proxy_signs_for_the_giver_who_may_come_and_sign_instead()
    {
        var story = Opened(ChangeAllowed);
        story.Then(story.When(new GiveProxy(TheBallot, Mandate(1), Person(2), Person(1), ProxyForm.Platform, Opening.AddMinutes(1))));

        story.VotedSecretly(1, Paper("ABC", Choice.For), by: 2).VotedSecretly(1, Paper("DEF", Choice.Against));

        Assert.Equal(
            [new ElectorSigned(TheBallot, Mandate(1), Person(2), Person(1)), new ElectorSigned(TheBallot, Mandate(1), Person(1))],
            story.Signings(Mandate(1)).Recorded.Select(e => e.Event));
        Refused<ProxySuspended>(story.When(SecretVoteOf(1, Paper("GHJ", Choice.For), by: 2)));
        Refused<MandateOfAnotherPerson>(story.When(SecretVoteOf(3, Paper("GHJ", Choice.For), by: 2)));
    }

    [Fact]
    public void Whoever_has_signed_gives_no_proxy_any_more()
    {
        var story = Opened().VotedSecretly(1, Paper("ABC", Choice.For));

        Refused<ProxyAfterVoting>(story.When(new GiveProxy(TheBallot, Mandate(1), Person(2), Person(1), ProxyForm.Platform, Opening.AddHours(2))));
    }

    [Fact]
    public void Papers_come_out_by_their_codes_and_tell_neither_elector_nor_college_that_does_not_count()
    {
        var story = Opened().VotedSecretly(1, Paper("ZZZ", Choice.For)).VotedSecretly(2, Paper("AAA", Choice.Against)).VotedSecretly(3, Paper("MMM", Choice.For)).Closed();

        var published = Accepted<PapersPublished>(story.When(new PublishPapers(TheBallot, After)));

        Assert.Equal((1, 1), (published.Number, published.Of));
        Assert.Equal(
            [
                new PublishedPaper("AAA222222222", 1, Choice.Against), new PublishedPaper("MMM222222222", 1, Choice.For),
                new PublishedPaper("ZZZ222222222", 1, Choice.For),
            ],
            published.Papers);
    }

    [Fact]
    public void A_box_that_holds_less_or_more_than_was_signed_for_is_not_emptied()
    {
        var less = Opened().VotedSecretly(1, Paper("ABC", Choice.For)).VotedSecretly(2, Paper("DEF", Choice.For)).Closed();
        less.Box.Remove(Mandate(1));
        var more = Opened().VotedSecretly(1, Paper("ABC", Choice.For)).Closed();
        more.Box[Mandate(2)] = Paper("DEF", Choice.For);

        Assert.Equal(1, Refused<SealedPapersUnreadable>(less.When(new PublishPapers(TheBallot, After))).Papers);
        Assert.Equal(1, Refused<SealedPapersUnreadable>(more.When(new PublishPapers(TheBallot, After))).Papers);
    }

    [Fact]
    public void Nothing_comes_out_before_the_close_and_nothing_twice()
    {
        var story = Opened().VotedSecretly(1, Paper("ABC", Choice.For));
        Refused<BallotStillOpen>(story.When(new PublishPapers(TheBallot, Opening.AddHours(2))));

        story.Closed();
        var decision = story.When(new PublishPapers(TheBallot, After));
        Assert.True(PublishPapers.EmptiesTheBox(decision));

        Assert.IsType<Decision.Unchanged>(story.Then(decision).When(new PublishPapers(TheBallot, After)));
    }

    [Fact]
    public void Many_papers_come_out_in_parts_that_go_on_where_the_last_one_ended()
    {
        // Long papers, so that few of them are many bytes.
        const int electors = 800;
        var options = Enumerable.Range(0, 150).Select(i => $"{i} ".PadRight(160, 'x')).ToList();
        var few = WithBoard(6, Secret()).Contested(new Contest(new Question(new Approval(), options))).Opened().Closed();
        var roll = Enumerable.Range(1, electors).Select(i => new Elector(Mandate(i), Person(i), Fraction.One)).ToList();
        var large = new Timeline<Ballot>(
            Ballot.Stream(TheBallot), 3,
            [.. few.Ballots(TheBallot).Recorded.Select(e => e.Event is BallotOpened opening ? e with { Event = opening with { Electors = roll, ElectorCount = electors } } : e)]);
        var papers = roll.Index().ToDictionary(
            e => e.Item.Mandate, e => (SecretPaper?)new SecretPaper(CodeOf(electors - e.Index), Paper: new Paper.Choices(options)));

        var first = new PublishPapers(TheBallot, After).Decide(large, papers, 0);
        var facts = Assert.IsType<Decision.Accepted>(first).Facts;
        var next = large.With([.. facts.Index().Select(f => new Recorded(EventId.Of(Id(20_000 + f.Index)), large.Stream, 4 + f.Index, 100 + f.Index, f.Item.Event, f.Item.On, After))]);
        var last = Assert.IsType<Decision.Accepted>(new PublishPapers(TheBallot, After).Decide(next, papers, 0));

        Assert.False(PublishPapers.EmptiesTheBox(first));
        Assert.True(PublishPapers.EmptiesTheBox(last));
        Assert.InRange(facts.Sum(f => EventCatalogue.All.Write(f.Event).LongLength), PapersCounted.InlineBytes, PapersCounted.BytesAtOnce);
        var published = facts.Concat(last.Facts).Select(f => f.Event).Cast<PapersPublished>().ToList();
        Assert.Equal(Enumerable.Range(1, published[0].Of), published.Select(p => p.Number));
        Assert.Equal(papers.Values.Select(p => p!.Code).Order(StringComparer.Ordinal), published.SelectMany(p => p.Papers).Select(p => p.Code));
    }

    [Fact]
    public void A_contest_is_voted_on_in_secret_with_papers_of_one_length()
    {
        var contest = new Contest(new Question(new Approval(), ["Nord", "Sud", "Est"]));
        var story = WithBoard(6, Secret()).Contested(contest).Opened();
        Refused<ContestTakesPaper>(story.When(SecretVoteOf(1, Paper("ABC", Choice.For))));
        var both = new SecretPaper("ABCDEFGHJKLM", Paper: new Paper.Choices(["Sud", "Nord"]));
        var one = new SecretPaper("ZBCDEFGHJKLM", Paper: new Paper.Choices(["Nord"]));

        story.VotedSecretly(1, one).VotedSecretly(2, both).Closed();
        story.Then(story.When(new PublishPapers(TheBallot, After))).Then(story.When(new CountBallot(TheBallot, After))).Then(story.When(new ProclaimResult(TheBallot, After)));

        Assert.Single(new[] { one, both }.Select(p => p.Write(contest).Length).Distinct());
        Assert.Equal(["Nord"], Assert.IsType<Ballot.Proclaimed>(story.State).Method!.Elected);
    }

    [Fact]
    public void Consent_is_not_asked_in_secret()
    {
        var story = WithBoard(6, Secret()).Contested(new Contest(new Question(new Consent(), ["Déménager"])));

        Assert.Equal("art. 14", Refused<SecretConsent>(story.When(story.Open())).Article);
    }

    [Fact]
    public void Papers_are_counted_once_they_are_out_and_the_ballot_is_judged_again_from_its_events()
    {
        var story = Opened().VotedSecretly(1, Paper("ZZZ", Choice.For)).VotedSecretly(2, Paper("AAA", Choice.Against)).VotedSecretly(3, Paper("MMM", Choice.For)).Closed();
        Refused<PapersNotPublished>(story.When(new CountBallot(TheBallot, After)));

        story.Then(story.When(new PublishPapers(TheBallot, After))).Then(story.When(new CountBallot(TheBallot, After))).Then(story.When(new ProclaimResult(TheBallot, After)));

        var result = Assert.IsType<Ballot.Proclaimed>(story.State);
        Assert.Equal(Verdict.Adopted, result.Verdict);
        Assert.Equal([new PaperGroup(Choice.For, 1, 2), new PaperGroup(Choice.Against, 1, 1)], result.Was.Count.Groups);
        Assert.Equal(
            JsonSerializer.Serialize(result.Outcome, EventCatalogue.Json), JsonSerializer.Serialize(ProclaimResult.Judge(result.Opening, result.Was.Count), EventCatalogue.Json));
    }

    [Fact]
    public void Papers_tell_their_college_and_the_tally_is_broken_down_only_where_the_rules_count_by_college()
    {
        BallotStory Voted(params Rule[] rules)
        {
            var story = WithColleges(5, 5, [Secret(), .. rules]).Drafted(Assembly).Opened()
                .VotedSecretly(1, Paper("AAA", Choice.For)).VotedSecretly(101, Paper("BBB", Choice.Against)).Closed();
            return story.Then(story.When(new PublishPapers(TheBallot, After))).Then(story.When(new CountBallot(TheBallot, After)))
                .Then(story.When(new ProclaimResult(TheBallot, After)));
        }

        var pooled = Assert.IsType<Ballot.Proclaimed>(Voted().State);
        Assert.All(pooled.Was.Was.Papers, p => Assert.Null(p.College));
        Assert.Empty(pooled.Outcome!.Colleges);
        var counted = Assert.IsType<Ballot.Proclaimed>(Voted(Set(new CollegesRule(CollegeMode.Double, MissingCollege.Drop, [], AtLeast: 2))).State);
        Assert.Equal([Presidents, Teams], counted.Was.Was.Papers.Select(p => p.College!.Value));
        Assert.Equal(2, counted.Outcome!.Colleges.Count);
    }

    [Fact]
    public void Every_paper_is_sealed_in_a_form_of_the_same_length_and_read_again_from_it()
    {
        var papers = new[] { Choice.For, Choice.Against, Choice.Abstain, Choice.Blank }.Select(choice => Paper("ABC", choice)).ToList();

        Assert.Equal(papers, papers.Select(p => SecretPaper.Read(p.Write(null), null)));
        Assert.Single(papers.Select(p => p.Write(null).Length).Distinct());
        Assert.Throws<ArgumentException>(() => SecretPaper.Read(new byte[papers[0].Write(null).Length], null));
    }

    [Fact]
    public void A_code_is_read_as_people_write_it()
    {
        Assert.Equal("7K3M9QXT2FHD", TrackingCode.Read(" 7k3m-9qxt-2fhd"));
        Assert.Equal("7K3M-9QXT-2FHD", TrackingCode.InGroups("7K3M9QXT2FHD"));
        Assert.Null(TrackingCode.Read(null));
        Assert.Equal(TrackingCode.Signs[..12], TrackingCode.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
    }

    private static string CodeOf(int number) => TrackingCode.Of([0, 0, 0, 0, 0, 0, 0, 0, (byte)(number >> 15), (byte)(number >> 10), (byte)(number >> 5), (byte)number]);
}
