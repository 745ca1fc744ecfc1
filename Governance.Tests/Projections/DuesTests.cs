using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Story;
using Dues = Governance.Projections.Dues;

namespace Governance.Tests.Projections;

/// <summary>What members owe: of one period, and of all periods that are not settled.</summary>
public sealed class DuesTests : ReadModelTest
{
    private static readonly MemberId North = Named<MemberId>("north"), South = Named<MemberId>("south");

    private static Fact Of(string on, MemberId member, IEvent @event) => On(on, Member.Stream(member), @event);

    [Fact]
    public async Task A_period_is_read_without_the_others_and_what_is_owed_without_what_is_settled_on_any_day()
    {
        await GivenAsync(
            Of("2022-01-01", North, new MemberAdmitted(North, new("Nord"), false)), Of("2022-01-01", South, new MemberAdmitted(South, new("Sud"), false)),
            Of("2023-01-10", North, new DuesCalled("2023", 5_000, Time("2023-03-31"))), Of("2023-01-10", South, new DuesCalled("2023", 7_000, Time("2023-03-31"))),
            Of("2023-02-01", North, new DuesPaid("2023", 5_000)), Of("2023-02-02", South, new DuesPaid("2023", 6_000)),
            Of("2024-01-10", North, new DuesCalled("2024", 5_500, Time("2024-03-31"))), Of("2024-02-01", South, new DuesPaid("2023", 1_000)));
        await WhenFollowedAsync();

        Assert.Equal([(North, "2023", 5_000), (South, "2023", 6_000)], Told(await Dues.OfPeriodAsync(await ThenAsync("2023-12-31"), "2023", Ct)));
        Assert.Equal([(North, "2024", 0)], Told(await Dues.OfPeriodAsync(await ThenAsync("2024-12-31"), "2024", Ct)));
        Assert.Empty(await Dues.OfPeriodAsync(await ThenAsync("2023-12-31"), "2024", Ct));
        Assert.Equal([(South, "2023", 6_000)], Told(await Dues.OwedAsync(await ThenAsync("2023-12-31"), Ct)));
        Assert.Equal([(North, "2024", 0)], Told(await Dues.OwedAsync(await ThenAsync("2024-12-31"), Ct)));
        Assert.Empty(await Dues.OwedAsync(await ThenAsync("2024-12-31", of: Theirs), Ct));
    }

    [Fact]
    public async Task An_account_has_its_periods_in_the_order_of_the_calls_with_what_was_paid_reduced_and_returned_of_each()
    {
        await GivenAsync(
            Of("2022-01-01", North, new MemberAdmitted(North, new("Nord"), false)), Of("2022-01-01", South, new MemberAdmitted(South, new("Sud"), false)),
            Of("2024-01-10", North, new DuesCalled("2024", 5_500, Time("2024-03-31"))), Of("2024-01-10", North, new DuesCalled("2023", 5_000, Time("2024-02-28"))),
            Of("2022-01-10", North, new DuesCalled("2022", 4_000, Time("2022-03-31"))), Of("2024-01-11", South, new DuesCalled("2023", 6_000, Time("2024-02-28"))),
            Of("2024-02-01", North, new DuesPaid("2023", 5_000, PaymentMeans.Cheque, "n° 7")), Of("2024-02-02", North, new DuesPaymentReturned("2023", 5_000, "not honoured")),
            Of("2024-02-03", North, new DuesReduced("2023", 1_000, "hardship")), Of("2024-02-04", North, new DuesPaid("2023", 1_000)));
        await WhenFollowedAsync();

        var now = await ThenAsync("2024-12-31");
        var account = await Dues.FindAsync(now, North, Ct);
        Assert.Equal(["2022", "2024", "2023"], account!.Periods.Select(p => p.Period));
        Assert.Equal((1_000, 5_000, 1_000, Time("2024-02-04")), (account.Periods[2].AmountCents, account.Periods[2].ReducedFromCents, account.Periods[2].PaidCents, account.Periods[2].PaidOn));
        Assert.Equal([new(Time("2024-02-01"), 5_000, PaymentMeans.Cheque, "n° 7"), new(Time("2024-02-02"), -5_000), new(Time("2024-02-04"), 1_000)], account.Periods[2].Payments);
        Assert.Equal([5_000], (await Dues.FindAsync(await ThenAsync("2024-02-01"), North, Ct))!.Periods.Where(p => p.Period == "2023").Select(p => p.PaidCents));
        Assert.Null(await Dues.FindAsync(await ThenAsync("2021-12-31"), North, Ct));
        Assert.Equal(4, (await Dues.ListAsync(now, Ct)).Sum(a => a.Periods.Count));
        Assert.Equal([new("2023", 7_000, 1_000), new("2024", 5_500, 0)], await Dues.LatestAsync(now, 2, Ct));
        Assert.Equal([new("2022", 4_000, 0)], await Dues.LatestAsync(await ThenAsync("2023-12-31"), 2, Ct));
    }

    private static IReadOnlyList<(MemberId, string, int)> Told(IReadOnlyList<Dues.Account> accounts) =>
        [.. accounts.SelectMany(a => a.Periods, (a, period) => (a.Member, period.Period, period.PaidCents)).OrderBy(a => a.Member == South)];
}
