using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Governance.Projections;
using Governance.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Ballots;

public sealed class BallotTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandRunner Runner => room.Host.App.Services.GetRequiredService<CommandRunner>();

    private ReadDatabase Reads => room.Host.App.Services.GetRequiredService<ReadDatabase>();

    [Fact]
    public async Task A_vote_decided_before_the_closing_and_sent_after_it_is_refused_and_not_counted()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var (late, other) = (board.Others[0], board.Others[1]);
        await CastAsync(ballot, other.Mandate, other.Person, Choice.For);

        // Given a vote that is decided while the ballot is open,
        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = BallotUseCases.Cast with
        {
            Decide = async (request, deciding, ct) =>
            {
                var decision = await BallotUseCases.Cast.Decide(request, deciding, ct);
                decided.TrySetResult();
                await go.Task;
                return decision;
            },
        };
        var vote = Runner.RunAsync(held, new CastVoteRequest(ballot, late.Mandate, Choice.Against, late.Person), Context(), Stop);
        await decided.Task;
        // when the closing is recorded first,
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.Close, new BallotRequest(ballot), Context(), Stop));
        go.SetResult();

        // then the vote is refused whole.
        Assert.IsType<BallotClosedAlready>(Assert.IsType<CommandResult.Refused>(await vote).Refusal);
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, late.Mandate)));
        Assert.Equal((1, 0), await CountedAsync(ballot));
    }

    [Fact]
    public async Task A_vote_recorded_while_the_closing_is_being_decided_is_counted()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var voter = board.Others[0];

        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = BallotUseCases.Close with
        {
            Decide = async (request, deciding, ct) =>
            {
                var decision = await BallotUseCases.Close.Decide(request, deciding, ct);
                decided.TrySetResult();
                await go.Task;
                return decision;
            },
        };
        var closing = Runner.RunAsync(held, new BallotRequest(ballot), Context(), Stop);
        await decided.Task;
        await CastAsync(ballot, voter.Mandate, voter.Person, Choice.Against);
        go.SetResult();

        Assert.IsType<CommandResult.Done>(await closing);
        Assert.Equal((0, 1), await CountedAsync(ballot));
    }

    [Fact]
    public async Task Nobody_votes_by_the_mandate_of_another()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);

        using var answer = await room.SendAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Members.ToString(), choice = "for" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("vote.mandate-of-another-person", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Members)));
    }

    [Fact]
    public async Task Whoever_is_on_the_roll_reads_the_ballot_and_votes_although_their_mandate_ended_meanwhile()
    {
        var board = await room.BoardAsync();
        var elector = board.Others[0];
        var ballot = await room.OpenAsync(board);
        await room.Host.ShownAsync(await room.Host.RecordAsync(Host.Slug, Body.Stream(board.Id), new MandateEnded(elector.Mandate, EndReason.Resignation)));
        using var client = await room.Host.AsAsync("ancienne@essai.example", elector.Person);

        using var page = new HttpRequestMessage(HttpMethod.Get, $"/{Host.Slug}/ballots/{ballot}") { Headers = { { "Accept", "text/html" } } };
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(page, Stop)).StatusCode);
        using var answer = await client.PostAsJsonAsync(
            $"/api/{Host.Slug}/ballots/{ballot}/votes", new { elector = elector.Mandate.ToString(), choice = "for" }, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(await room.EventsAsync(Vote.Stream(ballot, elector.Mandate)));
    }

    [Fact]
    public async Task Whoever_is_on_no_roll_and_has_no_mandate_neither_reads_the_ballot_nor_votes()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var client = await room.Host.AsAsync("inconnue@essai.example", PersonId.Of(Guid.CreateVersion7()));

        using var page = new HttpRequestMessage(HttpMethod.Get, $"/{Host.Slug}/ballots/{ballot}") { Headers = { { "Accept", "text/html" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(page, Stop)).StatusCode);
        using var answer = await client.PostAsJsonAsync(
            $"/api/{Host.Slug}/ballots/{ballot}/votes", new { elector = Guid.CreateVersion7(), choice = "for" }, Stop);
        Assert.Equal("vote.not-on-the-roll", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Before_the_close_nothing_tells_what_was_voted_not_even_to_the_auditor()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        await CastAsync(ballot, board.Others[0].Mandate, board.Others[0].Person, Choice.For);
        var position = await CastAsync(ballot, board.Others[1].Mandate, board.Others[1].Person, Choice.Against);
        await room.Host.ShownAsync(position);

        foreach (var role in new[] { Role.Auditor, Role.Secretariat, Role.Member })
        {
            using var answer = JsonDocument.Parse(await room.ReadAsync(role, $"/api/{Host.Slug}/ballots/{ballot}"));
            var json = answer.RootElement;
            Assert.Equal(2, json.GetProperty("turnout").GetProperty("voted").GetInt64());
            Assert.Equal(2, json.GetProperty("roll").EnumerateArray().Count(e => e.GetProperty("voted").GetBoolean()));
            Assert.All(json.GetProperty("roll").EnumerateArray(), e => Assert.False(e.TryGetProperty("choice", out _)));
            Assert.All(["count", "outcome", "verdict"], name => Assert.False(json.GetProperty("ballot").TryGetProperty(name, out _), name));
        }

        var view = await Reads.ViewAsync(room.Host.Association, DateTimeOffset.UtcNow, ct: Stop);
        Assert.All(await Votes.OfBallotAsync(view, ballot, Stop), v => Assert.Null(v.Choice));
        var history = await AuditHistory.PageAsync(view, new([ballot.Value]), AuditHistory.Order.Recorded, null, 100, Stop);
        Assert.Equal(2, history.Entries.Count(e => e.Kind == "vote_cast"));
        Assert.All(history.Entries.Where(e => e.Kind == "vote_cast"), e => Assert.DoesNotContain("choice", Encoding.UTF8.GetString(e.Data.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mandate_recorded_late_raises_an_irregularity_that_somebody_settles_before_the_result()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        await CastAsync(ballot, board.Others[0].Mandate, board.Others[0].Person, Choice.For);

        // Given a mandate since 2020 that the system learns of while the ballot is open,
        var late = await room.Host.RecordAsync(
            Host.Slug, Body.Stream(board.Id), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()), Office.Seat));
        var following = room.Host.App.Services.GetRequiredService<LateFactsHost>().Following;
        Assert.True(await following.WaitForAllAsync(late, TimeSpan.FromSeconds(30), ct: Stop));

        // then one irregularity names who would have been on the roll,
        var raised = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<IrregularityRaised>());
        Assert.Single(raised.Electorate!.Added);
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/count", new { });
        using var refused = await room.SendAsync(Role.Secretariat, $"/{ballot}/result", new { });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        // and the result is proclaimed once it is settled.
        await room.PostAsync(Role.Secretariat, $"/{ballot}/irregularities/{raised.Late}/confirmation", new { reason = "Une voix de plus n'aurait rien changé." });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/result", new { });
        Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<ResultProclaimed>());
    }

    [Fact]
    public async Task A_mandate_taken_back_over_HTTP_raises_an_irregularity_in_the_ballot_that_had_counted_on_it()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        var wrong = (await room.Host.Log.ReadStreamAsync(room.Host.Association.ToString(), Body.Stream(board.Id).Value, ct: Stop))[^1].Id;

        using var client = room.Host.As(Role.Secretariat);
        using var retracted = await client.PostAsJsonAsync($"/api/{Host.Slug}/events/{wrong}/retraction", new { reason = "Personne ne siège là" }, Stop);
        var answer = await retracted.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Stop);
        var following = room.Host.App.Services.GetRequiredService<LateFactsHost>().Following;
        Assert.True(await following.WaitForAllAsync(answer.GetProperty("position").GetInt64(), TimeSpan.FromSeconds(30), ct: Stop));

        var raised = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<IrregularityRaised>());
        Assert.Equal(board.Others[^1].Mandate, Assert.Single(raised.Electorate!.Removed).Mandate);
        Assert.Equal(answer.GetProperty("events")[0].GetGuid(), raised.Late.Value);
    }

    [Fact]
    public async Task At_its_time_a_ballot_is_closed_counted_and_proclaimed_once_by_however_many_hosts()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        await CastAsync(ballot, board.Others[0].Mandate, board.Others[0].Person, Choice.For);

        var hosts = Enumerable.Range(0, 3).Select(_ => room.Deadlines(TimeSpan.FromDays(2))).ToList();
        await Task.WhenAll(hosts.Select(h => h.RoundAsync(Stop)));
        await hosts[0].RoundAsync(Stop);

        var events = await room.EventsAsync(Ballot.Stream(ballot));
        Assert.Equal(ClosedBy.Time, Assert.Single(events.OfType<BallotClosed>()).By);
        Assert.Single(events.OfType<BallotCounted>());
        Assert.Equal(Verdict.Adopted, Assert.Single(events.OfType<ResultProclaimed>()).Outcome!.Verdict);
    }

    [Fact]
    public async Task Before_its_time_the_clock_closes_nothing()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        await room.Deadlines(TimeSpan.FromHours(1)).RoundAsync(Stop);
        Assert.Empty((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotClosed>());
    }

    private Task<long> CastAsync(BallotId ballot, MandateId elector, PersonId person, Choice choice) =>
        room.CastAsync(new CastVoteRequest(ballot, elector, choice, person));

    /// <summary>Votes for and against, once counted.</summary>
    private async Task<(long For, long Against)> CountedAsync(BallotId ballot)
    {
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.Count, new BallotRequest(ballot), Context(), Stop));
        var count = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotCounted>());
        return (count.Groups.Where(g => g.Choice == Choice.For).Sum(g => g.Count), count.Groups.Where(g => g.Choice == Choice.Against).Sum(g => g.Count));
    }

    private CommandContext Context() => room.Context();
}
