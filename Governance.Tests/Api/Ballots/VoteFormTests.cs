using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>The form by which one votes, also when it is not filled in as it was meant.</summary>
public sealed class VoteFormTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    [Theory]
    [InlineData("99")]
    [InlineData("1")]
    [InlineData("for,against")]
    [InlineData("For, Against")]
    [InlineData("FOR")]
    [InlineData("")]
    public async Task A_forged_choice_is_no_choice_and_records_nothing(string choice)
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);

        foreach (var step in new[] { "review", "votes" })
        {
            using var answer = await VoteAsync(voter, ballot, step, board.Mine, choice, "forged");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        if (choice.Length > 0)
        {
            using var api = await room.SendAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice });
            Assert.Equal(HttpStatusCode.BadRequest, api.StatusCode);
            Assert.True((await api.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").TryGetProperty("choice", out _));
        }

        Assert.Empty(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
    }

    [Fact]
    public async Task Whoever_goes_back_and_votes_otherwise_has_changed_their_vote()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);

        foreach (var choice in new[] { "for", "against" })
        {
            using var answer = await VoteAsync(voter, ballot, "votes", board.Mine, choice, "the key of one form");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var events = await room.EventsAsync(Vote.Stream(ballot, board.Mine));
        Assert.Equal(Choice.For, Assert.IsType<VoteCast>(events[0]).Choice);
        Assert.Equal(Choice.Against, Assert.IsType<VoteChanged>(events[1]).Choice);
    }

    [Fact]
    public async Task A_vote_sent_twice_is_recorded_once()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);

        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await VoteAsync(voter, ballot, "votes", board.Mine, "for", "pressed twice");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        Assert.Single(await room.EventsAsync(Vote.Stream(ballot, board.Mine)));
    }

    [Fact]
    public async Task Each_reading_before_voting_is_a_sending_of_its_own()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        using var first = await VoteAsync(voter, ballot, "review", board.Mine, "for", "one page");
        using var second = await VoteAsync(voter, ballot, "review", board.Mine, "for", "one page");
        Assert.DoesNotContain("one page", await first.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> VoteAsync(Visitor voter, BallotId ballot, string step, MandateId mandate, string choice, string key) => voter.SendAsync(
        $"/{Host.Slug}/ballots/{ballot}", $"/{Host.Slug}/ballots/{ballot}/{step}", ("idempotencyKey", key), (BallotForms.ChoiceField + mandate, choice));
}
