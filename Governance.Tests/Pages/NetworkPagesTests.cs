using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Governance.Api.Access;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Pages;

/// <summary>Members, people, bodies, working groups and shared tools, in a real browser.</summary>
public sealed class NetworkPagesTests(Host host, Browser browser) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR")]
    [InlineData(true, ColorScheme.Dark, "en-GB")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale)
    {
        var network = await GivenANetworkAsync();
        var page = await SignedInAsync(Role.Secretariat, (phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale });
        var faults = new List<string>();
        foreach (var path in new[]
        {
            "members", $"members/{network.Member}", "members?asOf=2016-01-01", "members/admit", "colleges", $"colleges/{network.College}",
            $"colleges/{network.College}?asOf=2024-06-01", $"colleges/{network.College}/appoint", $"colleges/{network.College}/mandates/{network.Mandate}/end",
            $"colleges/{network.College}/mandates/{network.Mandate}/replacement", $"people/{network.Person}", "people/new", "working-groups",
            $"working-groups/{network.Group}", "shared-tools",
        })
        {
            var answer = await page.GotoAsync($"{host.Address}{Host.Slug}/{path}");
            Assert.True(answer!.Status == 200, $"{path}: {answer.Status}");
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach(details => details.open = true)");
            var report = await page.RunAxe(new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
            });
            faults.AddRange(report.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{path}: {rule.Id}: {node.Html}")));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") is var beyond and > 0)
                faults.Add($"{path}: {beyond} pixels off the edge");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_admits_a_member_under_a_name_that_is_taken_is_told_beside_the_field_and_loses_nothing_typed()
    {
        await GivenANetworkAsync();
        var page = await SignedInAsync(Role.Secretariat, View.Phone);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members");
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Admettre un membre" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Admettre un membre" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id='field-name.organisation-error']")).ToBeVisibleAsync();

        await page.GetByLabel("Nom de l’organisation").FillAsync("LABO RESSOURCES");
        await page.Locator("#field-territory").FillAsync("Grand Est");
        await page.Locator("#field-effective").FillAsync("01/02/2025");
        await page.GetByRole(AriaRole.Button, new() { Name = "Admettre un membre" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id='field-name.organisation-error']")).ToContainTextAsync("LABO RESSOURCES");
        await Assertions.Expect(page.Locator("#field-territory")).ToHaveValueAsync("Grand Est");

        var name = $"Centre {Guid.NewGuid():N}";
        await page.GetByLabel("Nom de l’organisation").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Admettre un membre" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("depuis le 1er février 2025");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_person_is_registered_takes_over_a_seat_and_gives_it_up_all_on_pages()
    {
        var network = await GivenANetworkAsync();
        var name = $"Remplaçante {Guid.NewGuid():N}";
        var page = await SignedInAsync(Role.Secretariat, View.Wide);
        await page.GotoAsync($"{host.Address}{Host.Slug}/people/new");
        await page.Locator("#field-name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire une personne" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);

        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{network.College}");
        await page.Locator("#holders").GetByRole(AriaRole.Link, new() { Name = "remplacer" }).ClickAsync();
        await page.Locator("#field-person").SelectOptionAsync(new SelectOptionValue { Label = name });
        await page.GetByRole(AriaRole.Button, new() { Name = "Remplacer" }).ClickAsync();
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync(name);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("remplacement");

        await page.Locator("#holders").GetByRole(AriaRole.Link, new() { Name = "mettre fin" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au mandat" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-reason-error")).ToBeVisibleAsync();
        await page.GetByLabel("démission").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mettre fin au mandat" }).ClickAsync();
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("Personne n’y siège");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_past_day_shows_who_held_what_then_and_offers_nothing_to_change()
    {
        var network = await GivenANetworkAsync();
        var page = await SignedInAsync(Role.Secretariat, View.Wide);
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{network.College}?asOf=2024-01-15");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("Personne n’y siège");
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{network.College}?asOf=2024-01-16");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("Présidence du Labo");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Nommer à un mandat" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "mettre fin" })).ToHaveCountAsync(0);
        await page.Locator("#holders").GetByRole(AriaRole.Link, new() { Name = "Présidence du Labo" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("asOf=2024-01-16", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_member_reads_the_register_and_is_offered_no_form()
    {
        await GivenANetworkAsync();
        var page = await SignedInAsync(Role.Member, View.Wide);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members");
        await Assertions.Expect(page.Locator("main table").First).ToContainTextAsync("Labo Ressources");
        await Assertions.Expect(page.Locator("main .next a")).ToHaveCountAsync(0);
        Assert.Equal(403, (await page.GotoAsync($"{host.Address}{Host.Slug}/members/admit"))!.Status);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_words()
    {
        var page = await SignedInAsync(Role.Member, View.Wide);
        foreach (var path in new[] { "members", "people", "colleges", "working-groups" })
        {
            Assert.Equal(404, (await page.GotoAsync($"{host.Address}{Host.Slug}/{path}/{Guid.CreateVersion7()}"))!.Status);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Il n’y a rien à cette adresse");
            Assert.Equal(404, (await page.GotoAsync($"{host.Address}{Host.Slug}/{path}/inconnu"))!.Status);
        }

        await page.Context.CloseAsync();
    }

    private sealed record Network(string Member, string College, string Mandate, string Person, string Group);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A member with a representative since 16 January 2024 in a college of its own, a group that it pilots and a tool.</summary>
    private async Task<Network> GivenANetworkAsync()
    {
        using var client = host.As(Role.Secretariat);
        // One member of this name for the whole class: the second time it is there already.
        var register = await client.GetFromJsonAsync<JsonElement>($"{Api}/members?waitFor={await host.Log.LastPositionAsync(Stop)}", Stop);
        var known = register.GetProperty("members").EnumerateArray().Where(m => m.GetProperty("name").GetString() == "Labo Ressources").ToList();
        var member = known.Count > 0
            ? known[0].GetProperty("id").GetString()!
            : await MakeAsync(client, "/members", new { name = new { organisation = "Labo Ressources" }, effective = "2017" }, "member");
        var person = await MakeAsync(client, "/people", new { name = "Présidence du Labo", labelOnly = true, effective = "2017" }, "person");
        var college = await MakeAsync(client, "/colleges", new { name = "Collège des présidents", weight = "1", seats = 3, effective = "2023-10-14" }, "college");
        var mandate = await MakeAsync(client, $"/bodies/{college}/mandates", new { person, member, effective = "2024-01-16" }, "mandate");
        var group = await MakeAsync(client, "/working-groups", new { name = "Santé", mission = "Santé dans les quartiers", effective = "2020" }, "group");
        await MakeAsync(client, $"/working-groups/{group}/pilots", new { centre = member, role = "pilot", effective = "2020" });
        await MakeAsync(client, $"/working-groups/{group}/centres/count", new { centres = 8, effective = "2024" });
        await MakeAsync(client, $"/working-groups/{group}/meetings/plan", new { year = 2024, atLeast = 4, atMost = 6, effective = "2024" });
        await MakeAsync(client, "/shared-tools", new { name = "Panorama de presse", purpose = "Revue de presse", effective = "2013" });
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        return new(member, college, mandate, person, group);
    }

    private static async Task<string> MakeAsync(HttpClient client, string address, object request, string? made = null)
    {
        using var answer = await client.PostAsJsonAsync(Api + address, request, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {body}");
        return made is null ? "" : JsonDocument.Parse(body).RootElement.GetProperty("ids").GetProperty(made).GetString()!;
    }

    private async Task<IPage> SignedInAsync(Role role, View view)
    {
        var page = await browser.Open(view);
        await page.GotoAsync($"{host.Address}sign-in");
        await page.Locator("#field-login").FillAsync(host.Account(role).Login);
        await page.Locator("#field-password").FillAsync(host.Account(role).Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        return page;
    }
}
