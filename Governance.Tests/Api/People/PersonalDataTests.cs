using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Calendars;
using Governance.Api.People;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.EventStore.Vault;
using Governance.Tests.Api.Ballots;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>What is held on somebody, given to them, and who has read it.</summary>
public sealed class PersonalDataTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private const string Api = $"/api/{Host.Slug}";

    private Host Host => room.Host;

    private ReadRecord Record => Host.App.Services.GetRequiredService<ReadRecord>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_for_their_data_gets_names_votes_proxies_account_reads_and_events_and_nobody_elses()
    {
        // Given somebody with an address, a mandate, a vote in an open ballot, one in a closed one and one in a secret one
        var (person, email) = await RegisterAsync("Madame Untel");
        using var theirs = await Host.AsAsync(email, person);
        var (board, mandate) = await SeatAsync(person);
        var closed = await room.OpenAsync(board, "Un vote clos");
        await PostAsync(theirs, $"ballots/{closed}/votes", new { elector = mandate.ToString(), choice = "against" });
        await room.ProclaimAsync(closed);
        var open = await room.OpenAsync(board, "Un vote ouvert");
        await Host.ShownAsync((await PostAsync(theirs, $"ballots/{open}/votes", new { elector = mandate.ToString(), choice = "for" })).GetProperty("position").GetInt64());

        // and a secretariat that looked at their page
        using var secretariat = Host.As(Role.Secretariat);
        await secretariat.GetStringAsync($"{Api}/people/{person}", Stop);

        // When they ask
        var data = await theirs.GetFromJsonAsync<JsonElement>($"{Api}/people/me/data", Stop);

        // Then all of it is there,
        Assert.Equal(("Madame Untel", email, email), (data.GetProperty("name").GetString(), data.GetProperty("email").GetString(), data.GetProperty("account").GetProperty("login").GetString()));
        Assert.Equal("Madame Untel", Assert.Single(data.GetProperty("identity").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(mandate.ToString(), Assert.Single(data.GetProperty("mandates").EnumerateArray()).GetProperty("mandate").GetString());
        Assert.Equal(
            [("Un vote clos", "against"), ("Un vote ouvert", null)],
            data.GetProperty("votes").EnumerateArray().Select(v => (v.GetProperty("title").GetString(), v.TryGetProperty("choice", out var choice) ? choice.GetString() : null)));
        Assert.Contains(data.GetProperty("reads").EnumerateArray(), r => r.GetProperty("page").GetString() == "person" && By(r) == "Titulaire Secretariat");
        Assert.Contains(data.GetProperty("events").EnumerateArray(), e => e.GetProperty("kind").GetString() == "person_registered");

        // what they read themselves is not said of others, and what others cast is not theirs.
        await theirs.GetStringAsync($"{Api}/people/{person}", Stop);
        var again = await theirs.GetFromJsonAsync<JsonElement>($"{Api}/people/me/data", Stop);
        Assert.DoesNotContain(again.GetProperty("reads").EnumerateArray(), r => By(r) == "Madame Untel");
        using var other = Host.As(Role.BoardMember);
        var others = await other.GetStringAsync($"{Api}/people/me/data", Stop);
        Assert.DoesNotContain("Madame Untel", others, StringComparison.Ordinal);
        using var visitor = Host.As(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync($"{Api}/people/me/data", Stop)).StatusCode);
    }

    // An account that stands for nobody whose name is known has none.
    private static string? By(JsonElement read) => read.TryGetProperty("by", out var by) ? by.GetString() : null;

    [Fact]
    public async Task Who_asks_for_their_data_gets_registrations_for_gatherings_and_addresses_of_calendars_without_the_secret()
    {
        // Given somebody who waits for a place at a gathering, whose calendar program follows their duties
        var (person, email) = await RegisterAsync("Madame Inscrite");
        using var theirs = await Host.AsAsync(email, person);
        var (gathering, former, called) = (GatheringId.Of(Guid.CreateVersion7()), GatheringId.Of(Guid.CreateVersion7()), RegistrationId.Of(Guid.CreateVersion7()));
        await Host.RecordAsync(
            Host.Slug, Gathering.Stream(former),
            new GatheringPlanned(former, 2, "Journées d’Arras", "Arras", new EffectiveTime(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day), 1),
            new GuestsInvited([GuestKind.MemberTeams]), new GuestsRegistered(called, GuestKind.MemberTeams, 1, Waiting: false, person));
        await Host.RecordOnAsync(Host.Slug, new DateOnly(2021, 3, 2), Gathering.Stream(former), new RegistrationCancelled(called));
        var shown = await Host.RecordAsync(
            Host.Slug, Gathering.Stream(gathering),
            new GatheringPlanned(gathering, 1, "Journées de Lille", "Lille", new EffectiveTime(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day), 2),
            new GuestsInvited([GuestKind.MemberTeams]),
            new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.MemberTeams, 1, Waiting: true, person),
            new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.MemberTeams, 1, Waiting: false, Host.Person(Role.Member)));
        var account = await Host.App.Services.GetRequiredService<AccountLinks>().AccountOfAsync(Host.Association, person, Stop);
        var secret = await Host.App.Services.GetRequiredService<CalendarAddresses>().NewAsync(account!.Value, Host.Association, CalendarKind.Duties, null, Stop);
        await Host.ShownAsync(shown);

        // When they ask
        var data = await theirs.GetFromJsonAsync<JsonElement>($"{Api}/people/me/data", Stop);

        // Then their own registrations are there, the one that they cancelled too, and that there is an address, by which nobody could read
        var cancelled = Assert.Single(data.GetProperty("registrations").EnumerateArray(), r => r.GetProperty("title").GetString() == "Journées d’Arras");
        Assert.NotEqual(default, cancelled.GetProperty("cancelled").GetDateTimeOffset());
        var registration = Assert.Single(data.GetProperty("registrations").EnumerateArray(), r => !r.TryGetProperty("cancelled", out var at) || at.ValueKind == JsonValueKind.Null);
        Assert.Equal(("Journées de Lille", true), (registration.GetProperty("title").GetString(), registration.GetProperty("waiting").GetBoolean()));
        Assert.Equal("duties", Assert.Single(data.GetProperty("account").GetProperty("calendars").EnumerateArray()).GetProperty("kind").GetString());
        Assert.DoesNotContain(secret!, data.ToString(), StringComparison.Ordinal);
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/{Host.Slug}/my-data");
        page.Headers.Accept.ParseAdd("text/html");
        using var answer = await theirs.SendAsync(page, Stop);
        var read = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Contains("Journées de Lille", read, StringComparison.Ordinal);
        Assert.Contains("en liste d’attente depuis le", read, StringComparison.Ordinal);
        Assert.Contains(", annulée le 2 mars 2021", read, StringComparison.Ordinal);
        Assert.Contains("Adresse d’agenda", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Participation_in_a_secret_ballot_is_told_without_a_word_of_the_paper()
    {
        var (person, email) = await RegisterAsync("Monsieur Untel");
        using var theirs = await Host.AsAsync(email, person);
        var (board, mandate) = await SeatAsync(person, others: 4);
        var ballot = await room.OpenAsync(board, "Un vote secret", secret: true);
        await Host.ShownAsync((await PostAsync(theirs, $"ballots/{ballot}/papers", new { elector = mandate.ToString(), code = "ABCD-EFGH-JKMN", choice = "for" })).GetProperty("position").GetInt64());

        var vote = Assert.Single((await theirs.GetFromJsonAsync<JsonElement>($"{Api}/people/me/data", Stop)).GetProperty("votes").EnumerateArray());

        Assert.True(vote.GetProperty("secret").GetBoolean());
        Assert.DoesNotContain("for", vote.EnumerateObject().Select(p => p.Value.ToString()));
        Assert.DoesNotContain("ABCD", vote.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secretariat_answers_for_somebody_without_an_account_and_that_it_did_is_recorded()
    {
        var (person, _) = await RegisterAsync("Madame Sans-Compte");
        using var secretariat = Host.As(Role.Secretariat);

        var data = await secretariat.GetFromJsonAsync<JsonElement>($"{Api}/people/{person}/data", Stop);

        Assert.Equal("Madame Sans-Compte", data.GetProperty("name").GetString());
        Assert.Equal("data", Assert.Single(await Record.OfAsync(Host.Association, person, Stop), r => r.Named).Page);
        using var member = Host.As(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{Api}/people/{person}/data", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await secretariat.GetAsync($"{Api}/people/{Guid.CreateVersion7()}/data", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_list_names_whom_it_showed_unless_it_is_long_and_whoever_audits_sees_numbers_alone()
    {
        var (person, _) = await RegisterAsync("Madame Liste");
        using var member = Host.As(Role.Member);
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/{Host.Slug}/people");
        page.Headers.Accept.ParseAdd("text/html");
        Assert.Equal(HttpStatusCode.OK, (await member.SendAsync(page, Stop)).StatusCode);
        var read = Assert.Single(await Record.OfAsync(Host.Association, person, Stop), r => r.Named);
        Assert.Equal("people", read.Page);
        Assert.InRange(read.Number, 2, ReadRecord.MostNamed);

        var account = Guid.CreateVersion7();
        await Record.AddAsync(Host.Association, account, "members", [.. Enumerable.Range(0, ReadRecord.MostNamed + 1).Select(_ => PersonId.Of(Guid.NewGuid()))]);
        var unnamed = Assert.Single(await Record.OfAsync(Host.Association, person, Stop), r => r.By == account);
        Assert.Equal((false, ReadRecord.MostNamed + 1), (unnamed.Named, unnamed.Number));

        using var auditor = Host.As(Role.Auditor);
        var counts = await auditor.GetStringAsync($"{Api}/reads", Stop);
        Assert.Contains("\"people\"", counts, StringComparison.Ordinal);
        Assert.DoesNotContain(person.ToString(), counts, StringComparison.Ordinal);
        Assert.DoesNotContain(account.ToString(), counts, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{Api}/reads", Stop)).StatusCode);
    }

    [Fact]
    public void Every_kind_of_page_that_shows_people_is_named_to_them_for_what_it_is()
    {
        var shown = Host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => (Address: e.RoutePattern.RawText!, e.Metadata.GetMetadata<RevealsPeopleAttribute>()?.Page)).Where(e => e.Page is not null).ToList();

        Assert.All(shown.Where(e => e.Address.Contains("/attendance-sheet", StringComparison.Ordinal)), e => Assert.Equal("attendance-sheet", e.Page));
        Assert.Contains(shown, e => e.Address.EndsWith("/attendance-sheet/pdf", StringComparison.Ordinal));
        foreach (var culture in new[] { "fr-FR", "en-GB" })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            var words = Host.App.Services.GetRequiredService<IStringLocalizer<PersonalDataText>>();
            Assert.All(shown.Select(e => e.Page!).Distinct(), page => Assert.False(words["Page." + page].ResourceNotFound, page));
        }
    }

    [Theory]
    [InlineData("/api/{0}/changes?of={1}", "application/json")]
    [InlineData("/api/{0}/changes.csv?of={1}", "text/csv")]
    [InlineData("/{0}/changes?of={1}", "text/html")]
    public async Task A_comparison_that_names_somebody_is_a_read_of_their_data(string address, string accept)
    {
        var (person, _) = await RegisterAsync("Madame Comparée");
        using var member = Host.As(Role.Member);
        using var asked = new HttpRequestMessage(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, address, Host.Slug, person));
        asked.Headers.Accept.ParseAdd(accept);

        using var answer = await member.SendAsync(asked, Stop);

        Assert.Contains("Madame Compar", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("changes", Assert.Single(await Record.OfAsync(Host.Association, person, Stop), r => r.Named).Page);
    }

    [Theory]
    [InlineData("/api/{0}/history?person={1}", "application/json")]
    [InlineData("/api/{0}/history.csv?person={1}", "text/csv")]
    [InlineData("/api/{0}/history.jsonl?person={1}", "application/jsonl")]
    [InlineData("/{0}/history?person={1}", "text/html")]
    [InlineData("/api/{0}/events/{2}", "application/json")]
    [InlineData("/{0}/events/{2}", "text/html")]
    public async Task What_happened_told_with_somebodys_name_is_a_read_of_their_data_however_it_is_given(string address, string accept)
    {
        var (person, _) = await RegisterAsync("Madame Racontée");
        await Host.ShownAsync(await Host.Log.LastPositionAsync(Stop));
        var registered = (await Host.Log.ReadStreamAsync(Host.Association.ToString(), Person.Stream(person).Value, ct: Stop))[0].Id;
        using var auditor = Host.As(Role.Auditor);
        using var asked = new HttpRequestMessage(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, address, Host.Slug, person, registered));
        asked.Headers.Accept.ParseAdd(accept);

        using var answer = await auditor.SendAsync(asked, Stop);

        Assert.Contains("Madame Racont", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains(await Record.OfAsync(Host.Association, person, Stop), r => r.Named && r.Page == "history");
    }

    [Fact]
    public async Task A_form_that_is_refused_on_somebodys_page_and_names_to_choose_from_are_reads_of_their_data_too()
    {
        var (person, _) = await RegisterAsync("Madame Refusée");
        using var secretariat = await Visitor.AsAsync(Host, Role.Secretariat);
        async Task<int> ReadsAsync(string page) => (await Record.OfAsync(Host.Association, person, Stop)).Count(r => r.Named && r.Page == page);

        // Sent from another page, so that what is counted is the answer alone.
        using var refused = await secretariat.SendAsync($"/{Host.Slug}/people/new", $"/{Host.Slug}/people/{person}/name", ("name", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Madame Refus", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(1, await ReadsAsync("person"));

        using var invited = await secretariat.SendAsync($"/{Host.Slug}/people/new", $"/{Host.Slug}/people/{person}/invitation", ("login", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, invited.StatusCode);
        Assert.Equal(2, await ReadsAsync("person"));

        Assert.Contains("Madame Refus", await secretariat.ReadAsync($"/{Host.Slug}/ballots/new"), StringComparison.Ordinal);
        Assert.Equal(1, await ReadsAsync("ballot-draft"));
        using var drafted = await secretariat.SendAsync($"/{Host.Slug}/people/new", $"/{Host.Slug}/ballots/new", ("title", ""));
        Assert.True((int)drafted.StatusCode is >= 400 and < 500, drafted.StatusCode.ToString());
        Assert.Equal(2, await ReadsAsync("ballot-draft"));

        // What leads on elsewhere shows nobody.
        using var done = await secretariat.SendAsync($"/{Host.Slug}/people/new", $"/{Host.Slug}/people/{person}/name", ("name", "Madame Acceptée"));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(2, await ReadsAsync("person"));
    }

    [Fact]
    public async Task What_grows_with_the_years_is_paged_on_the_page_and_whole_in_the_file_without_being_kept_in_memory()
    {
        var person = PersonId.Of(Guid.CreateVersion7());
        var name = new Sealed(person, (await Host.App.Services.GetRequiredService<PersonVault>().SealAsync(Host.Association.ToString(), person.Value, "Madame Longue", Stop))!);
        await Host.RecordAsync(Host.Slug, Person.Stream(person), [new PersonRegistered(person, name, LabelOnly: false), .. Enumerable.Range(0, 120).Select(_ => new PersonEmailChanged())]);
        using var theirs = await Host.AsAsync("longue@example.org", person);
        for (var i = 0; i < 70; i++)
            await Record.AddAsync(Host.Association, Guid.CreateVersion7(), "person", [person]);
        await Host.ShownAsync(await Host.Log.LastPositionAsync(Stop));

        using var answer = await theirs.GetAsync($"{Api}/people/me/data", HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var data = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(121, data.GetProperty("events").GetArrayLength());
        Assert.InRange(data.GetProperty("reads").EnumerateArray().Count(r => r.GetProperty("named").GetBoolean()), 70, 100);

        var seen = new HashSet<string>();
        var address = $"/{Host.Slug}/my-data";
        for (var pages = 1; ; pages++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/html");
            using var shown = await theirs.SendAsync(request, Stop);
            var page = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Stop));
            var listed = Regex.Matches(page, $"<li><a href=\"/{Host.Slug}/events/([0-9a-f-]+)").Select(m => m.Groups[1].Value).ToList();
            Assert.InRange(listed.Count, 1, 50);
            seen.UnionWith(listed);
            if (Regex.Match(page, "rel=\"next\" href=\"([^\"]*events=[^\"]*#events)\"") is not { Success: true } next)
            {
                Assert.Equal(3, pages);
                break;
            }

            if (pages == 1)
                Assert.Matches("rel=\"next\" href=\"[^\"]*reads=[0-9]+#reads\"", page);
            address = next.Groups[1].Value.Split('#')[0];
        }

        Assert.Equal(121, seen.Count);
    }

    [Fact]
    public async Task The_secretariat_answers_for_whoever_asks_by_letter_with_an_account_too_and_they_see_that_it_did()
    {
        var (person, email) = await RegisterAsync("Madame Lettre");
        using var theirs = await Host.AsAsync(email, person);
        using var secretariat = Host.As(Role.Secretariat);

        Assert.Equal(email, (await secretariat.GetFromJsonAsync<JsonElement>($"{Api}/people/{person}/data", Stop)).GetProperty("account").GetProperty("login").GetString());

        var data = await theirs.GetFromJsonAsync<JsonElement>($"{Api}/people/me/data", Stop);
        Assert.Contains(data.GetProperty("reads").EnumerateArray(), r => r.GetProperty("page").GetString() == "data" && By(r) == "Titulaire Secretariat");
    }

    [Fact]
    public async Task A_page_is_answered_when_its_read_cannot_be_recorded()
    {
        await using var database = NpgsqlDataSource.Create(Host.App.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        var (person, _) = await RegisterAsync("Madame Panne");
        using var member = Host.As(Role.Member);
        await using var held = await database.OpenConnectionAsync(Stop);
        await using (var transaction = await held.BeginTransactionAsync(Stop))
        {
            await ExecuteAsync(held, "lock table access.read in access exclusive mode");
            var started = Stopwatch.StartNew();
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync($"{Api}/people/{person}", Stop)).StatusCode);
            Assert.InRange(started.Elapsed, TimeSpan.Zero, ReadRecord.Patience + TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task Reads_are_only_ever_added_to_until_they_are_older_than_they_are_kept()
    {
        await using var database = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(Host.App.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString));
        await using var connection = await database.OpenConnectionAsync(Stop);
        var person = PersonId.Of(Guid.CreateVersion7());
        await Record.AddAsync(Host.Association, Guid.CreateVersion7(), "person", [person]);
        foreach (var change in new[] { "update access.read set number = number", "delete from access.read", "truncate access.read" })
            Assert.Contains("only ever added to", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, change))).MessageText, StringComparison.Ordinal);

        await ExecuteAsync(connection, $"insert into access.read (association, account, page, people, number, at) values ('{Host.Association}', gen_random_uuid(), 'person', array['{person}'::uuid], 1, now() - interval '400 days')");
        Assert.Equal(2, (await Record.OfAsync(Host.Association, person, Stop)).Count(r => r.Named));
        Assert.Equal(1, await Record.ExpireAsync(Stop));
        Assert.Single(await Record.OfAsync(Host.Association, person, Stop), r => r.Named);
    }

    private async Task<(PersonId Person, string Email)> RegisterAsync(string name)
    {
        using var secretariat = Host.As(Role.Secretariat);
        var email = $"{Guid.NewGuid():N}@example.org";
        var registered = await PostAsync(secretariat, "people", new { name, email });
        await Host.ShownAsync(registered.GetProperty("position").GetInt64());
        return (PersonId.Of(registered.GetProperty("ids").GetProperty("person").GetGuid()), email);
    }

    private async Task<(Board Board, MandateId Mandate)> SeatAsync(PersonId person, int others = 3)
    {
        var board = await room.BoardAsync(others);
        var mandate = MandateId.Of(Guid.CreateVersion7());
        await Host.RecordAsync(Host.Slug, Body.Stream(board.Id), new MandateAppointed(mandate, person, Office.Seat));
        return (board, mandate);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync($"{Api}/{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Stop)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
