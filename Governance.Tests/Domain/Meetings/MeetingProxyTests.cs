using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>Voting for somebody who is not in the meeting.</summary>
public sealed class MeetingProxyTests
{
    private static readonly ProxiesRule Free = RulesInForce.Defaults.Proxies(BodyKind.Board, DecisionKind.Ordinary).Content;

    private static MeetingStory Under(ProxiesRule rule, params Rule[] others) => OfBoard(6, [Set(rule), .. others]).Convened();

    private static HandOnMeetingProxy HandOn(int giver, int holder, int minute = 6) => new(TheMeeting, Mandate(giver), Person(holder), AtMinute(minute));

    private static RevokeMeetingProxy Revoke(int giver, int? by = null, int minute = 6) => new(TheMeeting, Mandate(giver), by is { } b ? Person(b) : null, AtMinute(minute));

    [Fact]
    public void Who_is_absent_is_represented_while_the_holder_is_there()
    {
        var story = Under(Free).Done(Give(3, 1)).There(2);

        Assert.Equal([(2, Presence.InPerson)], story.TakingPartAt(-9));
        story.Done(Arrive(1, -5));
        Assert.Equal([(1, Presence.InPerson), (2, Presence.InPerson), (3, Presence.Represented)], story.TakingPartAt(-5));
    }

    [Fact]
    public void Whom_a_room_represents_is_found_by_reading_its_electors_once()
    {
        var room = Under(Free).Done(Give(3, 1), Give(4, 2), Give(5, 6)).There(1, 2).RoomAt(-9);
        var electors = new Counting<Elector>(room.Electors);
        room = room with { Electors = electors };

        Assert.Equal([Mandate(3), Mandate(4)], room.Represented().Select(p => p.Proxy.Giver));
        Assert.Equal(electors.Count, electors.Handed);
    }

    /// <summary>A list that counts what it was asked for.</summary>
    private sealed class Counting<T>(IReadOnlyList<T> all) : IReadOnlyList<T>
    {
        public int Handed { get; private set; }

        public int Count => all.Count;

        public T this[int index]
        {
            get
            {
                Handed++;
                return all[index];
            }
        }

        public IEnumerator<T> GetEnumerator()
        {
            for (var at = 0; at < all.Count; at++)
                yield return this[at];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void The_holder_leaves_and_the_proxy_is_void_so_that_the_givers_leave_the_quorum()
    {
        var story = Under(Free, Set(QuorumRule.OfMembers(new(1, 2)))).Done(Give(3, 1)).There(1, 2).Done(Open(2), Propose(), Leave(1, 5));

        Assert.Equal([(2, Presence.InPerson)], story.TakingPartAt(5));
        Assert.Equal(1, story.When(Put()).ThenRefused<QuorumMissing>().TakingPart);
        // Back in the room, the holder is there for themself alone.
        story.Done(Arrive(1, 7));
        Assert.Equal([(1, Presence.InPerson), (2, Presence.InPerson)], story.TakingPartAt(7));
        Assert.Equal(ProxyFault.HolderLeft, story.FaultAt(7, 3));
        // Given once more, it falls once more with the next leaving.
        story.Done(Revoke(3, minute: 8), Give(3, 1, minute: 8));
        Assert.Contains((3, Presence.Represented), story.TakingPartAt(8));
        story.Done(Leave(1, 10), Arrive(1, 11));
        Assert.DoesNotContain((3, Presence.Represented), story.TakingPartAt(11));
    }

    [Fact]
    public void The_holder_leaves_and_the_named_substitute_takes_over()
    {
        var story = Under(Free with { HolderLeaves = HolderLeaves.NamedSubstitute }).Done(Give(3, 1, substitute: 2)).There(1, 2).Done(Open(2), Leave(1, 5));

        Assert.Contains((3, Presence.Represented), story.TakingPartAt(5));
        var given = story.Done(Propose()).When(Put(WayOfVoting.RollCall)).Then<ProxyGiven>();
        Assert.Equal(Person(2), given.Holder);
        story.Done(Leave(2, 7), Arrive(1, 8));
        Assert.DoesNotContain((3, Presence.Represented), story.TakingPartAt(8));
    }

    [Fact]
    public void The_holder_leaves_and_the_chair_puts_the_proxy_into_another_hand()
    {
        var story = Under(Free with { HolderLeaves = HolderLeaves.Reassigned }).Done(Give(3, 1)).There(1, 2, 4).Done(Open(2));

        story.When(HandOn(5, 2)).ThenRefused<MeetingProxyNotFound>();
        story.When(HandOn(3, 2)).ThenRefused<ProxyHolderStays>();
        story.Done(Leave(1, 5));
        Assert.DoesNotContain((3, Presence.Represented), story.TakingPartAt(5));
        story.Done(HandOn(3, 2)).When(HandOn(3, 2)).ThenNothing();
        Assert.Contains((3, Presence.Represented), story.TakingPartAt(6));
        story.When(new HandOnMeetingProxy(Second, Mandate(3), Person(2), AtMinute(6))).ThenRefused<MeetingNotFound>();
        Under(Free).Done(Give(3, 1)).There(1, 2).Done(Open(2), Leave(1, 5)).When(HandOn(3, 2)).ThenRefused<ReassignmentNotForeseen>();
    }

    [Fact]
    public void The_giver_arrives_and_the_proxy_is_suspended_from_that_minute()
    {
        var story = Under(Free).Done(Give(3, 1)).There(1, 2).Done(Open(), Arrive(3, 5));

        Assert.Contains((3, Presence.Represented), story.TakingPartAt(4));
        Assert.Contains((3, Presence.InPerson), story.TakingPartAt(5));
        Assert.Equal(ProxyFault.GiverPresent, story.FaultAt(5, 3));
        // Gone again, the giver is represented again.
        story.Done(Leave(3, 20));
        Assert.Contains((3, Presence.Represented), story.TakingPartAt(20));
    }

    [Fact]
    public void The_giver_arrives_while_a_vote_is_under_way_votes_cast_stand()
    {
        var story = Under(Free, ChangeAllowed).Done(Give(3, 1), Give(4, 1)).There(1, 2).Done(Open()).Voting(WayOfVoting.Electronic);
        CastVote For(int elector, int by, int minute) => new(TheBallot, Mandate(elector), Person(by), Choice.For, Minute(minute));
        story.Done(For(3, 1, 11), Arrive(3, 12), Arrive(4, 12));

        Assert.Equal([ProxyEnd.GiverCame, ProxyEnd.GiverCame], story.Log.Proxies(TheBallot).Latest.All.Select(p => p.End!.Value));
        story.When(For(4, 1, 13)).ThenRefused<ProxySuspended>();
        story.Done(For(4, 4, 13));
        Assert.Equal(Person(1), ((Vote.Cast)story.Log.Votes(Mandate(3)).Latest).By);
        Assert.Equal(Person(4), ((Vote.Cast)story.Log.Votes(Mandate(4)).Latest).By);
    }

    [Fact]
    public void An_arrival_of_before_a_departure_that_is_known_suspends_nothing()
    {
        var story = Under(Free).Done(Arrive(3, -8, entered: -5), Leave(3, -1), Give(3, 1, minute: 0)).There(1, 2).Done(Open()).Voting(WayOfVoting.Electronic);

        // Went on from elsewhere for a minute, before leaving: entered during the vote.
        Assert.DoesNotContain(
            Assert.IsType<Decision.Accepted>(story.When(Arrive(3, -3, remote: true, entered: 12))).Facts, f => f.Event is ProxyRevoked);
    }

    [Fact]
    public void A_proxy_is_given_once_to_a_member_who_is_somebody_else()
    {
        var story = Under(Free).Done(Give(3, 1));

        story.When(Give(3, 1)).ThenNothing();
        story.When(Give(3, 2)).ThenRefused<ProxyAlreadyGiven>();
        story.When(Give(4, 99)).ThenRefused<ProxyHolderNoElector>();
        story.When(Give(4, 4)).ThenRefused<ProxyToOneself>();
        story.When(Give(150, 1)).ThenRefused<ProxyGiverNoElector>();
        story.When(Give(4, 1) with { By = Person(5) }).ThenRefused<MandateOfAnotherPerson>();
        story.When(Give(4, 1, form: ProxyForm.Oral)).ThenRefused<ProxyNotWritten>();
        story.There(4).When(Give(4, 1, minute: 1)).ThenRefused<ProxyGiverPresent>();
        story.When(Give(5, 1, substitute: 2)).ThenRefused<SubstituteNotForeseen>();
        Under(Free with { Allowed = false }).When(Give(3, 1)).ThenRefused<ProxiesNotAllowed>();
        story.When(Give(4, 1) with { Meeting = Second }).ThenRefused<MeetingNotFound>();
    }

    [Fact]
    public void A_proxy_for_another_college_is_refused_where_the_rule_says_so()
    {
        var story = OfColleges(2, 2, Set(Free with { SameCollege = true })).Convened();

        story.When(Give(1, 101)).ThenRefused<ProxyOfAnotherCollege>();
        story.When(Give(1, 2)).Then<MeetingProxyGiven>();
    }

    [Theory]
    [InlineData(OverCap.ExcessVoid, 2)]
    [InlineData(OverCap.AllVoid, 0)]
    public void Over_the_cap_the_excess_or_all_of_them_are_void(OverCap overCap, int standing)
    {
        var story = Under(Free with { MostPerHolder = 2, OverCap = overCap }).Done(Give(3, 1), Give(4, 1)).There(1);

        Assert.Equal("art. 14", story.When(Give(5, 1)).ThenRefused<ProxyCapReached>().Article);
        // On paper it was given already.
        story.Done(Give(5, 1, form: ProxyForm.Paper, entered: true));
        Assert.Equal(standing, story.TakingPartAt(0).Count(e => e.How == Presence.Represented));
        Assert.Equal(standing == 0 ? ProxyFault.TooMany : null, story.FaultAt(0, 3));
        Assert.Equal(ProxyFault.TooMany, story.FaultAt(0, 5));
    }

    [Fact]
    public void Proxies_make_no_chain()
    {
        var story = Under(Free).Done(Give(3, 1));

        story.When(Give(1, 2)).ThenRefused<ProxyChain>();
        story.When(Give(4, 3)).ThenRefused<ProxyChain>();
        // Who has come holds the own vote again, and may hold another's.
        story.There(1, 3).When(Give(4, 3, minute: 1)).Then<MeetingProxyGiven>();
        story.Done(Give(4, 3, minute: 1));
        Assert.Contains((4, Presence.Represented), story.TakingPartAt(1));
    }

    [Fact]
    public void A_blank_proxy_is_refused_given_out_or_the_chairs()
    {
        Assert.Equal("art. 14", Under(Free).When(Give(3, null)).ThenRefused<BlankProxyRefused>().Article);

        var out_ = Under(Free with { Blank = BlankProxies.GivenOut }).Done(Give(3, null)).There(1, 2);
        Assert.DoesNotContain((3, Presence.Represented), out_.TakingPartAt(0));
        out_.Done(Give(3, 2, minute: 1, entered: true));
        Assert.Contains((3, Presence.Represented), out_.TakingPartAt(1));

        var chair = Under(Free with { Blank = BlankProxies.ToTheChair }).There(1, 2).Done(Give(3, null, minute: -9, entered: true), Open(2));
        Assert.Equal(Person(2), chair.RoomAt(1).Proxies.Single().Holder);
        Assert.Contains((3, Presence.Represented), chair.TakingPartAt(1));
    }

    [Fact]
    public void What_comes_after_the_deadline_before_the_meeting_is_too_late()
    {
        var story = Under(Free with { DeadlineHours = 24 });

        Assert.Equal(AtMinute(-24 * 60), story.When(Give(3, 1, minute: (-24 * 60) + 1)).ThenRefused<ProxyTooLate>().Deadline);
        story.When(Give(3, 1, minute: -24 * 60)).Then<MeetingProxyGiven>();
    }

    [Fact]
    public void Taken_back_it_gives_no_vote_and_a_vote_under_way_is_taken_back_with_it()
    {
        var story = Under(Free).Done(Give(3, 1), Give(4, 1)).There(1, 2).Done(Open());

        story.When(Revoke(5)).ThenRefused<MeetingProxyNotFound>();
        story.When(Revoke(3, by: 4)).ThenRefused<MandateOfAnotherPerson>();
        story.When(Revoke(3) with { Meeting = Second }).ThenRefused<MeetingNotFound>();
        story.Done(Revoke(3, by: 3)).When(Revoke(3)).ThenNothing();
        story.Voting(WayOfVoting.RollCall).Done(Revoke(4, minute: 12));
        Assert.Equal(ProxyEnd.TakenBack, story.Log.Proxies(TheBallot).Latest.Of(Mandate(4))!.End);
        story.When(Revoke(4, minute: 12)).ThenNothing();
    }
}
