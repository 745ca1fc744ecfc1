using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

public static class PeopleReads
{
    /// <summary>Reads of people, under <c>/api/{slug}</c>.</summary>
    public static void MapPeopleReads(this IEndpointRouteBuilder api) =>
        api.MapRead("/people/{person:guid}", async (
                Guid person, RequestScope scope, ReadDatabase reads, PersonNames people, MandateLines lines, CancellationToken ct) =>
                ReadAnswers.Of(await PersonDossier.AtAsync(await scope.ViewAsync(reads, ct), PersonId.Of(person), people, lines, ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("GetPerson")
            .Produces<PersonDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);
}
