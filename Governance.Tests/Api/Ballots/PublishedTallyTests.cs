using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Tests.Api.Tallies;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>A result that is read on a ballot's page is counted again from the file that the page gives, without the database.</summary>
public sealed class PublishedTallyTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static readonly string[] Options = ["Accueil", "Données", "Formation"];

    public static TheoryData<string> Methods => ["plurality", "approval", "points", "schulze", "majority-judgment", "stv", "consent"];

    [Fact]
    public async Task A_motion_comes_to_the_same()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Charte « commune »");
        Choice[] choices = [Choice.For, Choice.Against, Choice.For];
        foreach (var (elector, choice) in board.Others.Zip(choices))
            await room.CastAsync(new(ballot, elector.Mandate, choice, elector.Person));

        var (file, outcome) = await CountedAgainAsync(ballot, "outcome");

        Assert.Equal("Charte « commune »", file.GetProperty("title").GetString());
        Assert.Equal("adopted", outcome.GetProperty("verdict").GetString());
        Assert.Equal(2, outcome.GetProperty("counts").GetProperty("notVoting").GetProperty("heads").GetInt64());
    }

    [Fact]
    public async Task A_secret_motion_comes_to_the_same()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        await room.PostAsync(Role.BoardMember, $"/{ballot}/papers", new { elector = board.Mine.ToString(), code = "7K3M9QXT2FHD", choice = "against" });

        var (_, outcome) = await CountedAgainAsync(ballot, "outcome", secret: true);

        Assert.Equal("rejected", outcome.GetProperty("verdict").GetString());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_contest_by_each_method_comes_to_the_same(string method)
    {
        var board = await room.BoardAsync();
        var options = method == "consent" ? Options[..1] : Options;
        object by = method switch
        {
            "points" => new { method, each = 10 },
            "majority-judgment" => new { method, grades = new[] { "Bien", "Passable", "À rejeter" } },
            "stv" => new { method, seats = 2 },
            _ => new { method },
        };
        var ballot = await room.OpenAsync(board, "Priorités", contest: new { question = new { method = by, options }, of = "words" });
        Paper[] papers = method switch
        {
            "plurality" => [new Paper.Choices(["Données"]), new Paper.Choices(["Données"]), new Paper.Blank()],
            "approval" => [new Paper.Choices(["Données", "Accueil"]), new Paper.Choices(["Données"]), new Paper.Abstains()],
            "points" => [new Paper.Points([new("Données", 7), new("Formation", 3)]), new Paper.Points([new("Accueil", 10)]), new Paper.Blank()],
            "majority-judgment" => [new Paper.Grades([new("Données", "Bien"), new("Accueil", "Passable")]), new Paper.Grades([new("Données", "Bien")]), new Paper.Blank()],
            "consent" => [new Paper.Consents(), new Paper.Objects("Trop cher."), new Paper.StandsAside()],
            _ => [new Paper.Ranking([["Données"], ["Accueil"]]), new Paper.Ranking([["Données"], ["Formation"]]), new Paper.Ranking([["Formation"]])],
        };
        foreach (var (elector, paper) in board.Others.Zip(papers))
            await room.CastAsync(new(ballot, elector.Mandate, Person: elector.Person, Paper: paper));

        var (file, outcome) = await CountedAgainAsync(ballot, "method");

        Assert.Equal(method, file.GetProperty("method").GetString());
        Assert.Equal(method == "consent" ? "rejected" : "elected", outcome.GetProperty("verdict").GetString());
    }

    /// <summary>The file that the page gives, and what the command prints of it, which is what was proclaimed.</summary>
    /// <param name="proclaimed">Where the ballot as it is read has its outcome.</param>
    private async Task<(JsonElement File, JsonElement Outcome)> CountedAgainAsync(BallotId ballot, string proclaimed, bool secret = false)
    {
        await room.Host.ShownAsync(await room.ProclaimAsync(ballot, secret));
        var page = $"/{Host.Slug}/ballots/{ballot}";
        Assert.Contains($"href=\"{page}/tally.json\"", await room.ReadAsync(Role.Member, page, "text/html"), StringComparison.Ordinal);
        var file = await room.ReadAsync(Role.Member, $"{page}/tally.json");

        var run = TallyRun.OfText(file);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var outcome = JsonDocument.Parse(run.Output).RootElement;
        var known = JsonDocument.Parse(await room.ReadAsync(Role.Member, $"/api/{Host.Slug}/ballots/{ballot}")).RootElement.GetProperty("ballot").GetProperty(proclaimed);
        foreach (var told in new[] { "verdict", "ranking", "elected", "counts", "threshold" })
        {
            if (known.TryGetProperty(told, out var was) && was.ValueKind != JsonValueKind.Null)
                Assert.True(JsonElement.DeepEquals(was, outcome.GetProperty(told)), $"{told}: {was} was proclaimed, {outcome.GetProperty(told)} is counted.");
        }

        return (JsonDocument.Parse(file).RootElement, outcome);
    }
}
