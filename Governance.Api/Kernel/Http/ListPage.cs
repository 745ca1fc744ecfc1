using Governance.Api.Face;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Kernel.Http;

/// <summary>Where a page of a list is in the whole of it.</summary>
/// <param name="First">The number of the first thing shown, from 1.</param>
/// <param name="Count">How many are shown.</param>
/// <param name="PreviousHref">Null on the first page.</param>
/// <param name="NextHref">Null on the last page.</param>
public sealed record ListPlace(int First, int Count, int Total, string? PreviousHref, string? NextHref)
{
    public static ListPlace Nowhere { get; } = new(1, 0, 0, null, null);

    public bool IsWhole => Count == Total;
}

/// <summary>
/// One page of a list. It begins behind a thing that the address names, and not at a number: what comes to the list while somebody goes through it is never shown
/// twice, and nothing is passed over.
/// </summary>
public sealed record ListPage<T>(IReadOnlyList<T> Shown, ListPlace Place)
{
    public static ListPage<T> Empty { get; } = new([], ListPlace.Nowhere);
}

public static class ListPage
{
    /// <summary>How many things a page shows.</summary>
    public const int Size = 100;

    /// <summary>The page that a request asks for; the first one where it names nothing of the list.</summary>
    /// <param name="name">Of the query's value, and of the place on the page that its links lead to.</param>
    /// <param name="all">The whole list, in its order.</param>
    /// <param name="key">What names a thing, unique in the list.</param>
    public static ListPage<T> Of<T>(HttpContext http, string name, IReadOnlyList<T> all, Func<T, string> key)
    {
        string? asked = http.Request.Query[name];
        var from = 0;
        for (var at = 0; asked is { Length: > 0 } && at < all.Count; at++)
        {
            if (string.Equals(key(all[at]), asked, StringComparison.Ordinal))
                from = at + 1;
        }

        List<T> shown = [.. all.Skip(from).Take(Size)];
        return new(shown, new(
            from + 1, shown.Count, all.Count,
            from == 0 ? null : Href(http, name, from > Size ? key(all[from - Size - 1]) : null),
            from + shown.Count < all.Count ? Href(http, name, key(shown[^1])) : null));
    }

    // The dates are added by whoever shows the link.
    private static string Href(HttpContext http, string name, string? behind)
    {
        var kept = http.Request.Query.Where(q => q.Key != name && q.Key is not (TimeTravel.AsOfKey or TimeTravel.RecordedAsOfKey)).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value));
        return QueryHelpers.AddQueryString(http.Request.Path, behind is null ? kept : kept.Append(KeyValuePair.Create(name, (string?)behind))) + "#" + name;
    }
}
