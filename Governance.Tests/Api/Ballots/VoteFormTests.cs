using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>The form by which one votes, also when it is not filled in as it was meant.</summary>
public sealed partial class VoteFormTests(BallotRoom room) : IClassFixture<BallotRoom>
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
    public async Task What_is_proposed_in_place_of_a_choice_that_does_not_exist_can_be_chosen()
    {
        var board = await room.BoardAsync(0);
        var ballot = await room.OpenAsync(board);

        using var refused = await room.SendAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = board.Mine.ToString(), choice = "maybe" });
        var proposed = (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").GetProperty("choice")[0].GetString()!;

        Assert.Contains("against", proposed, StringComparison.Ordinal);
        Assert.DoesNotContain("null", proposed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_a_ballot_runs_under_is_told_as_commands_take_it()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(0));

        var rules = JsonDocument.Parse(await room.ReadAsync(Role.Member, $"/api/{Host.Slug}/ballots/{ballot}")).RootElement.GetProperty("ballot").GetProperty("rules");

        Assert.Equal(("tie", "rejected"), (rules.GetProperty("tie").GetProperty("content").GetProperty("rule").GetString(), rules.GetProperty("tie").GetProperty("content").GetProperty("break").GetString()));
        Assert.IsType<RemoteVotingRule>(JsonSerializer.Deserialize<RuleContent>(rules.GetProperty("remoteVoting").GetProperty("content"), EventCatalogue.Json));
    }

    [Fact]
    public async Task A_later_decision_that_annuls_a_ballot_is_named_in_the_form_and_on_the_page()
    {
        var board = await room.BoardAsync();
        var (ballot, later) = (await room.OpenAsync(board, "Première question"), await room.OpenAsync(board, "Annuler la première"));
        await room.PostAsync(Role.Member, $"/{later}/votes", new { elector = board.Members.ToString(), choice = "for" });
        await room.ProclaimAsync(later);
        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));
        using var secretariat = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var page = $"/{Host.Slug}/ballots/{ballot}";
        Assert.Contains("Annuler la première", await secretariat.ReadAsync(page), StringComparison.Ordinal);

        using var answer = await secretariat.SendAsync(page, page + "/annulment", ("annulment", "Texte inexact."), ("annulledBy", later.ToString()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new DecisionReference(later), Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotAnnulled>()).Decision);
        Assert.Contains($"href=\"/{Host.Slug}/ballots/{later}\"", await secretariat.ReadAsync(answer.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_that_met_an_objection_is_amended_and_asked_again()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, "Charte des circulaires", contest: new { question = new { method = new { method = "consent" }, options = new[] { "La charte" } } });
        await room.PostAsync(Role.Member, $"/{ballot}/votes", new { elector = board.Members.ToString(), paper = new { paper = "objects", reason = "Le délai est trop court." } });
        await room.Host.ShownAsync(await room.ProclaimAsync(ballot));
        using var secretariat = await Visitor.AsAsync(room.Host, Role.Secretariat);

        Assert.Contains("Amender et demander de nouveau", await secretariat.ReadAsync($"/{Host.Slug}/ballots/{ballot}"), StringComparison.Ordinal);
        Assert.Contains("Charte des circulaires", await secretariat.ReadAsync($"/{Host.Slug}/ballots/new?again={ballot}"), StringComparison.Ordinal);
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
        using var sent = await VoteAsync(voter, ballot, "review", board.Mine, "for", "one page");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        var keys = new[] { await voter.ReadAsync(Review(ballot)), await voter.ReadAsync(Review(ballot)) }.Select(page => SendingKey().Match(page).Groups[1].Value).ToList();
        Assert.DoesNotContain("one page", keys);
        Assert.DoesNotContain("", keys);
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public async Task A_choice_to_be_read_again_stands_in_no_address_and_in_a_cookie_that_nobody_else_can_read()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        using var sent = await VoteAsync(voter, ballot, "review", board.Mine, "against", "a key");

        Assert.Equal(Review(ballot), sent.Headers.Location!.ToString());
        var cookie = Assert.Single(sent.Headers.GetValues("Set-Cookie"), c => c.StartsWith("governance-vote=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var value = cookie["governance-vote=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];
        Assert.True(WebEncoders.Base64UrlDecode(value).AsSpan().IndexOf(board.Mine.Value.ToByteArray()) < 0);
        Assert.Contains("value=\"against\"", await voter.ReadAsync(Review(ballot)), StringComparison.Ordinal);

        // The same browser, in which somebody else of the board's roll signs in.
        using var signedIn = await voter.SignInAsync(room.Host.Account(Role.Member).Login, room.Host.Account(Role.Member).Password);
        using var other = await voter.Client.GetAsync(new Uri(Review(ballot), UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", other.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Whoever_goes_back_after_voting_comes_to_the_ballot()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board);
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        using var sent = await VoteAsync(voter, ballot, "review", board.Mine, "for", "a key");
        using var cast = await VoteAsync(voter, ballot, "votes", board.Mine, "for", "another key");
        Assert.Equal(HttpStatusCode.Redirect, cast.StatusCode);

        using var back = await voter.Client.GetAsync(new Uri(Review(ballot), UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Equal($"/{Host.Slug}/ballots/{ballot}", back.Headers.Location!.ToString());
        Assert.Equal("no-store", back.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Whoever_votes_for_sixty_on_twenty_options_is_read_to_the_last_field()
    {
        var board = await room.BoardAsync();
        var options = Enumerable.Range(1, 20).Select(i => $"Option {i}").ToList();
        var ballot = await room.OpenAsync(board, contest: new { question = new { method = new { method = "schulze" }, options } });
        using var voter = await Visitor.AsAsync(room.Host, Role.BoardMember);
        var page = $"/{Host.Slug}/ballots/{ballot}";
        var mandates = Enumerable.Range(0, 60).Select(_ => MandateId.Of(Guid.CreateVersion7())).ToList();
        (string Name, string Value)[] fields =
            [.. mandates.SelectMany(m => options.Select((_, place) => ($"{VoteFields.PaperField}{m}.{place}", (place + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))))];

        using var answer = await voter.SendAsync(page, page + "/review", fields);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"name=\"{fields[^1].Name}\" value=\"{fields[^1].Value}\"", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static string Review(BallotId ballot) => $"/{Host.Slug}/ballots/{ballot}/review";

    [GeneratedRegex("name=\"idempotencyKey\" value=\"([^\"]+)\"")]
    private static partial Regex SendingKey();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> VoteAsync(Visitor voter, BallotId ballot, string step, MandateId mandate, string choice, string key) => voter.SendAsync(
        $"/{Host.Slug}/ballots/{ballot}", $"/{Host.Slug}/ballots/{ballot}/{step}", ("idempotencyKey", key), (VoteFields.ChoiceField + mandate, choice));
}
