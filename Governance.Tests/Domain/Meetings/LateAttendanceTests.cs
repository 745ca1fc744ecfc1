using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>What is learnt of a meeting after acts that it would have changed.</summary>
public sealed class LateAttendanceTests
{
    private static ConfirmAttendance Confirm(int person, int minute, string reason = "Sans effet sur le résultat") => new(TheMeeting, Person(person), AtMinute(minute), reason, AtMinute(40));

    // Opened at the hour, one vote at minute 10 and one at minute 20.
    private static MeetingStory Voted() => OfBoard(5).Opened(1, 2).Voting().Done(Count(2), Propose(Another), Put(minute: 20, resolution: Another, ballot: Other));

    private static EventId ActOf(MeetingStory story, BallotId ballot) => story.Log.Log.Single(e => e.Event is ResolutionPutToVote put && put.Ballot == ballot).Id;

    [Fact]
    public void An_arrival_recorded_after_votes_names_those_that_it_would_have_changed()
    {
        var story = Voted();
        var raised = story.When(Arrive(3, 15, entered: 30)).Then<AttendanceIrregularityRaised>();

        Assert.Equal((Person(3), AtMinute(15)), (raised.Person, raised.When));
        Assert.Equal([ActOf(story, Other)], raised.Acts);
        Assert.Equal([story.Last<MeetingOpened>().Id, ActOf(story, TheBallot), ActOf(story, Other)], story.When(Arrive(3, -5, entered: 30)).Then<AttendanceIrregularityRaised>().Acts);
        // In time, or in the same instant as the act that was recorded first, it changes none.
        Assert.Single(Assert.IsType<Decision.Accepted>(story.When(Arrive(3, 20, entered: 30))).Facts);
    }

    [Fact]
    public void A_departure_recorded_late_names_the_votes_until_the_return()
    {
        var story = Voted().Done(Leave(2, 25), Arrive(2, 26));
        Assert.Equal([ActOf(story, Other)], story.When(Leave(1, 15, entered: 30)).Then<AttendanceIrregularityRaised>().Acts);
    }

    [Fact]
    public void Who_held_proxies_and_left_late_in_the_record_changes_votes_after_the_return_too()
    {
        var story = OfBoard(5).Convened().Done(Give(4, 3)).There(1, 2, 3).Done(Open(), Leave(3, 3), Arrive(3, 6)).Voting().Done(Count(2));
        var leaving = story.Log.Log.Single(e => e.Event is PersonLeft).Id;
        story.Done(new RetractAttendance(story.Log.Log.Last(e => e.Event is PersonArrived).Id, "Erreur", AtMinute(30)), new RetractAttendance(leaving, "Erreur", AtMinute(31)));

        // Taken back, each names the vote; so does the leaving once it is recorded anew.
        Assert.Equal([story.Last<ResolutionPutToVote>().Id], story.The<AttendanceIrregularityRaised>().Acts);
        Assert.Equal([story.Last<ResolutionPutToVote>().Id], story.When(Leave(3, 3, entered: 32)).Then<AttendanceIrregularityRaised>().Acts);
    }

    [Fact]
    public void What_becomes_known_after_the_minutes_were_signed_names_the_signature_too()
    {
        var story = Voted().Done(Count(2, minute: 21) with { Ballot = Other }, new CloseMeeting(TheMeeting, AtMinute(30)));
        Assert.Single(Assert.IsType<Decision.Accepted>(story.When(Leave(2, 25, entered: 40))).Facts);
        story.Given(Minutes.Stream(TheMeeting), new MinutesDrafted(TheMeeting, 1, 1, "hash"), Minute(40))
            .Given(Minutes.Stream(TheMeeting), new MinutesSigned(TheMeeting, 1, "hash", Signatory.Chair, Person(1)), Minute(50));
        var signed = story.Last<MinutesSigned>().Id;

        Assert.Equal([ActOf(story, Other), signed], story.When(Leave(2, 15, entered: 60)).Then<AttendanceIrregularityRaised>().Acts);
        // After the last vote it changes what was signed all the same.
        Assert.Equal([signed], story.When(Leave(2, 25, entered: 60)).Then<AttendanceIrregularityRaised>().Acts);
        Assert.Contains(signed, story.When(new RetractAttendance(story.Last<PersonArrived>().Id, "Autre personne", AtMinute(60))).Then<AttendanceIrregularityRaised>().Acts);
    }

    [Fact]
    public void An_irregularity_is_confirmed_with_a_reason()
    {
        var story = Voted().Done(Arrive(3, 15, entered: 30));

        story.When(Confirm(4, 15)).ThenRefused<IrregularityOfAttendanceNotFound>();
        story.When(Confirm(3, 15) with { Meeting = Second }).ThenRefused<MeetingNotFound>();
        story.Done(Confirm(3, 15)).When(Confirm(3, 15)).ThenNothing();
        Assert.Equal("Sans effet sur le résultat", story.State.Irregularities.Single().Confirmed);
        // Taken back, it is for somebody to settle once more.
        story.Done(new RetractAttendance(story.Last<PersonArrived>().Id, "Autre personne", AtMinute(45)));
        Assert.Null(story.State.Irregularities.Single().Confirmed);
    }

    [Fact]
    public void An_arrival_after_a_meeting_without_quorum_names_its_finding()
    {
        var story = OfBoard(4, Set(QuorumRule.OfMembers(new(1, 2)))).Convened().There(1).Done(new FindNoQuorum(TheMeeting, AtMinute(30)));

        Assert.Equal([story.Last<QuorumNotReached>().Id], story.When(Arrive(2, 10, entered: 60)).Then<AttendanceIrregularityRaised>().Acts);
    }

    [Fact]
    public void An_attendance_taken_back_names_the_votes_that_rested_on_it()
    {
        var story = Voted();
        var arrival = story.Log.Log.Single(e => e.Event is PersonArrived arrived && arrived.Person == Person(2)).Id;

        var retracted = story.When(new RetractAttendance(arrival, "Personne d'autre", AtMinute(30)));
        Assert.Equal(3, retracted.Then<AttendanceIrregularityRaised>().Acts.Count);
        story.Log.Then(retracted);
        Assert.Equal([(1, Presence.InPerson)], story.TakingPartAt(20));
        story.When(new RetractAttendance(arrival, "Encore", AtMinute(31))).ThenNothing();
        story.When(new RetractAttendance(story.Last<MeetingOpened>().Id, "Autre registre", AtMinute(31))).ThenRefused<FactNotFound>();
    }

    [Fact]
    public void A_proxy_recorded_or_taken_back_late_names_the_votes_too()
    {
        var story = Voted();
        Assert.Equal([ActOf(story, Other)], story.When(Give(3, 1, minute: 15, entered: true, form: ProxyForm.Paper)).Then<AttendanceIrregularityRaised>().Acts);

        var given = OfBoard(5).Convened().Done(Give(3, 1)).There(1, 2).Done(Open()).Voting().Done(Count(3));
        var vote = given.Last<ResolutionPutToVote>().Id;
        Assert.Equal([vote], given.When(new RevokeMeetingProxy(TheMeeting, Mandate(3), null, AtMinute(5))).Then<AttendanceIrregularityRaised>().Acts);
        Assert.Equal(2, given.When(new RetractAttendance(given.Last<MeetingProxyGiven>().Id, "Erreur", AtMinute(30))).Then<AttendanceIrregularityRaised>().Acts.Count);
    }

    [Fact]
    public void What_a_vote_rests_on_is_not_taken_back()
    {
        var story = OfBoard(4).Opened(1, 2).Done(Propose(), new DeclareInterest(TheMeeting, Accounts, Person(2), null, AtMinute(2)));
        RetractMeetingFact Retract<T>() where T : IEvent => new(story.Last<T>().Id, "Erreur", AtMinute(30));
        story.When(Retract<InterestDeclared>()).Then<FactRetracted>();
        story.Done(new AmendResolution(TheMeeting, Text, "Quitus partiel.", "Amendement", AtMinute(3)), new NoteDebate(TheMeeting, null, "Débat.", AtMinute(4)));
        story.Done(new HandOverChair(TheMeeting, Person(2), AtMinute(5)), Put());

        foreach (var fact in new[] { Retract<InterestDeclared>(), Retract<ResolutionProposed>(), Retract<ResolutionAmended>(), Retract<ChairHandedOver>() })
            Assert.IsType<Decision.Refused>(story.When(fact));
        Assert.Equal("ResolutionPutToVote", story.When(Retract<InterestDeclared>()).ThenRefused<MeetingActRestsOnIt>().Act);
        story.When(Retract<DebateNoted>()).Then<FactRetracted>();
        story.When(Retract<MeetingOpened>()).ThenRefused<ActIsNotRetracted>();
    }
}
