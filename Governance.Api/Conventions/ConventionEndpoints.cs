using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Conventions;

/// <summary>A convention with where its indicators stand in each year, and what slips.</summary>
public sealed record ConventionAnswer(
    Projections.Conventions.Entry Convention, IReadOnlyList<IndicatorProgress> Progress, IReadOnlyList<ConventionsThatSlip.Slip> Slips);

/// <summary>What is delivered under a convention, and how the work is shared between centres.</summary>
public sealed record ProgrammeAnswer(IReadOnlyList<Deliveries.Entry> Deliveries, IReadOnlyList<CentreLoad> Load);

public static class ConventionEndpoints
{
    /// <summary>Reads and commands of conventions, under <c>/api/{slug}</c>.</summary>
    public static void MapConventions(this IEndpointRouteBuilder api)
    {
        MapReads(api);
        api.MapConventionReport();

        const string One = "/conventions/{convention}", Delivery = One + "/deliveries/{delivery}";
        api.MapCommand("/conventions", ConventionUseCases.Draft, created: "conventions/{convention}");
        api.MapCommand(One + "/terms", ConventionUseCases.SetTerms);
        api.MapCommand(One + "/objectives", ConventionUseCases.AddObjective);
        api.MapCommand(One + "/indicators", ConventionUseCases.AddIndicator);
        api.MapCommand(One + "/targets", ConventionUseCases.SetTarget);
        api.MapCommand(One + "/tranches", ConventionUseCases.AgreeTranche);
        api.MapCommand(One + "/signature", ConventionUseCases.Sign);
        api.MapCommand(One + "/amendments", ConventionUseCases.DraftAmendment);
        api.MapCommand(One + "/amendments/{amendment}/signature", ConventionUseCases.SignAmendment);
        api.MapCommand(One + "/tranches/{tranche}/receipts", ConventionUseCases.RecordReceipt);
        api.MapCommand(One + "/report-lines", ConventionUseCases.RecordLine);
        api.MapCommand(One + "/report-filings", ConventionUseCases.FileReport);
        api.MapCommand(One + "/evaluation", ConventionUseCases.Evaluate);
        api.MapCommand(One + "/end", ConventionUseCases.End);
        api.MapCommand(One + "/funding", ConventionUseCases.Fund);
        api.MapCommand(One + "/deliveries", DeliveryUseCases.Plan);
        api.MapCommand(Delivery + "/centres", DeliveryUseCases.AssignCentres);
        api.MapCommand(Delivery + "/day", DeliveryUseCases.Move);
        api.MapCommand(Delivery + "/carrying-out", DeliveryUseCases.CarryOut);
        api.MapCommand(Delivery + "/cancellation", DeliveryUseCases.Cancel);
    }

    private static void MapReads(IEndpointRouteBuilder api)
    {
        api.MapRead("/conventions", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Projections.Conventions.ListAsync(await scope.ViewAsync(reads, ct), ct)))
            .Read<IReadOnlyList<Projections.Conventions.Entry>>("ListConventions");

        api.MapRead("/conventions/slipping", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await ConventionsThatSlip.ListAsync(await scope.ViewAsync(reads, ct), scope.Association.Zone, ct)))
            .Read<IReadOnlyList<ConventionsThatSlip.Slipping>>("ListSlippingConventions");

        api.MapRead("/conventions/{convention:guid}", async (Guid convention, RequestScope scope, ReadDatabase reads, EventLog log, CancellationToken ct) =>
            {
                if (await ConventionView.FindAsync(scope, reads, new ConventionId(convention), ct) is not { } view)
                    return ReadAnswers.Of<ConventionAnswer>(null);
                var stream = Convention.Stream(view.Convention.Id).Value;
                var events = await log.ReadStreamAsync(scope.Association.Id.ToString(), stream, view.View.AsOf.Position, ct);
                return ReadAnswers.Of(
                    new ConventionAnswer(view.Convention, [.. view.Terms.Years.SelectMany(view.Progress)], view.Slips), scope.IsPast ? null : events.Count);
            })
            .Read<ConventionAnswer>("GetConvention");

        api.MapRead("/conventions/{convention:guid}/deliveries", async (Guid convention, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await ConventionView.FindAsync(scope, reads, new ConventionId(convention), ct) is { } view
                    ? new ProgrammeAnswer(view.Deliveries, ConventionProgress.Load(view.Deliveries.Select(d => d.Delivery), []))
                    : null))
            .Read<ProgrammeAnswer>("ListDeliveries");
    }

    private static void Read<T>(this RouteHandlerBuilder builder, string name) =>
        builder.RequirePermission(Permission.ReadRegister).WithName(name).Produces<T>().ProducesProblems(400, 401, 403, 404, 503);
}
