using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What happened, over HTTP: in words, filtered, paged, on both timelines.</summary>
public sealed class HistoryTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task Given_a_member_admitted_When_the_history_is_read_Then_it_is_told_in_the_language_asked_for()
    {
        var member = MemberId.Of(Guid.CreateVersion7());
        await RecordAsync(Member.Stream(member), new MemberAdmitted(member, new MemberName("Centre du Nord"), false, "Hauts-de-France"));

        var events = await EventsAsync($"touching={member}");

        Assert.Equal("Centre du Nord devient membre (Hauts-de-France)", Assert.Single(events).GetProperty("sentence").GetString());
        using var english = host.As(Role.Member);
        english.DefaultRequestHeaders.AcceptLanguage.Clear();
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Contains("Centre du Nord becomes a member (Hauts-de-France)", await english.GetStringAsync($"{History}?touching={member}", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_events_that_come_in_between_pages_When_the_next_page_is_read_Then_none_is_told_twice_and_none_is_missing()
    {
        var before = new List<string>();
        for (var i = 0; i < 120; i++)
            before.Add((await RecordAsync(new("chronicle"), new ChronicleEntryRecorded($"Page {i}", ChronicleTheme.Gathering))).ToString());
        var first = await ReadAsync("thing=chronicle&q=Page");
        // Effective in the middle of what has been read already, and of what has not.
        await RecordAsync(new("chronicle"), new ChronicleEntryRecorded("Page tardive", ChronicleTheme.Gathering));

        var seen = new List<string>(Ids(first));
        var total = first.GetProperty("total").GetInt64();
        for (var page = first; page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String;)
        {
            page = await ReadAsync($"thing=chronicle&q=Page&after={next.GetString()}");
            Assert.Equal(total, page.GetProperty("total").GetInt64());
            seen.AddRange(Ids(page));
        }

        Assert.Equal(120, total);
        Assert.Equal(before.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(121, (await ReadAsync("thing=chronicle&q=Page")).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Given_a_fact_recorded_late_When_one_looks_at_what_was_known_before_Then_it_is_not_there_and_at_its_day_it_is()
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var late = await RecordAsync(new("chronicle"), new ChronicleEntryRecorded("Assemblée retrouvée", ChronicleTheme.Governance));

        Assert.Empty(await EventsAsync($"q=retrouv%C3%A9e&recordedAsOf={before}"));
        Assert.Empty(await EventsAsync("q=retrouv%C3%A9e&asOf=2019-12-31"));
        Assert.Equal(late.ToString(), Assert.Single(await EventsAsync("q=retrouv%C3%A9e&asOf=2020-01-02")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Given_a_fact_retracted_When_the_history_is_read_Then_both_are_told_and_the_first_is_marked_from_then_on()
    {
        var wrong = await RecordAsync(new("chronicle"), new ChronicleEntryRecorded("Fusion démentie", ChronicleTheme.Governance));
        var before = await host.Log.LastPositionAsync(Stop);
        await RecordAsync(new("chronicle"), new FactRetracted(wrong, "Erreur de saisie"));

        using var client = host.As(Role.Auditor);
        var now = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/events/{wrong}", Stop);
        var then = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/events/{wrong}?recordedAsOf={before}", Stop);
        Assert.True(now.GetProperty("event").GetProperty("retracted").GetBoolean());
        Assert.False(then.GetProperty("event").GetProperty("retracted").GetBoolean());
        var retraction = Assert.Single(await EventsAsync($"touching={wrong}"));
        Assert.Equal(wrong.ToString(), retraction.GetProperty("retracts").GetString());
    }

    [Fact]
    public async Task Given_a_vote_in_a_ballot_that_is_not_closed_When_anybody_reads_its_event_Then_the_choice_is_nowhere()
    {
        var (ballot, elector) = (BallotId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        var vote = await RecordAsync(Vote.Stream(ballot, elector), new VoteCast(ballot, elector, host.Person(Role.BoardMember), Choice.Against));

        using var client = host.As(Role.Auditor);
        foreach (var address in new[] { $"{History}?touching={ballot}", $"/api/{Host.Slug}/events/{vote}", $"/api/{Host.Slug}/history.jsonl?touching={ballot}", $"/api/{Host.Slug}/history.csv?touching={ballot}" })
        {
            var text = await client.GetStringAsync(address, Stop);
            Assert.Contains(vote.ToString(), text, StringComparison.Ordinal);
            Assert.DoesNotContain("against", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("contre", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain(await EventsAsync("q=against"), e => e.GetProperty("id").GetString() == vote.ToString());
    }

    [Fact]
    public async Task Given_a_person_When_the_history_is_told_Then_the_name_is_opened_and_as_recorded_it_stays_sealed()
    {
        var person = host.Person(Role.Secretariat);
        var registered = (await EventsAsync($"thing=person&touching={person}"))[0];
        Assert.Contains("Titulaire Secretariat", registered.GetProperty("sentence").GetString(), StringComparison.Ordinal);

        using var client = host.As(Role.Auditor);
        var one = await client.GetStringAsync($"/api/{Host.Slug}/events/{registered.GetProperty("id").GetString()}", Stop);
        Assert.Contains("ciphertext", one, StringComparison.Ordinal);
        using var member = host.As(Role.Member);
        Assert.DoesNotContain("ciphertext", await member.GetStringAsync($"/api/{Host.Slug}/events/{registered.GetProperty("id").GetString()}", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person=moi", "person")]
    [InlineData("from=31%20f%C3%A9vrier", "from")]
    [InlineData("thing=planet", "thing")]
    [InlineData("after=demain", "after")]
    public async Task Given_a_filter_that_cannot_be_read_When_the_history_is_asked_for_Then_the_answer_names_it(string query, string field)
    {
        using var client = host.As(Role.Member);
        var answer = await client.GetAsync($"{History}?{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Given_a_text_that_a_spreadsheet_would_run_When_the_history_is_exported_Then_it_is_text()
    {
        await RecordAsync(new("association"), new SeatMoved("=1+1"));
        var title = await RecordAsync(new("chronicle"), new ChronicleEntryRecorded("=HYPERLINK(\"x\")", ChronicleTheme.Members));
        using var client = host.As(Role.Auditor);
        var table = await client.GetStringAsync($"/api/{Host.Slug}/history.csv?q=HYPERLINK", Stop);
        Assert.Contains(title.ToString(), table, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=fete des cites")]
    [InlineData("q=FÊTE DES CITÉS")]
    public async Task Given_words_without_their_accents_or_capitals_When_they_are_looked_for_Then_they_are_found(string query)
    {
        var known = await RecordAsync(new("chronicle"), new ChronicleEntryRecorded($"Fête des Cités {Guid.NewGuid()}", ChronicleTheme.Members));
        Assert.Contains(await EventsAsync(query), e => e.GetProperty("id").GetString() == known.ToString());
    }

    [Fact]
    public async Task Given_decisions_among_other_facts_When_only_they_are_asked_for_Then_nothing_else_is_told()
    {
        var decision = await host.DecisionAsync();
        var decided = await EventsAsync("thing=decisions");
        Assert.Contains(decided, e => e.GetProperty("thing").GetString()!.Contains(decision.ToString(), StringComparison.Ordinal));
        Assert.All(decided, e => Assert.Contains(e.GetProperty("kind").GetString(), new[] { "outcome_transcribed", "result_proclaimed", "statutes_adopted" }));
    }

    [Fact]
    public async Task Given_filters_of_a_period_When_the_history_is_exported_Then_the_file_bears_it_and_times_are_as_close_as_they_are_known()
    {
        using var secretariat = host.As(Role.Secretariat);
        using var recorded = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/chronicle", new { title = "Fin d'été", theme = "members", effective = "2019-10" }, Stop);
        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Auditor);

        using var table = await client.GetAsync($"/api/{Host.Slug}/history.csv?from=2019-10-01&to=2019-10-31", Stop);

        Assert.Equal("essai-2019-10-01-2019-10-31.csv", table.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains("\"2019-10\",\"Month\"", await table.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var lines = await client.GetStringAsync($"/api/{Host.Slug}/history.jsonl?from=2019-10-01&to=2019-10-31", Stop);
        Assert.Contains("Fin d'été", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u0027", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_many_people_registered_for_one_day_When_the_history_is_shown_Then_they_are_one_line_that_opens()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var member = await Visitor.AsAsync(host, Role.Member);
        var page = await member.ReadAsync($"/{Host.Slug}/history?thing=person");
        Assert.Matches(@"<summary>\d+ personnes sont inscrites au fichier des personnes</summary>", page);
        Assert.Contains("Titulaire Secretariat", page, StringComparison.Ordinal);
    }

    private const string History = $"/api/{Host.Slug}/history";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<EventId> RecordAsync(StreamId stream, IEvent @event)
    {
        var position = await host.RecordAsync(Host.Slug, stream, @event);
        await host.ShownAsync(position);
        var stored = (await host.Log.ReadPageAsync(position - 1, limit: 1, ct: Stop))[0];
        return EventId.Of(stored.Id);
    }

    private async Task<JsonElement> ReadAsync(string query)
    {
        using var client = host.As(Role.Member);
        return await client.GetFromJsonAsync<JsonElement>($"{History}?{query}", Stop);
    }

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(string query)
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        return [.. (await ReadAsync(query)).GetProperty("events").EnumerateArray()];
    }

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!);
}
