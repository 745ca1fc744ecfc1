using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>A board of three whose convocation goes out by e-mail.</summary>
public sealed class ConvocationTests
{
    private static readonly RecordSending Send = new(TheMeeting, Person(1), NoticeChannel.Email, "Message-ID: <1@asso.example>", At(Sent.AddMinutes(1)));

    private static readonly SendConvocationAgain ToAllMissed = new(TheMeeting, null, At(Sent.AddDays(1)));

    private static MeetingStory Board() => MeetingStory.OfBoard(3);

    private static Convocations Of(MeetingStory story) => story.Log.TimelineOf<Convocations>(Convocations.Stream(TheMeeting)).Latest;

    [Fact]
    public void One_that_was_refused_at_once_has_not_arrived_although_no_sending_is_recorded()
    {
        var story = Board().Convened();
        RecordBounce refused = new(TheMeeting, Person(1), "L'adresse n'existe pas (550 5.1.1).", At(Sent.AddMinutes(1)), NoticeChannel.Email);

        story.When(refused with { Refused = null }).ThenRefused<ConvocationNotSent>();
        story.Done(refused).When(refused).ThenNothing();
        Assert.Equal((null, "L'adresse n'existe pas (550 5.1.1).", NoticeChannel.Email), (Of(story).To[Person(1)].Proof, Of(story).To[Person(1)].Bounced, Of(story).To[Person(1)].Channel));
    }

    [Fact]
    public void Somebody_without_an_address_is_recorded_until_something_is_sent_to_them()
    {
        var story = Board();
        RecordNoAddress missing = new(TheMeeting, Person(2), NoticeChannel.Email, At(Sent.AddMinutes(1)));

        story.When(missing).ThenRefused<MeetingNotFound>();
        story.Planned().When(missing).ThenRefused<MeetingNotConvened>();
        story.Done(Convene()).Done(missing).When(missing).ThenNothing();
        Assert.Equal([Person(2)], Of(story).Missed);
        story.Done(new RecordSending(TheMeeting, Person(2), NoticeChannel.ByHand, null, At(Sent.AddDays(1))));
        Assert.Empty(Of(story).Missed);
    }

    [Fact]
    public void It_goes_out_again_to_one_or_to_all_whom_it_did_not_reach()
    {
        var story = Board().Convened().Done(
            Send, new RecordSending(TheMeeting, Person(3), NoticeChannel.Email, "Message-ID: <3@asso.example>", At(Sent.AddMinutes(1))),
            new RecordBounce(TheMeeting, Person(1), "La boîte est pleine (5.2.2).", At(Sent.AddHours(1))),
            new RecordNoAddress(TheMeeting, Person(2), NoticeChannel.Email, At(Sent.AddMinutes(1))));

        Assert.Equal(new[] { Person(1), Person(2) }.OrderBy(p => p.Value), story.When(ToAllMissed).Then<ConvocationRepeated>().To);
        Assert.Equal([Person(3)], story.When(ToAllMissed with { Person = Person(3) }).Then<ConvocationRepeated>().To);
        story.When(ToAllMissed with { Person = Person(9) }).ThenRefused<NotConvoked>();
        Board().Convened().Done(Send).When(ToAllMissed).ThenRefused<NobodyToSendAgain>();
    }

    [Fact]
    public void What_goes_out_again_went_out_by_mail_and_before_the_meeting()
    {
        var story = Board();
        story.When(ToAllMissed).ThenRefused<MeetingNotFound>();
        story.Planned().When(ToAllMissed).ThenRefused<MeetingNotConvened>();
        Board().Planned().Done(Convene(channel: NoticeChannel.Post)).When(ToAllMissed).ThenRefused<NotConvenedByEmail>();
        story.Done(Convene()).When(ToAllMissed with { On = At(Starts) }).ThenRefused<ConvenedAfterStart>();
        story.Done(Arrive(1), Arrive(2), Open()).When(ToAllMissed with { On = AtMinute(1) }).ThenRefused<MeetingAlreadyOpen>();
    }
}
