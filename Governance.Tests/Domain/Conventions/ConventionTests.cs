using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Xunit;
using static Governance.Tests.Domain.Conventions.Cities;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Conventions;

public sealed class ConventionTests
{
    private static Convention.Known Now(Past past) => Assert.IsAssignableFrom<Convention.Known>(past.State<Convention>(Agreement));

    private static Told When(Past past, Func<Timeline<Convention>, Decision> command) => past.When(p => command(Read(p)));

    private static Told When(Past past, FileReport command) => past.When(p => command.Decide(Read(p), p.Read<Document>(Document.Stream(command.Document)), Paris));

    private static Told When(Past past, EvaluateConvention command) =>
        past.When(p => command.Decide(Read(p), command.Document is { } document ? p.Read<Document>(Document.Stream(document)) : null));

    [Fact]
    public void A_convention_is_drafted_with_its_funder_its_beneficiary_and_its_days() =>
        When(Nothing, c => new DraftConvention(Id, "Cités éducatives", "ANCT", "DGESCO", Day("2023-01-01"), Day("2025-12-31"), 30_000_000, Time("2023")).Decide(c))
            .Then(On("2023", Agreement, new ConventionDrafted(Id, "Cités éducatives", "ANCT", Day("2023-01-01"), Day("2025-12-31"), 30_000_000, "DGESCO")));

    [Fact]
    public void A_convention_is_drafted_once() =>
        When(Drafted, c => new DraftConvention(Id, "Another", "ANCT", null, Day("2023-01-01"), Day("2025-12-31"), 0, Time("2023")).Decide(c))
            .ThenRefused(new ConventionAlreadyDrafted("Cités éducatives"));

    [Theory]
    [InlineData("2025-12-31", "2025-12-30")]
    [InlineData("2023-01-01", "2043-01-01")]
    public void Its_days_make_sense(string first, string last)
    {
        When(Nothing, c => new DraftConvention(Id, "C", "ANCT", null, Day(first), Day(last), 0, Time("2023")).Decide(c))
            .ThenRefused(new ConventionDaysUnfit(Day(first), Day(last)));
        When(Drafted, c => new SetConventionTerms(Day(first), Day(last), 0, Time("2023")).Decide(c)).ThenRefused(new ConventionDaysUnfit(Day(first), Day(last)));
    }

    [Fact]
    public void Before_its_signature_it_is_given_objectives_indicators_targets_and_tranches_and_then_signed()
    {
        var past = When(Drafted, c => new AddObjective(Webinars, "Webinaires", "Une série de trois par mois.", Time("2023")).Decide(c))
            .Then(On("2023", Agreement, new ObjectiveAdded(Webinars, "Webinaires", "Une série de trois par mois.")));
        past = When(past, c => new AddIndicator(WebinarsHeld, Webinars, "Webinaires tenus", DeliveryKind.Webinar, Time("2023")).Decide(c))
            .Then(On("2023", Agreement, new IndicatorAdded(WebinarsHeld, Webinars, "Webinaires tenus", DeliveryKind.Webinar)));
        past = When(past, c => new SetTarget(WebinarsHeld, 2023, 36, Time("2023")).Decide(c)).Then(On("2023", Agreement, new TargetSet(WebinarsHeld, 2023, 36)));
        past = When(past, c => new AgreeTranche(FirstTranche, "2023", 10_000_000, Time("2023-Q2"), Time("2023")).Decide(c))
            .Then(On("2023", Agreement, new TrancheAgreed(FirstTranche, "2023", 10_000_000, Time("2023-Q2"))));
        past = When(past, c => new SetConventionTerms(Day("2023-01-01"), Day("2025-12-31"), 40_000_000, Time("2023")).Decide(c))
            .Then(On("2023", Agreement, new ConventionTermsSet(Day("2023-01-01"), Day("2025-12-31"), 40_000_000)));
        past = When(past, c => new SignConvention(Ballot, Time("2023-03-15")).Decide(c)).Then(On("2023-03-15", Agreement, new ConventionSigned(Ballot)));

        var version = Assert.IsType<Convention.Signed>(Now(past)).File.InForce;
        Assert.Equal((0, Ballot.Ballot, 40_000_000), (version.Number, version.Decision!.Value, version.Terms.Cents));
        Assert.Equal(36, version.Terms.Find(WebinarsHeld)!.Targets[2023]);
        Assert.Equal([2023, 2024, 2025], version.Terms.Years);
    }

    [Fact]
    public void A_convention_that_commits_to_nothing_is_not_signed() =>
        When(Drafted, c => new SignConvention(null, Time("2023-03-15")).Decide(c)).ThenRefused<ConventionCommitsToNothing>();

    [Fact]
    public void A_convention_is_signed_once() =>
        When(Signed, c => new SignConvention(null, Time("2023-04-01")).Decide(c)).ThenRefused(new ConventionAlreadySigned("Cités éducatives"));

    [Fact]
    public void What_is_signed_is_changed_by_an_amendment_alone()
    {
        When(Signed, c => new AddObjective(Trainings, "Formations", "Deux modules.", Time("2024")).Decide(c)).ThenRefused(new NoVersionInPreparation("Cités éducatives"));
        When(Signed, c => new SetTarget(WebinarsHeld, 2024, 30, Time("2024")).Decide(c)).ThenRefused<NoVersionInPreparation>();
    }

    [Fact]
    public void An_indicator_measures_an_objective_of_the_version_and_a_target_an_indicator_of_a_year_that_is_covered()
    {
        When(Drafted, c => new AddIndicator(WebinarsHeld, Webinars, "Webinaires", DeliveryKind.Webinar, Time("2023")).Decide(c)).ThenRefused<ObjectiveNotFound>();
        When(Drafted, c => new SetTarget(WebinarsHeld, 2023, 36, Time("2023")).Decide(c)).ThenRefused<IndicatorNotFound>();
        When(Agreed, c => new SetTarget(WebinarsHeld, 2026, 36, Time("2023")).Decide(c)).ThenRefused(new YearOutsideConvention(2026, 2023, 2025));
        When(Agreed, c => new SetTarget(WebinarsHeld, 2023, -1, Time("2023")).Decide(c)).ThenRefused(new NumberOutOfBounds("target", 0, SetTarget.Most));
    }

    [Fact]
    public void Tranches_come_to_no_more_than_what_is_agreed()
    {
        When(Agreed, c => new AgreeTranche(SecondTranche, "2024", 20_000_001, Time("2024-Q2"), Time("2023")).Decide(c))
            .ThenRefused(new TrancheAboveAgreed("2024", new Cents(30_000_000), new Cents(30_000_001)));
        When(Agreed, c => new AgreeTranche(SecondTranche, "2024", 20_000_000, Time("2024-Q2"), Time("2023")).Decide(c)).ThenAccepted();
        When(Agreed, c => new AgreeTranche(FirstTranche, "2023", 30_000_000, Time("2023-Q2"), Time("2023")).Decide(c)).ThenAccepted();
        When(Agreed, c => new SetConventionTerms(Day("2023-01-01"), Day("2025-12-31"), 9_999_999, Time("2023")).Decide(c))
            .ThenRefused(new TrancheAboveAgreed("2023", new Cents(9_999_999), new Cents(10_000_000)));
    }

    [Fact]
    public void Money_comes_in_in_parts_and_no_more_than_the_tranche()
    {
        var half = When(Signed, c => new RecordTrancheReceipt(FirstTranche, 6_000_000, Time("2023-06-01")).Decide(c))
            .Then(On("2023-06-01", Agreement, new TrancheReceived(FirstTranche, 6_000_000)));
        When(half, c => new RecordTrancheReceipt(FirstTranche, 4_000_001, Time("2023-09-01")).Decide(c))
            .ThenRefused(new TrancheAboveAgreed("2023", new Cents(10_000_000), new Cents(10_000_001)));
        var all = When(half, c => new RecordTrancheReceipt(FirstTranche, 4_000_000, Time("2023-09-01")).Decide(c)).ThenAccepted();
        Assert.Equal(10_000_000, Now(all).File.Received(FirstTranche));
        When(all, c => new RecordTrancheReceipt(SecondTranche, 1, Time("2023-09-01")).Decide(c)).ThenRefused<TrancheNotFound>();

        var amended = all.And(On("2024-02-01", Agreement, new AmendmentDrafted(Amendment, "Avenant n° 1")));
        When(amended, c => new AgreeTranche(FirstTranche, "2023", 9_000_000, Time("2023-Q2"), Time("2024-02-02")).Decide(c))
            .ThenRefused(new TrancheAboveAgreed("2023", new Cents(9_000_000), new Cents(10_000_000)));
    }

    [Fact]
    public void An_amendment_begins_as_what_holds_and_holds_once_it_is_signed()
    {
        var past = When(Signed, c => new DraftAmendment(Amendment, "Avenant n° 1", "Séminaires académiques.", Time("2024-02-01")).Decide(c))
            .Then(On("2024-02-01", Agreement, new AmendmentDrafted(Amendment, "Avenant n° 1", "Séminaires académiques.")));
        past = When(past, c => new SetTarget(WebinarsHeld, 2024, 30, Time("2024-02-02")).Decide(c)).ThenAccepted();
        Assert.Equal(36, Now(past).File.InForce.Terms.Find(WebinarsHeld)!.Targets[2024]);
        When(past, c => new DraftAmendment(Named<AmendmentId>("2"), "Avenant n° 2", null, Time("2024-02-03")).Decide(c)).ThenRefused(new AmendmentInPreparation("Avenant n° 1"));

        past = When(past, c => new SignAmendment(Amendment, Ballot, Time("2024-03-01")).Decide(c)).Then(On("2024-03-01", Agreement, new AmendmentSigned(Amendment, Ballot)));
        Assert.Equal(30, Now(past).File.InForce.Terms.Find(WebinarsHeld)!.Targets[2024]);
        Assert.Equal((2, 1, 36), (Now(past).File.Versions.Count, Now(past).File.InForce.Number, Now(past).File.Versions[0].Terms.Find(WebinarsHeld)!.Targets[2024]));
        Assert.Equal(36, Assert.IsType<Convention.Signed>(past.State<Convention>(Agreement, "2024-02-15")).File.InForce.Terms.Find(WebinarsHeld)!.Targets[2024]);
        When(past, c => new SignAmendment(Named<AmendmentId>("2"), null, Time("2024-03-02")).Decide(c)).ThenRefused<AmendmentNotFound>();
    }

    [Fact]
    public void What_was_signed_is_not_changed_by_a_command_of_before_the_signature()
    {
        When(Signed, c => new SetTarget(WebinarsHeld, 2024, 20, Time("2023-02-01")).Decide(c)).ThenRefused(new NoVersionInPreparation("Cités éducatives"));
        When(Signed, c => new AgreeTranche(SecondTranche, "2024", 1, Time("2024-Q2"), Time("2023-02-01")).Decide(c)).ThenRefused<NoVersionInPreparation>();
        var amended = Signed.And(On("2024-02-01", Agreement, new AmendmentDrafted(Amendment, "Avenant n° 1")), On("2024-03-01", Agreement, new AmendmentSigned(Amendment)));
        When(amended, c => new SetTarget(WebinarsHeld, 2024, 20, Time("2024-02-15")).Decide(c)).ThenRefused<NoVersionInPreparation>();
    }

    [Fact]
    public void An_amendment_is_not_signed_below_what_has_come_in_meanwhile()
    {
        var lowered = When(
            Signed.And(On("2024-02-01", Agreement, new AmendmentDrafted(Amendment, "Avenant n° 1"))),
            c => new AgreeTranche(FirstTranche, "2023", 4_000_000, Time("2023-Q2"), Time("2024-02-02")).Decide(c)).ThenAccepted();
        var paid = When(lowered, c => new RecordTrancheReceipt(FirstTranche, 6_000_000, Time("2024-02-10")).Decide(c)).ThenAccepted();
        When(paid, c => new SignAmendment(Amendment, Ballot, Time("2024-03-01")).Decide(c))
            .ThenRefused(new TrancheAboveAgreed("2023", new Cents(4_000_000), new Cents(6_000_000)));
    }

    [Fact]
    public void An_amendment_comes_neither_before_its_convention_nor_before_the_signature()
    {
        When(Nothing, c => new DraftAmendment(Amendment, "Avenant n° 1", null, Time("2024")).Decide(c)).ThenRefused<ConventionNotFound>();
        When(Signed, c => new DraftAmendment(Amendment, "Avenant n° 1", null, Time("2022")).Decide(c))
            .ThenRefused(new BeforeItsBeginning(BegunThing.Convention, Time("2023"), Time("2022")));
        When(Agreed, c => new DraftAmendment(Amendment, "Avenant n° 1", null, Time("2023-02-01")).Decide(c)).ThenRefused(new AmendmentWithoutSignature("Cités éducatives"));
        When(Signed, c => new DraftAmendment(Amendment, "Avenant n° 1", null, Time("2023-02-01")).Decide(c))
            .ThenRefused(new AmendmentBeforeSignature("Cités éducatives", Time("2023-03-15")));
        When(Signed, c => new SignAmendment(Amendment, null, Time("2023-02-01")).Decide(c))
            .ThenRefused(new AmendmentBeforeSignature("Cités éducatives", Time("2023-03-15")));
    }

    [Fact]
    public void The_report_of_a_year_has_its_lines_and_is_filed_with_its_document()
    {
        When(Signed, c => new RecordReportLine(2026, "Webinaires", 0, 0, Time("2024-02-01")).Decide(c)).ThenRefused(new YearOutsideConvention(2026, 2023, 2025));
        When(Filed, new FileReport(2022, Report, Time("2024-02-01"))).ThenRefused(new YearOutsideConvention(2022, 2023, 2025));
        When(Filed, new FileReport(2023, Report, Time("2024-06-20"))).ThenRefused(new ReportWithoutLines(2023));

        var past = When(Filed, c => new RecordReportLine(2023, "Webinaires", 6_000_000, 5_000_000, Time("2024-02-01")).Decide(c))
            .Then(On("2024-02-01", Agreement, new ReportLineRecorded(2023, "Webinaires", 6_000_000, 5_000_000)));
        past = When(past, c => new RecordReportLine(2023, "Webinaires", 6_000_000, 5_500_000, Time("2024-02-02")).Decide(c)).ThenAccepted();
        past = When(past, c => new RecordReportLine(2023, "Formations", 3_000_000, 3_100_000, Time("2024-02-02")).Decide(c)).ThenAccepted();
        Assert.Equal([new ReportLine("Webinaires", 6_000_000, 5_500_000), new ReportLine("Formations", 3_000_000, 3_100_000)], Now(past).File.Report(2023)!.Lines);

        When(past, new FileReport(2023, Report, Time("2023-12-15"))).ThenRefused(new ReportOfAYearThatRuns(2023));
        When(past, new FileReport(2023, Named<DocumentId>("nowhere"), Time("2024-06-20"))).ThenRefused<DocumentNotKeptHere>();
        past = When(past, new FileReport(2023, Report, Time("2024-06-20"))).Then(On("2024-06-20", Agreement, new ReportFiled(2023, Report)));
        When(past, new FileReport(2023, Report, Time("2024-06-21"))).ThenRefused(new ReportAlreadyFiled(2023, Time("2024-06-20")));
        When(past, c => new RecordReportLine(2023, "Webinaires", 1, 1, Time("2024-07-01")).Decide(c)).ThenRefused(new ReportAlreadyFiled(2023, Time("2024-06-20")));

        // Nor by a line dated before it was filed, nor by taking one back: the filing is taken back first.
        When(past, c => new RecordReportLine(2023, "Rencontres", 1, 1, Time("2024-03-01")).Decide(c)).ThenRefused(new ReportAlreadyFiled(2023, Time("2024-06-20")));
        var (line, filing) = (Recorded<ReportLineRecorded>(past), Recorded<ReportFiled>(past));
        When(past, c => new RetractConventionFact(line, "Erreur.", Time("2024-07-01")).Decide(c)).ThenRefused(new ReportAlreadyFiled(2023, Time("2024-06-20")));
        past = When(past, c => new RetractConventionFact(filing, "Erreur.", Time("2024-07-01")).Decide(c)).ThenAccepted();
        When(past, c => new RetractConventionFact(line, "Erreur.", Time("2024-07-01")).Decide(c)).ThenAccepted();
    }

    private static EventId Recorded<T>(Past past) => Read(past).Recorded.Last(e => e.Event is T).Id;

    [Fact]
    public void Planned_and_actual_are_exact()
    {
        var sum = PlannedAndActual.Sum([new("Webinaires", 6_000_000, 5_500_000), new("Formations", 3_000_000, 3_100_000)]);
        Assert.Equal((9_000_000, 8_600_000, -400_000, new Fraction(43, 45)), (sum.Planned, sum.Actual, sum.Difference, sum.Rate!.Value));
        Assert.Null(new PlannedAndActual(0, 100).Rate);
    }

    [Fact]
    public void A_convention_is_evaluated_and_ends()
    {
        When(Signed, new EvaluateConvention("Text.", Report, Time("2025-11-01"))).ThenRefused<DocumentNotKeptHere>();
        var past = When(Signed, new EvaluateConvention("Les objectifs sont tenus.", null, Time("2025-11-01")))
            .Then(On("2025-11-01", Agreement, new ConventionEvaluated("Les objectifs sont tenus.")));
        past = When(past, c => new EndConvention(null, Time("2026-07-01")).Decide(c)).Then(On("2026-07-01", Agreement, new ConventionEnded()));
        Assert.Equal("Les objectifs sont tenus.", Assert.IsType<Convention.Ended>(Now(past)).File.Evaluation!.Conclusion);
        When(past, c => new RecordTrancheReceipt(FirstTranche, 1, Time("2026-08-01")).Decide(c)).ThenRefused(new ConventionHasEnded("Cités éducatives"));
    }

    private static readonly Dictionary<string, Func<Timeline<Convention>, Decision>> NeedingASignature = new()
    {
        ["receipt"] = c => new RecordTrancheReceipt(FirstTranche, 1, Time("2023-02-01")).Decide(c),
        ["line"] = c => new RecordReportLine(2023, "Webinaires", 1, 1, Time("2023-02-01")).Decide(c),
        ["end"] = c => new EndConvention(null, Time("2023-02-01")).Decide(c),
        ["filing"] = c => new FileReport(2023, Report, Time("2023-02-01")).Decide(c, Filed.Read<Document>(Document.Stream(Report)), Paris),
        ["evaluation"] = c => new EvaluateConvention("Text.", null, Time("2023-02-01")).Decide(c, null),
    };

    public static TheoryData<string> Signing => [.. NeedingASignature.Keys];

    [Theory]
    [MemberData(nameof(Signing))]
    public void Before_its_signature_nothing_is_owed_under_it(string command)
    {
        When(Agreed, NeedingASignature[command]).ThenRefused(new ConventionNotSigned("Cités éducatives"));
        When(Nothing, NeedingASignature[command]).ThenRefused<ConventionNotFound>();
    }
}
