using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Membership.MemberStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

public sealed class DuesTests
{
    private static readonly CallDues Call = new("2024", 12_000, Time("2024-03-31"), null, Time("2024-01-10"));
    private static readonly Fact Called = On("2024-01-10", Labo, new DuesCalled("2024", 12_000, Time("2024-03-31")));

    private static Fact Paid(string on, int cents = 12_000, string period = "2024") => On(on, Labo, new DuesPaid(period, cents));

    private static Dues TheDues(Past past, string on) => past.State<Member>(Labo, on).DuesOf("2024")!;

    [Fact]
    public void Dues_are_called_and_paid()
    {
        var after = Given(Admitted()).When(Call).Then(Called)
            .When(new RecordDuesPayment("2024", 12_000, Time("2024-02-15"))).Then(Paid("2024-02-15"));

        Assert.Equal((12_000, (EffectiveTime?)null), (TheDues(after, "2024-02-14").OwedCents, TheDues(after, "2024-02-14").PaidOn));
        Assert.Equal((0, (EffectiveTime?)Time("2024-02-15")), (TheDues(after, "2024-02-15").OwedCents, TheDues(after, "2024-02-15").PaidOn));
        Assert.Equal(MembershipStanding.Active, after.State<Member>(Labo).Standing);
    }

    [Fact]
    public void Dues_are_paid_in_parts()
    {
        var after = Given(Admitted(), Called, Paid("2024-02-01", 5_000)).When(new RecordDuesPayment("2024", 7_000, Time("2024-03-01"))).ThenAccepted();

        Assert.Equal((7_000, (EffectiveTime?)null), (TheDues(after, "2024-02-20").OwedCents, TheDues(after, "2024-02-20").PaidOn));
        Assert.Equal((0, (EffectiveTime?)Time("2024-03-01")), (TheDues(after, "2024-03-01").OwedCents, TheDues(after, "2024-03-01").PaidOn));
    }

    [Fact]
    public void Dues_are_late_once_their_day_and_the_days_of_grace_are_over()
    {
        var dues = TheDues(Given(Admitted(), Called), "2024-12-31");

        Assert.False(dues.LateAt(Time("2024-03-31T23:59:59+02:00").Instant, 0, Paris));
        Assert.True(dues.LateAt(Time("2024-04-01T00:00:00+02:00").Instant, 0, Paris));
        Assert.False(dues.LateAt(Time("2024-04-30T12:00:00+02:00").Instant, 30, Paris));
        Assert.True(dues.LateAt(Time("2024-05-01T12:00:00+02:00").Instant, 30, Paris));
        Assert.False(TheDues(Given(Admitted(), Called, Paid("2024-06-01")), "2024-06-01").LateAt(Time("2024-06-01").Instant, 0, Paris));
    }

    [Fact]
    public void A_month_to_pay_in_is_over_with_its_last_day()
    {
        var dues = TheDues(Given(Admitted(), On("2024-01-10", Labo, new DuesCalled("2024", 12_000, Time("2024-03")))), "2024-12-31");

        Assert.False(dues.LateAt(Time("2024-03-31").Instant, 0, Paris));
        Assert.True(dues.LateAt(Time("2024-04-01").Instant, 0, Paris));
    }

    [Fact]
    public void A_payment_recorded_late_takes_its_place_at_its_day()
    {
        var after = Given(Admitted(), Called).And(Paid("2024-02-01"));

        Assert.Equal(0, TheDues(after, "2024-02-01").OwedCents);
    }

    [Fact]
    public void What_is_owed_stays_with_a_member_that_leaves_and_comes_back()
    {
        var after = Given(Admitted(), Called, On("2024-05-01", Labo, new MemberResigned())).When(new RecordDuesPayment("2024", 12_000, Time("2024-06-01"))).ThenAccepted();

        Assert.Equal(12_000, TheDues(after, "2024-05-15").OwedCents);
        Assert.Equal(0, TheDues(after.And(On("2024-07-01", Labo, new MemberReadmitted())), "2024-07-01").OwedCents);
    }

    [Fact]
    public void A_resignation_recorded_late_leaves_the_dues_called_after_it_as_they_are()
    {
        var after = Given(Admitted(), Called).And(On("2024-01-01", Labo, new MemberResigned()));

        Assert.Equal(12_000, TheDues(after, "2024-02-01").OwedCents);
    }

    [Fact]
    public void Dues_of_a_period_are_called_once() =>
        Given(Admitted(), Called).When(Call with { AmountCents = 10_000 }).ThenRefused(new DuesAlreadyCalled("2024", new(12_000)));

    [Fact]
    public void Only_a_member_owes_dues()
    {
        Nothing.When(Call).ThenRefused<MemberNotFound>();
        Given(Admitted(), On("2023-12-31", Labo, new MemberResigned())).When(Call).ThenRefused<MemberStandsOtherwise>();
    }

    [Fact]
    public void Nothing_is_paid_that_was_not_called_by_then()
    {
        Given(Admitted()).When(new RecordDuesPayment("2024", 100, Time("2024-02-01"))).ThenRefused(new DuesNotCalled("2024"));
        Given(Admitted(), Called).When(new RecordDuesPayment("2024", 100, Time("2024-01-09"))).ThenRefused<DuesNotCalled>();
        Nothing.When(new RecordDuesPayment("2024", 100, Time("2024-01-09"))).ThenRefused<MemberNotFound>();
    }

    [Fact]
    public void Nobody_pays_more_than_is_owed() => Given(Admitted(), Called, Paid("2024-02-01", 5_000))
        .When(new RecordDuesPayment("2024", 7_001, Time("2024-03-01"))).ThenRefused(new DuesOverpaid("2024", new(7_000)));

    [Theory]
    [InlineData(0)]
    [InlineData(CallDues.MostCents + 1)]
    public void An_amount_is_of_a_size_that_can_be_meant(int cents)
    {
        Given(Admitted()).When(Call with { AmountCents = cents }).ThenRefused<NumberOutOfBounds>();
        Given(Admitted(), Called).When(new RecordDuesPayment("2024", cents, Time("2024-03-01"))).ThenRefused<NumberOutOfBounds>();
    }

    [Fact]
    public void A_payment_taken_back_can_be_entered_again()
    {
        var past = Given(Admitted(), Called, Paid("2024-02-01"));
        var after = past.And(On("2024-02-01", Labo, new FactRetracted(Event(3), "wrong member")));

        Assert.Equal(12_000, TheDues(after, "2024-02-01").OwedCents);
        after.When(new RecordDuesPayment("2024", 12_000, Time("2024-02-01"))).ThenAccepted();
    }

    private static Told Return(Past past, int cents, string? reference = null, string on = "2024-03-15") =>
        past.When(p => new ReturnDuesPayment("2024", cents, "chèque impayé", reference, Time(on)).Decide(p.Read<Member>(Labo)));

    private static Told Reduce(Past past, int cents, string on = "2024-02-10") =>
        past.When(p => new ReduceDues("2024", cents, "difficultés de trésorerie", null, Time(on)).Decide(p.Read<Member>(Labo)));

    [Fact]
    public void A_payment_bears_its_means_and_its_reference()
    {
        var after = Given(Admitted(), Called).When(new RecordDuesPayment("2024", 5_000, Time("2024-02-01"), PaymentMeans.BankTransfer, "VIR 17"))
            .Then(On("2024-02-01", Labo, new DuesPaid("2024", 5_000, PaymentMeans.BankTransfer, "VIR 17")));

        Assert.Equal([new DuesPayment(Time("2024-02-01"), 5_000, PaymentMeans.BankTransfer, "VIR 17")], TheDues(after, "2024-02-01").Payments);
    }

    [Fact]
    public void A_reference_tells_one_payment_from_another()
    {
        var past = Given(Admitted(), Called, On("2024-02-01", Labo, new DuesPaid("2024", 5_000, PaymentMeans.Cheque, "17")));

        past.When(new RecordDuesPayment("2024", 5_000, Time("2024-02-01"), PaymentMeans.Cheque, "17")).ThenNothing();
        past.When(new RecordDuesPayment("2024", 5_000, Time("2024-02-01"), PaymentMeans.Cheque, "18")).ThenAccepted();
        past.When(new RecordDuesPayment("2024", 6_000, Time("2024-02-01"), PaymentMeans.Cheque, "17")).ThenRefused(new PaymentReferenceTaken("17", new(5_000)));
        past.When(new RecordDuesPayment("2024", 5_000, Time("2024-02-02"), PaymentMeans.Cheque, "17")).ThenRefused<PaymentReferenceTaken>();
    }

    [Fact]
    public void A_payment_that_does_not_hold_is_owed_again_from_that_day()
    {
        var after = Return(Given(Admitted(), Called, Paid("2024-02-01")), 12_000).Then(On("2024-03-15", Labo, new DuesPaymentReturned("2024", 12_000, "chèque impayé")));

        Assert.Equal((0, 12_000), (TheDues(after, "2024-03-14").OwedCents, TheDues(after, "2024-03-15").OwedCents));
        Assert.Null(TheDues(after, "2024-03-15").PaidOn);
        after.When(new RecordDuesPayment("2024", 12_000, Time("2024-04-01"))).ThenAccepted();
    }

    [Fact]
    public void No_more_is_returned_than_was_paid()
    {
        Return(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 5_001).ThenRefused(new PaymentNotThere("2024", new(5_000)));
        Return(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 5_000, "17").ThenRefused(new PaymentNotThere("2024", new(0)));
        Return(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 5_000, on: "2024-01-20").ThenRefused<PaymentNotThere>();
        Return(Given(Admitted()), 100).ThenRefused<DuesNotCalled>();
        Return(Nothing, 100).ThenRefused<MemberNotFound>();
    }

    [Fact]
    public void Dues_are_reduced_or_waived_by_a_decision()
    {
        var decision = new DecisionReference(Named<BallotId>("CA"));
        Given(Admitted(), Called).When(p => new ReduceDues("2024", 6_000, "moitié", decision, Time("2024-02-10")).Decide(p.Read<Member>(Labo)))
            .Then(On("2024-02-10", Labo, new DuesReduced("2024", 6_000, "moitié", decision)));
        var waived = Reduce(Given(Admitted(), Called), 0).ThenAccepted();

        Assert.Equal((true, 0, 12_000), (TheDues(waived, "2024-06-01").IsWaived, TheDues(waived, "2024-06-01").OwedCents, TheDues(waived, "2024-06-01").ReducedFromCents));
        Assert.False(TheDues(waived, "2024-06-01").LateAt(Time("2024-06-01").Instant, 0, Paris));
        waived.When(new RecordDuesPayment("2024", 1, Time("2024-03-01"))).ThenRefused<DuesOverpaid>();
    }

    [Fact]
    public void A_reduction_gives_less_than_was_called_and_no_less_than_was_paid()
    {
        Reduce(Given(Admitted(), Called), 12_000).ThenRefused(new DuesNotReduced("2024", new(12_000), new(0)));
        Reduce(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 4_999).ThenRefused(new DuesNotReduced("2024", new(12_000), new(5_000)));
        Assert.Equal(0, TheDues(Reduce(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 5_000).ThenAccepted(), "2024-02-10").OwedCents);
        Reduce(Given(Admitted()), 100).ThenRefused<DuesNotCalled>();
        Reduce(Nothing, 100).ThenRefused<MemberNotFound>();
    }

    private static Told RecordAll(Past past, params DuesPaymentLine[] lines) => past.When(p => new RecordDuesPayments("2024", lines, Time("2024-06-30"))
        .Decide(new Dictionary<MemberId, Timeline<Member>> { [LaboCites] = p.Read<Member>(Labo) }));

    private static DuesPaymentLine Line(int line, int cents, string on = "2024-02-01", string? reference = null) => new(line, LaboCites, cents, Time(on), PaymentMeans.BankTransfer, reference);

    [Fact]
    public void Payments_given_together_are_recorded_all_or_none_each_with_its_fault()
    {
        var past = Given(Admitted(), Called);

        Assert.Equal(2_000, TheDues(RecordAll(past, Line(2, 5_000, reference: "1"), Line(3, 5_000, reference: "2")).ThenAccepted(), "2024-02-01").OwedCents);
        var faults = RecordAll(past, Line(2, 12_000, reference: "1"), Line(3, 1, reference: "2"), Line(4, 1, "2024-01-01"), Line(5, 1, "2024-07-01")).ThenRefused<PaymentsUnfit>().Faults;
        Assert.Equal([new(3, new DuesOverpaid("2024", new(0))), new(4, new DuesNotCalled("2024")), new PaymentFault(5, new NotYetHappened(Time("2024-07-01")))], faults);
        RecordAll(past).ThenRefused<NumberOutOfBounds>();
    }

    private static DuesStanding Standing(Past past, string at, int grace = 30, DuesPaidBy dues = DuesPaidBy.Vote, bool suspension = false) => DuesStanding.Of(
        past.Read<Member>(Labo), new("art. 6", new EligibilityRule(dues, grace, 0, Voice.Deliberative, SuspensionProposed: suspension)), Time(at).Instant, Paris);

    [Theory]
    [InlineData("2024-03-31T23:59:59+02:00", DuesState.Open)]
    [InlineData("2024-04-01T00:00:00+02:00", DuesState.InGrace)]
    [InlineData("2024-04-30T23:59:59+02:00", DuesState.InGrace)]
    [InlineData("2024-05-01T00:00:00+02:00", DuesState.Late)]
    public void Standing_goes_from_owed_to_grace_to_late(string at, DuesState state)
    {
        var standing = Standing(Given(Admitted(), Called), at, suspension: true);

        Assert.Equal((state, state != DuesState.Late), (Assert.Single(standing.Periods).State, standing.UpToDate));
        Assert.Equal((new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 30)), (standing.Periods[0].DueDay, standing.Periods[0].GraceEnds));
        Assert.Equal(state == DuesState.Late ? DuesConsequence.NoVote : DuesConsequence.None, standing.Consequence);
        Assert.Equal(state == DuesState.Late, standing.SuspensionProposed);
    }

    [Fact]
    public void What_follows_is_what_the_rule_says_and_nothing_is_done_by_itself()
    {
        var late = Given(Admitted(), Called);

        Assert.Equal(DuesConsequence.VotesAllTheSame, Standing(late, "2024-06-01", dues: DuesPaidBy.NotRequired).Consequence);
        Assert.False(Standing(late, "2024-06-01").SuspensionProposed);
        Assert.Equal(MembershipStanding.Active, late.State<Member>(Labo, "2024-06-01").Standing);
        Assert.False(Standing(late.And(On("2024-05-15", Labo, new MemberSuspended("cotisation"))), "2024-06-01", suspension: true).SuspensionProposed);
        Assert.True(Standing(Given(Admitted()), "2024-06-01").UpToDate);
    }

    [Fact]
    public void Standing_shows_the_events_that_it_rests_on_up_to_its_day()
    {
        var past = Reduce(Given(Admitted(), Called, Paid("2024-02-01", 5_000)), 6_000).ThenAccepted().And(Paid("2024-06-01", 1_000));

        Assert.Equal([Event(2), Event(3), Event(4)], Standing(past, "2024-05-15").Periods[0].Events.Select(e => e.Id));
        Assert.Equal((DuesState.Late, DuesState.Paid), (Standing(past, "2024-05-15").Periods[0].State, Standing(past, "2024-06-01").Periods[0].State));
        Assert.Equal(DuesState.Waived, Standing(Reduce(Given(Admitted(), Called), 0).ThenAccepted(), "2024-05-15").Periods[0].State);
    }

    [Fact]
    public void A_payment_recorded_late_changes_what_is_known_of_a_day_and_not_what_was_known_then()
    {
        var past = Given(Admitted(), Called).And(Paid("2024-02-01"));

        Assert.True(Standing(past, "2024-06-01").UpToDate);
        Assert.False(DuesStanding.Of(
            past.Read<Member>(Labo).KnownBy(2), new("art. 6", new EligibilityRule(DuesPaidBy.Vote, 0, 0, Voice.Deliberative)), Time("2024-06-01").Instant, Paris).UpToDate);
    }
}
