using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Pages;

/// <summary>Members, people, bodies, working groups and shared tools, in a real browser.</summary>
public sealed class NetworkPagesTests(Host host, Browser browser) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    // Each edition of a gathering is planned once.
    private static int _edition = 7;

    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR")]
    [InlineData(true, ColorScheme.Dark, "en-GB")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale)
    {
        var network = await GivenANetworkAsync();
        var page = await browser.OpenAsync((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale }, host, Role.Secretariat);
        var faults = new List<string>();
        foreach (var path in new[]
        {
            "members", $"members/{network.Member}", "members?asOf=2016-01-01", "members/admit", "colleges", $"colleges/{network.College}",
            $"colleges/{network.College}?asOf=2024-06-01", $"colleges/{network.College}/appoint", $"colleges/{network.College}/mandates/{network.Mandate}/end",
            $"colleges/{network.College}/mandates/{network.Mandate}/replacement", $"people/{network.Person}", "people/new", "people", "working-groups",
            $"working-groups/{network.Group}", "working-groups/matrix", "gatherings", $"gatherings/{network.Gathering}", "gatherings/new", $"gatherings/{network.Gathering}/organisations", $"gatherings/{network.Gathering}/sessions", $"working-groups/{network.Group}/rotation", "shared-tools", "association", "association?asOf=2005-01-01", "association/transformation", "statutes/draft",
            "colleges/new", "bodies/new", $"colleges/{network.College}/review", $"colleges/{network.College}/refinement",
            $"colleges/{network.College}/mandates/{network.Mandate}/renewal", $"members/{network.Member}/exclusion/notice", "members/apply",
            $"people/{network.Person}/legal-hold", $"working-groups/{network.Group}/meetings", $"working-groups/{network.Group}/pilots", "shared-tools/new", "registers", "registers/members", "registers/attendance", "registers?asOf=2016-01-01",
        })
        {
            var answer = await page.GotoAsync($"{host.Address}{Host.Slug}/{path}");
            Assert.True(answer!.Status == 200, $"{path}: {answer.Status}");
            faults.AddRange(await page.FaultsAsync(path));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR")]
    [InlineData(true, ColorScheme.Dark, "en-GB")]
    public async Task Somebody_searches_from_any_page_by_keyboard_or_on_a_phone_and_goes_to_what_was_found(bool phone, ColorScheme scheme, string locale)
    {
        await GivenANetworkAsync();
        var page = await browser.OpenAsync((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale }, host, Role.Member);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members");
        if (phone)
        {
            await page.Locator("details.menu summary").ClickAsync();
            await page.Locator("#search-menu").FocusAsync();
        }
        else
        {
            await page.Keyboard.PressAsync("/");
            await Assertions.Expect(page.Locator("#search")).ToBeFocusedAsync();
        }

        await page.Keyboard.TypeAsync("quartier sante");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#field-q")).ToHaveValueAsync("quartier sante");
        await Assertions.Expect(page.Locator(".found mark").First).ToHaveTextAsync("Santé");
        await Assertions.Expect(page.Locator(".found-text mark").Last).ToHaveTextAsync("quartiers");
        Assert.Equal([], await page.FaultsAsync("found"));

        // Typing a slash in the field writes it; elsewhere it goes to the field of this page.
        await page.Keyboard.PressAsync("/");
        await page.Locator("#field-q").FillAsync("a/b");
        await Assertions.Expect(page.Locator("#field-q")).ToHaveValueAsync("a/b");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#field-q")).ToHaveValueAsync("a/b/");
        await page.Locator("#field-q").FillAsync("introuvable");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".empty-title")).ToContainTextAsync("introuvable");
        Assert.Equal([], await page.FaultsAsync("nothing found"));

        await page.GotoAsync($"{host.Address}{Host.Slug}/search");
        Assert.Equal([], await page.FaultsAsync("nothing asked"));
        await page.Locator("#field-q").FillAsync("sante");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".found-title a", new() { HasText = "Santé" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Santé");
        Assert.Contains("/working-groups/", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_admits_a_member_under_a_name_that_is_taken_is_told_beside_the_field_and_loses_nothing_typed()
    {
        await GivenANetworkAsync();
        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
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
    public async Task A_register_with_errors_is_mended_looked_at_and_confirmed()
    {
        await GivenANetworkAsync();
        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/registers");
        await page.GetByRole(AriaRole.Link, new() { Name = "Importer un fichier : Membres" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lire le fichier" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-file-error")).ToBeVisibleAsync();

        var name = $"Centre {Guid.NewGuid():N}";
        await SendAsync($"Nom;Admis le;Couleur\n{name};2025;vert\n");
        var faults = page.Locator("table", new() { HasText = "Comment corriger" }).Locator("tbody tr");
        await Assertions.Expect(faults).ToContainTextAsync("Couleur");
        await SendAsync($"Nom;Admis le\n{name};hier\n;2025\n");
        await Assertions.Expect(page.Locator(".notice-refused")).ToContainTextAsync("2 erreurs");
        await Assertions.Expect(faults).ToHaveCountAsync(2);
        Assert.Empty(await page.FaultsAsync("errors"));

        await SendAsync($"Nom;Admis le\n{name};14 octobre 2025\n");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Rien n’est encore enregistré");
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(name);
        Assert.Empty(await page.FaultsAsync("preview"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer ces lignes (1)" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice-done")).ToContainTextAsync("Membres");
        await page.GotoAsync($"{host.Address}{Host.Slug}/members");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(name);
        await page.Context.CloseAsync();

        async Task SendAsync(string table)
        {
            await page.Locator("#field-file").SetInputFilesAsync(new FilePayload { Name = "membres.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(table) });
            await page.GetByRole(AriaRole.Button, new() { Name = "Lire le fichier" }).ClickAsync();
        }
    }

    [Fact]
    public async Task A_person_is_registered_takes_over_a_seat_and_gives_it_up_all_on_pages()
    {
        var network = await GivenANetworkAsync();
        var name = $"Remplaçante {Guid.NewGuid():N}";
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
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
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
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
        var page = await browser.OpenAsync(View.Wide, host, Role.Member);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members");
        await Assertions.Expect(page.Locator("main table").First).ToContainTextAsync("Labo Ressources");
        await Assertions.Expect(page.Locator("main .next a")).ToHaveCountAsync(0);
        Assert.Equal(403, (await page.GotoAsync($"{host.Address}{Host.Slug}/members/admit"))!.Status);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_words()
    {
        var page = await browser.OpenAsync(View.Wide, host, Role.Member);
        foreach (var path in new[] { "members", "people", "colleges", "working-groups" })
        {
            Assert.Equal(404, (await page.GotoAsync($"{host.Address}{Host.Slug}/{path}/{Guid.CreateVersion7()}"))!.Status);
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Il n’y a rien à cette adresse");
            Assert.Equal(404, (await page.GotoAsync($"{host.Address}{Host.Slug}/{path}/inconnu"))!.Status);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_college_is_constituted_reviewed_refined_renamed_and_dissolved_on_its_page()
    {
        await GivenANetworkAsync();
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges");
        await page.GetByRole(AriaRole.Link, new() { Name = "Constituer un collège" }).ClickAsync();
        await page.Locator("#field-name").FillAsync("Collège des équipes");
        await page.Locator("#field-weight").FillAsync("un tiers");
        await page.Locator("#field-seats").FillAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Constituer un collège" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-weight-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#field-seats")).ToHaveValueAsync("4");

        await page.Locator("#field-weight").FillAsync("1/3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Constituer un collège" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Collège des équipes");

        await page.GetByRole(AriaRole.Link, new() { Name = "Consigner un bilan" }).ClickAsync();
        await page.Locator("#field-findings").FillAsync("Les équipes manquent de sièges.");
        await page.GetByLabel("Le bilan demande un ajustement des règles").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner un bilan" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice-late")).ToContainTextAsync("demande un ajustement");

        await page.Locator("main .notice-late a").ClickAsync();
        await Assertions.Expect(page.Locator("#field-weight")).ToHaveValueAsync("1/3");
        await page.Locator("#field-seats").FillAsync("6");
        await page.Locator("#field-remark").FillAsync("Deux sièges de plus.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajuster le poids et les sièges" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .figures")).ToContainTextAsync("sur 6");
        await Assertions.Expect(page.Locator("main .notice-late")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Changer le nom" }).ClickAsync();
        await page.Locator("#field-name").FillAsync("Cercle des équipes");
        await page.Locator("#field-name").PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Cercle des équipes");

        await page.GetByRole(AriaRole.Link, new() { Name = "Dissoudre" }).ClickAsync();
        await page.Locator("#field-reason").FillAsync("Deux collèges suffisent.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dissoudre" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("dissoute");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_assembly_is_composed_of_colleges_that_are_ticked()
    {
        var network = await GivenANetworkAsync();
        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/bodies/new");
        await page.Locator("#field-name").FillAsync("Assemblée générale");
        await page.Locator("#field-kind").SelectOptionAsync("general-assembly");
        await page.Locator($"input[name=colleges][value='{network.College}']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Constituer une autre instance" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Assemblée générale");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Composée des collèges");

        await page.GetByRole(AriaRole.Link, new() { Name = "Changer la composition" }).ClickAsync();
        await Assertions.Expect(page.Locator($"input[name=colleges][value='{network.College}']")).ToBeCheckedAsync();
        await page.Locator($"input[name=colleges][value='{network.College}']").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Changer la composition" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Assemblée générale");
        await Assertions.Expect(page.Locator("main .figures ~ p", new() { HasText = "Composée des collèges" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_co_option_is_ratified_and_a_mandate_renewed()
    {
        await GivenANetworkAsync();
        using var client = host.As(Role.Secretariat);
        var board = await MakeAsync(client, "/bodies", new { name = "Conseil", kind = "board", effective = "2024" }, "body");
        var person = await MakeAsync(client, "/people", new { name = "Trésorière cooptée", effective = "2024" }, "person");
        await MakeAsync(client, $"/bodies/{board}/mandates", new { person, office = "treasurer", coOpted = true, termEnds = new { instant = "2027-06-30T22:00:00.000000Z", precision = "day" }, effective = "2024-05-02" });
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{board}");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("coopté, à ratifier");
        await page.Locator("#holders").GetByRole(AriaRole.Link, new() { Name = "ratifier" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ratifier la cooptation" }).ClickAsync();
        await Assertions.Expect(page.Locator("#holders")).Not.ToContainTextAsync("à ratifier");

        await page.Locator("#holders").GetByRole(AriaRole.Link, new() { Name = "renouveler" }).ClickAsync();
        await page.Locator("#field-termEnds").FillAsync("30/06/2025");
        await page.GetByRole(AriaRole.Button, new() { Name = "Renouveler le mandat" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-termEnds-error")).ToBeVisibleAsync();
        await page.Locator("#field-termEnds").FillAsync("30/06/2030");
        await page.GetByRole(AriaRole.Button, new() { Name = "Renouveler le mandat" }).ClickAsync();
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("2e mandat");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("2030");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_election_is_called_stood_for_and_its_elected_installed_from_the_page_of_the_body()
    {
        await GivenANetworkAsync();
        using var client = host.As(Role.Secretariat);
        var assembly = await MakeAsync(client, "/bodies", new { name = $"Assemblée {Guid.NewGuid():N}", kind = "general-assembly", effective = "2024" }, "body");
        var board = await MakeAsync(client, "/bodies", new { name = "Comité à élire", kind = "board", seats = 1, effective = "2024" }, "body");
        var person = await MakeAsync(client, "/people", new { name = "Candidate au comité", effective = "2024" }, "person");
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{board}");
        await Assertions.Expect(page.Locator("#vacancies")).ToContainTextAsync("siège que personne n’a encore tenu");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ouvrir une élection" }).ClickAsync();
        await page.Locator("#field-electing").SelectOptionAsync(assembly);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir une élection" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-termBegins-error")).ToBeVisibleAsync();
        await page.Locator("#field-termBegins").FillAsync("15/06/2024");
        await page.Locator("#field-effective").FillAsync("10/05/2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir une élection" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("candidatures ouvertes");

        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Inscrire une candidature" }).ClickAsync();
        await page.Locator("#field-person").SelectOptionAsync(person);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire une candidature" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Candidate au comité");
        var election = new Uri(page.Url).Segments[^1];
        var outcome = await MakeAsync(client, "/ballots/outcomes", new { decision = "election", title = "Comité", verdict = "elected", body = assembly, election, elected = new[] { person } }, "ballot");
        await host.DocumentAsync(Host.Slug, BallotId.Of(Guid.Parse(outcome)));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        await page.ReloadAsync();
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Installer les personnes élues" }).ClickAsync();
        await Assertions.Expect(page.Locator("main ol").Last).ToContainTextAsync("Candidate au comité");
        await page.GetByRole(AriaRole.Button, new() { Name = "Installer les personnes élues" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("élus installés");
        await page.GotoAsync($"{host.Address}{Host.Slug}/colleges/{board}");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync("Candidate au comité");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_member_applies_is_admitted_suspended_and_reinstated_from_its_page()
    {
        await GivenANetworkAsync();
        var name = $"Candidat {Guid.NewGuid():N}";
        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members/apply");
        await page.Locator("[id='field-name.organisation']").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner une demande d’adhésion" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);

        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Admettre" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Admettre" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("actif");

        await page.GetByRole(AriaRole.Link, new() { Name = "Suspendre" }).ClickAsync();
        await page.Locator("#field-reason").FillAsync("Cotisation impayée.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suspendre" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("suspendu");

        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Lever la suspension" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lever la suspension" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("actif");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_exclusion_hears_the_member_before_it_is_decided()
    {
        await GivenANetworkAsync();
        using var client = host.As(Role.Secretariat);
        var name = $"Membre {Guid.NewGuid():N}";
        var member = await MakeAsync(client, "/members", new { name = new { organisation = name }, effective = "2020" }, "member");
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/members/{member}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Engager une exclusion" }).ClickAsync();
        await page.Locator("#field-grounds").FillAsync("Engagements du cadre de référence non tenus.");
        await page.Locator("#field-hearingOn").FillAsync("05/03/2024");
        await page.Locator("#field-effective").FillAsync("01/03/2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Engager une exclusion" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-hearingOn-error")).ToBeVisibleAsync();
        // A form that was refused stands in its frame still.
        await Assertions.Expect(page.Locator("header.banner")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#field-grounds")).ToHaveValueAsync("Engagements du cadre de référence non tenus.");

        await page.Locator("#field-hearingOn").FillAsync("25/03/2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Engager une exclusion" }).ClickAsync();
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Consigner l’audition" }).ClickAsync();
        await page.GetByLabel("Non, il n’est pas venu").CheckAsync();
        await page.Locator("#field-effective").FillAsync("25/03/2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner l’audition" }).ClickAsync();
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Exclure" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Exclure" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("exclu");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_version_of_the_statutes_is_drafted_article_by_article_and_rule_by_rule_then_adopted()
    {
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/statutes/draft");
        await page.Locator("#field-title").FillAsync("Statuts de travail");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rédiger une version" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Statuts de travail");
        var draft = page.Url.Split('?')[0];

        await page.GetByRole(AriaRole.Link, new() { Name = "Ajouter un article" }).ClickAsync();
        await page.Locator("#field-number").FillAsync("91");
        await page.Locator("#field-heading").FillAsync("Quorum du conseil");
        await page.Locator("#field-text").FillAsync("Le conseil délibère si la moitié de ses membres prend part.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter un article" }).ClickAsync();
        await Assertions.Expect(page.Locator("#art-91")).ToContainTextAsync("Quorum du conseil");

        await page.GetByRole(AriaRole.Link, new() { Name = "Poser une règle" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quorum" }).First.ClickAsync();
        await page.Locator("[id='field-rule.article']").FillAsync("art. 91");
        await page.Locator("[id='field-rule.scope.body']").SelectOptionAsync("board");
        foreach (var (field, value) in new[] { ("extent", "whole"), ("measure", "members"), ("comparison", "at-least"), ("rounding", "up"), ("check", "both") })
            await page.Locator($"[id='field-rule.content.{field}']").SelectOptionAsync(value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Poser cette règle" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id='field-rule.content.share-error']")).ToBeVisibleAsync();
        await page.Locator("[id='field-rule.content.share']").FillAsync("1/2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Poser cette règle" }).ClickAsync();
        await Assertions.Expect(page.Locator(".article", new() { Has = page.Locator("#art-91") }).Or(page.Locator("#art-91"))).ToContainTextAsync("au moins la moitié des membres");

        await page.GetByRole(AriaRole.Link, new() { Name = "modifier la règle : quorum" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("[id='field-rule.content.share']")).ToHaveValueAsync("1/2");
        await page.Locator("[id='field-rule.content.share']").FillAsync("2/3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Poser cette règle" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("au moins deux tiers des membres");

        await page.GetByRole(AriaRole.Link, new() { Name = "retirer la règle : quorum" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer la règle" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("au moins deux tiers des membres");

        await page.GetByRole(AriaRole.Link, new() { Name = "modifier l’article 91" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-heading")).ToHaveValueAsync("Quorum du conseil");
        await page.Locator("#field-heading").FillAsync("Quorum");
        await page.GetByRole(AriaRole.Button, new() { Name = "Modifier l’article" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "retirer l’article 91" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer l’article" }).ClickAsync();
        await Assertions.Expect(page.Locator("#art-91")).ToHaveCountAsync(0);

        await page.GotoAsync(draft);
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Consigner l’adoption" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner l’adoption" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-state")).ToContainTextAsync("en vigueur");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ajouter un article" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_move_of_the_seat_is_declared_to_the_prefecture_and_its_receipt_recorded()
    {
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/association/seat");
        await page.Locator("#field-seat").FillAsync("Roubaix");
        await page.GetByRole(AriaRole.Button, new() { Name = "Déplacer le siège" }).ClickAsync();
        var row = page.Locator("#declarations tr", new() { HasText = "siège" }).First;
        await Assertions.Expect(row).ToContainTextAsync("à déclarer");
        await row.GetByRole(AriaRole.Link, new() { Name = "déclarer : siège" }).ClickAsync();
        await page.Locator("#field-reference").FillAsync("W751000001");
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner la déclaration" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("récépissé attendu");
        await row.GetByRole(AriaRole.Link, new() { Name = "consigner le récépissé" }).ClickAsync();
        await page.Locator("#field-receipt").FillAsync("2026-0042");
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner le récépissé" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("récépissé reçu");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_group_is_created_given_a_pilot_holds_a_meeting_and_publishes_an_output()
    {
        var network = await GivenANetworkAsync();
        var page = await browser.OpenAsync(View.Phone, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/working-groups");
        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Créer un groupe" }).ClickAsync();
        await page.Locator("#field-name").FillAsync("Culture");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer un groupe" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Culture");

        await page.GetByRole(AriaRole.Link, new() { Name = "Faire entrer un centre" }).ClickAsync();
        await page.Locator("#field-centre").SelectOptionAsync(network.Member);
        await page.GetByRole(AriaRole.Button, new() { Name = "Faire entrer un centre" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Nommer un pilote" }).ClickAsync();
        await page.Locator("#field-centre").SelectOptionAsync(network.Member);
        await page.GetByLabel("pilote", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Nommer un pilote" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("pilote depuis");

        await page.Locator(".next").GetByRole(AriaRole.Link, new() { Name = "Consigner une réunion" }).ClickAsync();
        await page.GetByLabel("à distance").CheckAsync();
        await page.Locator("#field-logbook").FillAsync("Premier tour de table, sans tarder.");
        await page.Locator($"input[name=centres][value='{network.Member}']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Consigner une réunion" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 centre présent");

        await page.GetByRole(AriaRole.Link, new() { Name = "Annoncer une production" }).ClickAsync();
        await page.Locator("#field-title").FillAsync("Note sur la culture, les lieux");
        await page.GetByRole(AriaRole.Button, new() { Name = "Annoncer une production" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "publier « Note sur la culture, les lieux »" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier une production" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("publiée");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_tool_is_registered_and_a_release_put_online_with_the_keyboard_alone()
    {
        var page = await browser.OpenAsync(View.Wide, host, Role.Secretariat);
        await page.GotoAsync($"{host.Address}{Host.Slug}/shared-tools/new");
        var name = $"Base {Guid.NewGuid():N}";
        await page.Locator("#field-name").FocusAsync();
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section h2", new() { HasText = name })).ToBeVisibleAsync();

        var tool = page.Locator("section", new() { HasText = name });
        await tool.Locator("details.acts summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await tool.GetByRole(AriaRole.Link, new() { Name = "Mettre en ligne une version" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#field-release").FocusAsync();
        await page.Keyboard.TypeAsync("Nouvelle base");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section", new() { HasText = name })).ToContainTextAsync("Nouvelle base");
        await page.Context.CloseAsync();
    }

    private sealed record Network(string Member, string College, string Mandate, string Person, string Group, string Gathering);

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
        await MakeAsync(client, $"/working-groups/{group}/centres/{member}/joining", new { effective = "2020" });
        await MakeAsync(client, $"/working-groups/{group}/pilots", new { centre = member, role = "pilot", effective = "2020" });
        await MakeAsync(client, $"/working-groups/{group}/centres/count", new { centres = 8, effective = "2024" });
        await MakeAsync(client, $"/working-groups/{group}/meetings/plan", new { year = 2024, atLeast = 4, atMost = 6, effective = "2024" });
        var gathering = await MakeAsync(client, "/gatherings", new { edition = Interlocked.Increment(ref _edition), title = "8e regroupement", place = "Lille", starts = new { instant = "2024-10-09T22:00:00.000000Z", precision = "day" }, days = 2, capacity = 3, effective = "2024" }, "gathering");
        await MakeAsync(client, $"/gatherings/{gathering}/invitations", new { kinds = new[] { "member-teams", "state-services" }, effective = "2024" });
        await MakeAsync(client, $"/gatherings/{gathering}/registrations", new { kind = "member-teams", person, effective = "2024" });
        await MakeAsync(client, $"/gatherings/{gathering}/registrations", new { kind = "state-services", organisation = "DREETS", places = 3, effective = "2024" });
        await MakeAsync(client, $"/gatherings/{gathering}/reviews", new { group, findings = "Huit centres.", effective = "2024" });
        await MakeAsync(client, $"/gatherings/{gathering}/follow-ups", new { title = "Affiner les règles", kind = "amendment", effective = "2024" });
        await MakeAsync(client, "/shared-tools", new { name = "Panorama de presse", purpose = "Revue de presse", effective = "2013" });
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        return new(member, college, mandate, person, group, gathering);
    }

    private static async Task<string> MakeAsync(HttpClient client, string address, object request, string? made = null)
    {
        using var answer = await client.PostAsJsonAsync(Api + address, request, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {body}");
        return made is null ? "" : JsonDocument.Parse(body).RootElement.GetProperty("ids").GetProperty(made).GetString()!;
    }
}
