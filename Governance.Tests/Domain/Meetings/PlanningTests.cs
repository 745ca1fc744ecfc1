using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>A meeting before it is opened: planned, put on paper, convened.</summary>
public sealed class PlanningTests
{
    private static readonly NoticeRule Notice = RulesInForce.Defaults.Notice(Governance.Domain.Mandates.BodyKind.Board, DecisionKind.Ordinary).Content;

    private static MeetingStory Board(params Rule[] rules) => OfBoard(6, rules);

    [Fact]
    public void A_meeting_is_of_a_body_or_of_a_group_that_exists_and_is_held_somewhere()
    {
        var plan = Board().Plan();

        Board().When(plan with { Group = TheGroup }).ThenRefused<MeetingOfBodyOrGroup>();
        Board().When(plan with { Body = null }).ThenRefused<MeetingOfBodyOrGroup>();
        Board().When(plan with { Place = null, Remote = false }).ThenRefused<MeetingNowhere>();
        Board().When(plan with { Body = Teams }).ThenRefused<MeetingBodyNotFound>();
        OfGroup().When(OfGroup().Plan() with { Group = WorkingGroupId.Of(Id(61)) }).ThenRefused<MeetingBodyNotFound>();
        Board().When(plan with { Title = " " }).ThenRefused<TextOutOfBounds>();
    }

    [Fact]
    public void Planned_again_nothing_changes_and_otherwise_it_is_refused()
    {
        var story = Board().Planned();

        story.When(story.Plan()).ThenNothing();
        story.When(story.Plan(remote: false)).ThenRefused<MeetingAlreadyPlanned>();
    }

    [Fact]
    public void Until_it_is_convened_it_moves()
    {
        var story = Board().Planned();
        MoveMeeting To(int days) => new(TheMeeting, At(Starts.AddDays(days)), "Préfecture", false, At(January.AddDays(3)));

        story.Done(To(1)).When(To(1)).ThenNothing();
        Assert.Equal((At(Starts.AddDays(1)), "Préfecture", false), (story.State.Starts, story.State.Place, story.State.Remote));
        story.When(To(1) with { Place = null }).ThenRefused<MeetingNowhere>();
        story.Done(Convene()).When(To(2)).ThenRefused<MeetingAlreadyConvened>();
    }

    [Fact]
    public void Called_off_nothing_more_is_done_with_it()
    {
        var story = Board().Convened();
        var cancel = new CancelMeeting(TheMeeting, "Grève des trains", At(Sent.AddDays(1)));

        story.When(cancel with { Meeting = Second }).ThenRefused<MeetingNotFound>();
        story.Done(cancel).When(cancel).ThenNothing();
        story.When(Arrive(1)).ThenRefused<MeetingIsCancelled>();
        story.When(Open()).ThenRefused<MeetingIsCancelled>();
        story.When(Give(1, 2)).ThenRefused<MeetingIsCancelled>();
        story.When(Add(AgendaItemId.Of(Id(42)), "Divers")).ThenRefused<MeetingIsCancelled>();
    }

    [Fact]
    public void An_open_meeting_is_not_called_off() =>
        Board().Opened(1, 2).When(new CancelMeeting(TheMeeting, "Trop tard", AtMinute(1))).ThenRefused<MeetingAlreadyOpen>();

    [Fact]
    public void The_agenda_is_worded_ordered_and_shortened_until_the_notice_is_out()
    {
        var story = Board().Planned();
        var on = At(January.AddDays(3));
        RewordAgendaItem reword = new(TheMeeting, Tools, "Outils communs", "Revue de presse", on);
        MoveAgendaItem move = new(TheMeeting, Tools, null, on);
        WithdrawAgendaItem withdraw = new(TheMeeting, Accounts, "Pas prêts", on);

        story.When(Add(Tools, "Outils")).ThenNothing();
        story.When(Add(Tools, "Autre chose")).ThenRefused<AgendaItemTwice>();
        story.When(reword with { Item = AgendaItemId.Of(Id(42)) }).ThenRefused<AgendaItemNotFound>();
        story.When(move with { Item = AgendaItemId.Of(Id(42)) }).ThenRefused<AgendaItemNotFound>();
        story.When(move with { After = AgendaItemId.Of(Id(42)) }).ThenRefused<AgendaItemNotFound>();
        story.When(move with { After = Tools }).ThenRefused<ItemFollowsItself>();
        story.When(withdraw with { Item = AgendaItemId.Of(Id(42)) }).ThenRefused<AgendaItemNotFound>();
        story.Done(reword, move, withdraw);
        Assert.Equal(["Outils communs", "Comptes"], story.State.Agenda.Select(i => i.Title));
        story.When(reword).ThenNothing();
        story.When(move).ThenNothing();
        story.When(withdraw).ThenNothing();

        story.Done(Convene()).When(reword with { Title = "Outils" }).ThenRefused<MeetingAlreadyConvened>();
        story.When(Propose()).ThenRefused<AgendaItemIsWithdrawn>();
    }

    [Fact]
    public void The_agenda_is_frozen_with_the_notice()
    {
        var story = Board().Convened();

        Assert.Equal("default", story.When(Add(AgendaItemId.Of(Id(42)), "Divers", on: Sent.AddDays(1))).ThenRefused<AgendaFrozen>().Article);
        story.When(Add(AgendaItemId.Of(Id(42)), "Divers", on: Sent.AddDays(1), by: AgendaAuthor.Board)).ThenRefused<ItemAuthorNotAllowed>();
        // What was on it when the notice went out cannot be taken back as if it never had been.
        var item = story.Log.Log.First(e => e.Event is AgendaItemAdded).Id;
        story.When(new RetractMeetingFact(item, "Erreur", At(Sent.AddDays(1)))).ThenRefused<MeetingActRestsOnIt>();
        story.When(new RetractMeetingFact(story.Last<MeetingPlanned>().Id, "Erreur", At(Sent.AddDays(1)))).ThenRefused<MeetingActRestsOnIt>();
    }

    [Fact]
    public void Members_and_the_board_add_items_until_the_day_that_the_statutes_say()
    {
        var story = Board(Set(Notice with { AgendaFrozen = false, ItemsShare = new(1, 5), ItemsUntilDays = 8, ItemsBy = [AgendaAuthor.Board] })).Convened();
        AddAgendaItem Item(int days, AgendaAuthor? by = null, int? asking = null) => Add(AgendaItemId.Of(Id(42)), "Divers", on: Starts.AddDays(-days), by: by, asking: asking);

        story.When(Item(8, AgendaAuthor.Board)).Then<AgendaItemAdded>();
        var late = story.When(Item(7, AgendaAuthor.Board)).ThenRefused<ItemTooLate>();
        Assert.Equal((new DateOnly(2024, 3, 12), "art. 14"), (late.Until, late.Article));
        // Two of ten are a fifth.
        Assert.Equal(2, story.When(Item(8, asking: 2)).Then<AgendaItemAdded>().Asking);
        story.When(Item(8, asking: 1)).ThenRefused<ItemAuthorNotAllowed>();
        story.When(Item(8, AgendaAuthor.EachCollege)).ThenRefused<ItemAuthorNotAllowed>();
        story.When(Item(2)).Then<AgendaItemAdded>();
    }

    [Theory]
    [InlineData(DayCount.Calendar, 5, true)] // 5 March to 20 March: fifteen days
    [InlineData(DayCount.Calendar, 6, false)]
    [InlineData(DayCount.Clear, 4, true)] // fifteen whole days between
    [InlineData(DayCount.Clear, 5, false)]
    public void Notice_is_counted_in_calendar_or_in_clear_days(DayCount count, int day, bool inTime)
    {
        // 23:30 in Paris is still the same day there.
        var sent = new DateTimeOffset(2024, 3, day, 22, 30, 0, TimeSpan.Zero);
        var decision = Board(Set(Notice with { Count = count })).Planned().When(Convene(sent));

        if (inTime)
        {
            var convened = decision.Then<MeetingConvened>();
            Assert.Equal((new NoticeGiven("art. 14", count, 15, 15), 6, null), (convened.Notice, convened.Persons, convened.Irregular));
        }
        else
        {
            var refused = decision.ThenRefused<NoticeTooShort>();
            Assert.Equal((14, 15, new DateOnly(2024, 3, count == DayCount.Clear ? 4 : 5), "art. 14"), (refused.Days, refused.Needed, refused.Latest, refused.Article));
        }
    }

    [Fact]
    public void A_short_notice_goes_out_when_somebody_says_why_and_is_recorded_as_irregular()
    {
        var convened = Board().Planned().When(Convene(Starts.AddDays(-3), despite: "Urgence")).Then<MeetingConvened>();

        Assert.Equal(("Urgence", 3), (convened.Irregular, convened.Notice!.Days));
        Assert.Null(Board().Planned().When(Convene(despite: "Pour rien")).Then<MeetingConvened>().Irregular);
    }

    [Fact]
    public void Who_convenes_and_how_is_the_statutes()
    {
        var story = Board(Set(Notice with { Conveners = [Convener.Board, Convener.FractionOfMembers], MembersShare = new(1, 2), Channels = [NoticeChannel.Post] })).Planned();

        story.When(Convene()).ThenRefused<ConvenerNotAllowed>();
        story.When(Convene(by: Convener.Board)).ThenRefused<ChannelNotAllowed>();
        var few = story.When(Convene(by: Convener.FractionOfMembers, channel: NoticeChannel.Post, asking: 2)).ThenRefused<TooFewConveners>();
        Assert.Equal((2, new Fraction(3, 1), "art. 14"), (few.Asking, few.Needed, few.Article));
        story.When(Convene(by: Convener.FractionOfMembers, channel: NoticeChannel.Post, asking: 3)).Then<MeetingConvened>();
    }

    [Fact]
    public void It_is_convened_once_with_an_agenda_and_before_its_hour()
    {
        var story = Board();
        story.When(Convene()).ThenRefused<MeetingNotFound>();
        story.Done(story.Plan()).When(Convene()).ThenRefused<AgendaEmpty>();
        story.Done(Add(Accounts, "Comptes"), new WithdrawAgendaItem(TheMeeting, Accounts, "Pas prêts", At(January.AddDays(3)))).When(Convene()).ThenRefused<AgendaEmpty>();
        story.Done(Add(Tools, "Outils")).When(Convene(Starts)).ThenRefused<ConvenedAfterStart>();
        story.Done(Convene()).When(Convene()).ThenRefused<MeetingAlreadyConvened>();
    }

    [Fact]
    public void A_notice_entered_late_announces_nothing_that_was_planned_since()
    {
        var story = Board().Planned().Done(Add(AgendaItemId.Of(Id(42)), "Divers", on: Sent.AddHours(1)));

        Assert.Equal(At(Sent.AddHours(1)), story.When(Convene()).ThenRefused<ConvenedBeforeItsPlan>().Planned);
        story.When(Convene(Sent.AddHours(1))).Then<MeetingConvened>();
    }

    [Fact]
    public void A_body_that_is_no_more_is_not_convened() =>
        Board().Planned().Given(Governance.Domain.Mandates.Body.Stream(Governance.Tests.Domain.Ballots.BallotStory.Board), new Governance.Domain.Mandates.BodyDissolved("fin"), Sent.AddDays(-1))
            .When(Convene()).ThenRefused<MeetingBodyNotFound>();

    [Fact]
    public void To_whom_the_notice_went_and_whom_it_did_not_reach_is_recorded()
    {
        var story = Board().Planned();
        RecordSending send = new(TheMeeting, Person(1), NoticeChannel.RegisteredPost, "RR 123", At(Sent));
        RecordBounce bounce = new(TheMeeting, Person(1), "Adresse inconnue", At(Sent.AddDays(2)));

        story.When(send).ThenRefused<MeetingNotConvened>();
        story.When(send with { Meeting = Second }).ThenRefused<MeetingNotFound>();
        story.Done(Convene()).When(bounce).ThenRefused<ConvocationNotSent>();
        story.Done(send).When(send).ThenNothing();
        story.Done(bounce).When(bounce).ThenNothing();
        Assert.Equal("Adresse inconnue", story.Log.TimelineOf<Convocations>(Convocations.Stream(TheMeeting)).Latest.To[Person(1)].Bounced);
        // Sent once more, it has not bounced.
        story.Done(send with { Channel = NoticeChannel.ByHand, On = At(Sent.AddDays(3)) });
        Assert.Null(story.Log.TimelineOf<Convocations>(Convocations.Stream(TheMeeting)).Latest.To[Person(1)].Bounced);
    }

    [Fact]
    public void A_working_group_meets_without_notice_and_votes_on_nothing()
    {
        var story = OfGroup().Planned();
        story.Done(Arrive(1), Open(minute: -5));

        story.When(Propose()).ThenRefused<GroupDoesNotVote>();
        story.When(Give(1, 2, minute: 1)).ThenRefused<GroupDoesNotVote>();
        Assert.True(story.The<MeetingOpened>().Quorum.Reached);
        OfGroup().Convened().When(new FindNoQuorum(TheMeeting, AtMinute(10))).ThenRefused<QuorumIsReached>();
    }
}
