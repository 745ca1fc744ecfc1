using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>The host with statutes that allow voting between meetings, and boards whose electors can sign in.</summary>
public sealed class BallotRoom : IAsyncLifetime
{
    public Host Host { get; init; } = new();

    /// <summary>What closes ballots at their time, of a host whose clock stands some days or hours from now.</summary>
    public BallotDeadlines Deadlines(TimeSpan fromNow)
    {
        var services = Host.App.Services;
        return new(
            services.GetRequiredService<ReadDatabase>(), services.GetRequiredService<CommandRunner>(), services.GetRequiredService<PaperPublication>(),
            services.GetRequiredService<ImportsUnderWay>(), new Clock(DateTimeOffset.UtcNow + fromNow), NullLogger<BallotDeadlines>.Instance);
    }

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        await Host.RecordAsync(
            Host.Slug,
            StatutesVersions.Stream,
            new StatutesDrafted(
                version, "Statuts de 2020", [new Article("12", "Votes", "Le conseil vote entre deux réunions.")],
                [
                    new Rule("12", new RuleScope(), new RemoteVotingRule(Electronic: true, Correspondence: true)),
                    new Rule("13", new RuleScope(), new VoteChangeRule(Allowed: true)),
                    new Rule("14", new RuleScope(Decision: DecisionKind.Budget), OneProxyEach),
                    new Rule("15", new RuleScope(Decision: DecisionKind.Admission), Free with { HolderLeaves = HolderLeaves.NamedSubstitute }),
                    new Rule("17", new RuleScope(Decision: DecisionKind.Accounts), new SecrecyRule(VoteForm.ShowOfHands, 5, new Fraction(1, 4))),
                    new Rule("18", new RuleScope(Decision: DecisionKind.Contribution), new TieRule(TieBreak.Lot)),
                    new Rule("19", new RuleScope(Decision: DecisionKind.Extraordinary), Free with { HolderLeaves = HolderLeaves.NamedSubstitute }),
                    new Rule("16", new RuleScope(Decision: DecisionKind.Exclusion), Free with { HolderLeaves = HolderLeaves.Reassigned }),
                ]),
            new StatutesAdopted(version, new EffectiveTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day)));
    }

    /// <summary>On a budget one person holds one proxy; on anything else as many as are given. A holder who leaves is followed by a substitute on admissions and in extraordinary meetings, and by whom the chair names on exclusions.</summary>
    private static ProxiesRule OneProxyEach => Free with { MostPerHolder = 1 };

    private static ProxiesRule Free { get; } = RulesInForce.Defaults.Proxies(BodyKind.Board, DecisionKind.Ordinary).Content;

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A board in which somebody of the board and a member of the association sit, and as many others.</summary>
    public async Task<Board> BoardAsync(int others = 3, IReadOnlyList<PersonId>? named = null)
    {
        var id = BodyId.Of(Guid.CreateVersion7());
        var (mine, members) = (MandateId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        var rest = (named ?? [.. Enumerable.Range(0, others).Select(_ => PersonId.Of(Guid.CreateVersion7()))]).Select(person => (Mandate: MandateId.Of(Guid.CreateVersion7()), Person: person)).ToList();
        await Host.RecordAsync(
            Host.Slug,
            Body.Stream(id),
            [
                new BodyConstituted(id, "Conseil d'administration", BodyKind.Board, []),
                new MandateAppointed(mine, Host.Person(Role.BoardMember), Office.Seat),
                new MandateAppointed(members, Host.Person(Role.Member), Office.Seat),
                .. rest.Select(r => new MandateAppointed(r.Mandate, r.Person, Office.Seat)),
            ]);
        return new(id, mine, members, rest);
    }

    /// <summary>Casts the vote of somebody who has no account; as the system does for a roll that an import brings.</summary>
    public async Task<long> CastAsync(CastVoteRequest vote) => Assert.IsType<CommandResult.Done>(await Host.App.Services.GetRequiredService<CommandRunner>()
        .RunAsync(BallotUseCases.Cast, vote, Context(), TestContext.Current.CancellationToken)).Position;

    public CommandContext Context() => CommandContext.OfSystem(Host.Association, Guid.NewGuid().ToString("N"), TimeProvider.System);

    /// <summary>A ballot of a board, open between meetings until tomorrow, and shown.</summary>
    /// <param name="contest">The options and the method; null for a motion.</param>
    public async Task<BallotId> OpenAsync(
        Board board, string title = "Accueil des nouveaux arrivants", string decision = "roadmap-item", object? contest = null, bool secret = false)
    {
        var drafted = await PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision,
            title,
            question = "Adoptez-vous ce chantier ?",
            motion = "Le réseau ouvre un chantier.",
            contest,
        });
        var ballot = BallotId.Of(drafted.GetProperty("ids").GetProperty("ballot").GetGuid());
        var opened = await PostAsync(Role.Secretariat, $"/{ballot}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1), secret });
        await Host.ShownAsync(opened.GetProperty("position").GetInt64());
        return ballot;
    }

    /// <summary>Closes, counts and proclaims; the papers of a secret ballot come out of the box in between.</summary>
    /// <returns>The position of the result.</returns>
    public async Task<long> ProclaimAsync(BallotId ballot, bool secret = false)
    {
        await PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        if (secret)
            await PostAsync(Role.Secretariat, $"/{ballot}/publication", new { });
        await PostAsync(Role.Secretariat, $"/{ballot}/count", new { });
        return (await PostAsync(Role.Secretariat, $"/{ballot}/result", new { })).GetProperty("position").GetInt64();
    }

    /// <summary>A first round whose result calls for a second, which is drafted.</summary>
    public async Task<(Board Board, BallotId First, BallotId Second)> SecondRoundAsync()
    {
        var board = await BoardAsync();
        var first = await OpenAsync(
            board, "Secrétariat", "election", new { question = new { method = new { method = "plurality", rounds = 2 }, options = new[] { "Ada", "Ben", "Cloé" } } });
        foreach (var (role, elector, option) in new[] { (Role.Member, board.Members, "Ada"), (Role.BoardMember, board.Mine, "Ben") })
            await PostAsync(role, $"/{first}/votes", new { elector = elector.ToString(), paper = new { paper = "choices", options = new[] { option } } });
        await ProclaimAsync(first);
        var drafted = await PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            decision = "election",
            title = "Secrétariat – second tour",
            question = "Qui ?",
            motion = "Qui est élu tient le secrétariat.",
            contest = new { question = new { method = new { method = "plurality" }, options = new[] { "Ada", "Ben" } } },
            secondRoundOf = first.ToString(),
        });
        return (board, first, BallotId.Of(drafted.GetProperty("ids").GetProperty("ballot").GetGuid()));
    }

    /// <summary>Gives a command of ballots over HTTP and expects it to be recorded.</summary>
    public async Task<JsonElement> PostAsync(Role role, string path, object body)
    {
        using var answer = await SendAsync(role, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(Role role, string path, object body)
    {
        using var client = Host.As(role);
        return await client.PostAsJsonAsync($"/api/{Host.Slug}/ballots{path}", body, TestContext.Current.CancellationToken);
    }

    public async Task<string> ReadAsync(Role role, string path, string accept = "application/json")
    {
        using var client = Host.As(role);
        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        return await client.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>The events of a stream, in order.</summary>
    public async Task<IReadOnlyList<IEvent>> EventsAsync(StreamId stream) =>
        [.. (await Host.Log.ReadStreamAsync(Host.Association.ToString(), stream.Value, ct: TestContext.Current.CancellationToken))
            .Select(e => EventCatalogue.All.Read(e.Type, e.Data.Span))];

    /// <summary>Goes to a page as somebody who is signed in, once the pages show all that is recorded.</summary>
    public async Task SignInAsync(IPage page, Role role, string path)
    {
        await Host.ShownAsync(await Host.Log.LastPositionAsync());
        await page.SignInAsync(Host, role);
        await page.GotoAsync(new Uri(Host.Address, path).ToString());
    }
}

/// <param name="Mine">The mandate of the board member who can sign in.</param>
/// <param name="Members">The mandate of the member who can sign in.</param>
public sealed record Board(BodyId Id, MandateId Mine, MandateId Members, IReadOnlyList<(MandateId Mandate, PersonId Person)> Others);
