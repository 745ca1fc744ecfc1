using Microsoft.AspNetCore.Routing;

namespace Governance.Benchmarks;

/// <summary>Every page and every read of an association that the host has, with an address of a world for each.</summary>
/// <param name="Pages">Its pattern, and its address.</param>
/// <param name="LeftOut">Patterns that are not measured, each with the reason; null where the world has no such thing.</param>
internal sealed record PastDayWalk(IReadOnlyList<(string Page, string Address)> Pages, IReadOnlyList<(string Page, string? Reason)> LeftOut)
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
        var (pages, left) = (new List<(string, string)>(), new List<(string, string?)>());
        foreach (var address in EndpointWalk.Of(routes))
        {
            if (WithoutAPast.FirstOrDefault(known => address.Pattern.StartsWith(known.Key, StringComparison.Ordinal)).Value is { } reason)
                left.Add((address.Pattern, reason));
            else if (address.Names.Any(name => !values.ContainsKey(name)))
                left.Add((address.Pattern, null));
            else
                pages.AddRange(queries.GetValueOrDefault(address.Pattern, [""]).Select(query => (query.Length == 0 ? address.Pattern : $"{address.Pattern}?{query.Split('=')[0]}", address.Of(values) + (query.Length == 0 ? "" : "?" + query))));
        }

        return new([.. pages.Distinct()], left);
    }
}
