using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>Who is in a meeting, and whether they are enough.</summary>
public sealed class QuorumTests
{
    private static readonly Rule Half = Set(QuorumRule.OfMembers(new(1, 2)));
    private static readonly FindNoQuorum Carence = new(TheMeeting, AtMinute(30));

    private static Rule HalfWhen(QuorumCheck check) => Set(QuorumRule.OfMembers(new(1, 2)) with { Check = check });

    private static Rule SecondWith(QuorumRule? quorum = null, int gap = 8, bool sameAgenda = true) => Set(new SecondConvocationRule(true, gap, sameAgenda, quorum));

    private static AdjournMeeting Adjourn(int minute = 20) => new(TheMeeting, "Repas", null, AtMinute(minute));

    private static ResumeMeeting Resume(int minute = 60) => new(TheMeeting, AtMinute(minute));

    private static CloseMeeting Close(int minute = 90) => new(TheMeeting, AtMinute(minute));

    [Fact]
    public void People_come_in_the_room_or_from_elsewhere_and_leave_by_the_minute()
    {
        var story = OfBoard(4).Convened().Done(Arrive(1), Arrive(2, -5, remote: true), Leave(1, 10), Arrive(1, 20, remote: true), Arrive(1, 25));

        Assert.Equal([(1, Presence.InPerson), (2, Presence.Remote)], story.TakingPartAt(0));
        Assert.Equal([(2, Presence.Remote)], story.TakingPartAt(10));
        Assert.Equal([(1, Presence.Remote), (2, Presence.Remote)], story.TakingPartAt(20));
        Assert.Equal([(1, Presence.InPerson), (2, Presence.Remote)], story.TakingPartAt(25));
        Assert.Equal(2, story.Sheet(TheMeeting).Latest.Count);
    }

    [Fact]
    public void Nobody_is_in_the_meeting_twice_or_leaves_without_being_there()
    {
        var story = OfBoard(4).Convened().Done(Arrive(1));

        story.When(Arrive(1)).ThenNothing();
        Assert.Equal(AtMinute(-10), story.When(Arrive(1, 5)).ThenRefused<AlreadyInTheMeeting>().Since);
        story.When(Leave(2, 5)).ThenRefused<NotInTheMeeting>();
        story.When(Leave(1, -11)).ThenRefused<NotInTheMeeting>();
        story.Done(Leave(1, 5)).When(Leave(1, 5)).ThenNothing();
        story.When(Leave(1, 6)).ThenRefused<NotInTheMeeting>();
        story.When(new RecordDeparture(Second, Person(1), AtMinute(1), Minute(1))).ThenRefused<MeetingNotFound>();
        story.When(Arrive(150)).ThenRefused<AttendingPersonUnknown>();
    }

    [Fact]
    public void Nobody_attends_from_elsewhere_what_is_held_in_a_room_alone()
    {
        var story = OfBoard(4);
        story.Done(story.Plan(remote: false), Add(Accounts, "Comptes"), Convene()).When(Arrive(1, remote: true)).ThenRefused<RemoteNotForeseen>();
    }

    [Fact]
    public void Nobody_comes_or_leaves_in_time_to_come_or_after_the_end()
    {
        var story = OfBoard(4).Opened(1, 2);

        story.When(Arrive(3, 10, entered: 9)).ThenRefused<NotYetHappened>();
        story.When(Leave(1, 10, entered: 9)).ThenRefused<NotYetHappened>();
        story.Done(Close(30)).When(Arrive(3, 31)).ThenRefused<MeetingIsClosed>();
        story.When(Leave(2, 31)).ThenRefused<MeetingIsClosed>();
        story.When(Leave(2, 29, entered: 60)).Then<PersonLeft>();
    }

    [Fact]
    public void Times_out_of_order_take_their_place_or_are_refused()
    {
        var story = OfBoard(4).Convened().Done(Arrive(1, -5, entered: 0), Leave(1, 20));

        // Came before the coming that is known: the later one could not be.
        story.When(Arrive(1, -10, entered: 30)).ThenRefused<ImpossibleInHistory>();
        // Out for a moment in between.
        story.When(Leave(1, 10, entered: 30)).ThenRefused<ImpossibleInHistory>();
        story.Done(new RetractAttendance(story.Last<PersonLeft>().Id, "Heure fausse", AtMinute(30)), Leave(1, 10, entered: 31), Arrive(1, 15, entered: 32), Leave(1, 20, entered: 33));
        Assert.Equal([0, 1, 0, 1, 0], new[] { -6, -5, 10, 15, 20 }.Select(minute => story.TakingPartAt(minute).Count));
    }

    [Fact]
    public void Left_and_back_within_the_same_minute_is_there()
    {
        var story = OfBoard(4).Convened().Done(Arrive(1), Leave(1, 5), Arrive(1, 5));

        Assert.Equal([(1, Presence.InPerson)], story.TakingPartAt(5));
    }

    [Fact]
    public void It_opens_at_its_hour_with_a_quorum_that_is_stored_with_its_working()
    {
        var story = OfBoard(4, Half).Convened().There(1);

        story.When(Open(minute: -1)).ThenRefused<MeetingStillToStart>();
        var missing = story.When(Open()).ThenRefused<QuorumMissing>();
        Assert.Equal((1, 4, 2, "art. 14"), (missing.TakingPart, missing.Total, missing.Threshold, missing.Article));
        // Exactly the threshold.
        story.There(2).Done(Open());
        var quorum = story.The<MeetingOpened>().Quorum;
        Assert.Equal((true, 2), (quorum.Reached, quorum.Roll.Single().Presence!.Single().Tally.Heads));
        Assert.Equal(2, Assert.IsType<QuorumChecked>(quorum.Steps.Single()).Threshold);
        story.When(Open()).ThenRefused<MeetingAlreadyOpen>();
        story.When(Convene()).ThenRefused<MeetingAlreadyOpen>();
    }

    [Fact]
    public void A_guest_makes_no_quorum()
    {
        var story = OfBoard(4, Half).Convened().There(1, 99);

        Assert.Equal(1, story.When(Open()).ThenRefused<QuorumMissing>().TakingPart);
    }

    [Fact]
    public void Who_presides_writes_or_watches_is_there()
    {
        var story = OfBoard(4).Planned();
        story.When(Open()).ThenRefused<MeetingNotConvened>();
        story.Done(Convene()).There(1, 2);

        story.When(Open(3)).ThenRefused(new OfficerNotThere("chair"));
        story.When(Open() with { Secretary = Person(3) }).ThenRefused(new OfficerNotThere("secretary"));
        story.When(Open() with { Scrutineers = [Person(2), Person(3)] }).ThenRefused(new OfficerNotThere("scrutineers"));
        story.Done(Open() with { Secretary = Person(2), Scrutineers = [Person(2), Person(2)] });
        Assert.Equal([Person(2)], story.The<MeetingOpened>().Scrutineers);
    }

    [Fact]
    public void The_chair_goes_to_somebody_who_is_there_and_no_vote_is_taken_without_one()
    {
        HandOverChair To(int person) => new(TheMeeting, Person(person), AtMinute(6));
        var story = OfBoard(4).Convened().There(1, 2);

        story.When(To(2)).ThenRefused<MeetingNotOpen>();
        story.Done(Open(), Propose(), Leave(1, 5)).When(Put()).ThenRefused(new OfficerNotThere("chair"));
        story.When(To(3)).ThenRefused(new OfficerNotThere("chair"));
        story.Done(To(2)).When(To(2)).ThenNothing();
        Assert.Equal(Mandate(2), story.When(Put()).Then<BallotOpened>().Chair);
    }

    [Fact]
    public void Too_few_are_there_and_it_is_found_so()
    {
        var story = OfBoard(4, Half).Planned();
        story.When(Carence).ThenRefused<MeetingNotConvened>();
        story.Done(Convene()).There(1).When(Carence with { On = AtMinute(-1) }).ThenRefused<MeetingStillToStart>();
        story.Done(Carence).When(Carence).ThenNothing();

        Assert.False(story.The<QuorumNotReached>().Quorum.Reached);
        story.When(Open()).ThenRefused<MeetingHadNoQuorum>();
        story.When(Give(1, 2)).ThenRefused<MeetingHadNoQuorum>();
        OfBoard(4, Half).Convened().There(1, 2).When(Carence).ThenRefused<QuorumIsReached>();
    }

    [Fact]
    public void Quorum_lost_between_two_votes_earlier_resolutions_stand_and_later_ones_are_refused()
    {
        var story = OfBoard(4, Half).Opened(1, 2).Voting().Done(Count(2), Propose(Another), Leave(2, 12));

        var missing = story.When(Put(minute: 15, resolution: Another, ballot: Other)).ThenRefused<QuorumMissing>();
        Assert.Equal((1, 4, 2, "art. 14"), (missing.TakingPart, missing.Total, missing.Threshold, missing.Article));
        Assert.Equal(Verdict.Adopted, story.Log.State.Verdict);
        Assert.False(story.Done(Adjourn()).The<MeetingAdjourned>().Quorum!.Reached);
        story.When(Resume()).ThenRefused<QuorumMissing>();
        story.Done(Arrive(3, 50), Resume()).When(Put(minute: 65, resolution: Another, ballot: Other)).Then<ResolutionPutToVote>();
    }

    [Fact]
    public void A_quorum_checked_at_the_opening_stands_for_every_vote()
    {
        var story = OfBoard(4, HalfWhen(QuorumCheck.AtOpening)).Opened(1, 2).Done(Leave(2, 5)).Voting();

        Assert.False(story.The<ResolutionPutToVote>().Quorum.Reached);
        Assert.Equal(Verdict.Adopted, story.Done(Count(1)).Log.State.Verdict);
        Assert.Equal(("art. 14", QuorumRule.None), (story.The<BallotOpened>().Rules.Quorum.Article, story.The<BallotOpened>().Rules.Quorum.Content with { Counted = [] }));
    }

    [Fact]
    public void A_quorum_checked_at_each_vote_opens_and_resumes_without()
    {
        var story = OfBoard(4, HalfWhen(QuorumCheck.AtEachVote)).Opened(1).Done(Propose(), Adjourn(5), Resume(6));

        story.When(Put()).ThenRefused<QuorumMissing>();
        story.Done(Arrive(2, 9)).When(Put()).Then<ResolutionPutToVote>();
    }

    [Fact]
    public void Adjourned_and_closed_it_is_done_with()
    {
        var story = OfBoard(4).Convened().There(1);
        story.When(Adjourn()).ThenRefused<MeetingNotOpen>();
        story.When(Resume()).ThenRefused<MeetingNotOpen>();
        story.When(Close()).ThenRefused<MeetingNotOpen>();
        story.Done(Open(), Propose());
        story.When(Resume()).ThenNothing();
        story.Done(Adjourn()).When(Adjourn()).ThenNothing();
        story.When(Put()).ThenRefused<MeetingIsAdjourned>();
        story.When(Propose(Another)).ThenRefused<MeetingIsAdjourned>();
        story.Done(Resume(), Close()).When(Close()).ThenNothing();
        Assert.Equal(AtMinute(90), story.When(Propose(Another)).ThenRefused<MeetingIsClosed>().On);
        story.When(Adjourn()).ThenRefused<MeetingIsClosed>();
    }

    [Fact]
    public void A_second_meeting_has_its_own_quorum_and_the_same_majority()
    {
        var story = OfBoard(4, Half, SecondWith()).Convened().There(1).Done(Carence);
        story.Done(story.Plan(Second, starts: Starts.AddDays(20), secondOf: TheMeeting), Add(Accounts, "Comptes", Second), Convene(Starts.AddDays(1), meeting: Second));
        var second = Starts.AddDays(20);
        story.Done(
            new RecordArrival(Second, Person(1), false, At(second), second), new OpenMeeting(Second, Person(1), null, [], At(second)),
            Propose() with { Meeting = Second, On = At(second) });

        var decision = story.When(Put() with { Meeting = Second, Now = second.AddMinutes(5), Closes = second.AddHours(1) });
        Assert.True(decision.Then<ResolutionPutToVote>().Quorum.Reached);
        var rules = decision.Then<BallotOpened>().Rules;
        Assert.Equal((QuorumExtent.None, MajorityRule.MoreThanHalfExpressed), (rules.Quorum.Content.Extent, rules.Majority.Content));
    }

    [Fact]
    public void Silence_of_the_statutes_is_no_waiver_and_the_gap_and_agenda_of_a_second_meeting_are_the_rules()
    {
        static MeetingStory Without(params Rule[] rules) => OfBoard(4, [Half, .. rules]).Convened().There(1).Done(Carence);
        static Decision Convened(MeetingStory story, int days, string title = "Comptes", int sentDays = 1) =>
            story.Done(story.Plan(Second, starts: Starts.AddDays(days), secondOf: TheMeeting), Add(Accounts, title, Second)).When(Convene(Starts.AddDays(sentDays), meeting: Second));

        Assert.Equal("meeting.second-not-allowed", Convened(Without(), 20).ThenRefused<SecondMeetingRefused>().Code);
        var soon = Convened(Without(SecondWith(gap: 21)), 20).ThenRefused<SecondMeetingRefused>();
        Assert.Equal(("meeting.second-too-soon", new DateOnly(2024, 4, 10), "art. 14"), (soon.Code, soon.Earliest, soon.Article));
        Assert.Equal("meeting.second-other-agenda", Convened(Without(SecondWith()), 20, "Dissolution").ThenRefused<SecondMeetingRefused>().Code);
        Convened(Without(SecondWith(sameAgenda: false)), 20, "Dissolution").Then<MeetingConvened>();
    }

    [Fact]
    public void Nothing_joins_the_same_agenda_once_the_second_meeting_is_convened()
    {
        var open = RulesInForce.Defaults.Notice(BodyKind.Board, DecisionKind.Ordinary).Content with { AgendaFrozen = false };
        var story = OfBoard(4, Half, SecondWith(), Set(open)).Convened().There(1).Done(Carence);
        story.Done(story.Plan(Second, starts: Starts.AddDays(20), secondOf: TheMeeting), Add(Accounts, "Comptes", Second), Convene(Starts.AddDays(1), meeting: Second));

        Assert.Equal("meeting.second-other-agenda", story.When(Add(Tools, "Dissolution", Second, Starts.AddDays(2))).ThenRefused<SecondMeetingRefused>().Code);
    }

    [Fact]
    public void A_second_meeting_follows_one_of_its_body_and_kind_that_had_no_quorum()
    {
        var story = OfBoard(4, Half).Convened();
        var plan = story.Plan(Second, starts: Starts.AddDays(20), secondOf: TheMeeting);

        story.When(plan with { SecondOf = MeetingId.Of(Id(39)) }).ThenRefused<MeetingNotFound>();
        story.When(plan).ThenRefused<FirstMeetingHadQuorum>();
        story.There(1).Done(Carence).When(plan with { Type = MeetingKind.Extraordinary }).ThenRefused(new SecondMeetingOfAnotherKind(MeetingKind.Ordinary));
    }

    [Fact]
    public void A_second_meeting_follows_one_that_lost_its_quorum_and_was_closed_and_none_that_went_on()
    {
        static MeetingStory Broken(int gap = 8) => OfBoard(4, Half, SecondWith(gap: gap)).Opened(1, 2).Done(Leave(2, 5), Adjourn(6));
        static PlanMeeting Planned(MeetingStory story) => story.Plan(Second, starts: Starts.AddDays(20), secondOf: TheMeeting);
        static Decision Convened(MeetingStory story) => story.Done(Close(10), Planned(story), Add(Accounts, "Comptes", Second)).When(Convene(Starts.AddDays(1), meeting: Second));

        var still = Broken();
        still.When(Planned(still)).ThenRefused<FirstMeetingHadQuorum>();
        Convened(still).Then<MeetingConvened>();
        Assert.Equal("meeting.second-too-soon", Convened(Broken(gap: 21)).ThenRefused<SecondMeetingRefused>().Code);

        // Somebody came back and it went on: what it did not decide waits for a meeting like any other.
        var resumed = Broken().Done(Arrive(2, 7), Resume(8), Close(10));
        resumed.When(Planned(resumed)).ThenRefused<FirstMeetingHadQuorum>();
    }

    // A first meeting that adopted the accounts, lost its quorum and was closed; the second is planned.
    private static MeetingStory DecidedAndBrokenOff(bool sameAgenda = true, params Rule[] rules)
    {
        var story = OfBoard(4, [Half, SecondWith(sameAgenda: sameAgenda), .. rules]).Opened(1, 2).Voting().Done(Count(2), Leave(2, 15), Adjourn(16), Close(17));
        return story.Done(story.Plan(Second, starts: Starts.AddDays(20), secondOf: TheMeeting));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_meeting_is_convened_for_what_the_first_did_not_decide_and_for_nothing_that_it_did(bool sameAgenda)
    {
        var refused = DecidedAndBrokenOff(sameAgenda).Done(Add(Accounts, "Comptes", Second), Add(Tools, "Outils", Second))
            .When(Convene(Starts.AddDays(1), meeting: Second)).ThenRefused<SecondMeetingRefused>();
        Assert.Equal(("meeting.second-already-decided", "Comptes", "art. 14"), (refused.Code, refused.What, refused.Article));

        DecidedAndBrokenOff(sameAgenda).Done(Add(Tools, "Outils", Second)).When(Convene(Starts.AddDays(1), meeting: Second)).Then<MeetingConvened>();
    }

    [Fact]
    public void What_the_first_meeting_decided_joins_no_agenda_once_the_second_is_convened_and_is_not_put_to_the_vote_again_under_another_item()
    {
        var open = RulesInForce.Defaults.Notice(BodyKind.Board, DecisionKind.Ordinary).Content with { AgendaFrozen = false };
        var story = DecidedAndBrokenOff(sameAgenda: false, Set(open)).Done(Add(Tools, "Outils", Second), Convene(Starts.AddDays(1), meeting: Second));
        Assert.Equal("Comptes", story.When(Add(Accounts, "Comptes", Second, Starts.AddDays(2))).ThenRefused<SecondMeetingRefused>().What);

        var second = Starts.AddDays(20);
        ProposeResolution Proposed(ResolutionId id, string title, string text) => Propose(id, Tools) with { Meeting = Second, Title = title, Text = text, On = At(second) };
        PutToVote PutAgain(ResolutionId id) => Put(resolution: id, ballot: Other) with { Meeting = Second, Now = second.AddMinutes(5), Closes = second.AddHours(1) };
        story.Done(
            new RecordArrival(Second, Person(1), false, At(second), second), new OpenMeeting(Second, Person(1), null, [], At(second)),
            Proposed(Another, "Quitus au trésorier", "L'assemblée donne quitus."), Proposed(ResolutionId.Of(Id(52)), "Outils", "L'assemblée adopte les outils."));
        var refused = story.When(PutAgain(Another)).ThenRefused<SecondMeetingRefused>();
        Assert.Equal(("meeting.second-already-decided", "Quitus au trésorier", "art. 14"), (refused.Code, refused.What, refused.Article));
        story.When(PutAgain(ResolutionId.Of(Id(52)))).Then<ResolutionPutToVote>();
    }

    [Fact]
    public void What_the_first_meeting_voted_on_and_annulled_was_not_decided()
    {
        var story = DecidedAndBrokenOff().Done(new AnnulBallot(TheBallot, "Le compte était faux.", false, null, Minute(18)));

        story.Done(Add(Accounts, "Comptes", Second)).When(Convene(Starts.AddDays(1), meeting: Second)).Then<MeetingConvened>();
    }

    [Fact]
    public void A_college_without_quorum_blocks_or_lets_the_others_decide()
    {
        Rule quorum = Set(QuorumRule.OfMembers(new(1, 2)) with { Extent = QuorumExtent.EachCollege });
        Rule If(MissingCollege missing) => Set(CollegesRule.Pooled with { Missing = missing });

        var blocked = OfColleges(4, 4, quorum, If(MissingCollege.Block)).Convened().There(1, 2, 101);
        Assert.Equal(1, blocked.When(Open()).ThenRefused<QuorumMissing>().TakingPart);
        OfColleges(4, 4, quorum, If(MissingCollege.Drop)).Convened().There(1, 2, 101).When(Open()).Then<MeetingOpened>();
        OfColleges(4, 4, quorum, If(MissingCollege.Drop)).Convened().There(1, 101).When(Open()).ThenRefused<QuorumMissing>();
        // Empty is no quorum either.
        OfColleges(4, 0, quorum, If(MissingCollege.Block)).Convened().There(1, 2).When(Open()).ThenRefused(new CollegesMissing("art. 14"));
        OfColleges(4, 0, quorum, If(MissingCollege.Drop)).Convened().There(1, 2).When(Open()).Then<MeetingOpened>();
    }

    [Fact]
    public void A_meeting_opens_when_enough_colleges_have_their_quorum()
    {
        Rule two = Set(QuorumRule.OfMembers(new(1, 2)) with { Extent = QuorumExtent.SomeColleges, Colleges = 2 });
        var story = OfColleges(4, 4, two).Convened().There(1, 2, 101);

        story.When(Open()).ThenRefused(new TooFewColleges(1, 2, "art. 14"));
        story.There(102).When(Open()).Then<MeetingOpened>();
    }

    [Fact]
    public void A_person_in_two_colleges_is_there_for_both()
    {
        var story = OfColleges(2, 2).Given(Body.Stream(Teams), new MandateAppointed(Mandate(150), Person(1), Office.Seat), January).Convened().There(1);

        Assert.Equal([(1, Presence.InPerson), (150, Presence.InPerson)], story.TakingPartAt(0));
        // One person, one convocation.
        Assert.Equal(4, story.The<MeetingConvened>().Persons);
    }

    [Fact]
    public void A_centre_whose_representative_changes_on_the_day_is_represented_by_the_new_one()
    {
        var story = OfBoard(3).Registered(7).Convened().There(1, 2, 7)
            .Given(Body.Stream(Board), new MandateEnded(Mandate(2), EndReason.Resignation), Minute(5))
            .Given(Body.Stream(Board), new MandateAppointed(Mandate(7), Person(7), Office.Seat), Minute(5));

        Assert.Equal([(1, Presence.InPerson), (2, Presence.InPerson)], story.TakingPartAt(4));
        Assert.Equal([(1, Presence.InPerson), (7, Presence.InPerson)], story.TakingPartAt(5));
    }

    [Theory]
    [InlineData(DuesPaidBy.Convocation, 1)]
    [InlineData(DuesPaidBy.RecordDate, 1)]
    [InlineData(DuesPaidBy.Vote, 2)]
    [InlineData(DuesPaidBy.NotRequired, 2)]
    public void The_rule_says_at_which_instant_dues_count(DuesPaidBy by, int electors)
    {
        // Due before the convocation, paid between the record date and the vote.
        var rule = new EligibilityRule(by, 0, 0, Voice.Deliberative, by == DuesPaidBy.RecordDate ? 5 : null);
        var story = OfBoard(1, Set(rule)).Registered(2);
        story.Log.Represented(2).OfMember(2, new DuesCalled("2024", 100, At(Sent.AddDays(-5))), January).OfMember(2, new DuesPaid("2024", 100), Starts.AddDays(-1));
        story.Opened(1, 2).Voting();

        Assert.Equal(electors, story.The<BallotOpened>().ElectorCount);
        Assert.Equal(electors, story.The<ResolutionPutToVote>().Quorum.Roll.Single().Members.Heads);
    }
}
