using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Governance.Tests.Api.Ballots;

/// <summary>A secret ballot as voters, the secretariat and readers meet it in a browser.</summary>
public sealed partial class SecretPageTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_voter_votes_in_secret_from_a_phone_and_finds_the_paper_after_the_close(bool scripts)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, $"Secret {(scripts ? "d'hiver" : "d'été")}", secret: true);
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");

        await Expect(page.Locator("main")).ToContainTextAsync("Vote secret");
        await page.GetByLabel("Contre", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        await Expect(page.Locator(".review")).ToContainTextAsync("Contre");
        var code = (await page.Locator(".receipt-code").InnerTextAsync()).Trim();
        Assert.Matches("^([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}$", code);
        if (scripts)
            Assert.Empty(await page.FaultsAsync());
        Assert.Empty(await room.EventsAsync(Signing.Stream(ballot, board.Mine)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();

        await Expect(page.Locator("h1")).ToContainTextAsync("dans l’urne");
        await Expect(page.Locator(".receipt-code")).ToHaveTextAsync(code);
        Assert.Single(await room.EventsAsync(Signing.Stream(ballot, board.Mine)));
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name.StartsWith("governance-vote", StringComparison.Ordinal));

        // Who goes back finds neither what was chosen nor the code.
        await page.GoBackAsync();
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", new Uri(page.Url).AbsolutePath);
        await Expect(page.Locator("main")).Not.ToContainTextAsync(code);

        // The code was shown that once; what was voted is shown no more.
        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Votre bulletin est dans l’urne");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(code);
        Assert.Equal(0, await page.Locator("input[type=radio]:checked").CountAsync());

        await CloseAsync(ballot);
        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
        await Expect(page.Locator(".receipt h2")).ToHaveTextAsync("Vous avez voté");
        await page.Locator("#papers summary").ClickAsync();
        await Expect(page.Locator("#papers tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#papers tbody tr")).ToContainTextAsync(code);
        if (scripts)
        {
            await page.GetByLabel("Retrouver un bulletin par son code").FillAsync(code);
            await Expect(page.Locator("#papers [role=status]")).ToHaveTextAsync("Ce bulletin est dans la liste.");
            await page.GetByLabel("Retrouver un bulletin par son code").FillAsync("AAAA-AAAA-AAAA");
            await Expect(page.Locator("#papers [role=status]")).ToContainTextAsync("Aucun bulletin ne porte ce code");
            Assert.Empty(await page.FaultsAsync());
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_sent_is_as_long_whatever_is_voted_and_the_cookie_between_tells_nothing_once_the_ballot_is_over()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Longueurs", secret: true);
        var (lengths, first) = (new HashSet<int>(), new HashSet<(int Form, int Cookie)>());
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        foreach (var choice in new[] { "Pour", "Contre", "Abstention", "Blanc" })
        {
            await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
            await page.GetByLabel(choice, new() { Exact = true }).CheckAsync();
            first.Add(await ToReviewAsync(page));
            await Expect(page.Locator(".review")).ToContainTextAsync(choice);
            lengths.Add(await page.EvaluateAsync<int>(
                "() => { const all = new URLSearchParams(new FormData(document.querySelector('main form'))); all.delete('__RequestVerificationToken'); return all.toString().length; }"));
        }

        Assert.Single(lengths);
        Assert.Single(first);
        var before = Assert.Single(await page.Context.CookiesAsync(), cookie => cookie.Name == "governance-vote");
        await CloseAsync(ballot);
        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}/review").ToString());
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", new Uri(page.Url).AbsolutePath);
        Assert.NotEmpty(before.Value);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("schulze")]
    [InlineData("points")]
    public async Task What_is_sent_for_two_in_a_contest_is_as_long_for_blank_papers_as_for_full_ones(string method)
    {
        const int options = 12;
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, $"Longueurs ({method})", secret: true, contest: new
        {
            question = new
            {
                method = method == "points" ? (object)new { method, each = 100 } : new { method },
                options = Enumerable.Range(1, options).Select(i => $"Option {i}"),
            },
        });
        var given = await room.PostAsync(Role.Member, $"/{ballot}/proxies", new { giver = board.Members.ToString(), holder = room.Host.Person(Role.BoardMember).ToString() });
        await room.Host.ShownAsync(given.GetProperty("position").GetInt64());
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        var page = $"/{Host.Slug}/ballots/{ballot}";
        var blank = new[] { board.Mine, board.Members }.Select(m => ($"paper-{m}.say", "blank")).ToArray();
        // All the points but one go to one option each, or all options are ranked.
        var full = new[] { board.Mine, board.Members }.SelectMany(m => Enumerable.Range(0, options).Select(i =>
            ($"paper-{m}.{i}", (method == "schulze" ? i + 1 : i == 0 ? 100 - options + 1 : 1).ToString(CultureInfo.InvariantCulture)))).ToArray();

        var lengths = new List<(int Length, int Padding)>();
        foreach (var fields in new[] { blank, full })
        {
            using var kept = await voter.SendAsync(page, page + "/review", fields);
            Assert.Equal(System.Net.HttpStatusCode.Redirect, kept.StatusCode);
            var review = await voter.ReadAsync(page + "/review");
            var form = review[review.IndexOf($"action=\"{page}/votes\"", StringComparison.Ordinal)..];
            var sent = HiddenField().Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)])
                .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
            Assert.All(fields, field => Assert.Equal(field.Item2, sent[field.Item1]));
            Assert.True(sent.Remove("__RequestVerificationToken"));
            using var body = new FormUrlEncodedContent(sent);
            lengths.Add(((int)body.Headers.ContentLength!.Value, sent["padding"].Length));
        }

        Assert.Equal(lengths[0].Length, lengths[1].Length);
        Assert.True(lengths[0].Padding > lengths[1].Padding);
    }

    [Theory]
    [InlineData("schulze")]
    [InlineData("points")]
    [InlineData("approval")]
    [InlineData("majority-judgment")]
    [InlineData("plurality")]
    public async Task What_is_chosen_in_a_contest_and_the_cookie_that_keeps_it_are_as_long_for_the_emptiest_as_for_the_fullest(string method)
    {
        const int options = 12;
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, $"Remplir ({method})", secret: true, contest: new
        {
            question = new
            {
                method = method switch
                {
                    "points" => (object)new { method, each = 100 },
                    "majority-judgment" => new { method, grades = new[] { "Très bien", "Bien", "Passable", "À rejeter" } },
                    _ => new { method },
                },
                options = Enumerable.Range(1, options).Select(i => $"Option {i}"),
            },
        });
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots/{ballot}");
        var paper = $"paper-{board.Mine}";
        // Fields as a script or a hand leaves them, and then blank with all of that still there.
        var marks = Enumerable.Range(0, options).ToDictionary(i => $"{paper}.{i}", i => method switch
        {
            "schulze" => (i + 1).ToString(CultureInfo.InvariantCulture),
            "points" => i == 0 ? (100 - options + 1).ToString(CultureInfo.InvariantCulture) : "1",
            "majority-judgment" => "3",
            _ => "on",
        });
        Dictionary<string, string>[] papers = method == "plurality"
            ? [new() { [$"{paper}.say"] = "blank" }, new() { [$"{paper}.say"] = "abstains" }, new() { [$"{paper}.say"] = "11" }, new() { [$"{paper}.say"] = "0" }]
            : [new() { [$"{paper}.say"] = "blank" }, new() { [$"{paper}.0"] = marks[$"{paper}.0"] }, marks, new(marks) { [$"{paper}.say"] = "blank" }];

        var lengths = new HashSet<(int Form, int Cookie)>();
        foreach (var fields in method == "points" ? [papers[0], papers[2], papers[3]] : papers)
        {
            await page.Context.ClearCookiesAsync(new() { NameRegex = new Regex("^governance-vote") });
            await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
            await page.EvaluateAsync(
                """
                fields => {
                    for (const [name, value] of Object.entries(fields))
                        for (const field of document.getElementsByName(name))
                            if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value;
                            else field.value = value;
                }
                """,
                fields);
            lengths.Add(await ToReviewAsync(page));
            await Expect(page.Locator(".review")).ToBeVisibleAsync();
        }

        Assert.Single(lengths);
        await page.Context.CloseAsync();
    }

    /// <summary>Sends what is chosen to be read again.</summary>
    /// <returns>How long the body sent was, without what guards it, and how long the cookie is that came back.</returns>
    private static async Task<(int Form, int Cookie)> ToReviewAsync(IPage page)
    {
        var sent = await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync(),
            request => request.Method == "POST" && request.Url.EndsWith("/review", StringComparison.Ordinal));
        await Expect(page.Locator(".review")).ToBeVisibleAsync();
        return (
            sent.PostData!.Split('&').Where(field => !field.StartsWith("__RequestVerificationToken=", StringComparison.Ordinal)).Sum(field => field.Length + 1),
            (await page.Context.CookiesAsync()).Where(c => c.Name.StartsWith("governance-vote", StringComparison.Ordinal)).Sum(c => c.Value.Length));
    }

    [Fact]
    public async Task Whoever_came_by_a_voting_link_downloads_the_papers_where_they_are_too_many_for_the_page()
    {
        var board = await room.BoardAsync(BallotReads.RollLimit);
        var ballot = await room.OpenAsync(board, "Très nombreux", secret: true);
        var (mandate, person) = board.Others[0];
        var issued = await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { });
        var link = issued.GetProperty("links").EnumerateArray().Single(l => l.GetProperty("person").GetGuid() == person.Value).GetProperty("path").GetString()!;
        Assert.IsType<CommandResult.Done>(await room.Host.App.Services.GetRequiredService<CommandRunner>().RunAsync(
            BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, mandate, "7K3M9QXT2FHD", Choice.Against), SecretVoting.As(room.Host.Association, person), Stop));
        var papers = $"/{Host.Slug}/ballots/{ballot}/papers";
        using var voter = new Visitor(room.Host);
        using var came = await voter.Client.GetAsync(new Uri(link, UriKind.Relative), Stop);
        using (var early = await voter.Client.GetAsync(new Uri(papers, UriKind.Relative), Stop))
            Assert.Equal(System.Net.HttpStatusCode.NotFound, early.StatusCode);

        await CloseAsync(ballot);

        Assert.Contains($"href=\"{papers}\"", await voter.ReadAsync($"/{Host.Slug}/ballots/{ballot}"), StringComparison.Ordinal);
        using var list = await voter.Client.GetAsync(new Uri(papers, UriKind.Relative), Stop);
        Assert.Equal(System.Net.HttpStatusCode.OK, list.StatusCode);
        Assert.Equal("text/csv", list.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"7K3M-9QXT-2FHD\",\"Contre\",\"1\"", await list.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var stranger = new Visitor(room.Host);
        using var refused = await stranger.Client.GetAsync(new Uri(papers, UriKind.Relative), Stop);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task Who_votes_for_two_gets_two_codes_and_when_one_paper_is_refused_the_code_of_the_other()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Deux bulletins", secret: true);
        var given = await room.PostAsync(Role.Member, $"/{ballot}/proxies", new { giver = board.Members.ToString(), holder = room.Host.Person(Role.BoardMember).ToString() });
        // Whoever fills in the form for both has seen both on it.
        await room.Host.ShownAsync(given.GetProperty("position").GetInt64());
        using var visitor = await Visitor.AsAsync(room.Host, Role.BoardMember);
        var page = $"/{Host.Slug}/ballots/{ballot}";
        (string, string)[] choices = [($"choice-{board.Mine}", "for"), ($"choice-{board.Members}", "against")];

        using var one = await visitor.SendAsync(page, page + "/votes", [.. choices, ($"code-{board.Mine}", "AAAAAAAAAAAA"), ($"code-{board.Members}", "trop court")]);
        var told = await one.Content.ReadAsStringAsync(Stop);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, one.StatusCode);
        Assert.Contains("AAAA-AAAA-AAAA", told, StringComparison.Ordinal);
        Assert.Contains("Le code de suivi a douze signes", told, StringComparison.Ordinal);
        Assert.Contains("id=\"not-in-the-box\"", told, StringComparison.Ordinal);
        Assert.Single(MissingPaper().Matches(told));
        Assert.True(one.Headers.CacheControl?.NoStore);
        Assert.Empty(await room.EventsAsync(Signing.Stream(ballot, board.Members)));

        using var both = await visitor.SendAsync(page, page + "/votes", [.. choices, ($"code-{board.Mine}", "AAAAAAAAAAAA"), ($"code-{board.Members}", "BBBBBBBBBBBB")]);
        told = await both.Content.ReadAsStringAsync(Stop);
        Assert.Equal(System.Net.HttpStatusCode.OK, both.StatusCode);
        Assert.Contains("AAAA-AAAA-AAAA", told, StringComparison.Ordinal);
        Assert.Contains("BBBB-BBBB-BBBB", told, StringComparison.Ordinal);
        Assert.Equal(
            new ElectorSigned(ballot, board.Members, room.Host.Person(Role.BoardMember), room.Host.Person(Role.Member)),
            Assert.Single(await room.EventsAsync(Signing.Stream(ballot, board.Members))));
        Assert.Single(await room.EventsAsync(Signing.Stream(ballot, board.Mine)));
    }

    [Fact]
    public async Task When_the_link_is_replaced_between_two_papers_of_a_form_the_codes_of_those_in_the_box_are_shown_and_the_others_named()
    {
        // Given one person who votes by a link for a hundred and fifty
        const int givers = 150;
        var board = await room.BoardAsync(givers + 1);
        var ballot = await room.OpenAsync(board, "Lien remplacé", secret: true);
        var holder = board.Others[0];
        var runner = room.Host.App.Services.GetRequiredService<CommandRunner>();
        foreach (var giver in board.Others.Skip(1))
            Assert.IsType<CommandResult.Done>(await runner.RunAsync(BallotUseCases.GiveProxy, new GiveProxyRequest(ballot, giver.Mandate, holder.Person, giver.Person), room.Context(), Stop));
        var issued = await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var link = issued.GetProperty("links").EnumerateArray().Single(l => l.GetProperty("person").GetGuid() == holder.Person.Value).GetProperty("path").GetString()!;
        using var voter = new Visitor(room.Host);
        using var came = await voter.Client.GetAsync(new Uri(link, UriKind.Relative), Stop);
        var page = $"/{Host.Slug}/ballots/{ballot}";
        List<(MandateId Mandate, string Code)> papers = [.. board.Others.Select((o, i) => (o.Mandate, $"7K3M9QXT{(char)('A' + (i / 25))}2{(char)('2' + (i % 5))}{(char)('2' + (i / 5 % 5))}"))];

        // When links are issued anew once the first paper is in
        var casting = voter.SendAsync(page, page + "/votes", [.. papers.SelectMany(p => new[] { ($"choice-{p.Mandate}", "for"), ($"code-{p.Mandate}", p.Code) })]);
        while ((await room.EventsAsync(Signing.Stream(ballot, papers[0].Mandate))).Count == 0 && !casting.IsCompleted)
            await Task.Yield();
        await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { });
        using var answer = await casting;

        // Then those that went in are shown with their codes, and as many as did not are named.
        var told = await answer.Content.ReadAsStringAsync(Stop);
        var signed = new List<MandateId>();
        foreach (var (mandate, _) in papers)
            signed.AddRange((await room.EventsAsync(Signing.Stream(ballot, mandate))).OfType<ElectorSigned>().Select(e => e.Elector));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
        Assert.InRange(signed.Count, 1, givers);
        Assert.Equal(papers.Where(p => signed.Contains(p.Mandate)).Select(p => TrackingCode.InGroups(p.Code)), ShownCode().Matches(told).Select(m => m.Groups[1].Value));
        Assert.Equal(papers.Count - signed.Count, MissingPaper().Matches(told).Count);
        Assert.Contains("ce lien", told.Replace("&#x2019;", "’", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("<p class=\"receipt-code\"><code>([^<]+)</code>")]
    private static partial Regex ShownCode();

    [Fact]
    public async Task The_secretariat_opens_a_secret_ballot_and_brings_it_to_its_result_by_its_forms()
    {
        var board = await room.BoardAsync();
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "roadmap-item",
            title = "Secret par formulaire",
            question = "Adoptez-vous ce chantier ?",
            motion = "Le réseau ouvre un chantier.",
        });
        await room.Host.ShownAsync(drafted.GetProperty("position").GetInt64());
        var ballot = BallotId.Of(drafted.GetProperty("ids").GetProperty("ballot").GetGuid());
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        await page.GetByLabel("Vote secret").CheckAsync();
        await page.Locator("input[name=closesOn]").FillAsync(DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();
        await Expect(page.Locator("dl.working").First).ToContainTextAsync("secret");
        Assert.True(Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotOpened>()).Secret);
        var elector = board.Others[0];
        Assert.IsType<CommandResult.Done>(await room.Host.App.Services.GetRequiredService<CommandRunner>().RunAsync(
            BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, elector.Mandate, "7K3M9QXT2FHD", Choice.For), SecretVoting.As(room.Host.Association, elector.Person), Stop));

        await page.GetByRole(AriaRole.Link, new() { Name = "Relire avant de clore" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clore, dépouiller et proclamer" }).ClickAsync();

        await Expect(page.Locator("#result")).ToContainTextAsync("La proposition est adoptée");
        await Expect(page.Locator("#papers")).ToContainTextAsync("Bulletins publiés (1)");
        Assert.Equal(
            [typeof(BallotClosed), typeof(PapersPublished), typeof(BallotCounted), typeof(ResultProclaimed)],
            (await room.EventsAsync(Ballot.Stream(ballot))).TakeLast(4).Select(e => e.GetType()));
        Assert.Null(room.Host.App.Services.GetRequiredService<BallotBoxes>().Secrets.Find(room.Host.Association.Value, ballot.Value));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_demand_that_the_rules_grant_is_recorded_by_a_form_and_the_vote_opens_in_secret_alone()
    {
        var board = await room.BoardAsync();
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "accounts",
            title = "Secret demandé",
            question = "Approuvez-vous les comptes ?",
            motion = "Les comptes sont approuvés.",
        });
        await room.Host.ShownAsync(drafted.GetProperty("position").GetInt64());
        var ballot = BallotId.Of(drafted.GetProperty("ids").GetProperty("ballot").GetGuid());
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        await page.GetByText("Inscrire une demande de vote secret").ClickAsync();
        await page.GetByLabel("Sur combien qui prennent part").FillAsync("5");
        await page.GetByText("Qui le demande", new() { Exact = true }).ClickAsync();
        await page.Locator($"input[name=demands-{board.Mine}]").CheckAsync();
        await page.Locator($"input[name=demands-{board.Members}]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la demande" }).ClickAsync();

        await Expect(page.Locator("#demands")).ToContainTextAsync("accordé");
        await Expect(page.Locator("#demands")).ToContainTextAsync("2 électeurs sur 5");
        await Expect(page.Locator("#demands")).ToContainTextAsync("Titulaire BoardMember");
        Assert.Empty(await page.FaultsAsync());
        var demanded = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<SecretVoteDemanded>());
        Assert.Equal((2, 5, 2), (demanded.Demanding, demanded.TakingPart, demanded.Electors!.Count));

        await page.Locator("input[name=closesOn]").FillAsync(DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("ouvrez-le en cochant « Vote secret »");
        await Expect(page.Locator("main")).ToContainTextAsync("art. 17");
        await page.GetByLabel("Vote secret", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }).ClickAsync();
        await Expect(page.Locator("dl.working").First).ToContainTextAsync("secret");
        using var late = await room.SendAsync(Role.Secretariat, $"/{ballot}/secrecy-demands", new { demanding = 1, takingPart = 5 });
        Assert.Equal(System.Net.HttpStatusCode.Conflict, late.StatusCode);
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("<li>Pour [^<]*, par procuration</li>")]
    private static partial Regex MissingPaper();

    [GeneratedRegex("<input [^>]*name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    private async Task CloseAsync(BallotId ballot)
    {
        foreach (var act in new[] { "closing", "publication", "count", "result" })
            await room.PostAsync(Role.Secretariat, $"/{ballot}/{act}", new { });
        await room.Host.App.Services.GetRequiredService<PaperPublication>().RoundAsync(Stop);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
    }
}
