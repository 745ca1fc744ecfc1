using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Ballots;

public sealed class BallotPageTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_voter_votes_from_a_phone_and_gets_a_receipt(bool scripts)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, $"Chantier de {(scripts ? "printemps" : "juin")}");
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots");

        await page.Locator($".asked a.button[href$='{ballot}']").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Ce vote n’est pas secret");
        await page.GetByLabel("Contre", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
        await Expect(page.Locator(".review")).ToContainTextAsync("Contre");
        await page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();

        var code = await page.Locator(".receipt-code").InnerTextAsync();
        var stored = Assert.Single(await room.Host.Log.ReadStreamAsync(
            room.Host.Association.ToString(), Vote.Stream(ballot, board.Mine).Value, ct: TestContext.Current.CancellationToken));
        Assert.Equal(stored.Id.ToString("D"), code.Trim());
        Assert.Equal(Choice.Against, Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine)))).Choice);

        await page.GoBackAsync();
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", new Uri(page.Url).AbsolutePath);
        await Expect(page.Locator(".receipt-code")).ToHaveTextAsync(stored.Id.ToString("D"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_result_is_on_the_page_after_the_close_and_not_before()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice = "for" });
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        Assert.Equal(0, await page.Locator("#result").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Relire avant de clore" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("1 électeur sur 5 a voté");
        await Expect(page.Locator("main")).ToContainTextAsync("il reste 23 heures");
        await Expect(page.Locator("main")).ToContainTextAsync("Clore ne se défait pas");
        Assert.Empty(await page.FaultsAsync());
        Assert.IsType<BallotOpened>((await room.EventsAsync(Ballot.Stream(ballot)))[^1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clore, dépouiller et proclamer" }).ClickAsync();

        await Expect(page.Locator("#result")).ToContainTextAsync("La proposition est adoptée");
        await Expect(page.Locator("main")).ToContainTextAsync("Clos à la main");
        var events = await room.EventsAsync(Ballot.Stream(ballot));
        Assert.Equal([typeof(BallotClosed), typeof(BallotCounted), typeof(ResultProclaimed)], events.TakeLast(3).Select(e => e.GetType()));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_secretariat_prepares_and_opens_a_ballot_by_its_forms()
    {
        var board = await room.BoardAsync();
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/new");
        await page.Locator("select[name=body]").SelectOptionAsync(board.Id.ToString());
        await page.Locator("select[name=decision]").SelectOptionAsync("budget");
        await page.Locator("input[name=title]").FillAsync("Budget de l'année");
        await page.Locator("textarea[name=question]").FillAsync("Adoptez-vous le budget ?");
        await page.Locator("textarea[name=motion]").FillAsync("Le budget est adopté.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Préparer le vote" }).ClickAsync();

        await page.Locator("input[name=closesOn]").FillAsync("hier");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await page.Locator("input[name=closesOn]").FillAsync(DateTime.UtcNow.AddDays(3).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();

        await Expect(page.Locator(".page-state")).ToContainTextAsync("ouvert");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_secretariat_prepares_a_contest_on_a_phone_with_and_without_scripts(bool scripts)
    {
        var board = await room.BoardAsync();
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/new");
        await page.Locator("select[name=body]").SelectOptionAsync(board.Id.ToString());
        await page.Locator("select[name=decision]").SelectOptionAsync("ordinary");
        await page.Locator("input[name=title]").FillAsync("Lieu de la rencontre");
        await page.Locator("textarea[name=question]").FillAsync("Où se retrouver ?");
        await page.Locator("textarea[name=motion]").FillAsync("La rencontre se tient au lieu le mieux jugé.");
        await Expect(page.Locator("textarea[name=options]")).ToBeHiddenAsync();
        await page.Locator("select[name=method]").SelectOptionAsync("majority-judgment");
        await Expect(page.Locator("input[name=points]")).ToBeHiddenAsync();
        await page.Locator("textarea[name=options]").FillAsync("Lille\nLyon\nLille");
        await page.Locator("textarea[name=grades]").FillAsync("Bien\nMal");
        if (scripts)
        {
            Assert.Empty(await page.FaultsAsync());
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Préparer le vote" }).ClickAsync();
        await Expect(page.Locator(".field:has(textarea[name=options]) .field-error")).ToContainTextAsync("Lille");
        await page.Locator("textarea[name=options]").FillAsync("Lille\nLyon, la Duchère\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Préparer le vote" }).ClickAsync();

        await Expect(page.Locator("#options li")).ToHaveTextAsync(["Lille", "Lyon, la Duchère"]);
        var ballot = BallotId.Of(Guid.Parse(new Uri(page.Url).AbsolutePath.Split('/')[^1]));
        var draft = Assert.IsType<BallotDrafted>(Assert.Single(await room.EventsAsync(Ballot.Stream(ballot))));
        Assert.Equal(new Contest(new Question(new MajorityJudgment(["Bien", "Mal"]), ["Lille", "Lyon, la Duchère"])), draft.Contest);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_draft_whose_body_may_not_decide_says_so_with_the_article_before_anybody_opens_it()
    {
        var board = await room.BoardAsync();
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/new");
        await page.Locator("select[name=body]").SelectOptionAsync(board.Id.ToString());
        await page.Locator("input[name=title]").FillAsync("Changer les statuts");
        await page.Locator("textarea[name=question]").FillAsync("Adoptez-vous ces statuts ?");
        await page.Locator("textarea[name=motion]").FillAsync("Les statuts sont changés.");
        await page.Locator("select[name=decision]").SelectOptionAsync("statutes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Préparer le vote" }).ClickAsync();

        await Expect(page.Locator(".notice")).ToContainTextAsync("Ce vote ne pourra pas s’ouvrir");
        await Expect(page.Locator(".notice")).ToContainTextAsync("règle par défaut");
        Assert.Empty(await page.FaultsAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_irregularity_is_on_the_page_with_both_ways_to_settle_it_and_is_confirmed_there()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var late = await room.Host.RecordAsync(
            Host.Slug, Body.Stream(board.Id), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), room.Host.Person(Role.Auditor), Office.Seat));
        Assert.True(await room.Host.App.Services.GetRequiredService<LateFactsHost>().Following.WaitForAllAsync(
            late, TimeSpan.FromSeconds(30), ct: TestContext.Current.CancellationToken));
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        await Expect(page.Locator("#irregularities")).ToContainTextAsync("1 mandat aurait été sur la liste");
        await Expect(page.Locator("#irregularities").GetByRole(AriaRole.Link, new() { Name = "Titulaire Auditor (siège, Conseil d'administration)" }))
            .ToHaveAttributeAsync("href", $"/{Host.Slug}/people/{room.Host.Person(Role.Auditor)}");
        var told = JsonElement.Parse(await room.ReadAsync(Role.Secretariat, $"/api/{Host.Slug}/history?touching={ballot}")).GetProperty("events").EnumerateArray()
            .Single(e => e.GetProperty("kind").GetString() == "irregularity_raised");
        Assert.Contains("Titulaire Auditor", told.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".annul button[type=submit]").CountAsync());
        Assert.Empty(await page.FaultsAsync());
        await page.Locator("textarea[name=confirmation]").FillAsync("Une voix de plus n'aurait rien changé.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirmer le vote malgré cela" }).ClickAsync();

        await Expect(page.Locator("#irregularities")).ToContainTextAsync("réglée");
        Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<IrregularityConfirmed>());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task After_the_close_whoever_audits_reads_who_voted_what_and_counts_again_from_what_is_shown()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice = "for" });
        var last = await room.PostAsync(Role.Member, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "against" });
        await room.Host.ShownAsync(last.GetProperty("position").GetInt64());
        var vote = (await room.Host.Log.ReadStreamAsync(
            room.Host.Association.ToString(), Vote.Stream(ballot, board.Members).Value, ct: TestContext.Current.CancellationToken))[0].Id;
        var auditor = await browser.Open(View.Wide);
        await room.SignInAsync(auditor, Role.Auditor, $"/{Host.Slug}/events/{vote}");
        await Expect(auditor.Locator("main")).ToContainTextAsync("sera lisible après la clôture");
        await auditor.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
        await Expect(auditor.Locator("details.roll tbody tr", new() { HasText = "Titulaire Member" })).Not.ToContainTextAsync("Contre");

        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));
        await auditor.ReloadAsync();
        await auditor.UnfoldAsync();

        var lines = await auditor.Locator("#result pre").TextContentAsync();
        Assert.Equal(2, lines!.Count(c => c == '\n'));
        Assert.Equal(
            await auditor.Locator("#result .break code").InnerTextAsync(),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(lines!))));
        var row = auditor.Locator("details.roll tbody tr", new() { HasText = "Titulaire Member" });
        await row.GetByRole(AriaRole.Link, new() { Name = "Contre" }).ClickAsync();
        Assert.EndsWith($"/events/{vote}", auditor.Url, StringComparison.Ordinal);
        await Expect(auditor.Locator("dl.working").First).ToContainTextAsync("Contre");
        await Expect(auditor.Locator("main")).Not.ToContainTextAsync("sera lisible après la clôture");
        await auditor.Context.CloseAsync();

        var secretary = await browser.Open(View.Wide);
        await room.SignInAsync(secretary, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");
        await Expect(secretary.Locator("details.roll tbody tr", new() { HasText = "Titulaire Member" })).Not.ToContainTextAsync("Contre");
        Assert.Equal(0, await secretary.Locator("#result pre").CountAsync());
        await secretary.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/events/{vote}").ToString());
        await Expect(secretary.Locator("main")).ToContainTextAsync("son choix se lit par qui contrôle le registre");
        await secretary.Context.CloseAsync();
    }

    [Theory]
    [InlineData(390, ColorScheme.Light, "fr-FR")]
    [InlineData(1280, ColorScheme.Dark, "en-GB")]
    public async Task The_pages_can_be_used_by_everybody(int width, ColorScheme scheme, string locale)
    {
        var board = await room.BoardAsync();
        var open = await room.OpenAsync(board);
        var closed = await room.OpenAsync(board, "Règlement intérieur");
        await room.PostAsync(Role.BoardMember, $"/{closed}/votes", new { elector = board.Mine.ToString(), choice = "for" });
        await room.Host.ShownAsync(await room.ProclaimAsync(closed));
        foreach (var (role, paths) in new[] { (Role.BoardMember, new[] { "", $"/{open}", $"/{closed}" }), (Role.Secretariat, ["/new", $"/{open}", $"/{closed}"]) })
        {
            var page = await browser.Open(new View(width, 900, scheme, locale));
            await room.SignInAsync(page, role, $"/{Host.Slug}/ballots");
            foreach (var path in paths)
            {
                var answer = await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots{path}").ToString());
                Assert.Equal(200, answer!.Status);
                Assert.Empty((await page.FaultsAsync()).Select(fault => $"{path}: {fault}"));
            }

            await page.Context.CloseAsync();
        }
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
