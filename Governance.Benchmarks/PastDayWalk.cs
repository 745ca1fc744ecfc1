using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Governance.Benchmarks;

/// <summary>Every page and every read of an association that the host has, with an address of a world for each: what is added to the host is measured without being listed here.</summary>
/// <param name="Pages">Its pattern, and its address.</param>
/// <param name="LeftOut">Patterns that are not measured, each with the reason.</param>
internal sealed record PastDayWalk(IReadOnlyList<(string Page, string Address)> Pages, IReadOnlyList<(string Page, string Reason)> LeftOut)
{
    private static readonly IReadOnlyDictionary<string, string> WithoutAPast = new Dictionary<string, string>
    {
        ["/api/{slug}/log/"] = "the transparency log has its own past: tree sizes and checkpoints",
        ["/api/{slug}/evidence.zip"] = "a bundle has its own period",
        ["/api/{slug}/history."] = "the whole history as a file: as long as what had happened",
        ["/{slug}/voting/"] = "a voting link leads to the ballot",
    };

    /// <param name="values">What stands for each parameter of an address.</param>
    /// <param name="queries">What some patterns are asked besides, each query by itself.</param>
    public static PastDayWalk Of(IEndpointRouteBuilder routes, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string[]> queries)
    {
        var (pages, left) = (new List<(string, string)>(), new List<(string, string)>());
        foreach (var endpoint in routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name == "slug") && (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET"))
            .OrderBy(e => e.RoutePattern.RawText, StringComparer.Ordinal))
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (WithoutAPast.FirstOrDefault(known => pattern.StartsWith(known.Key, StringComparison.Ordinal)).Value is { } reason)
                left.Add((pattern, reason));
            else if (endpoint.RoutePattern.Parameters.FirstOrDefault(p => !values.ContainsKey(p.Name)) is { } unknown)
                left.Add((pattern, $"this world has nothing for {unknown.Name}"));
            else
                pages.AddRange(queries.GetValueOrDefault(pattern, [""]).Select(query => (query.Length == 0 ? pattern : $"{pattern}?{query.Split('=')[0]}", Address(endpoint, values) + (query.Length == 0 ? "" : "?" + query))));
        }

        return new([.. pages.Distinct()], left);
    }

    private static string Address(RouteEndpoint endpoint, IReadOnlyDictionary<string, string> values) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => values[parameter.Name],
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException(),
        }))));
}
