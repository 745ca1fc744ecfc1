using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Governance.Tests.Api.Kernel.Http;

/// <summary>Long lists, page by page.</summary>
public sealed class ListPageTests
{
    private static readonly IReadOnlyList<string> Names = [.. Enumerable.Range(1, 250).Select(n => $"n{n:000}")];

    [Fact]
    public void Given_a_list_that_fits_then_there_is_one_page()
    {
        var page = Page([.. Names.Take(100)], "");
        Assert.Equal(100, page.Shown.Count);
        Assert.True(page.Place.IsWhole);
        Assert.Equal((null, null), (page.Place.PreviousHref, page.Place.NextHref));
    }

    [Fact]
    public void Given_a_long_list_then_its_links_lead_to_all_of_it_and_back()
    {
        var (seen, query) = (new List<string>(), "?q=x&asOf=2024-01-01");
        ListPage<string> page;
        while (true)
        {
            page = Page(Names, query);
            seen.AddRange(page.Shown);
            Assert.Equal(250, page.Place.Total);
            if (page.Place.NextHref is not { } next)
                break;
            // The dates are added by whoever shows the link.
            Assert.Equal($"/list?q=x&after={page.Shown[^1]}#after", next);
            query = Query(next);
        }

        Assert.Equal(Names, seen);
        Assert.Equal((201, 50), (page.Place.First, page.Place.Count));
        var second = Page(Names, Query(page.Place.PreviousHref!));
        Assert.Equal(Names.Skip(100).Take(100), second.Shown);
        Assert.Equal("/list?q=x#after", second.Place.PreviousHref);
    }

    [Fact]
    public void Given_somebody_who_comes_while_one_reads_then_nobody_is_shown_twice_or_passed_over()
    {
        var first = Page(Names, "");
        List<string> more = ["n000", .. Names];
        Assert.Equal(Names.Skip(100).Take(100), Page(more, Query(first.Place.NextHref!)).Shown);
    }

    [Theory]
    [InlineData("?after=gone")]
    [InlineData("?after=")]
    public void Given_what_is_not_in_the_list_then_it_begins_at_its_head(string query) => Assert.Equal(Names.Take(100), Page(Names, query).Shown);

    private static string Query(string href) => "?" + href.Split('?')[1].Split('#')[0];

    private static ListPage<string> Page(IReadOnlyList<string> all, string query)
    {
        var http = new DefaultHttpContext();
        http.Request.Path = "/list";
        http.Request.QueryString = new QueryString(query);
        return ListPage.Of(http, "after", all, name => name);
    }
}
