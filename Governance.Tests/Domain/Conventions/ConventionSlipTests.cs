using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Xunit;
using static Governance.Tests.Domain.Conventions.Cities;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Conventions;

public sealed class ConventionSlipTests
{
    private static readonly StreamId Formations = Workstream.Stream(Named<WorkstreamId>("formations"));

    private static IReadOnlyList<ConventionSlip> Slipping(Past past, string day) =>
        ConventionSlips.Of(past.State<Convention>(Agreement, day), past.State<DeliveryBook>(Book, day).Deliveries, Time(day).Instant, Paris);

    private static Past Held(Past past, int webinars, int year) => past.And(
        [.. Enumerable.Range(1, webinars).SelectMany(i => new[]
        {
            On($"{year}-01-02", Book, new DeliveryPlanned(
                Id, Named<DeliveryId>($"{year} {i}"), WebinarsHeld, DeliveryKind.Webinar, $"Webinaire {i}", Time($"{year}-01-{(i % 28) + 1:00}"), 1, Pair(LaboCites, Oriv))),
            On($"{year}-02-{(i % 28) + 1:00}", Book, new DeliveryCarriedOut(Named<DeliveryId>($"{year} {i}"))),
        })]);

    [Fact]
    public void A_tranche_is_late_once_its_period_is_over_and_not_all_came_in()
    {
        Assert.DoesNotContain(Slipping(Signed, "2023-06-30"), s => s is TrancheOverdue);
        var paid = Signed.And(On("2023-05-01", Agreement, new TrancheReceived(FirstTranche, 4_000_000)));
        Assert.Equal(
            new TrancheOverdue(FirstTranche, "2023", Time("2023-Q2"), 6_000_000, Time("2023-07-01").Instant),
            Assert.Single(Slipping(paid, "2023-07-01"), s => s is TrancheOverdue));
        Assert.DoesNotContain(Slipping(paid.And(On("2023-06-01", Agreement, new TrancheReceived(FirstTranche, 6_000_000))), "2023-07-01"), s => s is TrancheOverdue);
    }

    [Fact]
    public void The_report_of_a_year_is_late_six_months_after_its_end()
    {
        Assert.Equal(Day("2024-06-30"), ConventionSlips.ReportDue(2023));
        Assert.DoesNotContain(Slipping(Signed, "2024-06-30"), s => s is ReportOverdue);
        Assert.Equal(new ReportOverdue(2023, Day("2024-06-30"), Time("2024-07-01").Instant), Assert.Single(Slipping(Signed, "2024-07-01"), s => s is ReportOverdue));
        var filed = Signed.And(On("2024-03-01", Agreement, new ReportLineRecorded(2023, "Webinaires", 1, 1)), On("2024-03-01", Agreement, new ReportFiled(2023, Report)));
        Assert.DoesNotContain(Slipping(filed, "2024-07-01"), s => s is ReportOverdue or TargetBehind { Year: 2023 });
    }

    [Fact]
    public void Three_webinars_a_month_are_due_and_one_meeting_a_year_by_its_end()
    {
        var past = Held(Signed, 5, 2023);
        Assert.Equal(
            new TargetBehind(WebinarsHeld, "Webinaires tenus", 2023, 5, 6, Time("2023-03-01").Instant),
            Assert.Single(Slipping(past, "2023-03-20"), s => s is TargetBehind));
        Assert.DoesNotContain(Slipping(Held(Signed, 6, 2023), "2023-03-31"), s => s is TargetBehind);
        Assert.Equal([WebinarsHeld, MeetingsHeld], Slipping(past, "2024-01-10").OfType<TargetBehind>().Select(s => s.Indicator));
    }

    [Fact]
    public void Of_a_year_that_the_convention_covers_in_part_the_target_is_due_by_the_months_it_covers()
    {
        // From October 2023 to March 2025: three months of the first year, three of the last.
        var partial = Agreed.And(
            On("2023", Agreement, new ConventionTermsSet(Day("2023-10-01"), Day("2025-03-31"), 30_000_000)),
            On("2023", Agreement, new TargetSet(WebinarsHeld, 2023, 9)), On("2023", Agreement, new TargetSet(WebinarsHeld, 2025, 9)),
            On("2023-09-15", Agreement, new ConventionSigned()));

        Assert.DoesNotContain(Slipping(partial, "2023-10-31"), s => s is TargetBehind);
        Assert.Equal(new TargetBehind(WebinarsHeld, "Webinaires tenus", 2023, 0, 3, Time("2023-11-01").Instant), Assert.Single(Slipping(partial, "2023-11-10"), s => s is TargetBehind));
        Assert.Equal(9, Slipping(partial, "2024-01-10").OfType<TargetBehind>().Single(s => s.Year == 2023 && s.Indicator == WebinarsHeld).Expected);
        Assert.Equal(new TargetBehind(WebinarsHeld, "Webinaires tenus", 2025, 0, 9, Time("2025-04-01").Instant), Slipping(partial, "2025-06-10").OfType<TargetBehind>().Single(s => s.Year == 2025));
        Assert.Equal(6, Slipping(partial, "2025-03-10").OfType<TargetBehind>().Single(s => s.Year == 2025).Expected);
    }

    [Fact]
    public void A_delivery_is_late_once_the_day_planned_is_over()
    {
        var id = Named<DeliveryId>("one");
        var planned = Signed.And(On("2023-04-01", Book, new DeliveryPlanned(
            Id, id, WebinarsHeld, DeliveryKind.Webinar, "Webinaire", Time("2023-05"), 1, Pair(LaboCites, Oriv))));
        Assert.DoesNotContain(Slipping(planned, "2023-05-31"), s => s is DeliveryOverdue);
        Assert.Equal(new DeliveryOverdue(id, "Webinaire", Time("2023-05"), Time("2023-06-01").Instant), Assert.Single(Slipping(planned, "2023-06-01"), s => s is DeliveryOverdue));
        Assert.DoesNotContain(Slipping(planned.And(On("2023-05-10", Book, new DeliveryCancelled(id, "No."))), "2023-06-01"), s => s is DeliveryOverdue);
        var twoDays = Signed.And(On("2023-04-01", Book, new DeliveryPlanned(Id, id, MeetingsHeld, DeliveryKind.NationalMeeting, "Rencontre", Time("2023-05-10"), 2, [])));
        Assert.DoesNotContain(Slipping(twoDays, "2023-05-11"), s => s is DeliveryOverdue);
        Assert.Single(Slipping(twoDays, "2023-05-12"), s => s is DeliveryOverdue);
    }

    [Fact]
    public void What_slips_longest_comes_first_and_nothing_slips_that_is_not_signed_or_has_ended()
    {
        Assert.Equal([typeof(TrancheOverdue), typeof(TargetBehind), typeof(TargetBehind)], Slipping(Signed, "2024-02-10").Where(s => s is not TargetBehind { Year: 2024 }).Select(s => s.GetType()));
        Assert.Empty(Slipping(Agreed, "2024-08-01"));
        Assert.Empty(Slipping(Signed.And(On("2024-01-01", Agreement, new ConventionEnded())), "2024-08-01"));
    }

    [Fact]
    public void Progress_says_what_is_delivered_what_is_ahead_and_what_is_still_needed()
    {
        var past = Held(Signed, 20, 2023).And(On("2023-07-01", Book, new DeliveryPlanned(
            Id, Named<DeliveryId>("next"), WebinarsHeld, DeliveryKind.Webinar, "Suite", Time("2023-11"), 1, Pair(LaboCites, Oriv))));
        var progress = ConventionProgress.Of(
            ((Convention.Known)past.State<Convention>(Agreement)).File.InForce.Terms, past.State<DeliveryBook>(Book).Deliveries, 2023, Time("2023-09-10").Instant, Paris)[0];
        Assert.Equal((36, 20, 1, 24, 16, true), (progress.Target!.Value, progress.Delivered, progress.Ahead, progress.ByNow, progress.Needed, progress.IsBehind));
    }

    [Fact]
    public void The_load_of_each_centre_is_an_exact_share_of_all_parts()
    {
        var (nobody, third) = (Named<MemberId>("nobody"), Named<MemberId>("third"));
        Delivery One(string name, params IReadOnlyList<DeliveryCentre> centres) =>
            new(Named<DeliveryId>(name), WebinarsHeld, DeliveryKind.Webinar, name, Time("2023-05"), 1, centres, null);
        var load = ConventionProgress.Load(
            [
                One("a", Pair(LaboCites, Oriv)), One("b", Pair(LaboCites, third)), One("c", new(LaboCites, DeliveryRole.Theme), new(LaboCites, DeliveryRole.Speaker)),
                One("d", Pair(Oriv, third)) with { Cancelled = "No." },
            ],
            [nobody]);
        Assert.Equal(new CentreLoad(LaboCites, 3, new Fraction(3, 5)), load[0]);
        Assert.Equal(new CentreLoad(nobody, 0, Fraction.Zero), load[^1]);
        Assert.Equal(Fraction.One, load.Aggregate(Fraction.Zero, (sum, centre) => sum + centre.Share));
    }

    [Fact]
    public void A_workstream_names_the_objectives_that_fund_it()
    {
        var past = Signed.And(On("2023-05-01", Formations, new WorkstreamProposed(Named<WorkstreamId>("formations"), Named<RoadmapId>("2024"), "Formations")));
        Told Fund(params IReadOnlyList<ObjectiveId> objectives) => past.When(p =>
            new FundWorkstream(Id, objectives, Time("2023-06-01")).Decide(p.Read<Workstream>(Formations), Read(p)));
        var funded = Fund(Webinars).Then(On("2023-06-01", Formations, new WorkstreamFunded(Id, [Webinars])));
        Assert.Equal([Webinars], ((Workstream.Known)funded.State<Workstream>(Formations)).Plan.Funding[Id]);
        Fund(Named<ObjectiveId>("none")).ThenRefused<ObjectiveNotFound>();
        // An amendment funds once it is signed, and nothing is funded by a draft.
        var extra = Named<ObjectiveId>("extra");
        past = past.And(On("2023-05-02", Agreement, new AmendmentDrafted(Amendment, "Avenant 1")), On("2023-05-02", Agreement, new ObjectiveAdded(extra, "Formations", "Deux par an.")));
        Fund(Webinars, extra).ThenRefused(new FundedByUnsigned("Avenant 1"));
        past = past.And(On("2023-05-03", Agreement, new AmendmentSigned(Amendment)));
        Fund(Webinars, extra).ThenAccepted();
        Agreed.And(On("2023-05-01", Formations, new WorkstreamProposed(Named<WorkstreamId>("formations"), Named<RoadmapId>("2024"), "Formations")))
            .When(p => new FundWorkstream(Id, [Webinars], Time("2023-06-01")).Decide(p.Read<Workstream>(Formations), Read(p))).ThenRefused(new ConventionNotSigned("Cités éducatives"));
        past.When(p => new FundWorkstream(Named<ConventionId>("none"), [], Time("2023-06-01")).Decide(p.Read<Workstream>(Formations), p.Read<Convention>(Convention.Stream(Named<ConventionId>("none")))))
            .ThenRefused<ConventionNotFound>();
        past.When(p => new FundWorkstream(Id, [], Time("2023-06-01")).Decide(p.Read<Workstream>(Formations), Read(p))).ThenNothing();
    }

    [Fact]
    public void A_convention_funds_a_workstream_until_what_it_pays_there_is_paid_or_cancelled()
    {
        var expense = Named<ExpenseId>("room");
        Fact Of(string on, IEvent @event) => On(on, Formations, @event);
        var used = Signed.And(
            Of("2023-05-01", new WorkstreamProposed(Named<WorkstreamId>("formations"), Named<RoadmapId>("2024"), "Formations")), Of("2023-06-01", new WorkstreamFunded(Id, [Webinars])),
            Of("2023-07-01", new ExpenseCommitted(expense, 2023, "Salle", 50_000, "Devis 3", Id)));
        Told Without(Past past, string on) => past.When(p => new FundWorkstream(Id, [], Time(on)).Decide(p.Read<Workstream>(Formations), Read(p)));

        Without(used, "2023-09-01").ThenRefused(new FundingInUse("Salle"));
        Without(used, "2023-06-15").ThenRefused(new FundingInUse("Salle"));
        var paid = used.And(Of("2023-08-01", new ExpensePaid(expense, 50_000, "Facture 3")));
        Without(paid, "2023-07-15").ThenRefused(new FundingInUse("Salle"));
        Without(paid, "2023-09-01").Then(Of("2023-09-01", new WorkstreamFunded(Id, [])));
        Without(used.And(Of("2023-08-01", new ExpenseCancelled(expense, "Plus besoin."))), "2023-07-15").ThenAccepted();
    }
}
