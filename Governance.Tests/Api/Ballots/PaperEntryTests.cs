using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

/// <summary>Papers of an open ballot, keyed by two people of the secretariat.</summary>
public sealed class PaperEntryTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandRunner Runner => room.Host.App.Services.GetRequiredService<CommandRunner>();

    [Fact]
    public async Task Two_accounts_of_the_secretariat_key_a_paper_and_it_is_a_vote()
    {
        // Given a paper that one person has keyed
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var (elector, voter) = board.Others[0];
        var first = await room.PostAsync(Role.Secretariat, $"/{ballot}/paper-entries", new { elector = elector.ToString(), choice = "against" });
        await room.Host.ShownAsync(first.GetProperty("position").GetInt64());
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, elector)));

        // When the ballot is read, then who conducts it is told who has keyed which paper, and nobody what it says.
        var (told, other) = (await room.ReadAsync(Role.Secretariat, $"/api/{Host.Slug}/ballots/{ballot}"), await room.ReadAsync(Role.Auditor, $"/api/{Host.Slug}/ballots/{ballot}"));
        var keyed = Assert.Single(JsonElement.Parse(told).GetProperty("keyedOnce").EnumerateArray());
        Assert.Equal(
            (elector.ToString(), voter.ToString(), room.Host.Person(Role.Secretariat).ToString()),
            (keyed.GetProperty("elector").GetString(), keyed.GetProperty("person").GetString(), keyed.GetProperty("by").GetString()));
        Assert.Empty(JsonElement.Parse(other).GetProperty("keyedOnce").EnumerateArray());
        Assert.DoesNotContain("against", told + other, StringComparison.OrdinalIgnoreCase);

        // When another account keys it otherwise, then nothing is recorded and nothing told.
        using var second = await SecondAsync();
        using var differs = await KeyAsync(second, ballot, elector, "for");
        Assert.Equal(HttpStatusCode.Conflict, differs.StatusCode);
        var problem = await differs.Content.ReadAsStringAsync(Stop);
        Assert.Equal("paper-entry.differs", JsonElement.Parse(problem).GetProperty("code").GetString());
        Assert.DoesNotContain("contre", problem, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("against", problem, StringComparison.OrdinalIgnoreCase);
        Assert.Single(await room.EventsAsync(PaperEntry.Stream(ballot, elector)));

        // When it keys the same, then the vote is cast.
        using var agrees = await KeyAsync(second, ballot, elector, "against");
        Assert.Equal(HttpStatusCode.OK, agrees.StatusCode);
        Assert.Equal(new VoteCast(ballot, elector, voter, Choice.Against, OnPaper: true), Assert.Single(await room.EventsAsync(Vote.Stream(ballot, elector))));
        await room.Host.ShownAsync((await agrees.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("position").GetInt64());
        Assert.Empty(JsonElement.Parse(await room.ReadAsync(Role.Secretariat, $"/api/{Host.Slug}/ballots/{ballot}")).GetProperty("keyedOnce").EnumerateArray());
    }

    [Fact]
    public async Task What_an_entry_says_is_in_no_history_before_the_close_and_is_told_after_it()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var keyed = await room.PostAsync(Role.Secretariat, $"/{ballot}/paper-entries", new { elector = board.Others[0].Mandate.ToString(), choice = "against" });
        await room.Host.ShownAsync(keyed.GetProperty("position").GetInt64());
        var stored = Assert.Single(await room.Host.Log.ReadStreamAsync(
            room.Host.Association.ToString(), PaperEntry.Stream(ballot, board.Others[0].Mandate).Value, ct: Stop)).Id.ToString("D");
        string[] addresses =
        [
            $"/api/{Host.Slug}/history?touching={ballot}", $"/api/{Host.Slug}/events/{stored}", $"/api/{Host.Slug}/history.jsonl?touching={ballot}",
            $"/api/{Host.Slug}/history.csv?touching={ballot}",
        ];
        foreach (var address in addresses)
        {
            var text = await room.ReadAsync(Role.Auditor, address, "*/*");
            Assert.Contains(stored, text, StringComparison.Ordinal);
            Assert.DoesNotContain("against", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("contre", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(stored, await room.ReadAsync(Role.Auditor, $"/api/{Host.Slug}/history?q=against"), StringComparison.Ordinal);
        Assert.DoesNotContain("Contre", await room.ReadAsync(Role.Auditor, $"/{Host.Slug}/events/{stored}", "text/html"), StringComparison.Ordinal);

        var closed = await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        await room.Host.ShownAsync(closed.GetProperty("position").GetInt64());
        Assert.Contains("against", await room.ReadAsync(Role.Auditor, addresses[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_who_key_a_paper_at_once_are_one_after_the_other()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var elector = board.Others[0].Mandate;
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());

        // Given an entry that is decided while nobody has keyed the paper,
        var late = Runner.RunAsync(HeldBack(held, go), new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop);
        await held.Task;
        // when another is recorded first,
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.EnterPaper, new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop));
        go.SetResult();

        // then the entry is decided again, as the second.
        Assert.IsType<CommandResult.Done>(await late);
        Assert.Equal(2, (await room.EventsAsync(PaperEntry.Stream(ballot, elector))).Count);
        Assert.Single(await room.EventsAsync(Vote.Stream(ballot, elector)));
    }

    [Fact]
    public async Task A_second_entry_while_the_elector_votes_on_screen_is_refused()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var (elector, voter) = board.Others[0];
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.EnterPaper, new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop));
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());

        var second = Runner.RunAsync(HeldBack(held, go), new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop);
        await held.Task;
        await room.CastAsync(new CastVoteRequest(ballot, elector, Choice.Against, voter));
        go.SetResult();

        Assert.IsType<ElectorHasVoted>(Assert.IsType<CommandResult.Refused>(await second).Refusal);
        Assert.Equal(Choice.Against, Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, elector)))).Choice);
    }

    [Fact]
    public async Task A_second_entry_while_the_ballot_closes_is_refused()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var elector = board.Others[0].Mandate;
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.EnterPaper, new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop));
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());

        var second = Runner.RunAsync(HeldBack(held, go), new EnterPaperVoteRequest(ballot, elector, Choice.For), Of(NewPerson()), Stop);
        await held.Task;
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        go.SetResult();

        Assert.IsType<BallotClosedAlready>(Assert.IsType<CommandResult.Refused>(await second).Refusal);
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, elector)));
    }

    [Fact]
    public async Task An_account_of_nobody_keys_no_paper()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);

        var result = await Runner.RunAsync(BallotUseCases.EnterPaper, new EnterPaperVoteRequest(ballot, board.Mine, Choice.For), Of(null), Stop);

        Assert.IsType<PaperKeyedByNobody>(Assert.IsType<CommandResult.Refused>(result).Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_secretariat_keys_papers_on_the_page_of_the_ballot(bool scripts)
    {
        // Given a paper that a colleague has keyed
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var colleague = await SecondAsync();
        using var first = await KeyAsync(colleague, ballot, board.Members, "for");
        await room.Host.ShownAsync((await first.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("position").GetInt64());

        // then the page and the one before the close say so,
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}/result");
        await Expect(page.Locator("main")).ToContainTextAsync("1 bulletin papier n’a été saisi qu’une fois : il ne sera pas compté");
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir lesquels" }).ClickAsync();
        await Expect(page.Locator("#papers table")).ToContainTextAsync("Titulaire Member");

        // and the paper is keyed: nothing marked, something else, then the same.
        await page.GetByText("Saisir un bulletin papier").ClickAsync();
        if (scripts)
        {
            Assert.Empty(await page.FaultsAsync());
        }

        await page.Locator("select[name=elector]").SelectOptionAsync(board.Members.ToString());
        await page.Locator("#papers input[name=keyed][value=null]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la saisie" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("ne disent pas la même chose");
        await page.Locator("#papers input[name=keyed][value=for]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la saisie" }).ClickAsync();

        await Expect(page.Locator("#papers table")).ToHaveCountAsync(0);
        Assert.Equal(
            new VoteCast(ballot, board.Members, room.Host.Person(Role.Member), Choice.For, OnPaper: true),
            Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Members))));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_paper_of_a_contest_is_keyed_on_the_page_null_or_marked()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(
            board, decision: "ordinary", contest: new { question = new { method = new { method = "approval" }, options = new[] { "Lille", "Lyon" } } });
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        await page.GetByText("Saisir un bulletin papier").ClickAsync();
        await page.Locator("select[name=elector]").SelectOptionAsync(board.Others[0].Mandate.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la saisie" }).ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Dites ce que porte le bulletin");
        await page.Locator("#papers").GetByLabel("Lyon").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la saisie" }).ClickAsync();
        await Expect(page.Locator("#papers")).ToContainTextAsync("1 bulletin n’a été saisi qu’une fois");
        await page.GetByText("Saisir un bulletin papier").ClickAsync();
        await page.Locator("select[name=elector]").SelectOptionAsync(board.Others[1].Mandate.ToString());
        await page.Locator("#papers").GetByLabel("Bulletin nul").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la saisie" }).ClickAsync();
        await Expect(page.Locator("#papers")).ToContainTextAsync("2 bulletins n’ont été saisis qu’une fois");

        Assert.Equal(
            ["Lyon"], Assert.IsType<Paper.Choices>(Assert.IsType<PaperEntered>(Assert.Single(await room.EventsAsync(PaperEntry.Stream(ballot, board.Others[0].Mandate)))).Paper).Options);
        Assert.IsType<Paper.Null>(Assert.IsType<PaperEntered>(Assert.Single(await room.EventsAsync(PaperEntry.Stream(ballot, board.Others[1].Mandate)))).Paper);
        await page.Context.CloseAsync();
    }

    /// <summary>Somebody else of the secretariat, with an account.</summary>
    private async Task<HttpClient> SecondAsync()
    {
        var person = await room.Host.MandateAsync(Host.Slug, Role.Secretariat);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        return await room.Host.AsAsync($"clerk-{Guid.NewGuid():N}", person);
    }

    private static Task<HttpResponseMessage> KeyAsync(HttpClient clerk, BallotId ballot, MandateId elector, string choice) =>
        clerk.PostAsJsonAsync($"/api/{Host.Slug}/ballots/{ballot}/paper-entries", new { elector = elector.ToString(), choice }, Stop);

    private static PersonId NewPerson() => PersonId.Of(Guid.CreateVersion7());

    private CommandContext Of(PersonId? person) => room.Context() with { Actor = Actor.Of(Guid.CreateVersion7(), person, FrozenSet.Create(Role.Secretariat)) };

    /// <summary>The same, held back once between its decision and its recording.</summary>
    private static UseCase<EnterPaperVoteRequest> HeldBack(TaskCompletionSource decided, TaskCompletionSource go) => BallotUseCases.EnterPaper with
    {
        Decide = async (request, deciding, ct) =>
        {
            var decision = await BallotUseCases.EnterPaper.Decide(request, deciding, ct);
            decided.TrySetResult();
            await go.Task;
            return decision;
        },
    };
}
