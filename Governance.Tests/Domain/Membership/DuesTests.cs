using Governance.Domain.Kernel;
using Governance.Domain.Members;
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
}
