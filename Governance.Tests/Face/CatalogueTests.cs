using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>Every component in a real browser: no accessibility fault, nothing off the edge, and usable without a script.</summary>
public sealed class CatalogueTests(FaceHost host, Browser browser) : IClassFixture<FaceHost>
{
    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR", "/catalogue")]
    [InlineData(false, ColorScheme.Dark, "en-GB", "/catalogue")]
    [InlineData(true, ColorScheme.Light, "en-GB", "/catalogue")]
    [InlineData(true, ColorScheme.Dark, "fr-FR", "/catalogue")]
    [InlineData(true, ColorScheme.Light, "fr-FR", "/catalogue?asOf=2023-10-14")]
    [InlineData(false, ColorScheme.Dark, "fr-FR", "/catalogue?asOf=2023-10-14")]
    [InlineData(false, ColorScheme.Light, "fr-FR", "/catalogue/errors/500")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale, string path)
    {
        var page = await browser.Open((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale });
        var complaints = new List<string>();
        // The browser logs the status of an error page that was asked for; what is wanted here is a broken policy or script.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        await page.GotoAsync(host.Address + path);
        await page.UnfoldAsync();

        Assert.Empty(await page.FaultsAsync());
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_a_phone_without_scripts_the_menu_opens_and_the_next_thing_to_do_is_at_the_thumb()
    {
        var page = await browser.Open(View.Phone with { Scripts = false });
        await page.GotoAsync(host.Address + "/catalogue");
        var votes = page.GetByRole(AriaRole.Link, new() { Name = "Votes", Exact = true });
        await Assertions.Expect(votes).ToBeHiddenAsync();
        await page.Locator(".menu summary").ClickAsync();
        await Assertions.Expect(votes).ToBeVisibleAsync();
        var next = await page.GetByRole(AriaRole.Link, new() { Name = "Voter", Exact = true }).BoundingBoxAsync();
        Assert.InRange(next!.Y, View.Phone.Height - 100, View.Phone.Height);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_nothing_is_to_be_done_next_no_bar_is_at_the_thumb()
    {
        var page = await browser.Open(View.Phone);
        await page.GotoAsync(host.Address + "/catalogue");
        await Assertions.Expect(page.Locator(".next")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => document.querySelector('.next').replaceChildren('\\n')");
        await Assertions.Expect(page.Locator(".next")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_scripts_one_looks_at_a_past_day_and_comes_back()
    {
        var page = await browser.Open(View.Wide with { Scripts = false });
        await page.GotoAsync(host.Address + "/catalogue");
        await page.Locator(".time summary").ClickAsync();
        await page.Locator("#time-as-of").FillAsync("2023-10-14");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regarder ce jour" }).ClickAsync();
        await Assertions.Expect(page.Locator(".elsewhere")).ToContainTextAsync("Vous regardez le 14 octobre 2023");
        await page.GetByRole(AriaRole.Link, new() { Name = "revenir à aujourd’hui" }).ClickAsync();
        await Assertions.Expect(page.Locator(".elsewhere")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_slider_by_month_sets_the_day()
    {
        var page = await browser.Open(View.Wide);
        await page.GotoAsync(host.Address + "/catalogue");
        await page.Locator(".time summary").ClickAsync();
        await page.Locator("#time-slider").FillAsync("177");
        await Assertions.Expect(page.Locator("#time-as-of")).ToHaveValueAsync("2023-10-01");
        await Assertions.Expect(page.Locator("#time-slider")).ToHaveAttributeAsync("aria-valuetext", "octobre 2023");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first_and_the_search_by_a_slash()
    {
        var page = await browser.Open(View.Wide);
        await page.GotoAsync(host.Address + "/catalogue/errors/404");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#search")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }
}
