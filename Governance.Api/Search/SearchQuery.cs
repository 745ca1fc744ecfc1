using System.Globalization;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Projections;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Search;

/// <summary>What an address asks the search: <c>?q=&amp;kind=&amp;page=</c>, the same for the page and for programs.</summary>
/// <param name="Typed">As it was typed; empty where nothing was.</param>
/// <param name="Words">Null where it is too long.</param>
public sealed record SearchQuery(string Typed, SearchWords? Words, SearchKind? Kind, int Page)
{
    public static SearchQuery Read(IQueryCollection query, ShapeErrors errors)
    {
        var typed = query["q"].ToString();
        var words = SearchWords.Read(typed);
        if (words is null)
            errors.Add("q", Wording.Shape("too-long", SearchWords.Longest));
        SearchKind? kind = null;
        if (query["kind"].ToString() is { Length: > 0 } named && (kind = EnumNames.Read<SearchKind>(named)) is null)
            errors.Add("kind", Wording.Shape("expected-one-of", string.Join(", ", EnumNames.All(typeof(SearchKind)))));
        var page = 1;
        if (query["page"].ToString() is { Length: > 0 } number
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out page) || page is < 1 or > SearchReader.MostPages))
            errors.Add("page", Wording.Shape("page", 1, SearchReader.MostPages));
        return new(typed, words, kind, page);
    }

    /// <summary>The address that asks for this, below a page such as <c>/rncrpv/search</c>.</summary>
    public string Address(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["q"] = Typed,
        ["kind"] = Kind is { } kind ? EnumNames.Of(kind) : null,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(pair => pair.Value is not null));
}
