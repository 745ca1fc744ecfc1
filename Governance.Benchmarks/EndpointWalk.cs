using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Governance.Benchmarks;

/// <summary>An address that the host answers to a GET, and what stands in it for things.</summary>
/// <param name="Pattern">As the host has it, such as <c>/{slug}/members/{member}</c>.</param>
/// <param name="Names">Of what stands in it for things, in their order.</param>
internal sealed record EndpointAddress(string Pattern, IReadOnlyList<string> Names, IReadOnlyList<RoutePatternPathSegment> Segments)
{
    /// <summary>The address of things.</summary>
    /// <param name="values">What stands for each name.</param>
    public string Of(IReadOnlyDictionary<string, string> values) => "/" + string.Join('/', Segments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => values[parameter.Name],
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException(),
        }))));
}

/// <summary>What the host answers: what is added to it is measured without being listed here.</summary>
internal static class EndpointWalk
{
    /// <summary>Every address of an association that is answered to a GET, by its pattern.</summary>
    public static IReadOnlyList<EndpointAddress> Of(IEndpointRouteBuilder routes) =>
    [
        .. routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name == "slug") && (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET"))
            .Select(e => new EndpointAddress("/" + e.RoutePattern.RawText!.TrimStart('/'), [.. e.RoutePattern.Parameters.Select(p => p.Name)], e.RoutePattern.PathSegments))
            .DistinctBy(address => address.Pattern).OrderBy(address => address.Pattern, StringComparer.Ordinal),
    ];
}
