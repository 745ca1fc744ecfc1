using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;

namespace Governance.Api.Conventions;

/// <param name="AmountCents">Whole cents of euros.</param>
public sealed record DraftConventionRequest(
    string Title, string Funder, DateOnly FirstDay, DateOnly LastDay, int AmountCents, string? Beneficiary = null, ConventionId? Convention = null);

public sealed record SetConventionTermsRequest(ConventionId Convention, DateOnly FirstDay, DateOnly LastDay, int AmountCents);

public sealed record AddObjectiveRequest(ConventionId Convention, string Domain, string Commitment, ObjectiveId? Objective = null);

public sealed record AddIndicatorRequest(ConventionId Convention, ObjectiveId Objective, string Name, DeliveryKind Counts, IndicatorId? Indicator = null);

public sealed record SetTargetRequest(ConventionId Convention, IndicatorId Indicator, int Year, int Target);

/// <param name="Tranche">Of one that is there already, to put another in its place.</param>
public sealed record AgreeTrancheRequest(ConventionId Convention, string Title, int AmountCents, EffectiveTime Expected, TrancheId? Tranche = null);

public sealed record SignConventionRequest(ConventionId Convention, DecisionReference? Decision = null);

public sealed record DraftAmendmentRequest(ConventionId Convention, string Title, string? Reason = null, AmendmentId? Amendment = null);

public sealed record SignAmendmentRequest(ConventionId Convention, AmendmentId Amendment, DecisionReference? Decision = null);

public sealed record RecordTrancheReceiptRequest(ConventionId Convention, TrancheId Tranche, int AmountCents);

public sealed record RecordReportLineRequest(ConventionId Convention, int Year, string Heading, int PlannedCents, int ActualCents);

public sealed record FileReportRequest(ConventionId Convention, int Year, DocumentId Document);

public sealed record EvaluateConventionRequest(ConventionId Convention, string Conclusion, DocumentId? Document = null);

public sealed record EndConventionRequest(ConventionId Convention, string? Reason = null);

/// <param name="Objectives">Those of the convention that fund the workstream; none takes them away.</param>
public sealed record FundWorkstreamRequest(ConventionId Convention, WorkstreamId Workstream, IReadOnlyList<ObjectiveId> Objectives);

/// <summary>What can be asked of conventions.</summary>
public static class ConventionUseCases
{
    public static UseCase<DraftConventionRequest> Draft { get; } = new(
        nameof(DraftConvention),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var id = r.Convention ?? deciding.NewId<ConventionId>("convention");
            var convention = await deciding.ReadAsync<Convention>(Convention.Stream(id), ct);
            return new DraftConvention(id, r.Title, r.Funder, r.Beneficiary, r.FirstDay, r.LastDay, r.AmountCents, deciding.On).Decide(convention);
        });

    public static UseCase<SetConventionTermsRequest> SetTerms { get; } = Of<SetConventionTermsRequest>(
        nameof(SetConventionTerms), r => r.Convention, (r, c, deciding) => new SetConventionTerms(r.FirstDay, r.LastDay, r.AmountCents, deciding.On).Decide(c));

    public static UseCase<AddObjectiveRequest> AddObjective { get; } = Of<AddObjectiveRequest>(
        nameof(Domain.Conventions.AddObjective),
        r => r.Convention,
        (r, c, deciding) => new AddObjective(r.Objective ?? deciding.NewId<ObjectiveId>("objective"), r.Domain, r.Commitment, deciding.On).Decide(c));

    public static UseCase<AddIndicatorRequest> AddIndicator { get; } = Of<AddIndicatorRequest>(
        nameof(Domain.Conventions.AddIndicator),
        r => r.Convention,
        (r, c, deciding) => new AddIndicator(r.Indicator ?? deciding.NewId<IndicatorId>("indicator"), r.Objective, r.Name, r.Counts, deciding.On).Decide(c));

    public static UseCase<SetTargetRequest> SetTarget { get; } = Of<SetTargetRequest>(
        nameof(Domain.Conventions.SetTarget), r => r.Convention, (r, c, deciding) => new SetTarget(r.Indicator, r.Year, r.Target, deciding.On).Decide(c));

    public static UseCase<AgreeTrancheRequest> AgreeTranche { get; } = Of<AgreeTrancheRequest>(
        nameof(Domain.Conventions.AgreeTranche),
        r => r.Convention,
        (r, c, deciding) => new AgreeTranche(r.Tranche ?? deciding.NewId<TrancheId>("tranche"), r.Title, r.AmountCents, r.Expected, deciding.On).Decide(c));

    public static UseCase<SignConventionRequest> Sign { get; } = Of<SignConventionRequest>(
        nameof(SignConvention), r => r.Convention, (r, c, deciding) => new SignConvention(r.Decision, deciding.On).Decide(c));

    public static UseCase<DraftAmendmentRequest> DraftAmendment { get; } = Of<DraftAmendmentRequest>(
        nameof(Domain.Conventions.DraftAmendment),
        r => r.Convention,
        (r, c, deciding) => new DraftAmendment(r.Amendment ?? deciding.NewId<AmendmentId>("amendment"), r.Title, r.Reason, deciding.On).Decide(c));

    public static UseCase<SignAmendmentRequest> SignAmendment { get; } = Of<SignAmendmentRequest>(
        nameof(Domain.Conventions.SignAmendment), r => r.Convention, (r, c, deciding) => new SignAmendment(r.Amendment, r.Decision, deciding.On).Decide(c));

    public static UseCase<RecordTrancheReceiptRequest> RecordReceipt { get; } = Of<RecordTrancheReceiptRequest>(
        nameof(RecordTrancheReceipt), r => r.Convention, (r, c, deciding) => new RecordTrancheReceipt(r.Tranche, r.AmountCents, deciding.On).Decide(c)) with
    { Dating = Dating.Happened };

    public static UseCase<RecordReportLineRequest> RecordLine { get; } = Of<RecordReportLineRequest>(
        nameof(RecordReportLine),
        r => r.Convention,
        (r, c, deciding) => new RecordReportLine(r.Year, r.Heading, r.PlannedCents, r.ActualCents, deciding.On).Decide(c));

    public static UseCase<FileReportRequest> FileReport { get; } = new(
        nameof(Domain.Conventions.FileReport),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var (convention, document) = await deciding.ReadAsync<Convention, Document>(Convention.Stream(r.Convention), Document.Stream(r.Document), ct);
            return new FileReport(r.Year, r.Document, deciding.On).Decide(convention, document, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<EvaluateConventionRequest> Evaluate { get; } = new(
        nameof(EvaluateConvention),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var convention = await deciding.ReadAsync<Convention>(Convention.Stream(r.Convention), ct);
            var document = r.Document is { } named ? await deciding.ReadAsync<Document>(Document.Stream(named), ct) : null;
            return new EvaluateConvention(r.Conclusion, r.Document, deciding.On).Decide(convention, document);
        })
    { Dating = Dating.Happened };

    public static UseCase<EndConventionRequest> End { get; } = Of<EndConventionRequest>(
        nameof(EndConvention), r => r.Convention, (r, c, deciding) => new EndConvention(r.Reason, deciding.On).Decide(c));

    public static UseCase<FundWorkstreamRequest> Fund { get; } = new(
        nameof(FundWorkstream),
        Permission.KeepRoadmap,
        async (r, deciding, ct) =>
        {
            var (workstream, convention) = await deciding.ReadAsync<Workstream, Convention>(Workstream.Stream(r.Workstream), Convention.Stream(r.Convention), ct);
            return new FundWorkstream(r.Convention, r.Objectives, deciding.On).Decide(workstream, convention);
        });

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Draft), Import.Importable.Of(SetTerms), Import.Importable.Of(AddObjective), Import.Importable.Of(AddIndicator), Import.Importable.Of(SetTarget),
        Import.Importable.Of(AgreeTranche), Import.Importable.Of(Sign), Import.Importable.Of(DraftAmendment), Import.Importable.Of(SignAmendment),
        Import.Importable.Of(RecordReceipt), Import.Importable.Of(RecordLine), Import.Importable.Of(FileReport), Import.Importable.Of(Evaluate), Import.Importable.Of(End),
        Import.Importable.Of(Fund),
    ];

    // Most commands read the convention alone.
    private static UseCase<T> Of<T>(string name, Func<T, ConventionId> convention, Func<T, Timeline<Convention>, Deciding, Decision> decide) where T : class =>
        new(name, Permission.KeepConventions, async (r, deciding, ct) => decide(r, await deciding.ReadAsync<Convention>(Convention.Stream(convention(r)), ct), deciding));
}
