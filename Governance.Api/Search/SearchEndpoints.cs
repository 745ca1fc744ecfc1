using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Projections;

namespace Governance.Api.Search;

public static class SearchEndpoints
{
    /// <summary>The search, under <c>/api/{slug}</c>.</summary>
    public static void MapSearch(this IEndpointRouteBuilder api) => api
        .MapRead("/search", async (HttpContext http, RequestScope scope, SearchReader reader, CancellationToken ct) =>
        {
            var errors = new ShapeErrors();
            var query = SearchQuery.Read(http.Request.Query, errors);
            return errors.Any || query.Words is null
                ? Problems.Answer(Problems.Malformed(errors.ByField))
                : ReadAnswers.Of(await reader.FindAsync(scope, query.Words, query.Kind, query.Page, ct));
        })
        .RequirePermission(Permission.ReadRegister)
        .RevealsPeople("search")
        .WithName("Search")
        .WithMetadata(
            new QueryMetadata("q", $"What is looked for, at most {SearchWords.Longest} characters: words, \"phrases\", and -words that are not wanted. The last word may be a beginning."),
            new QueryMetadata("kind", "One kind alone is listed; all are counted."),
            new QueryMetadata("page", $"From 1 to {SearchReader.MostPages}; pages have {SearchReader.PageSize} results."))
        .Produces<SearchAnswer>()
        .ProducesProblems(400, 401, 403, 503);
}
