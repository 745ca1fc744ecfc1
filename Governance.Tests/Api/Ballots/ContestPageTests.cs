using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>Voting on options by the pages of a ballot, and reading what it came to.</summary>
public sealed class ContestPageTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static readonly string[] Options = ["Accueil", "Données", "Formation"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_voter_ranks_from_a_phone_reads_it_again_votes_and_changes_what_was_voted(bool scripts)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: Of(new { method = "schulze" }));
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        if (scripts)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Classer Formation" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Classer Accueil" }).ClickAsync();
        }
        else
        {
            await page.GetByLabel("Formation").FillAsync("1");
            await page.GetByLabel("Accueil").FillAsync("2");
        }

        await Press(page, "Relire avant de voter");
        await Expect(page.Locator(".review li")).ToHaveTextAsync(["1. Formation", "2. Accueil", "Hors classement : Données"]);
        if (scripts)
            Assert.Empty(await page.FaultsAsync());
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));

        // Whoever has second thoughts finds the paper as it was filled in.
        await page.GetByRole(AriaRole.Link, new() { Name = "Revenir au vote" }).ClickAsync();
        await Expect(page.Locator(".mark-row input").Nth(2)).ToHaveValueAsync("1");
        await Expect(page.Locator(".mark-row input").Nth(0)).ToHaveValueAsync("2");
        await Press(page, "Relire avant de voter");
        await Press(page, "Voter");

        await Expect(page.Locator(".receipt")).ToContainTextAsync("Formation > Accueil");
        var cast = Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine))));
        Assert.Equal([["Formation"], ["Accueil"]], Assert.IsType<Paper.Ranking>(cast.Paper).Groups);

        await page.Locator(".change-vote > summary", new() { HasText = "Changer mon vote" }).ClickAsync();
        if (scripts)
        {
            await Expect(page.Locator("ol.rank-list .rank-name")).ToHaveTextAsync(["Formation", "Accueil"]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Monter Accueil" }).ClickAsync();
        }
        else
        {
            await Expect(page.GetByLabel("Formation")).ToHaveValueAsync("1");
            await page.GetByLabel("Formation").FillAsync("3");
        }

        await Press(page, "Relire avant de voter");
        await Press(page, "Voter");
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Accueil > Formation");
        Assert.IsType<VoteChanged>((await room.EventsAsync(Vote.Stream(ballot, board.Mine)))[^1]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Points_that_do_not_add_up_come_back_with_what_was_entered_and_nothing_is_recorded()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: Of(new { method = "points", each = 10 }));
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        await page.GetByLabel("Points pour Accueil").FillAsync("4");
        await page.GetByLabel("Points pour Données").FillAsync("5");
        await Press(page, "Relire avant de voter");

        await Expect(page.Locator(".error-summary")).ToContainTextAsync("donne 9 points en tout, il faut en donner exactement 10");
        await Expect(page.GetByLabel("Points pour Accueil")).ToHaveValueAsync("4");
        Assert.Empty(await page.FaultsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Un point de plus pour Formation" }).ClickAsync();
        await Expect(page.Locator("output")).ToHaveTextAsync("Points restants : 0. Tout est réparti.");
        await Press(page, "Relire avant de voter");
        await Press(page, "Voter");
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Accueil : 4, Données : 5, Formation : 1");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_holder_of_a_proxy_fills_in_one_paper_for_both_or_one_for_each()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: Of(new { method = "approval" }));
        await room.Host.ShownAsync((await room.PostAsync(
            Role.Member, $"/{ballot}/proxies", new { giver = board.Members.ToString(), holder = room.Host.Person(Role.BoardMember).ToString() })).GetProperty("position").GetInt64());
        var page = await browser.Open(View.Phone with { Scripts = false });
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        await page.GetByRole(AriaRole.Group, new() { Name = "La même réponse pour tous" }).GetByLabel("Accueil").CheckAsync();
        await page.Locator("details > summary", new() { HasText = "Répondre un par un" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Pour Titulaire Member, par procuration" }).GetByLabel("Données").CheckAsync();
        await Press(page, "Relire avant de voter");
        await Expect(page.Locator(".review li")).ToHaveTextAsync(["Données", "Accueil"]);
        await Press(page, "Voter");

        await Expect(page.Locator(".receipt")).ToHaveCountAsync(2);
        Assert.Equal(["Accueil"], Choices(await room.EventsAsync(Vote.Stream(ballot, board.Mine))));
        Assert.Equal(["Données"], Choices(await room.EventsAsync(Vote.Stream(ballot, board.Members))));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_gave_a_proxy_votes_in_spite_of_it_by_the_page()
    {
        var board = await room.BoardAsync();
        foreach (var contest in new[] { null, Of(new { method = "approval" }) })
        {
            var ballot = await room.OpenAsync(board, contest: contest);
            await room.Host.ShownAsync((await room.PostAsync(
                Role.BoardMember, $"/{ballot}/proxies", new { giver = board.Mine.ToString(), holder = board.Others[0].Person.ToString() })).GetProperty("position").GetInt64());
            var page = await browser.Open(View.Phone);
            await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
            await page.Locator("summary", new() { HasText = "Voter moi-même malgré la procuration" }).ClickAsync();
            await page.Locator("#proxies").GetByLabel(contest is null ? "Contre" : "Données", new() { Exact = true }).CheckAsync();
            await Press(page, "Relire avant de voter");
            await Press(page, "Voter");
            await Expect(page.Locator(".receipt-code")).ToHaveCountAsync(1);
            Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_reason_too_long_to_be_kept_by_the_browser_is_read_again_all_the_same()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: new { question = new { method = new { method = "consent" }, options = new[] { "Le chantier" } } });
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        await page.GetByLabel("J’ai une objection").CheckAsync();
        var reason = string.Concat(Enumerable.Repeat("é", 9_999)) + ".";
        await page.Locator("textarea").FillAsync(reason);
        await Press(page, "Relire avant de voter");
        await Expect(page.Locator(".review li")).ToHaveTextAsync("Objection : " + reason);
        await Press(page, "Voter");
        await Expect(page.Locator(".receipt-code")).ToHaveCountAsync(1);
        Assert.Equal(new Paper.Objects(reason), Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine)))).Paper);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_audits_reads_the_papers_on_the_roll_and_counts_again_from_the_lines_shown()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: Of(new { method = "stv", seats = 2 }));
        foreach (var (role, mandate, first, second) in new[] { (Role.BoardMember, board.Mine, "Données", "Accueil"), (Role.Member, board.Members, "Formation", "Données") })
        {
            await room.PostAsync(role, $"/{ballot}/votes", new
            {
                elector = mandate.ToString(),
                paper = new { paper = "ranking", groups = new[] { new[] { first }, [second] } },
            });
        }

        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));
        var auditor = await browser.Open(View.Wide);
        await room.SignInAsync(auditor, Role.Auditor, $"/{Host.Slug}/ballots/{ballot}");
        await auditor.UnfoldAsync();

        var lines = await auditor.Locator("#result pre").TextContentAsync();
        Assert.Equal(2, lines!.Count(c => c == '\n'));
        Assert.Equal(
            await auditor.Locator("#result .break code").InnerTextAsync(),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(lines!))));
        await Expect(auditor.Locator("details.roll tbody tr", new() { HasText = "Titulaire Member" })).ToContainTextAsync("Formation > Données");
        await auditor.Context.CloseAsync();

        var member = await browser.Open(View.Wide);
        await room.SignInAsync(member, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        await Expect(member.Locator("#result .question")).ToHaveTextAsync("L’emportent : Données et Formation.");
        await Expect(member.Locator("details.roll tbody tr", new() { HasText = "Titulaire Member" })).Not.ToContainTextAsync("Formation");
        await member.Context.CloseAsync();
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark, "fr-FR")]
    [InlineData(1280, ColorScheme.Light, "en-GB")]
    public async Task Every_method_is_voted_and_read_on_pages_that_everybody_can_use(int width, ColorScheme scheme, string locale)
    {
        var board = await room.BoardAsync();
        var page = await browser.Open(new View(width, 900, scheme, locale));
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots");
        (object Method, object Paper)[] methods =
        [
            (new { method = "plurality" }, new { paper = "choices", options = new[] { "Données" } }),
            (new { method = "approval" }, new { paper = "choices", options = new[] { "Données" } }),
            (new { method = "points", each = 10 }, new { paper = "points", given = new[] { new { option = "Données", points = 10 } } }),
            (new { method = "schulze" }, new { paper = "ranking", groups = new[] { new[] { "Données" } } }),
            (new { method = "stv" }, new { paper = "ranking", groups = new[] { new[] { "Données" }, ["Formation"] } }),
            (new { method = "majority-judgment", grades = new[] { "Bien", "Passable", "À rejeter" } }, new { paper = "grades", given = new[] { new { option = "Données", grade = "Bien" } } }),
        ];
        foreach (var (method, paper) in methods)
        {
            var ballot = await room.OpenAsync(board, contest: Of(method));
            await Usable(page, ballot, width);
            Assert.Equal(1, await page.Locator(".paper").CountAsync());
            Assert.Equal(0, await page.Locator("#result").CountAsync());
            await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), paper });
            await room.Host.ShownAsync(await room.ProclaimAsync(ballot));
            await Usable(page, ballot, width);
            await Expect(page.Locator("#result .question")).ToHaveTextAsync(locale == "fr-FR" ? "Données l’emporte." : "Données wins.");
            Assert.True(await page.Locator("#result figure svg rect").CountAsync() > 1);
            Assert.True(await page.Locator("#result figure table, #result .grid table").CountAsync() >= 1);
            Assert.True(await page.Locator("#result .why").CountAsync() > 1);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_forged_or_empty_paper_records_nothing()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, contest: Of(new { method = "approval" }));
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        foreach (var step in new[] { "review", "votes" })
        {
            foreach (var (field, value) in new[] { (".9", "on"), (".say", "marks"), (".0", "yes"), (".say", "null"), ("", "for") })
            {
                using var answer = await voter.SendAsync(
                    $"/{Host.Slug}/ballots/{ballot}", $"/{Host.Slug}/ballots/{ballot}/{step}", ("idempotencyKey", "forged"), (VoteFields.Of(board.Mine, new Contest(new Question(new Approval(), Options))) + field, value));
                Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }

        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
    }

    private static object Of(object method) => new { question = new { method, options = Options } };

    private static IReadOnlyList<string> Choices(IReadOnlyList<IEvent> events) =>
        Assert.IsType<Paper.Choices>(Assert.IsType<VoteCast>(Assert.Single(events)).Paper).Options;

    private async Task Usable(IPage page, BallotId ballot, int width)
    {
        var answer = await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
        Assert.Equal(200, answer!.Status);
        await page.UnfoldAsync();
        Assert.Empty(await page.FaultsAsync());
    }

    private static async Task Press(IPage page, string name) => await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
