using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>The pages of the record in a real browser: no accessibility fault and nothing off the edge, wide and narrow, light and dark, in both languages.</summary>
public sealed class RecordPagesTests(Host host, Browser browser) : IClassFixture<Host>
{
    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR")]
    [InlineData(true, ColorScheme.Dark, "fr-FR")]
    [InlineData(false, ColorScheme.Dark, "en-GB")]
    [InlineData(true, ColorScheme.Light, "en-GB")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale)
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.OpenAsync((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale }, host, Role.Auditor);
        var faults = new List<string>();
        foreach (var path in new[]
        {
            "/history", "/history?thing=person&order=recorded", "/history?from=hier", "/history?asOf=2020-06-01", "/changes?from=2019-01-01",
            "/changes?from=hier&knownTo=demain", "/statutes", "", "?asOf=2020-06-01",
        })
        {
            await page.GotoAsync(new Uri(host.Address, $"/{Host.Slug}{path}").ToString());
            faults.AddRange(await page.FaultsAsync(path));
        }

        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_filters_by_kind_of_thing_opens_an_event_and_finds_its_envelope()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.OpenAsync(View.Wide, host, Role.Auditor);
        await page.GotoAsync(new Uri(host.Address, $"/{Host.Slug}/history").ToString());
        await page.GetByText("Filtrer").ClickAsync();
        await page.GetByLabel("À propos de").SelectOptionAsync("association");
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("thing=association"));
        await Assertions.Expect(page.Locator(".event")).ToHaveCountAsync(1);
        await page.Locator(".event a", new() { HasText = "détail" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("association_founded");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Europe/Paris");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_without_scripts_follows_a_link_into_a_section_that_is_folded_and_finds_it_open()
    {
        for (var i = 0; i < 12; i++)
        {
            var member = MemberId.Of(Guid.CreateVersion7());
            await host.RecordAsync(Host.Slug, Member.Stream(member), new MemberAdmitted(member, new MemberName($"Centre {i}"), false, "Nord"));
        }

        await host.ShownAsync(await host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.OpenAsync(View.Wide with { Scripts = false }, host, Role.Auditor);
        await page.GotoAsync(new Uri(host.Address, $"/{Host.Slug}/changes?from=2019-01-01").ToString());
        var member11 = page.GetByRole(AriaRole.Link, new() { Name = "Centre 11" });
        await Assertions.Expect(member11).ToBeHiddenAsync();
        await page.Locator(".overview").GetByRole(AriaRole.Link, new() { Name = "Membres" }).ClickAsync();
        await Assertions.Expect(member11).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
