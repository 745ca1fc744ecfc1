using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Tests.Api.Ballots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Pages;

/// <summary>The dashboard as each role sees it, what lies outside an association, and errors, in a real browser.</summary>
public sealed class DashboardPagesTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private const string Home = $"/{Host.Slug}";

    [Fact]
    public async Task A_board_member_sees_what_to_decide_with_the_time_left_and_is_led_to_the_vote()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(), "Regroupement de printemps");
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.BoardMember, Home);

        var line = page.Locator("main dl > div", new() { HasText = "Regroupement de printemps" });
        await Expect(line).ToContainTextAsync("Vous n'avez pas encore voté.");
        await Expect(line).ToContainTextAsync("il reste 23 heures");
        await Expect(page.Locator("main .next .button")).ToHaveTextAsync("Voter");
        Assert.Equal(1, await page.Locator("main .button:not(.quiet), main button:not(.quiet, .plain)").CountAsync());
        await line.GetByRole(AriaRole.Link, new() { Name = "Regroupement de printemps" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/ballots/{ballot}");

        await page.GetByLabel("Pour", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Expect(page.Locator(".receipt")).ToBeVisibleAsync();
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        await page.GotoAsync(new Uri(room.Host.Address, Home).ToString());
        await Expect(line).ToContainTextAsync("Vous avez voté.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_board_member_sees_what_slips_with_its_reason_and_opens_it()
    {
        var workstream = await GivenAWorkstreamThatSlipsAsync("Livret commun");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, Home);

        var line = page.Locator("main dl > div", new() { HasText = "Livret commun" });
        await Expect(line).ToContainTextAsync("Pas de point d’avancement depuis le 1er mars 2024.");
        await Expect(line).ToContainTextAsync("Jalon « Maquette » non atteint : échéance 2e trimestre 2024, dépassée depuis");
        await Expect(page.Locator(".timeline-label", new() { HasText = "Livret commun" })).ToContainTextAsync("en retard");
        await line.GetByRole(AriaRole.Link, new() { Name = "Livret commun", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/workstreams/{workstream}");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_secretariat_sees_open_ballots_that_are_not_its_own_and_reports_on_what_slips()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(), "Règlement du parc");
        var workstream = await GivenAWorkstreamThatSlipsAsync("Carte du réseau");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, Home);

        await Expect(page.Locator("main h2").First).ToHaveTextAsync("Votes ouverts");
        await Expect(page.Locator("main .next")).ToHaveCountAsync(0);
        var open = page.Locator("main dl > div", new() { HasText = "Règlement du parc" });
        await Expect(open).ToContainTextAsync("Adoptez-vous ce chantier ?");
        await Expect(open.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"{Home}/ballots/{ballot}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Faire le point : Carte du réseau" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/workstreams/{workstream}/report");
        await page.GetByLabel("dans les temps").CheckAsync();
        await page.Locator("#field-text").FillAsync("La carte est prête.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/workstreams/{workstream}*");
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        await page.GotoAsync(new Uri(room.Host.Address, Home).ToString());
        await Expect(page.Locator("main dl > div", new() { HasText = "Carte du réseau" })).Not.ToContainTextAsync("Pas de point d’avancement");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("votes ouverts", "/ballots")]
    [InlineData("chantiers qui glissent", "/roadmap")]
    [InlineData("faits inscrits", "/history")]
    public async Task A_figure_leads_to_what_it_counts(string label, string path)
    {
        await room.OpenAsync(await room.BoardAsync(), "Un vote");
        await room.OpenAsync(await room.BoardAsync(), "Un autre vote");
        await GivenAWorkstreamThatSlipsAsync("Un chantier");
        await GivenAWorkstreamThatSlipsAsync("Un autre chantier");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, Home);
        await page.Locator(".figure", new() { HasText = label }).GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync($"**{Home}{path}");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_auditor_reads_subjects_in_words_and_goes_to_their_events()
    {
        await GivenAWorkstreamThatSlipsAsync("Archives");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Auditor, Home);
        await page.GetByRole(AriaRole.Row, new() { Name = "Chantiers" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/history?thing=workstream");
        await Expect(page.Locator(".filtered")).ToContainTextAsync("Seulement : chantier");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tout afficher" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/history");
        await Expect(page.Locator(".filtered")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Each_role_has_its_own_home_page_and_nobody_has_that_of_another()
    {
        await room.OpenAsync(await room.BoardAsync(), "Vote du conseil");
        foreach (var (role, own, others) in new[]
        {
            (Role.BoardMember, "duties", new[] { "to-do", "integrity" }), (Role.Secretariat, "to-do", ["duties", "integrity"]), (Role.Auditor, "integrity", ["duties", "to-do"]),
        })
        {
            using var reader = await Visitor.AsAsync(room.Host, role);
            foreach (var address in new[] { Home, $"{Home}?as=auditor", $"{Home}?as=secretariat", $"{Home}?as=board", $"{Home}?as=nobody" })
            {
                var page = await reader.ReadAsync(address);
                Assert.Contains($"<section id=\"{own}\"", page, StringComparison.Ordinal);
                Assert.All(others, other => Assert.DoesNotContain($"<section id=\"{other}\"", page, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task The_secretariat_is_told_of_convocations_that_did_not_arrive_until_they_have_gone_out_again()
    {
        var board = await room.BoardAsync();
        var (meeting, starts) = (MeetingId.Of(Guid.CreateVersion7()), EffectiveTime.At(DateTimeOffset.UtcNow.AddDays(20)));
        var (bounced, unaddressed) = (board.Others[0].Person, board.Others[1].Person);
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        async Task<string> HomeAsync(StreamId stream, params IEvent[] events)
        {
            await room.Host.ShownAsync(await room.Host.RecordAsync(Host.Slug, stream, events));
            return System.Net.WebUtility.HtmlDecode(await secretary.ReadAsync(Home));
        }

        await HomeAsync(
            Meeting.Stream(meeting), new MeetingPlanned(meeting, MeetingKind.Ordinary, "Conseil de relance", starts, false, board.Id, Place: "Lille"),
            new MeetingConvened(meeting, Convener.President, NoticeChannel.Email, starts, 5));
        var missed = await HomeAsync(
            Convocations.Stream(meeting), new ConvocationSent(meeting, bounced, NoticeChannel.Email, "Message-ID: <1@asso.example>"),
            new ConvocationBounced(meeting, bounced, NoticeChannel.Email, "5.1.1"), new ConvocationUnaddressed(meeting, unaddressed, NoticeChannel.Email));
        Assert.Contains("2 convocations non remises\u00a0: Conseil de relance", missed, StringComparison.Ordinal);

        var again = await HomeAsync(Convocations.Stream(meeting), new ConvocationSent(meeting, bounced, NoticeChannel.Post, "1A 234"));
        Assert.Contains("1 convocation non remise\u00a0: Conseil de relance", again, StringComparison.Ordinal);
        var settled = await HomeAsync(Convocations.Stream(meeting), new ConvocationSent(meeting, unaddressed, NoticeChannel.ByHand));
        Assert.DoesNotMatch("non remises?\u00a0: Conseil de relance", settled);
    }

    [Fact]
    public async Task The_auditor_sees_the_log_decisions_and_delays_of_any_day_each_figure_a_door()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(), "Vote à compter");
        await room.ProclaimAsync(ballot);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        using var auditor = await Visitor.AsAsync(room.Host, Role.Auditor);
        var year = DateTime.UtcNow.Year;
        var page = System.Net.WebUtility.HtmlDecode(await auditor.ReadAsync(Home));
        Assert.Contains($"{Home}/history?thing=decisions&from={year}-01-01&to={year}-12-31", page, StringComparison.Ordinal);
        Assert.Contains("Décisions par règle", page, StringComparison.Ordinal);
        Assert.Contains("De l’effet à l’inscription", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Home}/log\"", page, StringComparison.Ordinal);

        var then = System.Net.WebUtility.HtmlDecode(await auditor.ReadAsync($"{Home}?asOf=2019-06-01"));
        Assert.DoesNotContain("Décisions par règle", then, StringComparison.Ordinal);
        Assert.Contains("Le journal compte tout ce que l’on connaissait", then, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_within_an_hour_are_one_visit_and_the_next_visit_tells_of_the_last_look()
    {
        var database = room.Host.App.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using var accounts = database.CreateCommand("select id from access.account order by id limit 1");
        var actor = Actor.Of((Guid)(await accounts.ExecuteScalarAsync(Stop))!, null, new HashSet<Role>());
        var association = Governance.Domain.Kernel.AssociationId.Of(Guid.CreateVersion7());
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var clock = new Clock(start);
        var visits = new Visits(database, clock);

        Assert.Null(await visits.BeforeAsync(actor, association, Stop));
        clock.Pass(TimeSpan.FromMinutes(40));
        Assert.Null(await visits.BeforeAsync(actor, association, Stop));
        clock.Pass(TimeSpan.FromHours(30));
        Assert.Equal(start.AddMinutes(40), await visits.BeforeAsync(actor, association, Stop));
        clock.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(start.AddMinutes(40), await visits.BeforeAsync(actor, association, Stop));
        Assert.Null(await visits.BeforeAsync(Actor.Visitor, association, Stop));
        Assert.Null(await visits.BeforeAsync(Actor.Of(Guid.CreateVersion7(), null, new HashSet<Role>()), association, Stop));
    }

    [Fact]
    public async Task The_keyboard_alone_leads_from_the_dashboard_to_the_vote()
    {
        await room.OpenAsync(await room.BoardAsync(), "Vote au clavier");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, Home);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync("Aller au contenu");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync("Voter");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**{Home}/ballots/*");

        await page.Locator(".choice-option input").First.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Relisez votre vote");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_not_there_is_told_of_in_the_frame_of_the_association_to_who_is_in_it()
    {
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, Home);
        foreach (var (path, status) in new[] { ("/nulle-part", 404), ("/ballots?asOf=hier", 400) })
        {
            Assert.Equal(status, (await page.GotoAsync(new Uri(room.Host.Address, Home + path).ToString()))!.Status);
            await Expect(page.Locator(".side nav").First.GetByRole(AriaRole.Link, new() { Name = "Votes" })).ToHaveAttributeAsync("href", $"{Home}/ballots");
            await Expect(page.Locator(".banner .account").GetByRole(AriaRole.Link)).ToHaveTextAsync("Mon compte");
        }

        await page.Context.CloseAsync();
        var visitor = await browser.Open(View.Wide);
        await visitor.GotoAsync(new Uri(room.Host.Address, Home + "/nulle-part").ToString());
        await Expect(visitor.Locator(".association")).ToHaveTextAsync("Governance");
        await Expect(visitor.Locator(".nav-group")).ToHaveCountAsync(0);
        await visitor.Context.CloseAsync();
    }

    [Fact]
    public async Task Ones_own_account_is_inside_the_association_and_has_no_date()
    {
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, "/account");
        await Expect(page.Locator(".time")).ToHaveCountAsync(0);
        await page.Locator(".side").GetByRole(AriaRole.Link, new() { Name = "Accueil" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_account_for_an_association_is_its_secretariat_s_and_nothing_typed_is_lost()
    {
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Administrator, "/accounts");
        await page.Locator("#field-login").FillAsync("nouvelle@essai.example");
        await page.Locator("#field-association").SelectOptionAsync(Host.Slug);
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer un compte" }).ClickAsync();
        await Expect(page.Locator("#field-association-error")).ToContainTextAsync("a déjà un compte");
        await Expect(page.Locator("#field-login")).ToHaveValueAsync("nouvelle@essai.example");
        await Expect(page.Locator("#field-association")).ToHaveValueAsync(Host.Slug);
        await page.Locator("#field-association").SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer un compte" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("/recover/");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR")]
    [InlineData(true, ColorScheme.Dark, "en-GB")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale)
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(), "Accessible à tous");
        var workstream = await GivenAWorkstreamThatSlipsAsync("Chantier accessible");
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = (await room.BoardAsync()).Id.ToString(),
            decision = "ordinary",
            title = "En préparation",
            question = "Adoptez-vous ceci ?",
            motion = "Ceci est adopté.",
        });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var draft = drafted.GetProperty("ids").GetProperty("ballot").GetString();
        var faults = new List<string>();
        foreach (var (role, paths) in new (Role, string[])[]
        {
            (Role.BoardMember, [Home, $"{Home}?asOf=2024-06-01", $"{Home}/ballots/{ballot}", $"{Home}/nulle-part"]),
            (Role.Secretariat,
            [
                Home, "/account", $"{Home}/ballots/{draft}", $"{Home}/roadmap/opening", $"{Home}/workstreams/{workstream}/adoption",
                $"{Home}/workstreams/{workstream}/abandonment", $"{Home}/workstreams/{workstream}/schedule",
            ]),
            (Role.Auditor, [Home, $"{Home}/history?thing=workstream&from=2024-01-01", $"{Home}/history?q=zzz"]),
            (Role.Administrator, ["/", "/account", "/accounts", Home]),
        })
        {
            var page = await browser.Open((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale });
            await page.GotoAsync(new Uri(room.Host.Address, "/sign-in").ToString());
            await LookAsync(page, "/sign-in", faults);
            await room.SignInAsync(page, role, "/account");
            foreach (var path in paths)
            {
                await page.GotoAsync(new Uri(room.Host.Address, path).ToString());
                await LookAsync(page, $"{role} {path}", faults);
            }

            await page.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static async Task LookAsync(IPage page, string where, List<string> faults)
    {
        faults.AddRange(await page.FaultsAsync(where));
    }

    /// <summary>A workstream under way since February 2024, last reported on in March, whose milestone of the second quarter is not reached.</summary>
    private async Task<string> GivenAWorkstreamThatSlipsAsync(string title)
    {
        using var client = room.Host.As(Role.Secretariat);
        var roadmaps = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/roadmaps", Stop);
        var roadmap = roadmaps.GetArrayLength() > 0
            ? roadmaps[0].GetProperty("id").GetString()
            : await MadeAsync(client, "roadmaps", new { title = "Feuille de route", firstYear = 2024, lastYear = Math.Max(2026, DateTime.UtcNow.Year), effective = "2023-10" }, "roadmap");
        var id = await MadeAsync(client, "workstreams", new { roadmap, title, effective = "2023-10" }, "workstream");
        await MadeAsync(client, $"workstreams/{id}/adoption", new { decision = new { ballot = (await room.Host.DecisionAsync()).ToString() }, effective = "2024-01-30" });
        await MadeAsync(client, $"workstreams/{id}/milestones", new { title = "Maquette", due = new { instant = "2024-03-31T22:00:00.000000Z", precision = "quarter" }, effective = "2024-02-06" });
        await MadeAsync(client, $"workstreams/{id}/start", new { effective = "2024-02-10" });
        await MadeAsync(client, $"workstreams/{id}/reports", new { text = "Le plan est fait.", assessment = "on-track", effective = "2024-03-01" });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        return id!;
    }

    private static async Task<string?> MadeAsync(HttpClient client, string path, object body, string? made = null)
    {
        using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/{path}", body, Stop);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, read.GetRawText());
        return made is null ? null : read.GetProperty("ids").GetProperty(made).GetString();
    }
}
