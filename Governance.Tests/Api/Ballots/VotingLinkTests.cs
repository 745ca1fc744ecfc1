using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Tests.Api.Documents;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Governance.Tests.Api.Ballots;

/// <summary>Personal voting links: who has one votes in that ballot as that person, and does nothing else.</summary>
public sealed class VotingLinkTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_has_the_link_of_a_person_casts_that_persons_vote_and_no_other()
    {
        // Given a ballot whose links were issued
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var links = await IssueAsync(ballot);
        Assert.Equal(5, links.Count);
        var (mandate, person) = board.Others[0];

        // When somebody votes by a link
        using var voter = By(links[person].Secret);
        using var cast = await VoteAsync(voter, ballot, mandate, "for");
        Assert.Equal(HttpStatusCode.OK, cast.StatusCode);

        // Then the vote is that person's, and says by what door it came
        Assert.Equal(new VoteCast(ballot, mandate, person, Choice.For), Assert.Single(await room.EventsAsync(Vote.Stream(ballot, mandate))));
        var stored = Assert.Single(await room.Host.Log.ReadStreamAsync(room.Host.Association.ToString(), Vote.Stream(ballot, mandate).Value, ct: Stop));
        Assert.Equal($"voting-link:{person}", EventHeadersOf(stored.Headers).GetProperty("actor").GetString());

        // and the link casts no other vote, on no other ballot, and opens nothing else.
        using var others = await VoteAsync(voter, ballot, board.Others[1].Mandate, "against");
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        var another = await room.OpenAsync(board, "Autre question");
        using var elsewhere = await VoteAsync(voter, another, mandate, "for");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.EndsWith("voting-link-elsewhere", (await elsewhere.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString(), StringComparison.Ordinal);
        foreach (var address in (string[])[$"/api/{Host.Slug}/ballots", $"/api/{Host.Slug}/ballots/{ballot}", $"/api/{Host.Slug}/members", $"/api/{Host.Slug}/history"])
        {
            using var refused = await voter.GetAsync(address, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Others[1].Mandate)));
        Assert.Empty(await room.EventsAsync(Vote.Stream(another, mandate)));
    }

    [Fact]
    public async Task Whoever_came_by_a_link_sees_the_turnout_as_it_grows_each_second_and_that_of_no_other_ballot()
    {
        var board = await room.BoardAsync();
        var (ballot, another) = (await room.OpenAsync(board), await room.OpenAsync(board, "Autre question"));
        using var voter = By((await IssueAsync(ballot))[board.Others[0].Person].Secret);
        await room.Host.ShownAsync(await room.CastAsync(new CastVoteRequest(ballot, board.Others[1].Mandate, Choice.For, board.Others[1].Person)));

        var turnout = await voter.GetStringAsync($"/{Host.Slug}/ballots/{ballot}/turnout", Stop);

        Assert.Contains("every 1s", turnout, StringComparison.Ordinal);
        Assert.Contains("value=\"1\"", turnout, StringComparison.Ordinal);
        using var refused = await voter.GetAsync($"/{Host.Slug}/ballots/{another}/turnout", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task By_a_link_one_reads_the_documents_of_its_ballot_and_no_others()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var links = await IssueAsync(ballot);
        using var secretariat = room.Host.As(Role.Secretariat);
        var contents = new List<string>();
        foreach (var thing in new[] { Ballot.Stream(ballot).Value, "association" })
        {
            using var form = DocumentRoom.Form("Note"u8.ToArray(), "note.txt", ("title", thing), ("kind", "annex"), ("audience.kind", "association"), ("thing.stream", thing));
            using var filed = await secretariat.PostAsync($"{DocumentRoom.Address}/documents", form, Stop);
            Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
            contents.Add($"{filed.Headers.Location}/content");
        }

        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        using var voter = By(links[board.Others[0].Person].Secret);
        var answers = new List<HttpStatusCode>();
        foreach (var content in contents)
            answers.Add((await voter.GetAsync(content, Stop)).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], answers);
    }

    [Fact]
    public async Task Links_issued_again_replace_the_earlier_ones_and_the_votes_already_cast_stay()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var first = await IssueAsync(ballot);
        var (mandate, person) = board.Others[0];
        using var before = By(first[person].Secret);
        using (var cast = await VoteAsync(before, ballot, mandate, "for"))
            Assert.Equal(HttpStatusCode.OK, cast.StatusCode);

        var second = await IssueAsync(ballot);

        using (var refused = await VoteAsync(before, ballot, mandate, "against"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("ballot.voting-link-replaced", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        using var after = By(second[person].Secret);
        using (var changed = await VoteAsync(after, ballot, mandate, "against"))
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal([typeof(VoteCast), typeof(VoteChanged)], (await room.EventsAsync(Vote.Stream(ballot, mandate))).Select(e => e.GetType()));
    }

    [Fact]
    public async Task A_link_that_was_changed_by_one_letter_or_made_elsewhere_opens_nothing()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var secret = (await IssueAsync(ballot))[board.Others[0].Person].Secret;
        var made = new VotingLinks(new InstallationKey(_ => new byte[32])).Seal(new VotingLink(room.Host.Association, ballot, board.Others[0].Person, 1));

        foreach (var wrong in (string[])[secret[..^3] + (secret[^3] == 'A' ? 'B' : 'A') + secret[^2..], secret[..^1], VotingLinks.Prefix, made])
        {
            using var client = By(wrong);
            using var refused = await VoteAsync(client, ballot, board.Others[0].Mandate, "for");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Others[0].Mandate)));
    }

    [Fact]
    public async Task Only_whoever_conducts_ballots_issues_links_and_only_while_the_ballot_is_open()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        foreach (var role in new[] { Role.Member, Role.BoardMember, Role.Auditor })
        {
            using var refused = await room.SendAsync(role, $"/{ballot}/voting-links", new { });
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        using var late = await room.SendAsync(Role.Secretariat, $"/{ballot}/voting-links", new { });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_first_time_voter_on_a_phone_goes_from_the_link_to_the_receipt_on_three_pages_with_two_taps_beside_the_choice(bool secret)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret ? "Premier vote secret" : "Premier vote", secret: secret);
        var link = (await IssueAsync(ballot))[board.Others[0].Person];
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var page = await browser.Open(View.Phone);
        var (taps, pages) = (0, new List<string>());
        await page.ExposeFunctionAsync("tapped", () => { taps++; });
        await page.AddInitScriptAsync("addEventListener('pointerdown', event => { if (event.isTrusted) tapped(); }, true)");
        // A redirect is no page that anybody sees.
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest && response.Frame == page.MainFrame && response.Status is < 300 or >= 400)
                pages.Add(new Uri(response.Url).AbsolutePath);
        };

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        await page.GotoAsync(new Uri(room.Host.Address, link.Path).ToString());
        await page.GetByLabel("Pour", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Expect(page.Locator(".receipt-code")).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"From the link to the receipt in {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms.");

        // No way out of the ballot is shown: whoever came by a link would be asked to sign in behind it.
        var ways = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.trail a, a.association')].map(a => new URL(a.href).pathname)");
        Assert.NotEmpty(ways);
        Assert.All(ways, way => Assert.Equal($"/{Host.Slug}/ballots/{ballot}", way));

        const int choices = 1;
        Assert.InRange(pages.Count, 1, 3);
        Assert.InRange(taps, choices, choices + 2);
        Assert.Single(await room.EventsAsync(secret ? Signing.Stream(ballot, board.Others[0].Mandate) : Vote.Stream(ballot, board.Others[0].Mandate)));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task In_a_browser_the_secret_leaves_the_address_and_the_vote_is_cast_from_the_ballots_page()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var link = (await IssueAsync(ballot))[board.Others[0].Person];
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));

        var page = await browser.Open(View.Phone);
        await page.GotoAsync(new Uri(room.Host.Address, link.Path).ToString());
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", new Uri(page.Url).AbsolutePath);
        Assert.DoesNotContain(link.Secret, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel("Pour", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Expect(page.Locator(".receipt-code")).ToBeVisibleAsync();

        var (mandate, person) = board.Others[0];
        Assert.Equal(new VoteCast(ballot, mandate, person, Choice.For), Assert.Single(await room.EventsAsync(Vote.Stream(ballot, mandate))));
        var wrong = await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/voting/{VotingLinks.Prefix}AAAA").ToString());
        Assert.Equal(404, wrong!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync("Ce lien de vote n’ouvre rien ici");

        // Whoever opens the page by a link that another has replaced is told so.
        await IssueAsync(ballot);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var replaced = await page.GotoAsync(new Uri(room.Host.Address, link.Path).ToString());
        Assert.Equal(404, replaced!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync("Ce lien de vote n’est plus valable");
        await Expect(page.Locator("main")).ToContainTextAsync("Utilisez le dernier lien que vous avez reçu");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_link_tells_neither_what_was_voted_nor_who_else_may_vote_nor_how_it_was_before_it_was_replaced()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var first = await IssueAsync(ballot);
        var (mandate, person) = board.Others[0];
        using var voter = By(first[person].Secret);
        using (var cast = await VoteAsync(voter, ballot, mandate, "against"))
            Assert.Equal(HttpStatusCode.OK, cast.StatusCode);
        var known = await room.Host.Log.LastPositionAsync(Stop);
        await room.Host.ShownAsync(known);
        voter.DefaultRequestHeaders.Accept.Clear();
        voter.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var page = $"/{Host.Slug}/ballots/{ballot}";

        var shown = await voter.GetStringAsync(page, Stop);
        Assert.Contains("receipt-code", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Liste des électeurs", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<dd>Contre", shown, StringComparison.Ordinal);

        await IssueAsync(ballot);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        using var replaced = await voter.GetAsync(page, Stop);
        Assert.Equal(HttpStatusCode.NotFound, replaced.StatusCode);
        using var before = await voter.GetAsync($"{page}?recordedAsOf={known}", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
    }

    [Fact]
    public async Task To_see_links_again_is_to_issue_them_again_also_under_the_same_key()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var client = room.Host.As(Role.Secretariat);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        foreach (var issue in new[] { 1, 2 })
        {
            using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/ballots/{ballot}/voting-links", new { }, Stop);
            Assert.Equal(issue, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("issue").GetInt32());
        }

        Assert.Equal([1, 2], (await room.EventsAsync(Ballot.Stream(ballot))).OfType<VotingLinksIssued>().Select(e => e.Issue));
    }

    [Fact]
    public async Task Whoever_is_signed_in_votes_as_who_they_are_whatever_link_they_open()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var links = await IssueAsync(ballot);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/ballots");

        var others = await page.GotoAsync(new Uri(room.Host.Address, links[board.Others[0].Person].Path).ToString());
        Assert.Equal(409, others!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync("vote au nom de quelqu’un d’autre");
        await page.GotoAsync(new Uri(room.Host.Address, links[room.Host.Person(Role.BoardMember)].Path).ToString());
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", new Uri(page.Url).AbsolutePath);
        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name == VotingLinkAuthentication.Cookie);
        await page.Context.CloseAsync();
    }

    private async Task<Dictionary<PersonId, (string Secret, string Path)>> IssueAsync(BallotId ballot) =>
        (await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { })).GetProperty("links").EnumerateArray().ToDictionary(
            l => PersonId.Of(l.GetProperty("person").GetGuid()), l => (l.GetProperty("secret").GetString()!, l.GetProperty("path").GetString()!));

    private HttpClient By(string secret)
    {
        var client = room.Host.As(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static Task<HttpResponseMessage> VoteAsync(HttpClient client, BallotId ballot, MandateId elector, string choice) =>
        client.PostAsJsonAsync($"/api/{Host.Slug}/ballots/{ballot}/votes", new { elector = elector.ToString(), choice }, Stop);

    private static JsonElement EventHeadersOf(ReadOnlyMemory<byte> headers) => JsonDocument.Parse(headers).RootElement;
}
