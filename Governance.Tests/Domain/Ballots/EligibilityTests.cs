using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Ballots;

/// <summary>Who is on the roll when a ballot opens on 1 March 2024 at 10:00 in Paris, and who is not and why.</summary>
public sealed class EligibilityTests
{
    private static readonly EffectiveTime Due = At(Opening.AddDays(-10));

    private static Rule Rule(DuesPaidBy dues, int grace = 0, int seniority = 0, int? recordDate = null) =>
        Set(new EligibilityRule(dues, grace, seniority, Voice.Deliberative, recordDate));

    // Elector 1 sits in person, electors 2 and 3 represent members of the same number.
    private static BallotStory Story(params Rule[] rules) => WithBoard(1, rules).Represented(2).Represented(3).Drafted();

    private static DuesCalled Call(EffectiveTime? due = null) => new("2024", 12_000, due ?? Due);

    private static readonly DuesPaid Payment = new("2024", 12_000);

    private static IReadOnlyList<MandateId> RollOf(BallotStory story, OpenBallot? command = null) =>
        [.. Assert.IsType<Decision.Accepted>(story.When(command ?? story.Open())).Facts.Select(f => f.Event).OfType<BallotOpened>().Single().Electors!.Select(e => e.Mandate)];

    private static LeftOut LeftOutOf(BallotStory story, OpenBallot? command = null) => Assert.Single(
        Assert.IsType<Decision.Accepted>(story.When(command ?? story.Open())).Facts.Select(f => f.Event).OfType<ElectorsLeftOut>().Single().LeftOut);

    [Fact]
    public void A_member_with_no_dues_called_is_in_good_standing()
    {
        var story = Story();

        Assert.Equal([Mandate(1), Mandate(2), Mandate(3)], RollOf(story));
        Assert.Single(Assert.IsType<Decision.Accepted>(story.When(story.Open())).Facts);
    }

    [Fact]
    public void Whose_dues_are_late_at_the_vote_is_left_out_with_the_figures()
    {
        var story = Story().OfMember(2, Call(), January).OfMember(2, new DuesPaid("2024", 2_000), January);

        Assert.Equal([Mandate(1), Mandate(3)], RollOf(story));
        Assert.Equal(new DuesLate(Mandate(2), Person(2), TheMember(2), "2024", 10_000, Due, At(Opening), 0), LeftOutOf(story));
        story.Then(story.When(story.Open()));
        Assert.Equal(Mandate(2), Assert.Single(((Ballot.Open)story.State).LeftOut).Mandate);
        Refused<NotOnTheRoll>(story.When(VoteOf(2, Choice.For)));
    }

    [Fact]
    public void Dues_that_are_not_due_yet_or_paid_in_time_leave_nobody_out()
    {
        Assert.Equal(3, RollOf(Story().OfMember(2, Call(At(Opening.AddDays(3))), January)).Count);
        Assert.Equal(3, RollOf(Story().OfMember(2, Call(), January).OfMember(2, Payment, Opening.AddMinutes(-1))).Count);
        Assert.Equal(2, RollOf(Story().OfMember(2, Call(), January).OfMember(2, Payment, Opening.AddMinutes(1))).Count);
    }

    [Fact]
    public void Days_of_grace_count_from_the_day_the_dues_were_due()
    {
        Assert.Equal(3, RollOf(Story(Rule(DuesPaidBy.Vote, grace: 10)).OfMember(2, Call(), January)).Count);
        Assert.Equal(2, RollOf(Story(Rule(DuesPaidBy.Vote, grace: 9)).OfMember(2, Call(), January)).Count);
    }

    [Fact]
    public void Where_dues_are_not_required_nobody_is_left_out_for_them() =>
        Assert.Equal(3, RollOf(Story(Rule(DuesPaidBy.NotRequired)).OfMember(2, Call(), January)).Count);

    // Due on 20 February, paid on 25 February; convened on 24 February; record date 26 February; vote on 1 March.
    [Theory]
    [InlineData(DuesPaidBy.Convocation, false)]
    [InlineData(DuesPaidBy.RecordDate, true)]
    [InlineData(DuesPaidBy.Vote, true)]
    public void The_rule_says_which_instant_counts(DuesPaidBy instant, bool onTheRoll)
    {
        var story = Story(Rule(instant, recordDate: instant == DuesPaidBy.RecordDate ? 4 : null)).OfMember(2, Call(), January)
            .OfMember(2, Payment, Opening.AddDays(-5));
        var command = story.Open(HeldIn.Meeting) with { Convened = EffectiveTime.On(new DateOnly(2024, 2, 24), Paris) };

        Assert.Equal(onTheRoll, RollOf(story, command).Contains(Mandate(2)));
    }

    [Fact]
    public void Who_pays_on_the_day_of_the_convocation_has_paid_in_time()
    {
        var story = Story(Rule(DuesPaidBy.Convocation)).OfMember(2, Call(), January).OfMember(2, Payment, new DateTimeOffset(2024, 2, 24, 22, 59, 0, TimeSpan.Zero));

        Assert.Equal(3, RollOf(story, story.Open(HeldIn.Meeting) with { Convened = EffectiveTime.On(new DateOnly(2024, 2, 24), Paris) }).Count);
    }

    [Fact]
    public void Dues_that_lapse_between_the_record_date_and_the_vote_leave_nobody_out()
    {
        var story = Story(Rule(DuesPaidBy.RecordDate, recordDate: 11)).OfMember(2, Call(), January);

        Assert.Equal(3, RollOf(story).Count);
    }

    [Fact]
    public void Where_dues_count_at_the_convocation_a_meeting_says_when_it_went_out()
    {
        var story = Story(Rule(DuesPaidBy.Convocation));

        Assert.Equal("art. 14", Refused<ConvocationNotNamed>(story.When(story.Open(HeldIn.Meeting))).Article);
        Refused<ConvenedAfterOpening>(story.When(story.Open(HeldIn.Meeting) with { Convened = At(Opening.AddDays(1)) }));
        Assert.Equal(3, RollOf(story).Count);
    }

    [Fact]
    public void Seniority_counts_days_since_the_admission()
    {
        BallotStory Since(int days) => WithBoard(1, Rule(DuesPaidBy.Vote, seniority: 30)).Represented(2, Opening.AddDays(-days)).Drafted();

        Assert.Equal(2, RollOf(Since(30)).Count);
        Assert.Equal(new MembershipTooRecent(Mandate(2), Person(2), TheMember(2), At(Opening.AddDays(-29)), 29, 30), LeftOutOf(Since(29)));
    }

    [Fact]
    public void A_suspended_member_has_no_vote_until_it_is_reinstated()
    {
        var story = Story().OfMember(2, new MemberSuspended("dues"), Opening.AddDays(-2));

        Assert.Equal(new MembershipSuspended(Mandate(2), Person(2), TheMember(2), At(Opening.AddDays(-2))), LeftOutOf(story));
        Assert.Equal(3, RollOf(story.OfMember(2, new MemberReinstated(), Opening.AddDays(-1))).Count);
    }

    [Fact]
    public void A_mandate_that_represents_no_member_any_more_has_no_vote()
    {
        var story = Story().OfMember(2, new MemberResigned(), Opening.AddDays(-2));

        Assert.Equal(new NotAMember(Mandate(2), Person(2), TheMember(2), MembershipStanding.Resigned), LeftOutOf(story));
    }

    [Fact]
    public void Who_is_left_out_may_be_in_the_room_and_does_not_preside()
    {
        var story = Story().OfMember(2, Call(), January);
        Attendance[] present = [new(Mandate(1), Presence.InPerson), new(Mandate(2), Presence.InPerson)];

        Assert.Equal([Mandate(1), Mandate(3)], RollOf(story, story.Open(HeldIn.Meeting, present)));
        Refused<ChairNotOnTheRoll>(story.When(story.Open(HeldIn.Meeting, present, chair: 2)));
    }

    [Fact]
    public void With_everybody_left_out_there_is_no_vote()
    {
        var story = WithBoard(0).Represented(2).Drafted().OfMember(2, Call(), January);

        Refused<NoElectors>(story.When(story.Open()));
    }

    [Fact]
    public void Many_who_are_left_out_stand_in_parts()
    {
        var story = WithBoard(1);
        for (var i = 2; i <= 702; i++)
            story.Represented(i, Opening.AddDays(-1));
        story.Given(Governance.Domain.Statutes.StatutesVersions.Stream, new Governance.Domain.Statutes.StatutesDrafted(
                Governance.Domain.Kernel.StatutesVersionId.Of(Id(30)), "Statuts", [], [BetweenMeetings, Rule(DuesPaidBy.Vote, seniority: 30)]), January.AddDays(1))
            .Given(Governance.Domain.Statutes.StatutesVersions.Stream, new Governance.Domain.Statutes.StatutesAdopted(StatutesVersionId.Of(Id(30)), At(January.AddDays(1))), January.AddDays(1))
            .Drafted();

        story.Then(story.When(story.Open()));

        Assert.Equal([500, 201], story.Log.Select(e => e.Event).OfType<ElectorsLeftOut>().Select(e => e.LeftOut.Count));
        Assert.Equal(701, ((Ballot.Open)story.State).LeftOut.Count);
    }

    [Fact]
    public void A_payment_recorded_after_the_opening_raises_an_irregularity_that_adds_the_elector()
    {
        var story = Story().OfMember(2, Call(), January);
        story.Then(story.When(story.Open())).OfMember(2, Payment, Opening.AddDays(-1));

        var raised = Accepted<IrregularityRaised>(story.When(new RaiseIrregularity(TheBallot, story.Last, After)));
        Assert.Equal((story.Last, Mandate(2)), (raised.Late, Assert.Single(raised.Electorate!.Added).Mandate));
        Assert.Empty(raised.Electorate.Removed);
    }

    [Fact]
    public void A_call_or_a_suspension_recorded_after_the_opening_raises_one_that_takes_the_elector_off()
    {
        foreach (var late in new IEvent[] { Call(), new MemberSuspended("dues") })
        {
            var story = Story().Opened().OfMember(2, late, Opening.AddDays(-15));

            Assert.Equal(Mandate(2), Assert.Single(Accepted<IrregularityRaised>(story.When(new RaiseIrregularity(TheBallot, story.Last, After))).Electorate!.Removed).Mandate);
        }
    }

    [Fact]
    public void A_payment_that_changes_no_roll_raises_nothing()
    {
        var story = Story().OfMember(2, Call(), January);
        story.Then(story.When(story.Open())).OfMember(2, Payment, Opening.AddDays(1));
        Assert.Equal(Decision.NoChange, story.When(new RaiseIrregularity(TheBallot, story.Last, After)));

        var inTime = Story().OfMember(2, Call(At(Opening.AddDays(3))), January).Opened().OfMember(2, Payment, Opening.AddDays(-1));
        Assert.Equal(Decision.NoChange, inTime.When(new RaiseIrregularity(TheBallot, inTime.Last, After)));
    }

    // Due on 20 February; convened on 24 February, record date 26 February, vote on 1 March: each instant falls once on the right and once on the wrong side.
    [Theory]
    [InlineData(DuesPaidBy.Convocation, -8, false)]
    [InlineData(DuesPaidBy.Convocation, -4, true)]
    [InlineData(DuesPaidBy.RecordDate, -4, false)]
    [InlineData(DuesPaidBy.RecordDate, -3, true)]
    [InlineData(DuesPaidBy.Vote, -3, false)]
    public void A_payment_that_did_not_hold_counts_until_the_day_it_came_back(DuesPaidBy instant, int returned, bool onTheRoll)
    {
        // Paid on 19 February; on the day of the count it still held, or no more.
        var story = Story(Rule(instant, recordDate: instant == DuesPaidBy.RecordDate ? 4 : null)).OfMember(2, Call(), January)
            .OfMember(2, Payment, Opening.AddDays(-11)).OfMember(2, new DuesPaymentReturned("2024", 12_000, "chèque impayé"), Opening.AddDays(returned));
        var command = story.Open(HeldIn.Meeting) with { Convened = EffectiveTime.On(new DateOnly(2024, 2, 24), Paris) };

        Assert.Equal(onTheRoll, RollOf(story, command).Contains(Mandate(2)));
    }

    [Fact]
    public void Dues_waived_after_the_instant_that_counts_do_not_bring_a_member_back()
    {
        var story = Story(Rule(DuesPaidBy.RecordDate, recordDate: 4)).OfMember(2, Call(), January);

        Assert.Equal(2, RollOf(story.OfMember(2, new DuesReduced("2024", 0, "remise"), Opening.AddDays(-2))).Count);
        Assert.Equal(3, RollOf(Story(Rule(DuesPaidBy.RecordDate, recordDate: 4)).OfMember(2, Call(), January).OfMember(2, new DuesReduced("2024", 0, "remise"), Opening.AddDays(-6))).Count);
    }

    [Fact]
    public void Grace_that_runs_out_between_the_convocation_and_the_vote_counts_at_the_instant_of_the_rule()
    {
        // Six days of grace after 20 February: the convocation of the 24th is within, the vote of 1 March is not.
        OpenBallot At(BallotStory story) => story.Open(HeldIn.Meeting) with { Convened = EffectiveTime.On(new DateOnly(2024, 2, 24), Paris) };
        var (convocation, vote) = (Story(Rule(DuesPaidBy.Convocation, grace: 6)).OfMember(2, Call(), January), Story(Rule(DuesPaidBy.Vote, grace: 6)).OfMember(2, Call(), January));

        Assert.Equal((3, 2), (RollOf(convocation, At(convocation)).Count, RollOf(vote, At(vote)).Count));
    }

    [Fact]
    public void A_payment_found_late_to_have_come_back_raises_an_irregularity_that_takes_the_elector_off()
    {
        var story = Story().OfMember(2, Call(), January).OfMember(2, Payment, Opening.AddDays(-11)).Opened()
            .OfMember(2, new DuesPaymentReturned("2024", 12_000, "chèque impayé"), Opening.AddDays(-1));

        Assert.Equal(Mandate(2), Assert.Single(Accepted<IrregularityRaised>(story.When(new RaiseIrregularity(TheBallot, story.Last, After))).Electorate!.Removed).Mandate);
    }
}
