using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>Meetings of working groups and of the circles of colleges: the same model, from the plan to the closing.</summary>
public sealed class GroupMeetingTests
{
    private static readonly MemberId Labo = MemberId.Of(Id(70)), Trajectoire = MemberId.Of(Id(71)), Outside = MemberId.Of(Id(72));
    private static readonly EffectiveTime TheDay = EffectiveTime.On(new(2024, 3, 20), Paris);

    private static MeetingStory Group() => OfGroup()
        .Given(WorkingGroup.Stream(TheGroup), new WorkingGroupJoined(Labo), January.AddHours(1))
        .Given(WorkingGroup.Stream(TheGroup), new WorkingGroupJoined(Trajectoire), January.AddHours(2));

    private static RecordGroupCentres Centres(params MemberId[] centres) => new(TheMeeting, centres, AtMinute(5));

    private static CloseMeeting Close => new(TheMeeting, AtMinute(60));

    [Fact]
    public void A_meeting_of_a_group_asks_for_no_quorum_and_counts_once_with_its_centres_and_its_logbook()
    {
        var story = Group().Planned().There(1).Done(Open(1));
        story.When(Centres(Labo, Outside)).ThenRefused<CentreNotInGroup>();
        story.Done(Centres(Labo), Centres(Labo, Trajectoire)).When(Centres(Labo, Trajectoire)).ThenNothing();
        story.Done(new NoteDebate(TheMeeting, Accounts, "Trois études à mener.", AtMinute(10)), new NoteDebate(TheMeeting, null, "Prochaine date en mai.", AtMinute(20)));
        story.Done(Close).When(Close).ThenNothing();

        var met = story.Last<WorkingGroupMet>();
        var told = (WorkingGroupMet)met.Event;
        Assert.Equal((TheDay, TheMeeting, "Salle des fêtes", true), (met.On, told.Meeting!.Value, told.Place, told.InPerson));
        Assert.Equal([Labo, Trajectoire], told.Centres);
        Assert.Equal("Comptes : Trois études à mener.\nProchaine date en mai.", told.Logbook);
        // Noted beside, it would count twice.
        story.When(new RecordGroupMeeting(true, [Labo], "Lille", null, TheDay)).ThenRefused<MeetingAlreadyRecorded>();
        story.When(Centres(Labo)).ThenRefused<MeetingIsClosed>();
    }

    [Fact]
    public void A_meeting_that_was_noted_already_is_not_counted_again_when_it_is_closed()
    {
        var story = Group().Planned().There(1).Done(Open(1), new RecordGroupMeeting(true, [Labo], null, "Noté à la main.", TheDay), Close);

        Assert.Single(story.Log.Log, e => e.Event is WorkingGroupMet);
    }

    [Fact]
    public void A_group_that_has_ended_meanwhile_keeps_no_meeting_from_its_closing()
    {
        var story = Group().Planned().There(1).Done(Open(1)).Given(WorkingGroup.Stream(TheGroup), new WorkingGroupClosed("Achevé"), Sent);

        story.Done(Close);
        Assert.DoesNotContain(story.Log.Log, e => e.Event is WorkingGroupMet);
    }

    [Fact]
    public void Centres_are_those_of_groups_and_not_of_bodies() => OfBoard(2).Convened().When(Centres(Labo)).ThenRefused<CentresOfBodyMeeting>();

    [Fact]
    public void A_circle_of_a_college_meets_and_votes_as_any_body()
    {
        var story = OfCircle(3).Opened(1, 2).Voting().Done(Count(2, college: Presidents), Close);

        Assert.Equal(Verdict.Adopted, story.The<ResultProclaimed>().Outcome!.Verdict);
        Assert.IsType<Meeting.Closed>(story.State);
    }
}
