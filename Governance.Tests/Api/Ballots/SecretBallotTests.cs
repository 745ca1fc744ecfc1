using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>Secret ballots over HTTP: signed for by name, papers sealed until the close, then out of the box by their codes.</summary>
public sealed class SecretBallotTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private const string Code = "7K3M9QXT2FHD", OtherCode = "8L4N9RYU3GJE";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BallotSecrets Secrets => room.Host.App.Services.GetRequiredService<BallotBoxes>().Secrets;

    private NpgsqlDataSource Database => room.Host.App.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task A_vote_is_signed_for_and_counted_from_the_papers_and_nothing_else_is_kept_of_it()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        await VoteAsync(ballot, board.Mine, Code, "against");
        await VoteAsync(ballot, board.Others[0], OtherCode, Choice.For);

        // While it is open, who signed is told, and of the papers nothing.
        Assert.Equal(new ElectorSigned(ballot, board.Mine, room.Host.Person(Role.BoardMember)), Assert.Single(await room.EventsAsync(Signing.Stream(ballot, board.Mine))));
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
        Assert.Equal(2L, await ScalarAsync("select count(*) from governance.sealed_paper where ballot = $1", ballot.Value));
        Assert.Equal(0L, await ScalarAsync("select count(*) from governance.command c join mt_events e on e.seq_id = c.first_position where e.type = 'elector_signed' and (e.data ->> 'ballot')::uuid = $1", ballot.Value));
        Assert.Equal(0L, await ScalarAsync("select count(*) from mt_events where type = 'elector_signed' and (data ->> 'ballot')::uuid = $1 and (correlation_id is not null or causation_id is not null)", ballot.Value));

        await room.Host.ShownAsync(await room.ProclaimAsync(ballot, secret: true));

        var events = await room.EventsAsync(Ballot.Stream(ballot));
        Assert.Equal(
            [new PublishedPaper(Code, 1, Choice.Against), new PublishedPaper(OtherCode, 1, Choice.For)], Assert.Single(events.OfType<PapersPublished>()).Papers);
        Assert.Equal(Verdict.Rejected, Assert.Single(events.OfType<ResultProclaimed>()).Outcome!.Verdict);
        Assert.Equal(0L, await ScalarAsync("select count(*) from governance.sealed_paper where ballot = $1", ballot.Value));
        var answer = await room.ReadAsync(Role.Auditor, $"/api/{Host.Slug}/ballots/{ballot}");
        var read = JsonDocument.Parse(answer).RootElement;
        Assert.Equal(2, read.GetProperty("turnout").GetProperty("voted").GetInt64());
        Assert.All(read.GetProperty("roll").EnumerateArray(), entry => Assert.False(entry.TryGetProperty("choice", out _)));

        await room.Host.App.Services.GetRequiredService<PaperPublication>().RoundAsync(Stop);
        Assert.Null(Secrets.Find(room.Host.Association.Value, ballot.Value));
    }

    [Fact]
    public async Task A_demand_that_the_rules_grant_suspends_an_open_ballot_which_then_goes_on_in_secret()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Demandé en cours de vote", decision: "accounts");
        var demanded = await room.PostAsync(Role.Secretariat, $"/{ballot}/secrecy-demands", new { demanding = 2, takingPart = 5, electors = new[] { board.Mine.ToString() } });
        await room.Host.ShownAsync(demanded.GetProperty("position").GetInt64());

        using (var vote = await room.SendAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice = "for" }))
        {
            Assert.Equal(HttpStatusCode.Conflict, vote.StatusCode);
            var problem = await vote.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal(("ballot.suspended", "17"), (problem.GetProperty("code").GetString(), problem.GetProperty("article").GetString()));
        }

        var page = $"/{Host.Slug}/ballots/{ballot}";
        var shown = await room.ReadAsync(Role.BoardMember, page, "text/html");
        Assert.Contains("Ce vote est suspendu", shown, StringComparison.Ordinal);
        Assert.Contains("art. 17", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Relire avant de voter", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Demandé en cours de vote", await room.ReadAsync(Role.BoardMember, $"/api/{Host.Slug}/dashboard"), StringComparison.Ordinal);
        Assert.Contains($"action=\"{page}/secrecy\"", await room.ReadAsync(Role.Secretariat, page, "text/html"), StringComparison.Ordinal);

        await room.Host.ShownAsync((await room.PostAsync(Role.Secretariat, $"/{ballot}/secrecy", new { })).GetProperty("position").GetInt64());
        await VoteAsync(ballot, board.Mine, Code, "against");

        Assert.Equal([new PublishedPaper(Code, 1, Choice.Against)], (await PublishedAsync(ballot)).Papers);
        Assert.Contains("2 électeurs sur 5 le demandent", await room.ReadAsync(Role.Auditor, page, "text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_somebody_has_voted_openly_it_is_annulled_and_put_again_from_what_it_said()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Comptes de l'année", decision: "accounts");
        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice = "for" });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/secrecy-demands", new { demanding = 2, takingPart = 5 });

        using (var refused = await room.SendAsync(Role.Secretariat, $"/{ballot}/secrecy", new { }))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("annulez", (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        }

        var annulled = await room.PostAsync(Role.Secretariat, $"/{ballot}/annulment", new { reason = "Vote secret demandé." });
        await room.Host.ShownAsync(annulled.GetProperty("position").GetInt64());
        var again = $"/{Host.Slug}/ballots/new?again={ballot}";
        Assert.Contains($"href=\"{again}\"", await room.ReadAsync(Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}", "text/html"), StringComparison.Ordinal);
        var form = await room.ReadAsync(Role.Secretariat, again, "text/html");
        Assert.Contains("Adoptez-vous ce chantier ?", form, StringComparison.Ordinal);
        Assert.Contains("value=\"accounts\" selected", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_paper_sent_again_is_answered_as_the_first_time_and_so_is_a_change()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);

        var first = await VoteAsync(ballot, board.Mine, Code, "for");
        var again = await VoteAsync(ballot, board.Mine, "7k3m-9qxt-2fhd", "for");
        var changed = await VoteAsync(ballot, board.Mine, OtherCode, "against");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(first.GetRawText(), changed.GetRawText());
        Assert.Single(await room.EventsAsync(Signing.Stream(ballot, board.Mine)));
        Assert.Equal([new PublishedPaper(OtherCode, 1, Choice.Against)], (await PublishedAsync(ballot)).Papers);
    }

    [Fact]
    public async Task Votes_that_are_open_and_papers_of_an_open_ballot_are_refused()
    {
        var board = await room.BoardAsync();
        var secret = await room.OpenAsync(board, secret: true);
        var open = await room.OpenAsync(board);

        Assert.Equal("vote.ballot-is-secret", await RefusedAsync($"/{secret}/votes", new { elector = board.Mine.ToString(), choice = "for" }));
        Assert.Equal("vote.ballot-is-not-secret", await RefusedAsync($"/{open}/papers", new { elector = board.Mine.ToString(), choice = "for", code = Code }));
        Assert.Equal("vote.tracking-code", await RefusedAsync($"/{secret}/papers", new { elector = board.Mine.ToString(), choice = "for", code = "O0" }));
        Assert.Equal("vote.mandate-of-another-person", await RefusedAsync($"/{secret}/papers", new { elector = board.Members.ToString(), choice = "for", code = Code }));
        Assert.Empty(await room.EventsAsync(Signing.Stream(secret, board.Mine)));
    }

    [Fact]
    public async Task A_roll_that_would_give_somebody_away_is_not_opened()
    {
        var board = await room.BoardAsync(others: 0);
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "roadmap-item",
            title = "Trop peu",
            question = "Adoptez-vous ?",
            motion = "Un chantier.",
        });
        var ballot = drafted.GetProperty("ids").GetProperty("ballot").GetGuid();

        using var answer = await room.SendAsync(
            Role.Secretariat, $"/{ballot}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1), secret = true });

        Assert.Equal("ballot.secret-singles-out", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        Assert.Null(Secrets.Find(room.Host.Association.Value, ballot));
    }

    [Fact]
    public async Task A_host_without_the_secret_refuses_the_vote_and_records_nothing()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        Secrets.Destroy(room.Host.Association.Value, ballot.Value);

        Assert.Equal("vote.secret-not-here", await RefusedAsync($"/{ballot}/papers", new { elector = board.Mine.ToString(), choice = "for", code = Code }));
        Assert.Empty(await room.EventsAsync(Signing.Stream(ballot, board.Mine)));
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        using var count = await room.SendAsync(Role.Secretariat, $"/{ballot}/count", new { });
        Assert.Equal("ballot.papers-not-published", (await count.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_paper_that_was_altered_or_added_in_the_database_stops_the_publication_and_the_host_says_so()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        await VoteAsync(ballot, board.Mine, Code, "for");
        await ScalarAsync("update governance.sealed_paper set paper = set_byte(paper, 20, 255 - get_byte(paper, 20)) where ballot = $1 returning 0", ballot.Value);
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });

        using var refused = await room.SendAsync(Role.Secretariat, $"/{ballot}/publication", new { });
        Assert.Equal("ballot.papers-unreadable", (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        var publication = room.Host.App.Services.GetRequiredService<PaperPublication>();
        await publication.RoundAsync(Stop);
        Assert.Contains((room.Host.Association, ballot), publication.Stuck.Keys);

        // Annulled, it takes the box with it.
        await room.PostAsync(Role.Secretariat, $"/{ballot}/annulment", new { reason = "Urne altérée" });
        await publication.RoundAsync(Stop);
        Assert.DoesNotContain((room.Host.Association, ballot), publication.Stuck.Keys);
        Assert.Null(Secrets.Find(room.Host.Association.Value, ballot.Value));
        Assert.Equal(0L, await ScalarAsync("select count(*) from governance.sealed_paper where ballot = $1", ballot.Value));
    }

    [Fact]
    public async Task At_its_time_the_clock_brings_a_secret_ballot_to_its_result_and_names_one_whose_secret_is_lost()
    {
        var board = await room.BoardAsync();
        var (whole, lost) = (await room.OpenAsync(board, secret: true), await room.OpenAsync(board, secret: true));
        await VoteAsync(whole, board.Mine, Code, "for");
        await VoteAsync(lost, board.Mine, OtherCode, "for");
        Secrets.Destroy(room.Host.Association.Value, lost.Value);
        var deadlines = room.Deadlines(TimeSpan.FromDays(2));

        await deadlines.RoundAsync(Stop);

        Assert.Equal(Verdict.Adopted, Assert.Single((await room.EventsAsync(Ballot.Stream(whole))).OfType<ResultProclaimed>()).Outcome!.Verdict);
        Assert.DoesNotContain((room.Host.Association, whole), deadlines.Stuck.Keys);
        Assert.Contains((room.Host.Association, lost), deadlines.Stuck.Keys);
        Assert.Empty((await room.EventsAsync(Ballot.Stream(lost))).OfType<BallotCounted>());
    }

    [Fact]
    public async Task Who_comes_by_a_voting_link_votes_in_secret_too()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        var (mandate, person) = board.Others[0];
        var link = (await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { })).GetProperty("links").EnumerateArray()
            .Single(l => l.GetProperty("person").GetGuid() == person.Value).GetProperty("secret").GetString();
        using var client = room.Host.As(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", link);

        using var answer = await client.PostAsJsonAsync(
            $"/api/{Host.Slug}/ballots/{ballot}/papers", new { elector = mandate.ToString(), code = Code, choice = "blank" }, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new ElectorSigned(ballot, mandate, person), Assert.Single(await room.EventsAsync(Signing.Stream(ballot, mandate))));
        Assert.Equal([new PublishedPaper(Code, 1, Choice.Blank)], (await PublishedAsync(ballot)).Papers);
    }

    [Fact]
    public async Task Of_thousands_of_papers_put_in_at_once_each_comes_out_once_in_the_order_of_codes_and_counts()
    {
        const int electors = 5_000, atOnce = 16;
        Choice[] choices = [Choice.For, Choice.Against, Choice.Abstain, Choice.Blank];
        // A host of its own: read models that take in so long a roll would keep other tests waiting.
        await using var room = new BallotRoom();
        await room.InitializeAsync();
        var board = await room.BoardAsync(electors);
        var runner = room.Host.App.Services.GetRequiredService<CommandRunner>();
        var ballot = BallotId.Of(Guid.CreateVersion7());
        // What is decided on is in the log: nothing waits for read models of so long a roll.
        Assert.IsType<CommandResult.Done>(await runner.RunAsync(
            BallotUseCases.Draft, new DraftBallotRequest(board.Id, DecisionKind.RoadmapItem, "Des milliers", "Adoptez-vous ?", "Un chantier.", Ballot: ballot), room.Context(), Stop));
        Assert.IsType<CommandResult.Done>(await runner.RunAsync(
            BallotUseCases.Open, new OpenBallotRequest(ballot, HeldIn.Correspondence, DateTimeOffset.UtcNow.AddDays(1), Secret: true), room.Context(), Stop));
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        // Codes that are spread, each another: multiplied by an odd number modulo a power of two.
        string CodeOf(int place) => "7K3M9QXT" + string.Concat(Enumerable.Range(0, 4).Select(i => TrackingCode.Signs[(int)((unchecked((uint)place * 2_654_435_761U) >> (27 - (5 * i))) & 31)]));
        var papers = board.Others.Select((elector, place) => (Elector: elector, Code: CodeOf(place), Choice: choices[place % choices.Length])).ToList();
        Assert.Equal(electors, papers.Select(p => p.Code).Distinct().Count());
        await Parallel.ForEachAsync(papers, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = Stop }, async (paper, ct) =>
            Assert.IsType<CommandResult.Done>(await runner.RunAsync(
                BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, paper.Elector.Mandate, paper.Code, paper.Choice),
                SecretVoting.As(room.Host.Association, paper.Elector.Person), ct)));
        TestContext.Current.TestOutputHelper!.WriteLine($"Put in after {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s.");

        await room.ProclaimAsync(ballot, secret: true);
        TestContext.Current.TestOutputHelper!.WriteLine($"Proclaimed after {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s.");

        var events = await room.EventsAsync(Ballot.Stream(ballot));
        var parts = events.OfType<PapersPublished>().ToList();
        Assert.Equal(Enumerable.Range(1, parts.Count), parts.Select(p => p.Number));
        Assert.All(parts, part => Assert.Equal(parts.Count, part.Of));
        Assert.Equal(
            papers.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => (p.Code, (Choice?)p.Choice)), parts.SelectMany(p => p.Papers).Select(p => (p.Code, p.Choice)));
        var counted = Assert.Single(events.OfType<BallotCounted>());
        Assert.Equal((electors, electors), (counted.Papers, (int)counted.Groups.Sum(g => g.Count)));
        await using var boxed = room.Host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from governance.sealed_paper where ballot = $1");
        boxed.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ballot.Value });
        Assert.Equal(0L, await boxed.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_contest_is_voted_on_in_secret()
    {
        var board = await room.BoardAsync();
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "election",
            title = "Présidence",
            question = "Qui ?",
            motion = "Une personne est élue.",
            contest = new { question = new { method = new { method = "approval", seats = 1 }, options = new[] { "Nord", "Sud" } }, of = "words" },
        });
        var ballot = BallotId.Of(drafted.GetProperty("ids").GetProperty("ballot").GetGuid());
        await room.PostAsync(Role.Secretariat, $"/{ballot}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1), secret = true });

        await room.PostAsync(Role.BoardMember, $"/{ballot}/papers", new { elector = board.Mine.ToString(), code = Code, paper = new { paper = "choices", options = new[] { "Sud" } } });

        Assert.Equal(["Sud"], Assert.IsType<Paper.Choices>(Assert.Single((await PublishedAsync(ballot)).Papers).Paper).Options);
        await room.PostAsync(Role.Secretariat, $"/{ballot}/count", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/result", new { });
        Assert.Equal(["Sud"], Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<ResultProclaimed>()).Method!.Elected);
    }

    private async Task<PapersPublished> PublishedAsync(BallotId ballot)
    {
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/publication", new { });
        return Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<PapersPublished>());
    }

    private Task<JsonElement> VoteAsync(BallotId ballot, MandateId elector, string code, string choice) =>
        room.PostAsync(Role.BoardMember, $"/{ballot}/papers", new { elector = elector.ToString(), code, choice });

    private async Task VoteAsync(BallotId ballot, (MandateId Mandate, PersonId Person) elector, string code, Choice choice) => Assert.IsType<CommandResult.Done>(
        await room.Host.App.Services.GetRequiredService<CommandRunner>().RunAsync(
            BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, elector.Mandate, code, choice), SecretVoting.As(room.Host.Association, elector.Person), Stop));

    private async Task<string?> RefusedAsync(string path, object body)
    {
        using var answer = await room.SendAsync(Role.BoardMember, path, body);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
    }

    private async Task<object?> ScalarAsync(string sql, Guid ballot)
    {
        await using var command = Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ballot });
        return await command.ExecuteScalarAsync(Stop);
    }
}
