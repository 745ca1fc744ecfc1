using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

public sealed class ProxyTests
{
    private static readonly ProxiesRule Free = RulesInForce.Defaults.Proxies(BodyKind.Board, DecisionKind.Ordinary).Content;

    private static GiveProxy Give(int giver, int? holder, ProxyForm form = ProxyForm.Platform, DateTimeOffset? now = null) => new(
        TheBallot, Mandate(giver), holder is { } h ? Person(h) : null, form == ProxyForm.Platform ? Person(giver) : null, form, now ?? Opening.AddHours(-3));

    private static GiveProxy GiveOpen(int giver, int? holder, ProxyForm form = ProxyForm.Platform) => Give(giver, holder, form, Opening.AddMinutes(10));

    private static RevokeProxy TakeBack(int giver, ProxyEnd because = ProxyEnd.TakenBack, DateTimeOffset? now = null) =>
        new(TheBallot, Mandate(giver), because == ProxyEnd.TakenBack ? Person(giver) : null, because, now ?? Opening.AddMinutes(20));

    private static BallotStory Drafts(ProxiesRule? rule = null, int electors = 6) =>
        (rule is null ? WithBoard(electors, ChangeAllowed) : WithBoard(electors, ChangeAllowed, Set(rule))).Drafted();

    private static BallotStory Opens(ProxiesRule? rule = null, int electors = 6) => Drafts(rule, electors).Opened();

    private static BallotStory Given(BallotStory story, params GiveProxy[] proxies) => proxies.Aggregate(story, (s, p) => s.Then(s.When(p)));

    private static IReadOnlyList<ProxyFault?> Judged(BallotStory story)
    {
        return [.. story.ProxyBasisOf(TheBallot).JudgeAt((Ballot.Held)story.State, At(Opening.AddHours(1))).Select(p => p.Fault)];
    }

    [Fact]
    public void A_proxy_given_before_the_opening_lets_its_holder_vote_for_each_mandate_apart()
    {
        var story = Given(Drafts(), Give(1, 2), Give(3, 2));
        story.Opened().Then(story.When(VoteOf(2, Choice.For))).Then(story.When(VoteOf(1, Choice.Against, by: 2)));

        Assert.Equal(new VoteCast(TheBallot, Mandate(3), Person(2), Choice.Abstain, Person(3)), Accepted<VoteCast>(story.When(VoteOf(3, Choice.Abstain, by: 2))));
        Assert.Equal(Choice.Against, ((Vote.Cast)story.Votes(Mandate(1)).Latest).Choice);
    }

    [Fact]
    public void A_proxy_is_given_and_taken_back_while_the_ballot_is_open()
    {
        var story = Given(Opens(), GiveOpen(1, 2));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 2)));
        story.Then(story.When(TakeBack(1), 1));

        Refused<MandateOfAnotherPerson>(story.When(VoteOf(1, Choice.For, by: 2)));
        Assert.Equal(Decision.NoChange, story.When(TakeBack(1), 1));
        Accepted<ProxyGiven>(story.When(Give(1, 3, now: Opening.AddHours(1))));
    }

    [Fact]
    public void A_vote_cast_by_a_proxy_stands_when_the_proxy_is_taken_back()
    {
        var story = Given(Opens(), GiveOpen(1, 2));
        story.Then(story.When(VoteOf(1, Choice.For, by: 2))).Then(story.When(TakeBack(1, now: Opening.AddHours(2)), 1));

        Assert.Equal(1, story.Counted().State is Ballot.Counted counted ? counted.Count.Papers : 0);
    }

    [Fact]
    public void Who_votes_in_person_suspends_the_proxy_from_that_instant()
    {
        var story = Given(Opens(), GiveOpen(1, 2));
        story.Then(story.When(VoteOf(1, Choice.For)));

        Refused<ProxySuspended>(story.When(VoteOf(1, Choice.Against, by: 2)));
    }

    [Fact]
    public void Who_comes_to_the_meeting_suspends_the_proxy_and_votes_already_cast_stand()
    {
        var story = Given(Opens(), GiveOpen(1, 2), GiveOpen(3, 2));
        story.Then(story.When(VoteOf(3, Choice.For, by: 2))).Then(story.When(TakeBack(1, ProxyEnd.GiverCame), 1)).Then(story.When(TakeBack(3, ProxyEnd.GiverCame), 3));

        Refused<ProxySuspended>(story.When(VoteOf(1, Choice.For, by: 2)));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.Against)));
        Assert.Equal(Person(2), ((Vote.Cast)story.Votes(Mandate(3)).Latest).By);
    }

    [Fact]
    public void A_giver_changes_what_the_proxy_voted_where_votes_may_be_changed_and_then_the_proxy_cannot()
    {
        var story = Given(Opens(), GiveOpen(1, 2));
        story.Then(story.When(VoteOf(1, Choice.For, by: 2)));

        var changed = Accepted<VoteChanged>(story.When(VoteOf(1, Choice.For, Opening.AddHours(2))));
        Assert.Equal((Person(1), (PersonId?)null), (changed.By, changed.Giver));
        story.Then(story.When(VoteOf(1, Choice.For, Opening.AddHours(2))));
        Refused<ProxySuspended>(story.When(VoteOf(1, Choice.Against, Opening.AddHours(3), by: 2)));
    }

    [Fact]
    public void A_vote_by_proxy_is_the_vote_of_its_mandate_where_votes_are_not_changed()
    {
        var story = Given(WithBoard(3).Drafted().Opened(), GiveOpen(1, 2));
        story.Then(story.When(VoteOf(1, Choice.For, by: 2)));

        Refused<VoteChangeNotAllowed>(story.When(VoteOf(1, Choice.For)));
    }

    [Fact]
    public void Nobody_votes_by_a_proxy_given_to_somebody_else_or_given_by_nobody()
    {
        var story = Given(Opens(), GiveOpen(1, 2));

        Refused<MandateOfAnotherPerson>(story.When(VoteOf(1, Choice.For, by: 3)));
        Refused<MandateOfAnotherPerson>(story.When(VoteOf(4, Choice.For, by: 2)));
    }

    [Fact]
    public void The_rules_may_allow_no_proxies() =>
        Assert.Equal("art. 14", Refused<ProxiesNotAllowed>(Opens(Free with { Allowed = false }).When(GiveOpen(1, 2))).Article);

    [Fact]
    public void A_ballot_opened_before_proxies_could_be_given_takes_none()
    {
        var story = WithBoard(3).Drafted();
        var opening = Assert.IsType<BallotOpened>(Assert.IsType<Decision.Accepted>(story.When(story.Open())).Facts[0].Event);
        story.Given(Ballot.Stream(TheBallot), opening with { Rules = opening.Rules with { Proxies = null } }, Opening);

        Refused<ProxiesNotAllowed>(story.When(GiveOpen(1, 2)));
    }

    [Fact]
    public void A_proxy_goes_to_somebody_else_who_is_an_elector()
    {
        Refused<ProxyToOneself>(Opens().When(GiveOpen(1, 1)));
        Assert.Equal(RulesInForce.DefaultArticle, Refused<ProxyHolderNoElector>(Opens().When(GiveOpen(1, 99))).Article);
        Accepted<ProxyGiven>(Opens(Free with { MembersOnly = false }).When(GiveOpen(1, 99)));
    }

    [Fact]
    public void Only_the_holder_of_a_mandate_gives_its_vote()
    {
        Refused<MandateOfAnotherPerson>(Opens().When(GiveOpen(1, 2) with { By = Person(3) }));
        Refused<ProxyGiverNoElector>(Opens().When(GiveOpen(99, 2)));
        var story = Given(Opens(), GiveOpen(1, 2));
        Refused<MandateOfAnotherPerson>(story.When(TakeBack(1) with { By = Person(2) }, 1));
        Refused<ProxyNotFound>(story.When(TakeBack(3), 3));
    }

    [Fact]
    public void A_vote_is_given_once()
    {
        var story = Given(Opens(), GiveOpen(1, 2));

        Assert.Equal(Decision.NoChange, story.When(GiveOpen(1, 2)));
        Refused<ProxyAlreadyGiven>(story.When(GiveOpen(1, 3)));
    }

    [Fact]
    public void A_vote_that_is_cast_is_not_given_any_more() => Refused<ProxyAfterVoting>(Opens().Voted(Choice.For, 1).When(GiveOpen(1, 2)));

    [Fact]
    public void A_chain_is_refused_at_both_ends()
    {
        Refused<ProxyChain>(Given(Opens(), GiveOpen(2, 3)).When(GiveOpen(1, 2)));
        Refused<ProxyChain>(Given(Opens(), GiveOpen(1, 2)).When(GiveOpen(2, 3)));
        Refused<ProxyChain>(Given(Drafts(), Give(1, 2)).When(Give(2, 3)));
    }

    [Fact]
    public void The_college_is_the_same_where_the_rule_asks_it()
    {
        var story = WithColleges(2, 2, Set(Free with { SameCollege = true })).Drafted(Assembly).Opened();

        Assert.Equal("art. 14", Refused<ProxyOfAnotherCollege>(story.When(GiveOpen(1, 101))).Article);
        Accepted<ProxyGiven>(story.When(GiveOpen(1, 2)));
    }

    [Fact]
    public void A_spoken_proxy_counts_where_no_writing_is_asked_for()
    {
        Refused<ProxyNotWritten>(Opens(Free with { Written = true }).When(GiveOpen(1, 2, ProxyForm.Oral)));
        Accepted<ProxyGiven>(Opens(Free with { Written = true }).When(GiveOpen(1, 2, ProxyForm.Paper)));
        Accepted<ProxyGiven>(Opens(Free with { Written = false }).When(GiveOpen(1, 2, ProxyForm.Oral)));
    }

    [Fact]
    public void What_comes_after_the_deadline_is_void_and_while_the_ballot_is_open_refused()
    {
        var story = Given(Drafts(Free with { DeadlineHours = 2 }), Give(1, 2, now: Opening.AddHours(-2)), Give(3, 4, now: Opening.AddHours(-2).AddMicroseconds(1)));
        story.Opened();

        Assert.Equal([null, ProxyFault.TooLate], Judged(story));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 2)));
        Assert.Equal(ProxyFault.TooLate, Refused<ProxyVoid>(story.When(VoteOf(3, Choice.For, by: 4))).Fault);
        Assert.Equal(At(Opening.AddHours(-2)), Refused<ProxyTooLate>(story.When(GiveOpen(5, 2))).Deadline);
    }

    [Fact]
    public void A_holder_takes_no_more_than_the_rule_allows()
    {
        var story = Given(Opens(Free with { MostPerHolder = 2 }), GiveOpen(1, 6), GiveOpen(2, 6));

        Assert.Equal((2, "art. 14"), Refused<ProxyCapReached>(story.When(GiveOpen(3, 6))) is var r ? (r.Most, r.Article!) : default);
        Accepted<ProxyGiven>(story.When(GiveOpen(3, 5)));
    }

    [Fact]
    public void A_holder_has_no_more_votes_in_hand_than_the_share_own_ones_included_and_exactly()
    {
        // Six votes, a third of which is two: the own one and one more.
        var story = Given(Opens(Free with { MostShareOfVotes = new Fraction(1, 3) }), GiveOpen(1, 6));

        var refusal = Refused<ProxyShareReached>(story.When(GiveOpen(2, 6)));
        Assert.Equal(((Fraction)3, (Fraction)2), (refusal.Votes, refusal.Most));
    }

    [Fact]
    public void On_paper_over_the_cap_the_excess_alone_is_void_or_all_as_the_rule_says()
    {
        BallotStory With(OverCap treatment) => Given(
            Opens(Free with { MostPerHolder = 2, OverCap = treatment }), GiveOpen(1, 6, ProxyForm.Paper), GiveOpen(2, 6, ProxyForm.Paper), GiveOpen(3, 6, ProxyForm.Paper));

        Assert.Equal([null, null, ProxyFault.TooMany], Judged(With(OverCap.ExcessVoid)));
        Assert.Equal([ProxyFault.TooMany, ProxyFault.TooMany, ProxyFault.TooMany], Judged(With(OverCap.AllVoid)));
        Refused<ProxyVoid>(With(OverCap.AllVoid).When(VoteOf(1, Choice.For, by: 6)));
        Accepted<VoteCast>(With(OverCap.ExcessVoid).When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void When_one_is_taken_back_the_next_in_line_stands()
    {
        var story = Given(Opens(Free with { MostPerHolder = 1 }), GiveOpen(1, 6, ProxyForm.Paper), GiveOpen(2, 6, ProxyForm.Paper));
        story.Then(story.When(TakeBack(1), 1));

        Assert.Equal([null], Judged(story));
    }

    [Fact]
    public void The_working_of_a_cap_is_told()
    {
        var story = Given(Opens(Free with { MostPerHolder = 1, MostShareOfVotes = new Fraction(1, 2) }), GiveOpen(1, 6, ProxyForm.Paper), GiveOpen(2, 6, ProxyForm.Paper));

        var over = story.ProxyBasisOf(TheBallot).JudgeAt((Ballot.Held)story.State, At(Opening.AddHours(1)))[1];
        Assert.Equal(new InHand(2, 3, 1, 3), over.InHand);
    }

    [Fact]
    public void A_blank_proxy_is_refused_given_out_or_the_chairs_as_the_rule_says()
    {
        Refused<BlankProxyRefused>(Opens().When(GiveOpen(1, null)));
        Refused<BlankProxyWithoutChair>(Opens(Free with { Blank = BlankProxies.ToTheChair }).When(GiveOpen(1, null)));

        var chaired = Given(Drafts(Free with { Blank = BlankProxies.ToTheChair }), Give(1, null));
        chaired.Opened(chair: 6);
        Accepted<VoteCast>(chaired.When(VoteOf(1, Choice.For, by: 6)));
        Refused<MandateOfAnotherPerson>(chaired.When(VoteOf(1, Choice.For, by: 2)));

        var givenOut = Given(Opens(Free with { Blank = BlankProxies.GivenOut, MostPerHolder = 1 }), GiveOpen(1, null), GiveOpen(2, 5));
        Refused<MandateOfAnotherPerson>(givenOut.When(VoteOf(1, Choice.For, by: 6)));
        Refused<ProxyAlreadyGiven>(givenOut.When(GiveOpen(1, 6)));
        Refused<ProxyCapReached>(givenOut.When(GiveOpen(1, 5, ProxyForm.Paper)));
        Accepted<BlankProxyGivenOut>(givenOut.When(GiveOpen(1, 6, ProxyForm.Paper)));
        givenOut.Then(givenOut.When(GiveOpen(1, 6, ProxyForm.Paper)));
        Accepted<VoteCast>(givenOut.When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void Who_is_in_the_meeting_votes_in_person()
    {
        var story = Given(Drafts(), Give(1, 2));
        story.Opened(HeldIn.Meeting, [new(Mandate(1), Presence.InPerson), new(Mandate(2), Presence.InPerson), new(Mandate(3), Presence.Remote)]);

        Assert.Equal([ProxyFault.GiverPresent], Judged(story));
        Refused<ProxySuspended>(story.When(VoteOf(1, Choice.For, by: 2)));
        Refused<ProxyGiverPresent>(story.When(GiveOpen(3, 2)));
    }

    [Fact]
    public void Who_is_represented_by_somebody_in_the_meeting_counts_as_represented()
    {
        var story = Given(Drafts(), Give(1, 2), Give(3, 4));
        story.Opened(HeldIn.Meeting, [new(Mandate(2), Presence.InPerson)]);

        var roll = ((Ballot.Open)story.State).Roll;
        Assert.Equal((Presence.Represented, (Presence?)null), (roll[Mandate(1)].Present, roll[Mandate(3)].Present));
    }

    [Fact]
    public void Presence_at_the_count_follows_the_proxies_and_the_votes()
    {
        // 1 and 3 are represented by 2 from the opening on; 4 gives a proxy to 2 later, 5 as well and votes by it.
        var story = Given(Drafts(), Give(1, 2), Give(3, 2));
        story.Opened(HeldIn.Meeting, [new(Mandate(2), Presence.InPerson)]);
        Given(story, GiveOpen(4, 2), GiveOpen(5, 2));
        story.Then(story.When(VoteOf(5, Choice.For, by: 2)));
        // 1 takes the proxy back and is gone, 3 comes.
        story.Then(story.When(TakeBack(1), 1)).Then(story.When(TakeBack(3, ProxyEnd.GiverCame), 3));

        var group = Assert.Single(((Ballot.Counted)story.Counted().State).Count.Roll);
        Assert.Equal([new PresenceTally(Presence.InPerson, new(2, 2)), new(Presence.Represented, new(2, 2))], group.Presence);
    }

    [Fact]
    public void A_proxy_of_the_chair_carries_the_vote_and_not_the_casting_vote()
    {
        var story = Given(WithBoard(3, Set(new TieRule(TieBreak.CastingVote))).Drafted().Opened(chair: 1), GiveOpen(1, 2));
        story.Then(story.When(VoteOf(1, Choice.For, by: 2))).Then(story.When(VoteOf(3, Choice.Against)));

        Assert.Equal(Verdict.Tied, story.Proclaimed().Outcome!.Verdict);
    }

    [Fact]
    public void Who_gave_a_proxy_and_is_not_on_the_frozen_roll_has_no_vote_to_give()
    {
        var story = Given(WithBoard(2).Represented(3).Drafted(), Give(3, 1), Give(2, 1));
        story.OfMember(3, new Governance.Domain.Members.MemberSuspended("dues"), Opening.AddHours(-1)).Opened();

        Assert.Equal([ProxyFault.GiverNoElector, null], Judged(story));
        Refused<NotOnTheRoll>(story.When(VoteOf(3, Choice.For, by: 1)));
    }

    [Fact]
    public void Once_the_ballot_is_closed_nothing_is_given_or_taken_back()
    {
        var story = Given(Opens(), GiveOpen(1, 2));
        Refused<ClosingTimePassed>(story.When(Give(3, 2, now: Closing)));
        story.Closed();

        Refused<BallotClosedAlready>(story.When(Give(3, 2, now: After)));
        Refused<BallotClosedAlready>(story.When(TakeBack(1, now: After), 1));
        Refused<BallotNotFound>(WithBoard(2).When(Give(1, 2)));
        Refused<BallotNotFound>(WithBoard(2).When(TakeBack(1), 1));
    }

    [Fact]
    public void A_body_dissolved_since_the_draft_gives_no_proxies()
    {
        var story = Drafts();
        story.Given(Body.Stream(Board), new BodyDissolved("fin"), Opening.AddDays(-1));

        Refused<BallotBodyNotFound>(story.When(Give(1, 2)));
    }
}
