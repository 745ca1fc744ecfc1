using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

public static class PeopleReads
{
    /// <summary>Reads of people, under <c>/api/{slug}</c>.</summary>
    public static void MapPeopleReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/people/{person:guid}", async (
                Guid person, RequestScope scope, ReadDatabase reads, PersonNames people, MandateLines lines, CancellationToken ct) =>
                ReadAnswers.Of(await PersonDossier.AtAsync(await scope.ViewAsync(reads, ct), PersonId.Of(person), people, lines, ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("person")
            .WithName("GetPerson")
            .Produces<PersonDossier>()
            .ProducesProblems(400, 401, 403, 404, 503);

        api.MapRead("/people/me/data", async (HttpContext http, RequestScope scope, PersonalDataReader reader, CancellationToken ct) =>
                scope.Actor.Person is { } person ? await DataAsync(http, scope, person, reader, ct) : ReadAnswers.Streamed<PersonalData>(null))
            .RequirePermission(Permission.OwnAccount)
            .WithName("GetOwnData")
            .Produces<PersonalData>()
            .ProducesProblems(401, 404, 503);

        api.MapRead("/legal-holds", async (RequestScope scope, ReadDatabase reads, LegalHolds holds, CancellationToken ct) =>
                ReadAnswers.Of(new LegalHoldsAnswer(await holds.StandingAsync(await scope.ViewAsync(reads, ct), scope.Association, ct))))
            .RequirePermission(Permission.KeepMandates)
            .RevealsPeople("legal-holds")
            .WithName("ListLegalHolds")
            .Produces<LegalHoldsAnswer>()
            .ProducesProblems(400, 401, 403, 503);

        api.MapRead("/reads", async (RequestScope scope, ReadRecord record, TimeProvider time, CancellationToken ct) =>
                ReadAnswers.Of(await ReadCounts.OfAsync(scope, record, time, ct)))
            .RequirePermission(Permission.Audit)
            .WithName("CountReads")
            .Produces<ReadCounts>()
            .ProducesProblems(401, 403, 503);

        // A request for access that comes by letter or by word of mouth, with an account or without: that it was answered is recorded as a read.
        api.MapRead("/people/{person:guid}/data", async (Guid person, HttpContext http, RequestScope scope, PersonalDataReader reader, CancellationToken ct) =>
                await DataAsync(http, scope, PersonId.Of(person), reader, ct))
            .RequirePermission(Permission.KeepMandates)
            .RevealsPeople("data")
            .WithName("GetPersonData")
            .Produces<PersonalData>()
            .ProducesProblems(401, 403, 404, 503);
    }

    /// <param name="Holds">Those that stand, the one that ends first before the others.</param>
    public sealed record LegalHoldsAnswer(IReadOnlyList<LegalHold> Holds);

    /// <summary>How often pages that show people were read, for whoever audits: nobody is named.</summary>
    public sealed record ReadCounts(DateTimeOffset Since, IReadOnlyList<ReadCount> Pages)
    {
        /// <summary>Reads of the last thirty days.</summary>
        public const int Days = 30;

        public static async Task<ReadCounts> OfAsync(RequestScope scope, ReadRecord record, TimeProvider time, CancellationToken ct)
        {
            var since = time.GetUtcNow().AddDays(-Days);
            return new(since, [.. (await record.CountAsync(scope.Association.Id, since, ct)).Select(c => new ReadCount(c.Page, c.Reads, c.People, c.Accounts))]);
        }
    }

    /// <param name="Page">The kind of page or read.</param>
    /// <param name="People">Shown in all, each as often as they were.</param>
    /// <param name="Accounts">How many accounts read.</param>
    public sealed record ReadCount(string Page, long Reads, long People, long Accounts);

    private static async Task<IResult> DataAsync(HttpContext http, RequestScope scope, PersonId person, PersonalDataReader reader, CancellationToken ct)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"governance-{scope.Association.Slug}-{person}.json\"";
        return ReadAnswers.Streamed(await reader.OfAsync(scope, person, ct));
    }
}
