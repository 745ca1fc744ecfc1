using System.Net;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Ballots;

public sealed class ProxyTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandRunner Runner => room.Host.App.Services.GetRequiredService<CommandRunner>();

    [Fact]
    public async Task Two_who_give_the_last_place_in_a_hand_at_once_do_not_both_get_it()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, decision: "budget");
        var (held, decided, go) = Held(BallotUseCases.GiveProxy);

        // Given a proxy that is decided while the hand is free,
        var first = Runner.RunAsync(held, Give(ballot, board.Others[0], board.Others[2].Person), room.Context(), Stop);
        await decided;
        // when another is recorded first,
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.GiveProxy, Give(ballot, board.Others[1], board.Others[2].Person), room.Context(), Stop));
        go.SetResult();

        // then the first is decided again, and refused.
        Assert.Equal(1, Assert.IsType<ProxyCapReached>(Assert.IsType<CommandResult.Refused>(await first).Refusal).Most);
        Assert.Single(await room.EventsAsync(ProxyBook.Stream(ballot)));
    }

    /// <summary>An open ballot in which one elector has given another the own vote.</summary>
    private async Task<(Board Board, BallotId Ballot, (MandateId Mandate, PersonId Person) Giver, (MandateId Mandate, PersonId Person) Holder)> GivenAsync()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var (giver, holder) = (board.Others[0], board.Others[1]);
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.GiveProxy, Give(ballot, giver, holder.Person), room.Context(), Stop));
        return (board, ballot, giver, holder);
    }

    [Fact]
    public async Task A_holder_who_votes_while_the_giver_votes_in_person_is_refused()
    {
        var (_, ballot, giver, holder) = await GivenAsync();
        var (held, decided, go) = Held(BallotUseCases.Cast);

        var byProxy = Runner.RunAsync(held, new CastVoteRequest(ballot, giver.Mandate, Choice.Against, holder.Person), room.Context(), Stop);
        await decided;
        Assert.IsType<CommandResult.Done>(
            await Runner.RunAsync(BallotUseCases.Cast, new CastVoteRequest(ballot, giver.Mandate, Choice.For, giver.Person), room.Context(), Stop));
        go.SetResult();

        Assert.IsType<ProxySuspended>(Assert.IsType<CommandResult.Refused>(await byProxy).Refusal);
        Assert.Equal(
            new VoteCast(ballot, giver.Mandate, giver.Person, Choice.For), Assert.Single(await room.EventsAsync(Vote.Stream(ballot, giver.Mandate))));
    }

    [Fact]
    public async Task A_holder_who_votes_while_the_proxy_is_taken_back_is_refused()
    {
        var (_, ballot, giver, holder) = await GivenAsync();
        var (held, decided, go) = Held(BallotUseCases.Cast);

        var byProxy = Runner.RunAsync(held, new CastVoteRequest(ballot, giver.Mandate, Choice.Against, holder.Person), room.Context(), Stop);
        await decided;
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.RevokeProxy, new RevokeProxyRequest(ballot, giver.Mandate, giver.Person), room.Context(), Stop));
        go.SetResult();

        Assert.IsType<MandateOfAnotherPerson>(Assert.IsType<CommandResult.Refused>(await byProxy).Refusal);
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, giver.Mandate)));
    }

    [Fact]
    public async Task A_holder_who_votes_while_the_own_mandate_ends_is_refused_and_the_giver_votes()
    {
        var (board, ballot, giver, holder) = await GivenAsync();
        var (held, decided, go) = Held(BallotUseCases.Cast);

        var byProxy = Runner.RunAsync(held, new CastVoteRequest(ballot, giver.Mandate, Choice.Against, holder.Person), room.Context(), Stop);
        await decided;
        await LeavesAsync(board, holder.Mandate);
        go.SetResult();

        Assert.Equal(ProxyFault.HolderLeft, Assert.IsType<ProxyVoid>(Assert.IsType<CommandResult.Refused>(await byProxy).Refusal).Fault);
        Assert.IsType<CommandResult.Done>(
            await Runner.RunAsync(BallotUseCases.Cast, new CastVoteRequest(ballot, giver.Mandate, Choice.For, giver.Person), room.Context(), Stop));
        Assert.Equal(
            new VoteCast(ballot, giver.Mandate, giver.Person, Choice.For), Assert.Single(await room.EventsAsync(Vote.Stream(ballot, giver.Mandate))));
    }

    [Fact]
    public async Task A_member_names_a_substitute_by_the_page_who_finds_the_vote_once_the_holder_has_left()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Admission avec remplaçant", "admission");
        var path = $"/{Host.Slug}/ballots/{ballot}";
        var giving = await browser.Open(View.Wide);
        await room.SignInAsync(giving, Role.Member, path);
        await giving.GetByText("Donner procuration").First.ClickAsync();
        await giving.Locator("select[name=holder]").SelectOptionAsync(board.Others[0].Person.ToString());
        await giving.Locator("select[name=substitute]").SelectOptionAsync(room.Host.Person(Role.BoardMember).ToString());
        await giving.GetByRole(AriaRole.Button, new() { Name = "Donner procuration" }).ClickAsync();
        await giving.Locator("#proxies details.roll summary").ClickAsync();
        await Expect(giving.Locator("#proxies")).ToContainTextAsync("remplaçant désigné : Titulaire BoardMember");
        Assert.Empty(await giving.FaultsAsync());

        await LeavesAsync(board, board.Others[0].Mandate);
        var voting = await browser.Open(View.Wide);
        await room.SignInAsync(voting, Role.BoardMember, path);
        await Expect(voting.Locator("#for-whom")).ToContainTextAsync("Pour Titulaire Member, par procuration");
        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "for" });
        Assert.Equal(room.Host.Person(Role.BoardMember), Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Members)))).By);
        await giving.Context.CloseAsync();
        await voting.Context.CloseAsync();
    }

    [Fact]
    public async Task The_secretariat_reassigns_by_the_page_the_proxy_of_a_holder_who_left()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Procuration réattribuée", "exclusion");
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.GiveProxy, Give(ballot, board.Others[1], board.Others[0].Person), room.Context(), Stop));
        await LeavesAsync(board, board.Others[0].Mandate);
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");

        await Expect(page.Locator("#proxies")).ToContainTextAsync("nulle");
        await page.Locator("select[name=reassigned]").SelectOptionAsync(room.Host.Person(Role.BoardMember).ToString());
        Assert.Empty(await page.FaultsAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Réattribuer" }).ClickAsync();

        await Expect(page.Locator("#proxies tbody tr")).ToContainTextAsync("Titulaire BoardMember");
        await Expect(page.Locator("#proxies tbody tr")).ToContainTextAsync("vaut");
        await Expect(page.Locator("select[name=reassigned]")).ToHaveCountAsync(0);
        Assert.Equal(
            new ProxyReassigned(ballot, board.Others[1].Mandate, room.Host.Person(Role.BoardMember)), (await room.EventsAsync(ProxyBook.Stream(ballot)))[^1]);
        await page.Context.CloseAsync();
    }

    private async Task LeavesAsync(Board board, MandateId mandate)
    {
        await room.Host.RecordAsync(Host.Slug, Body.Stream(board.Id), new MandateEnded(mandate, EndReason.Resignation));
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task A_proxy_given_while_the_ballot_closes_is_given_before_it_or_not_at_all()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var (held, decided, go) = Held(BallotUseCases.GiveProxy);

        var late = Runner.RunAsync(held, Give(ballot, board.Others[0], board.Others[1].Person), room.Context(), Stop);
        await decided;
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.Close, new BallotRequest(ballot), room.Context(), Stop));
        go.SetResult();

        Assert.IsType<BallotClosedAlready>(Assert.IsType<CommandResult.Refused>(await late).Refusal);
    }

    [Fact]
    public async Task Over_http_a_member_gives_an_own_vote_and_the_secretariat_enters_one_on_paper()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, decision: "budget");
        var holder = room.Host.Person(Role.BoardMember).ToString();

        await room.PostAsync(Role.Member, $"/{ballot}/proxies", new { giver = board.Members.ToString(), holder });
        using var other = await room.SendAsync(Role.Member, $"/{ballot}/proxies", new { giver = board.Others[0].Mandate.ToString(), holder });
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        var received = await room.PostAsync(Role.Secretariat, $"/{ballot}/proxies/received", new { giver = board.Others[0].Mandate.ToString(), holder, form = "paper" });
        await room.Host.ShownAsync(received.GetProperty("position").GetInt64());

        using var read = JsonDocument.Parse(await room.ReadAsync(Role.Auditor, $"/api/{Host.Slug}/ballots/{ballot}"));
        var lines = read.RootElement.GetProperty("proxies").EnumerateArray().ToList();
        Assert.Equal([true, false], lines.Select(l => l.GetProperty("stands").GetBoolean()));
        Assert.Equal(("too-many", 2, 1), (lines[1].GetProperty("fault").GetString(), lines[1].GetProperty("inHand").GetProperty("proxies").GetInt32(), lines[1].GetProperty("inHand").GetProperty("mostProxies").GetInt32()));

        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "against" });
        Assert.Equal(
            new VoteCast(ballot, board.Members, room.Host.Person(Role.BoardMember), Choice.Against, room.Host.Person(Role.Member)),
            Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Members))));
        await room.PostAsync(Role.Member, $"/{ballot}/proxies/{board.Members}/revocation", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/proxies/{board.Others[0].Mandate}/end", new { because = "giver-came" });
        Assert.Equal(4, (await room.EventsAsync(ProxyBook.Stream(ballot))).Count);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task A_member_gives_a_proxy_by_the_page_and_its_holder_votes_for_both_at_once(int width, ColorScheme scheme)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, $"Chantier confié {width}");
        var path = $"/{Host.Slug}/ballots/{ballot}";
        var giving = await browser.Open(new View(width, 900, scheme, "fr-FR"));
        await room.SignInAsync(giving, Role.Member, path);
        await giving.GetByText("Donner procuration").First.ClickAsync();
        await giving.Locator("select[name=holder]").SelectOptionAsync(room.Host.Person(Role.BoardMember).ToString());
        await giving.GetByRole(AriaRole.Button, new() { Name = "Donner procuration" }).ClickAsync();
        await Expect(giving.Locator("#proxies")).ToContainTextAsync("Votre voix est confiée à Titulaire BoardMember");
        await Expect(giving.Locator("#for-whom")).ToContainTextAsync("confiée à Titulaire BoardMember");
        Assert.Empty(await giving.FaultsAsync());

        var voting = await browser.Open(new View(width, 900, scheme, "fr-FR"));
        await room.SignInAsync(voting, Role.BoardMember, path);
        await Expect(voting.Locator("#for-whom")).ToContainTextAsync("Pour Titulaire Member, par procuration");
        Assert.Empty(await voting.FaultsAsync());
        await voting.Locator("input[name=all][value=for]").CheckAsync();
        await voting.GetByText("Répondre un par un").ClickAsync();
        await voting.Locator($"input[name=choice-{board.Members}][value=against]").CheckAsync();
        await voting.GetByRole(AriaRole.Button, new() { Name = "Relire avant de voter" }).ClickAsync();
        await Expect(voting.Locator(".review")).ToContainTextAsync("Pour Titulaire Member, par procuration");
        await voting.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }).ClickAsync();
        await Expect(voting.Locator(".receipt")).ToHaveCountAsync(2);

        Assert.Equal(Choice.For, Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine)))).Choice);
        var cast = Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Members))));
        Assert.Equal((Choice.Against, (PersonId?)room.Host.Person(Role.Member)), (cast.Choice, cast.Giver));

        // Nobody reads off the giver's page what the holder voted before the close.
        await giving.ReloadAsync();
        await Expect(giving.Locator("#for-whom")).ToContainTextAsync("votée par Titulaire BoardMember");
        await Expect(giving.Locator(".receipt")).ToHaveCountAsync(0);
        await giving.Context.CloseAsync();
        await voting.Context.CloseAsync();
    }

    [Fact]
    public async Task What_a_reader_holds_by_proxy_is_among_what_there_is_to_vote()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        async Task<(int Mandates, int Voted)> ToDecideAsync(Role role)
        {
            await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
            var one = JsonElement.Parse(await room.ReadAsync(role, $"/api/{Host.Slug}/dashboard")).GetProperty("toDecide").EnumerateArray()
                .Single(b => b.GetProperty("id").GetString() == ballot.ToString());
            return (one.GetProperty("mandates").GetInt32(), one.GetProperty("voted").GetInt32());
        }

        Assert.Equal((1, 0), await ToDecideAsync(Role.BoardMember));
        await room.PostAsync(Role.Member, $"/{ballot}/proxies", new { giver = board.Members.ToString(), holder = room.Host.Person(Role.BoardMember).ToString() });
        Assert.Equal((2, 0), await ToDecideAsync(Role.BoardMember));
        await room.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "for" });
        Assert.Equal((2, 1), await ToDecideAsync(Role.BoardMember));
        await room.PostAsync(Role.Member, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "against" });
        Assert.Equal((1, 0), await ToDecideAsync(Role.BoardMember));
    }

    [Fact]
    public async Task Before_a_ballot_opens_its_page_says_when_a_proxy_counts_as_presence_in_a_meeting()
    {
        var board = await room.BoardAsync();
        var drafted = await room.PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "budget",
            title = "Budget",
            question = "Adoptez-vous le budget ?",
            motion = "Le budget est adopté.",
        });
        await room.Host.ShownAsync(drafted.GetProperty("position").GetInt64());

        var page = await room.ReadAsync(Role.Member, $"/{Host.Slug}/ballots/{drafted.GetProperty("ids").GetProperty("ballot").GetString()}", "text/html");

        Assert.Contains("ne vaut présence que si cette personne est là", page.Replace("&#xE0;", "à", StringComparison.Ordinal).Replace("&#xE9;", "é", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secretariat_enters_a_proxy_on_its_page_and_sees_why_it_is_void()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, decision: "budget");
        var page = await browser.Open(View.Wide);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}");
        foreach (var giver in new[] { board.Members, board.Others[0].Mandate })
        {
            await page.GetByText("Inscrire une procuration reçue").ClickAsync();
            await page.Locator("select[name=giver]").SelectOptionAsync(giver.ToString());
            await page.Locator("select[name=holder]").SelectOptionAsync(room.Host.Person(Role.BoardMember).ToString());
            await page.GetByRole(AriaRole.Button, new() { Name = "Inscrire la procuration" }).ClickAsync();
        }

        await Expect(page.Locator("#proxies")).ToContainTextAsync("2 procurations");
        await Expect(page.Locator("#proxies")).ToContainTextAsync("nulle");
        await page.Locator("#proxies details.why summary").ClickAsync();
        await Expect(page.Locator("#proxies .why-panel")).ToContainTextAsync("Trop de procurations en une main");
        await Expect(page.Locator("#proxies .why-panel")).ToContainTextAsync("art. 14");
        Assert.Empty(await page.FaultsAsync());
        Assert.Equal(0, await page.Locator("#proxies button[value=giver-came]").CountAsync());
        await page.Locator("#proxies button[value=taken-back]").First.ClickAsync();
        await Expect(page.Locator("#proxies")).ToContainTextAsync("reprise");
        await page.Context.CloseAsync();
    }

    private static (UseCase<T> Held, Task Decided, TaskCompletionSource Go) Held<T>(UseCase<T> useCase) where T : class
    {
        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        return (
            useCase with
            {
                Decide = async (request, deciding, ct) =>
                {
                    var decision = await useCase.Decide(request, deciding, ct);
                    decided.TrySetResult();
                    await go.Task;
                    return decision;
                },
            },
            decided.Task,
            go);
    }

    private static GiveProxyRequest Give(BallotId ballot, (MandateId Mandate, PersonId Person) giver, PersonId holder) => new(ballot, giver.Mandate, holder, giver.Person);

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
