using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Governance.Tests;

/// <summary>What stands in somebody's way on a page: the rules of axe for WCAG 2.0, 2.1 and 2.2 at levels A and AA, and its best practice.</summary>
internal static class Accessibility
{
    // Run in the page itself: the package's own way carries every passed check to another page and back, and takes several times as long.
    private const string Run = """
        async () => (await axe.run(document, {
            resultTypes: ['violations'],
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })).violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html))
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// The faults of the page as it stands, each as its rule and its element, and how many pixels it reaches beyond the window; empty when
    /// nothing is in the way.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(this IPage page)
    {
        // Sent to the browser once for all pages that this window opens from then on: it is half a megabyte.
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'"))
        {
            await page.AddInitScriptAsync(Axe);
            await page.EvaluateAsync(Axe);
        }

        var faults = await page.EvaluateAsync<string[]>(Run);
        var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        return beyond > 0 ? [.. faults, $"{beyond} pixels off the edge"] : faults;
    }

    /// <summary>As <see cref="FaultsAsync(IPage)"/>, of the page with all opened that it keeps folded, each after where that was seen.</summary>
    public static async Task<IEnumerable<string>> FaultsAsync(this IPage page, string where)
    {
        await page.UnfoldAsync();
        return (await page.FaultsAsync()).Select(fault => $"{where}: {fault}");
    }

    /// <summary>Opens all that the page keeps folded.</summary>
    public static Task UnfoldAsync(this IPage page) =>
        page.EvaluateAsync("document.querySelectorAll('main details').forEach(details => details.open = true)");
}
