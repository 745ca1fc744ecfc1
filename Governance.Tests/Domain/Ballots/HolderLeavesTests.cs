using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>The holder of a proxy is no elector any more between the giving and the close.</summary>
public sealed class HolderLeavesTests
{
    private static readonly ProxiesRule Free = RulesInForce.Defaults.Proxies(BodyKind.Board, DecisionKind.Ordinary).Content;
    private static readonly DateTimeOffset Leaving = Opening.AddMinutes(30);

    private static ProxiesRule When(HolderLeaves leaves) => Free with { HolderLeaves = leaves };

    private static GiveProxy Give(int giver, int holder, int? substitute = null, ProxyForm form = ProxyForm.Platform, DateTimeOffset? now = null) => new(
        TheBallot, Mandate(giver), Person(holder), form == ProxyForm.Platform ? Person(giver) : null, form, now ?? Opening.AddMinutes(10),
        substitute is { } s ? Person(s) : null);

    private static ReassignProxy Reassign(int giver, int holder) => new(TheBallot, Mandate(giver), Person(holder), Opening.AddMinutes(40));

    private static BallotStory Opens(ProxiesRule rule) => WithBoard(5, ChangeAllowed, Set(rule)).Represented(6).Drafted().Opened();

    private static BallotStory Given(BallotStory story, params GiveProxy[] proxies) => proxies.Aggregate(story, (s, p) => s.Then(s.When(p)));

    private static BallotStory Ends(BallotStory story, int elector, DateTimeOffset? on = null) =>
        story.Given(Body.Stream(Board), new MandateEnded(Mandate(elector), EndReason.Resignation), on ?? Leaving);

    public static TheoryData<string> Leavings => new("mandate", "suspended", "resigned", "excluded", "dissolved");

    private static BallotStory Leaves(BallotStory story, string how) => how switch
    {
        "mandate" => Ends(story, 6),
        "suspended" => story.OfMember(6, new MemberSuspended("dues"), Leaving),
        "resigned" => story.OfMember(6, new MemberResigned(), Leaving),
        "excluded" => story.OfMember(6, new ExclusionNotified("grounds", At(Leaving)), January.AddDays(1)).OfMember(6, new ExclusionHeard(true), Leaving)
            .OfMember(6, new MemberExcluded(), Leaving),
        _ => story.Given(Body.Stream(Board), new BodyDissolved("end"), Leaving),
    };

    [Theory]
    [MemberData(nameof(Leavings))]
    public void However_the_holder_leaves_the_proxy_falls_and_the_giver_votes(string how)
    {
        var story = Given(Opens(Free), Give(1, 6));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, Opening.AddMinutes(20), by: 6)));
        Leaves(story, how);

        var refusal = Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 6)));
        Assert.Equal((ProxyFault.HolderLeft, "art. 14"), (refusal.Fault, refusal.Article));
        Assert.Equal(Person(1), Accepted<VoteCast>(story.When(VoteOf(1, Choice.For))).By);
        Accepted<ElectorSigned>(Signs(how));
    }

    // The same in secret.
    private static Decision Signs(string how)
    {
        var story = WithBoard(5, ChangeAllowed, Set(Free)).Represented(6).Drafted();
        story.Then(story.When(story.Open(secret: true)));
        Leaves(Given(story, Give(1, 6)), how);
        Assert.Equal(ProxyFault.HolderLeft, Refused<ProxyVoid>(story.When(SecretVoteOf(1, Paper("A", Choice.For), by: 6))).Fault);
        return story.When(SecretVoteOf(1, Paper("A", Choice.For)));
    }

    [Fact]
    public void Who_has_another_mandate_on_the_roll_has_not_left()
    {
        var story = Given(WithBoard(3).Represented(6).Given(Body.Stream(Board), new MandateAppointed(Mandate(7), Person(6), Office.Seat), January).Drafted().Opened(), Give(1, 6));
        Ends(story, 6);
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 6)));

        Ends(story, 7);
        Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void Who_is_suspended_and_back_holds_it_again()
    {
        var story = Given(Opens(Free), Give(1, 6)).OfMember(6, new MemberSuspended("dues"), Leaving).OfMember(6, new MemberReinstated(), Leaving.AddMinutes(1));

        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void A_holder_of_a_college_leaves_it()
    {
        var story = Given(WithColleges(3, 2).Drafted(Assembly).Opened(), Give(1, 101));
        story.Given(Body.Stream(Teams), new MandateEnded(Mandate(101), EndReason.Resignation), Leaving);

        Assert.Equal(ProxyFault.HolderLeft, Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 101))).Fault);
    }

    [Fact]
    public void Where_anybody_may_hold_one_it_stays_with_the_holder()
    {
        var story = Ends(Given(Opens(Free with { MembersOnly = false }), Give(1, 6)), 6);

        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void Nobody_gives_a_proxy_to_somebody_who_has_left()
    {
        Refused<ProxyHolderNoElector>(Ends(Opens(Free), 6, Opening.AddMinutes(5)).When(Give(1, 6)));
        Refused<ProxyHolderNoElector>(Ends(Opens(When(HolderLeaves.NamedSubstitute)), 6, Opening.AddMinutes(5)).When(Give(1, 6, substitute: 2)));
        Refused<ProxyHolderNoElector>(Ends(Opens(When(HolderLeaves.NamedSubstitute)), 6, Opening.AddMinutes(5)).When(Give(1, 2, substitute: 6)));
    }

    [Fact]
    public void A_vote_cast_before_the_holder_left_stands()
    {
        var story = Given(Opens(Free), Give(1, 6));
        Ends(story.Then(story.When(VoteOf(1, Choice.For, Opening.AddMinutes(20), by: 6))), 6);

        Assert.Equal(1, ((Ballot.Counted)story.Counted().State).Count.Papers);
    }

    [Theory]
    [InlineData(HolderLeaves.Void, 0)]
    [InlineData(HolderLeaves.NamedSubstitute, 1)]
    public void In_a_meeting_the_giver_is_absent_at_the_count_unless_a_substitute_is_there(HolderLeaves leaves, int represented)
    {
        var story = WithBoard(6, Set(When(leaves))).Drafted();
        Given(story, Give(1, 6, leaves == HolderLeaves.NamedSubstitute ? 2 : null, now: Opening.AddHours(-1)));
        story.Opened(HeldIn.Meeting, [new(Mandate(2), Presence.InPerson), new(Mandate(6), Presence.InPerson)]);
        Assert.Equal(Presence.Represented, ((Ballot.Open)story.State).Roll[Mandate(1)].Present);
        Ends(story, 6);

        var presence = Assert.Single(((Ballot.Counted)story.Counted().State).Count.Roll).Presence!;
        Assert.Equal(represented, presence.Where(p => p.Presence == Presence.Represented).Sum(p => p.Tally.Heads));
    }

    [Fact]
    public void Who_leaves_after_the_close_has_held_it_to_the_end()
    {
        var story = WithBoard(6, Set(Free)).Drafted();
        Given(story, Give(1, 6, now: Opening.AddHours(-1)));
        story.Opened(HeldIn.Meeting, [new(Mandate(6), Presence.InPerson)]).Closed();
        Ends(story, 6, After);
        story.Then(story.When(new CountBallot(TheBallot, After.AddHours(1))));

        Assert.Equal(1, Assert.Single(((Ballot.Counted)story.State).Count.Roll).Presence!.Single(p => p.Presence == Presence.Represented).Tally.Heads);
    }

    [Fact]
    public void The_named_substitute_votes_once_the_holder_has_left_and_not_before()
    {
        var story = Given(Opens(When(HolderLeaves.NamedSubstitute)), Give(1, 6, substitute: 2));
        Refused<MandateOfAnotherPerson>(story.When(VoteOf(1, Choice.For, Opening.AddMinutes(20), by: 2)));
        Ends(story, 6);

        Assert.Equal(Person(1), Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 2))).Giver);
        Assert.Equal(ProxyFault.HolderLeft, Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 6))).Fault);
        Refused<MandateOfAnotherPerson>(story.When(VoteOf(1, Choice.For, by: 3)));
        Ends(story, 2, Leaving.AddMinutes(1));
        Assert.Equal(ProxyFault.HolderLeft, Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 2))).Fault);
    }

    [Fact]
    public void A_substitute_follows_a_holder_who_left_before_the_opening()
    {
        var story = WithBoard(6, Set(When(HolderLeaves.NamedSubstitute))).Drafted();
        Given(story, Give(1, 6, substitute: 2, now: Opening.AddHours(-3)), Give(3, 6, now: Opening.AddHours(-3)));
        Ends(story, 6, Opening.AddHours(-1)).Opened();

        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 2)));
        Assert.Equal(ProxyFault.HolderNoElector, Refused<ProxyVoid>(story.When(VoteOf(3, Choice.For, by: 6))).Fault);
    }

    [Fact]
    public void What_a_substitute_takes_over_comes_after_what_was_given_to_them()
    {
        var story = Given(Opens(When(HolderLeaves.NamedSubstitute) with { MostPerHolder = 1 }), Give(1, 6, substitute: 2), Give(3, 2));
        Ends(story, 6);

        Accepted<VoteCast>(story.When(VoteOf(3, Choice.For, by: 2)));
        Assert.Equal(ProxyFault.TooMany, Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 2))).Fault);
    }

    [Fact]
    public void A_substitute_is_somebody_else_who_could_hold_it_and_whom_the_rules_foresee()
    {
        Assert.Equal("art. 14", Refused<SubstituteNotForeseen>(Opens(Free).When(Give(1, 6, substitute: 2))).Article);
        Refused<SubstituteNotForeseen>(Opens(When(HolderLeaves.Reassigned)).When(Give(1, 6, substitute: 2)));
        var story = Opens(When(HolderLeaves.NamedSubstitute));
        Refused<SubstituteNobodyElse>(story.When(Give(1, 6, substitute: 6)));
        Refused<SubstituteNobodyElse>(story.When(Give(1, 6, substitute: 1)));
        Refused<ProxyHolderNoElector>(story.When(Give(1, 6, substitute: 99)));
        Refused<ProxyChain>(Given(story, Give(3, 4)).When(Give(1, 6, substitute: 3)));
        Given(story, Give(1, 6, substitute: 2));
        Assert.Equal(Decision.NoChange, story.When(Give(1, 6, substitute: 2)));
        Refused<ProxyAlreadyGiven>(story.When(Give(1, 6, substitute: 5)));
    }

    [Fact]
    public void Whoever_presides_reassigns_the_proxy_of_a_holder_who_left()
    {
        var story = Given(Opens(When(HolderLeaves.Reassigned)), Give(1, 6));
        Assert.Equal("art. 14", Refused<ProxyHolderStays>(story.When(Reassign(1, 2))).Article);
        Ends(story, 6);
        Refused<ProxyVoid>(story.When(VoteOf(1, Choice.For, by: 6)));

        Assert.Equal(new ProxyReassigned(TheBallot, Mandate(1), Person(2)), Accepted<ProxyReassigned>(story.When(Reassign(1, 2))));
        story.Then(story.When(Reassign(1, 2)));
        Assert.Equal(Decision.NoChange, story.When(Reassign(1, 2)));
        Refused<ProxyHolderStays>(story.When(Reassign(1, 3)));
        Accepted<VoteCast>(story.When(VoteOf(1, Choice.For, by: 2)));
        Refused<MandateOfAnotherPerson>(story.When(VoteOf(1, Choice.For, by: 6)));
    }

    [Fact]
    public void A_proxy_is_reassigned_within_the_rules()
    {
        var rule = When(HolderLeaves.Reassigned) with { MostPerHolder = 1 };
        var story = Ends(Given(Opens(rule), Give(1, 6), Give(3, 4)), 6);

        Refused<ProxyNotFound>(story.When(Reassign(2, 5)));
        Refused<ProxyHolderNoElector>(story.When(Reassign(1, 99)));
        Refused<ProxyHolderNoElector>(story.When(Reassign(1, 6)));
        Refused<ProxyToOneself>(story.When(Reassign(1, 1)));
        Refused<ProxyCapReached>(story.When(Reassign(1, 4)));
        Refused<ProxyChain>(story.When(Reassign(1, 3)));
        Accepted<ProxyReassigned>(story.When(Reassign(1, 5)));
        story.Voted(Choice.For, 1);
        Refused<ProxyAfterVoting>(story.When(Reassign(1, 5)));
        Refused<BallotClosedAlready>(story.Closed().When(Reassign(1, 5)));
    }

    [Theory]
    [InlineData(HolderLeaves.Void)]
    [InlineData(HolderLeaves.NamedSubstitute)]
    public void Nobody_reassigns_where_the_rules_do_not_say_so(HolderLeaves leaves) =>
        Assert.Equal("art. 14", Refused<ReassignmentNotForeseen>(Ends(Given(Opens(When(leaves)), Give(1, 6)), 6).When(Reassign(1, 2))).Article);

    [Fact]
    public void Before_the_opening_a_proxy_is_reassigned_too_and_then_a_giver_off_the_roll_has_nothing_to_reassign()
    {
        var story = WithBoard(6, Set(When(HolderLeaves.Reassigned))).Drafted();
        Given(story, Give(1, 6, now: Opening.AddHours(-3)), Give(3, 5, now: Opening.AddHours(-3)));
        Ends(Ends(story, 6, Opening.AddHours(-2)), 3, Opening.AddHours(-2));

        Accepted<ProxyReassigned>(story.When(Reassign(1, 2) with { Now = Opening.AddHours(-1) }));
        Refused<ProxyGiverNoElector>(story.When(Reassign(3, 2) with { Now = Opening.AddHours(-1) }));
    }
}
