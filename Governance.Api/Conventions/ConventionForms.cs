using Governance.Api.Kernel.Http;

namespace Governance.Api.Conventions;

public static class ConventionForms
{
    private const string One = "/{slug}/conventions/{convention}";
    private const string Programme = One + "/programme";
    private const string Delivery = One + "/deliveries/{delivery}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["convention.days"] = "lastDay",
        ["convention.tranche-above-agreed"] = "amountCents",
        ["convention.year-outside"] = "year",
        ["convention.report-of-a-year-that-runs"] = "effective",
        ["convention.amendment-before-signature"] = "effective",
        ["convention.date-outside"] = "when",
        ["delivery.pair-of-one"] = "pair",
        ["delivery.pair-of-two"] = "pair",
        ["delivery.counted-twice"] = "effective",
        ["delivery.already-planned"] = "title",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    // The day on which something took place is the form's own day.
    private static readonly Dictionary<string, string> OfTheDay = new(Fields) { ["convention.date-outside"] = "effective" };

    /// <summary>Forms of the pages of conventions.</summary>
    public static void MapConventionForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<DraftConventionRequest, ConventionActPage>("/{slug}/conventions/new", ConventionUseCases.Draft, then: One, fields: Fields);
        app.MapForm<SetConventionTermsRequest, ConventionActPage>(One + "/terms", ConventionUseCases.SetTerms, then: One, fields: Fields);
        app.MapForm<AddObjectiveRequest, ConventionActPage>(One + "/objectives", ConventionUseCases.AddObjective, then: One, fields: Fields);
        app.MapForm<AddIndicatorRequest, ConventionActPage>(One + "/indicators", ConventionUseCases.AddIndicator, then: One, fields: Fields);
        app.MapForm<SetTargetRequest, ConventionActPage>(One + "/targets", ConventionUseCases.SetTarget, then: One, fields: Fields);
        app.MapForm<AgreeTrancheRequest, ConventionActPage>(One + "/tranches", ConventionUseCases.AgreeTranche, then: One, fields: Fields);
        app.MapForm<SignConventionRequest, ConventionActPage>(One + "/signature", ConventionUseCases.Sign, then: One, fields: Fields);
        app.MapForm<DraftAmendmentRequest, ConventionActPage>(One + "/amendments", ConventionUseCases.DraftAmendment, then: One, fields: Fields);
        app.MapForm<SignAmendmentRequest, ConventionActPage>(One + "/amendments/{amendment}/signature", ConventionUseCases.SignAmendment, then: One, fields: Fields);
        app.MapForm<RecordTrancheReceiptRequest, ConventionActPage>(One + "/receipts", ConventionUseCases.RecordReceipt, then: One, fields: Fields);
        app.MapForm<RecordReportLineRequest, ConventionActPage>(One + "/report-lines", ConventionUseCases.RecordLine, then: One, fields: Fields);
        app.MapForm<FileReportRequest, ConventionActPage>(One + "/report-filing", ConventionUseCases.FileReport, then: One, fields: Fields);
        app.MapForm<EvaluateConventionRequest, ConventionActPage>(One + "/evaluation", ConventionUseCases.Evaluate, then: One, fields: Fields);
        app.MapForm<EndConventionRequest, ConventionActPage>(One + "/end", ConventionUseCases.End, then: One, fields: Fields);
        app.MapForm<FundWorkstreamRequest, FundWorkstreamPage>(One + "/funding", ConventionUseCases.Fund, then: One, fields: Fields);
        app.MapForm<PlanDeliveryRequest, DeliveryActPage>(One + "/deliveries", DeliveryUseCases.Plan, then: Programme, fields: Fields);
        app.MapForm<AssignDeliveryCentresRequest, DeliveryActPage>(Delivery + "/centres", DeliveryUseCases.AssignCentres, then: Programme, fields: Fields);
        app.MapForm<MoveDeliveryRequest, DeliveryActPage>(Delivery + "/day", DeliveryUseCases.Move, then: Programme, fields: Fields);
        app.MapForm<CarryOutDeliveryRequest, DeliveryActPage>(Delivery + "/carrying-out", DeliveryUseCases.CarryOut, then: Programme, fields: OfTheDay);
        app.MapForm<CancelDeliveryRequest, DeliveryActPage>(Delivery + "/cancellation", DeliveryUseCases.Cancel, then: Programme, fields: Fields);
    }
}
