using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.EventStore;
using Governance.Projections.Runtime;

namespace Governance.Api.Associations;

/// <summary>The association itself, as of any moment.</summary>
public static class AssociationRead
{
    public static void MapAssociationRead(this IEndpointRouteBuilder api) =>
        api.MapRead("/association", async (RequestScope scope, ReadDatabase reads, EventLog log, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                var found = await Projections.Associations.FindAsync(view, ct);
                var events = await log.ReadStreamAsync(scope.Association.Id.ToString(), "association", view.AsOf.Position, ct);
                return ReadAnswers.Of(found, scope.IsPast ? null : events.Count);
            })
            .RequirePermission(Permission.ReadRegister)
            .WithName("GetAssociation")
            .Produces<Projections.Associations.Association>()
            .ProducesProblems(400, 401, 403, 404, 503);
}
