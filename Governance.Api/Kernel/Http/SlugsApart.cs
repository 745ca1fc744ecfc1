using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Governance.Api.Kernel.Http;

/// <summary>
/// The host's addresses, with the short name of an association kept apart from the host's own first parts. Routing joins every address that may match a request
/// in one tree: were <c>{slug}</c> free to be <c>api</c> or <c>sign-in</c>, the tree would hold all pages of associations once more below each of these, and those
/// of the API below each of the pages again, which costs the first answer seconds and the host some hundred megabytes.
/// </summary>
/// <seealso cref="AssociationDirectory.Reserved"/>
public sealed class SlugsApart(IEnumerable<EndpointDataSource> sources) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() => [.. sources.SelectMany(source => source.Endpoints).Select(Apart)]);

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    /// <summary>Addresses never change while the host runs.</summary>
    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    // A pattern is made again of its template: what somebody gave it beside that would be lost.
    private static Endpoint Apart(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } template, RequestDelegate: { } answer } route || route.RoutePattern.GetParameter("slug") is null)
            return endpoint;
        var apart = RoutePatternFactory.Parse(template, defaults: null, parameterPolicies: new { slug = new ShortName() });
        return route.RoutePattern.Defaults.All(given => apart.Defaults.TryGetValue(given.Key, out var kept) && Equals(kept, given.Value))
            ? new RouteEndpoint(answer, apart, route.Order, route.Metadata, route.DisplayName)
            : throw new InvalidOperationException($"{template} has defaults beside its template, which are not kept: {string.Join(", ", route.RoutePattern.Defaults.Keys)}.");
    }

    private sealed class ShortName : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values[routeKey] is string slug && !AssociationDirectory.Reserved.Contains(slug);

        public bool MatchesLiteral(string parameterName, string literal) => !AssociationDirectory.Reserved.Contains(literal);
    }
}
