using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>Ballots that put options by a method, over HTTP and in what is read of them.</summary>
public sealed class ContestTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private const string Api = $"/api/{Host.Slug}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workstreams_are_ranked_and_a_resolution_makes_their_ranking_the_order_of_the_roadmap()
    {
        var board = await room.BoardAsync();
        var roadmap = await MadeAsync("/roadmaps", new { title = "Feuille de route", firstYear = 2024, lastYear = 2026 }, "roadmap");
        string[] works = [await WorkAsync(roadmap, "Accueil"), await WorkAsync(roadmap, "Données"), await WorkAsync(roadmap, "Formation")];
        var ballot = await room.OpenAsync(board, "Priorités", contest: new { question = new { method = new { method = "schulze" }, options = works }, of = "workstreams" });

        // Two people vote by themselves, one of them changes, and another paper comes for somebody else.
        await VoteAsync(Role.Member, ballot, board.Members, Ranking([works[2]], [works[0], works[1]]));
        await VoteAsync(Role.BoardMember, ballot, board.Mine, Ranking([works[0]]));
        await VoteAsync(Role.BoardMember, ballot, board.Mine, Ranking([works[1]], [works[2]]));
        var last = await room.CastAsync(new CastVoteRequest(
            ballot, board.Others[0].Mandate, Person: board.Others[0].Person, Paper: new Paper.Ranking([[works[1]], [works[0]]])));
        await room.Host.ShownAsync(last);

        // Before the close nothing tells what was put on a paper, not even by what it touches.
        foreach (var role in new[] { Role.Auditor, Role.Secretariat, Role.Member })
        {
            var open = await ReadAsync(role, $"/ballots/{ballot}");
            Assert.Equal(["Accueil", "Données", "Formation"], open.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("name").GetString()!));
            Assert.Equal("schulze", open.GetProperty("ballot").GetProperty("contest").GetProperty("question").GetProperty("method").GetProperty("method").GetString());
            Assert.All(open.GetProperty("roll").EnumerateArray(), e => Assert.False(e.TryGetProperty("paper", out _)));
        }

        var touched = (await ReadAsync(Role.Auditor, $"/history?touching={works[1]}")).GetRawText();
        Assert.DoesNotContain("vote_cast", touched, StringComparison.Ordinal);
        Assert.DoesNotContain("ranking", (await ReadAsync(Role.Auditor, $"/history?touching={ballot}")).GetRawText(), StringComparison.Ordinal);
        await PageShowsAsync(Role.Member, ballot, "Formation &gt; Accueil = Données");

        var closed = await room.ProclaimAsync(ballot);
        await room.Host.ShownAsync(closed);
        var read = await ReadAsync(Role.Auditor, $"/ballots/{ballot}");
        var method = read.GetProperty("ballot").GetProperty("method");
        Assert.Equal("elected", read.GetProperty("ballot").GetProperty("verdict").GetString());
        Assert.Equal([works[1], works[2], works[0]], method.GetProperty("ranking").EnumerateArray().Select(g => g[0].GetString()!));
        Assert.Equal(3, read.GetProperty("ballot").GetProperty("count").GetProperty("alike").GetArrayLength());
        Assert.Equal(3, read.GetProperty("roll").EnumerateArray().Count(e => e.TryGetProperty("paper", out _)));
        Assert.All((await ReadAsync(Role.Member, $"/ballots/{ballot}")).GetProperty("roll").EnumerateArray(), e => Assert.False(e.TryGetProperty("paper", out _)));
        foreach (var role in new[] { Role.Member, Role.Auditor, Role.Secretariat })
            await PageShowsAsync(role, ballot, "Données");
        await PageShowsAsync(Role.Auditor, ballot, "Données &gt; Formation");

        // The order takes a resolution: the contest itself is none.
        using (var refused = await SendAsync(Role.Secretariat, $"/roadmaps/{roadmap}/order", new { contest = ballot.ToString(), decision = new { ballot = ballot.ToString() } }))
            Assert.Equal((HttpStatusCode.Conflict, "ballot.decision-does-not-stand"), (refused.StatusCode, await CodeAsync(refused)));
        var resolution = await room.OpenAsync(board, "Adopter l'ordre");
        await room.PostAsync(Role.Member, $"/{resolution}/votes", new { elector = board.Members.ToString(), choice = "for" });
        await room.Host.ShownAsync(await room.ProclaimAsync(resolution));
        Assert.Contains("Priorités", WebUtility.HtmlDecode(await room.ReadAsync(Role.Secretariat, $"/{Host.Slug}/roadmap/{roadmap}/order", "text/html")), StringComparison.Ordinal);
        using var adopted = await SendAsync(Role.Secretariat, $"/roadmaps/{roadmap}/order", new { contest = ballot.ToString(), decision = new { ballot = resolution.ToString() } });
        var answer = await adopted.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(adopted.IsSuccessStatusCode, answer.GetRawText());
        Assert.Equal(3, answer.GetProperty("events").GetArrayLength());
        var ordered = await ReadAsync(Role.Member, $"/roadmaps/{roadmap}?waitFor={answer.GetProperty("position").GetInt64()}");
        Assert.Equal(
            ["Données 1", "Formation 2", "Accueil 3"],
            ordered.GetProperty("workstreams").EnumerateArray().Select(w => w.GetProperty("workstream")).Select(w => $"{w.GetProperty("title")} {w.GetProperty("rank")}"));
    }

    [Fact]
    public async Task People_are_elected_by_the_single_transferable_vote_and_a_mandate_rests_on_it()
    {
        var board = await room.BoardAsync();
        string[] candidates = [.. new[] { Role.Member, Role.Auditor, Role.Secretariat }.Select(r => room.Host.Person(r).ToString())];
        var ballot = await room.OpenAsync(
            board, "Bureau", "election", new { question = new { method = new { method = "stv", seats = 2 }, options = candidates }, of = "people" });
        await VoteAsync(Role.Member, ballot, board.Members, Ranking([candidates[0]], [candidates[1]]));
        await VoteAsync(Role.BoardMember, ballot, board.Mine, Ranking([candidates[1]]));
        await room.CastAsync(new CastVoteRequest(ballot, board.Others[0].Mandate, Person: board.Others[0].Person, Paper: new Paper.Blank()));
        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));

        var read = await ReadAsync(Role.Member, $"/ballots/{ballot}");
        Assert.Equal([candidates[0], candidates[1]], read.GetProperty("ballot").GetProperty("method").GetProperty("elected").EnumerateArray().Select(e => e.GetString()!));
        Assert.Equal("Titulaire Member", read.GetProperty("options")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("Titulaire", JsonSerializer.Serialize((await room.EventsAsync(Ballot.Stream(ballot))).Cast<object>().ToList(), EventCatalogue.Json), StringComparison.Ordinal);
        await PageShowsAsync(Role.Auditor, ballot, "Titulaire Auditor");

        foreach (var (person, code) in new[] { (candidates[2], "ballot.person-not-elected"), (candidates[1], null) })
        {
            using var appointed = await SendAsync(
                Role.Secretariat, $"/bodies/{board.Id}/mandates", new { person, decision = new { ballot = ballot.ToString() } });
            Assert.Equal(code, appointed.IsSuccessStatusCode ? null : await CodeAsync(appointed));
        }
    }

    [Fact]
    public async Task What_a_first_round_leaves_open_is_drafted_as_the_second()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(
            board, "Trésorerie", "election",
            new { question = new { method = new { method = "plurality", rounds = 2 }, options = new[] { "Ada", "Ben", "Cloé" } } });
        await VoteAsync(Role.Member, ballot, board.Members, new { paper = "choices", options = new[] { "Ada" } });
        await VoteAsync(Role.BoardMember, ballot, board.Mine, new { paper = "choices", options = new[] { "Ben" } });
        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));

        Assert.Equal("rejected", (await ReadAsync(Role.Member, $"/ballots/{ballot}")).GetProperty("ballot").GetProperty("verdict").GetString());
        await PageShowsAsync(Role.Secretariat, ballot, $"/ballots/new?secondRoundOf={ballot}");
        var form = WebUtility.HtmlDecode(await room.ReadAsync(Role.Secretariat, $"/{Host.Slug}/ballots/new?secondRoundOf={ballot}", "text/html"));
        Assert.Contains(">Ada\nBen</textarea>", form, StringComparison.Ordinal);
        Assert.Contains("value=\"Trésorerie – second tour\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_round_that_is_open_when_its_first_is_annulled_says_so_on_its_page_and_in_the_history_and_waits_to_be_settled()
    {
        var (_, first, second) = await room.SecondRoundAsync();
        var opened = await room.PostAsync(Role.Secretariat, $"/{second}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1) });
        await room.Host.ShownAsync(opened.GetProperty("position").GetInt64());

        var annulled = await room.PostAsync(Role.Secretariat, $"/{first}/annulment", new { reason = "Bulletins mal imprimés." });
        Assert.True(await room.Host.App.Services.GetRequiredService<LateFactsHost>().Following.WaitForAllAsync(annulled.GetProperty("position").GetInt64(), TimeSpan.FromSeconds(30), ct: Stop));

        var raised = Assert.Single((await room.EventsAsync(Ballot.Stream(second))).OfType<IrregularityRaised>());
        Assert.Equal((true, annulled.GetProperty("events")[0].GetGuid()), (raised.FirstRoundAnnulled, raised.Late.Value));
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        Assert.Contains(
            "Le premier tour, qui appelait ce vote, est annulé.", System.Net.WebUtility.HtmlDecode(await room.ReadAsync(Role.Secretariat, $"/{Host.Slug}/ballots/{second}", "text/html")), StringComparison.Ordinal);
        var told = (await ReadAsync(Role.Secretariat, $"/history?touching={second}")).GetProperty("events").EnumerateArray().Single(e => e.GetProperty("kind").GetString() == "irregularity_raised");
        Assert.Contains("Son premier tour est annulé", told.GetProperty("sentence").GetString(), StringComparison.Ordinal);

        await room.PostAsync(Role.Secretariat, $"/{second}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{second}/count", new { });
        using var refused = await room.SendAsync(Role.Secretariat, $"/{second}/result", new { });
        Assert.Equal((HttpStatusCode.Conflict, "ballot.irregularity-unsettled"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Fact]
    public async Task A_second_round_is_not_opened_once_its_first_is_annulled()
    {
        var (_, first, second) = await room.SecondRoundAsync();
        await room.PostAsync(Role.Secretariat, $"/{first}/annulment", new { reason = "Bulletins mal imprimés." });

        using var refused = await room.SendAsync(Role.Secretariat, $"/{second}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1) });

        Assert.Equal((HttpStatusCode.Conflict, "ballot.first-round-annulled"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Fact]
    public async Task What_is_put_again_approves_the_same_minutes()
    {
        var (board, ballot, meeting) = (await room.BoardAsync(), BallotId.Of(Guid.CreateVersion7()), MeetingId.Of(Guid.CreateVersion7()));
        await room.Host.RecordAsync(
            Host.Slug, Ballot.Stream(ballot), new BallotDrafted(ballot, board.Id, DecisionKind.Ordinary, "Procès-verbal de mai", "Approuver ?", "Le procès-verbal est approuvé.", Minutes: meeting));
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(ct: Stop));

        Assert.Contains(
            $"name=\"minutes\" value=\"{meeting}\"", await room.ReadAsync(Role.Secretariat, $"/{Host.Slug}/ballots/new?again={ballot}", "text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_tied_is_parted_by_a_lot_from_the_log_that_anybody_draws_again()
    {
        var board = await room.BoardAsync(0);
        var ballot = await room.OpenAsync(board, "Sujets", "contribution", new { question = new { method = new { method = "approval" }, options = new[] { "Accueil", "Outils" } } });
        await VoteAsync(Role.Member, ballot, board.Members, new { paper = "choices", options = new[] { "Accueil" } });
        await VoteAsync(Role.BoardMember, ballot, board.Mine, new { paper = "choices", options = new[] { "Outils" } });
        var proclaimed = await room.ProclaimAsync(ballot);
        await room.Host.ShownAsync(proclaimed);
        await StandsAsync();

        // Given the checkpoint that follows the result, which the follower publishes
        var log = room.Host.App.Services.GetRequiredService<TransparencyLog>();
        var size = await room.Host.Log.TenantIndexAtAsync(room.Host.Association.ToString(), proclaimed, Stop);
        Assert.True(await room.Host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(TransparencyLogFollower.FollowerName, proclaimed, TimeSpan.FromSeconds(20), ct: Stop));

        // When the clock comes by, and nobody does anything
        await room.Host.App.Services.GetRequiredService<BallotDeadlines>().RoundAsync(Stop);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<DeclaredTieParted>());
        using (var refused = await room.SendAsync(Role.BoardMember, $"/{ballot}/tie", new { }))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var again = await room.SendAsync(Role.Secretariat, $"/{ballot}/tie", new { }))
            Assert.True(again.IsSuccessStatusCode);
        Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<DeclaredTieParted>());
        await StandsAsync();

        // Then the order is what the root of the log at the result gives, and the file counts with it
        var read = (await ReadAsync(Role.Member, $"/ballots/{ballot}")).GetProperty("ballot");
        var root = Convert.ToBase64String(await log.RootAsync(room.Host.Association.ToString(), size, Stop));
        var drawn = new[] { "Accueil", "Outils" }.OrderBy(o => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{root} {ballot} {o}"))), StringComparer.Ordinal).ToArray();
        Assert.Equal("result_proclaimed", (await room.Host.Log.ReadTenantPageAsync(room.Host.Association.ToString(), size - 1, ct: Stop))[0].Type);
        Assert.Equal(("elected", root, size), (read.GetProperty("verdict").GetString(), read.GetProperty("parted").GetProperty("seed").GetProperty("root").GetString(), read.GetProperty("parted").GetProperty("seed").GetProperty("size").GetInt64()));
        Assert.Equal(drawn, read.GetProperty("parted").GetProperty("order").EnumerateArray().Select(o => o.GetString()!));
        Assert.Equal(drawn[0], read.GetProperty("method").GetProperty("elected")[0].GetString());
        Assert.Contains(root, WebUtility.HtmlDecode(await room.ReadAsync(Role.Member, $"/{Host.Slug}/ballots/{ballot}", "text/html")), StringComparison.Ordinal);
        var tally = JsonDocument.Parse(await room.ReadAsync(Role.Member, $"/{Host.Slug}/ballots/{ballot}/tally.json")).RootElement;
        Assert.Equal(drawn, tally.GetProperty("tieOrder").EnumerateArray().Select(o => o.GetString()!));

        async Task StandsAsync()
        {
            using var refused = await room.SendAsync(Role.Secretariat, $"/{ballot}/annulment", new { reason = "Un autre tirage conviendrait mieux." });
            Assert.Equal("ballot.lot-stands-unless-decided", await CodeAsync(refused));
        }
    }

    [Theory]
    [InlineData("""{"paper":{"paper":"ranking","groups":[["A"]]}}""", HttpStatusCode.BadRequest, "paper.of-another-method")]
    [InlineData("""{"paper":{"paper":"points","given":[{"option":"Z","points":10}]}}""", HttpStatusCode.BadRequest, "paper.unknown-option")]
    [InlineData("""{"paper":{"paper":"points","given":[{"option":"A","points":5},{"option":"A","points":5}]}}""", HttpStatusCode.BadRequest, "paper.option-twice")]
    [InlineData("""{"paper":{"paper":"points","given":[{"option":"A","points":9}]}}""", HttpStatusCode.BadRequest, "paper.points-not-shared")]
    [InlineData("""{"paper":{"paper":"null"}}""", HttpStatusCode.BadRequest, "vote.null-is-no-choice")]
    [InlineData("""{"choice":"for"}""", HttpStatusCode.Conflict, "vote.contest-takes-paper")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "vote.choice-or-paper")]
    [InlineData("""{"choice":"for","paper":{"paper":"blank"}}""", HttpStatusCode.BadRequest, "vote.choice-or-paper")]
    [InlineData("""{"paper":{"paper":"scribble"}}""", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("""{"paper":{}}""", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("""{"paper":{"paper":"points","given":[null]}}""", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("""{"paper":{"paper":"points","given":[{"option":"A","points":"ten"}]}}""", HttpStatusCode.BadRequest, "malformed")]
    public async Task A_paper_that_the_ballot_does_not_take_is_refused_and_nothing_is_stored(string body, HttpStatusCode status, string code)
    {
        var board = await room.BoardAsync(0);
        var ballot = await room.OpenAsync(board, contest: new { question = new { method = new { method = "points", each = 10 }, options = new[] { "A", "B" } } });
        var vote = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        vote["elector"] = JsonSerializer.SerializeToElement(board.Members.ToString());

        using var answer = await room.SendAsync(Role.Member, $"/{ballot}/votes", vote);

        Assert.Equal((status, code), (answer.StatusCode, await CodeAsync(answer)));
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Members)));
    }

    [Theory]
    [InlineData("""{"question":{"method":{"method":"schulze"},"options":["A","A"]}}""", HttpStatusCode.BadRequest, "question.option-twice")]
    [InlineData("""{"question":{"method":{"method":"schulze"},"options":[]}}""", HttpStatusCode.BadRequest, "number.range")]
    [InlineData("""{"question":{"method":{"method":"majority-judgment","grades":["bien","bien"]},"options":["A"]}}""", HttpStatusCode.BadRequest, "question.grade-twice")]
    [InlineData("""{"question":{"method":{"method":"dice"},"options":["A"]}}""", HttpStatusCode.BadRequest, "malformed")]
    [InlineData("""{"question":{"method":{"method":"schulze"},"options":["0198a000-0000-7000-8000-000000000001"]},"of":"workstreams"}""", HttpStatusCode.NotFound, "ballot.option-not-found")]
    [InlineData("""{"question":{"method":{"method":"schulze"},"options":["Somebody"]},"of":"people"}""", HttpStatusCode.NotFound, "ballot.option-not-found")]
    public async Task A_contest_that_cannot_be_put_is_not_drafted(string contest, HttpStatusCode status, string code)
    {
        var board = await room.BoardAsync(0);
        var before = await room.Host.Log.LastPositionAsync(Stop);

        using var answer = await room.SendAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "election",
            title = "Titre",
            question = "Qui ?",
            motion = "Texte",
            contest = JsonSerializer.Deserialize<JsonElement>(contest),
        });

        Assert.Equal((status, code), (answer.StatusCode, await CodeAsync(answer)));
        Assert.Equal(before, await room.Host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task The_description_tells_the_kinds_of_paper_and_of_method_apart()
    {
        var schemas = (await ReadAsync(Role.Member, "/openapi/v1.json", absolute: true)).GetProperty("components").GetProperty("schemas");
        string[] Kinds(string union) => [.. schemas.GetProperty(union).GetProperty("discriminator").GetProperty("mapping").EnumerateObject().Select(m => m.Name)];

        Assert.Equal(
            ["abstains", "blank", "choices", "consents", "grades", "null", "objects", "points", "ranking", "stands-aside"], Kinds("Paper").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["approval", "consent", "majority-judgment", "plurality", "points", "schulze", "stv"], Kinds("Method").Order(StringComparer.Ordinal));
        string Shape(string union, string kind) => schemas.GetProperty(
            schemas.GetProperty(union).GetProperty("discriminator").GetProperty("mapping").GetProperty(kind).GetString()!.Split('/')[^1]).GetProperty("properties").GetRawText();
        Assert.Contains("given", Shape("Paper", "points"), StringComparison.Ordinal);
        Assert.Contains("each", Shape("Method", "points"), StringComparison.Ordinal);
    }

    private static object Ranking(params string[][] groups) => new { paper = "ranking", groups };

    private Task<JsonElement> VoteAsync(Role role, BallotId ballot, MandateId elector, object paper) =>
        room.PostAsync(role, $"/{ballot}/votes", new { elector = elector.ToString(), paper });

    /// <summary>Closes, counts and proclaims.</summary>
    /// <returns>The position of the result.</returns>
    private Task<string> WorkAsync(string roadmap, string title) => MadeAsync("/workstreams", new { roadmap, title }, "workstream");

    private async Task<string> MadeAsync(string path, object body, string made)
    {
        using var answer = await SendAsync(Role.Secretariat, path, body);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, read.GetRawText());
        return read.GetProperty("ids").GetProperty(made).GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(Role role, string path, object body)
    {
        using var client = room.Host.As(role);
        return await client.PostAsJsonAsync(Api + path, body, Stop);
    }

    private async Task<JsonElement> ReadAsync(Role role, string path, bool absolute = false) =>
        JsonElement.Parse(await room.ReadAsync(role, absolute ? path : Api + path));

    private async Task PageShowsAsync(Role role, BallotId ballot, string html) =>
        Assert.Contains(html, await room.ReadAsync(role, $"/{Host.Slug}/ballots/{ballot}", "text/html"), StringComparison.Ordinal);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
}
