using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Calendars;
using Governance.Domain.Associations;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.SharedTools;
using Governance.Domain.WorkingGroups;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What every read over HTTP keeps to, shown on the association itself.</summary>
public sealed class ReadTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task The_page_of_what_was_just_recorded_says_so_and_asks_again_while_the_read_model_is_held_up()
    {
        using var client = host.As(Role.Secretariat);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var database = host.App.Services.GetRequiredService<NpgsqlDataSource>();
        await using var held = await database.OpenConnectionAsync(Stop);
        await using var transaction = await held.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand("lock table read.people_1 in exclusive mode", held, transaction))
            await hold.ExecuteNonQueryAsync(Stop);

        using var recorded = await client.PostAsJsonAsync($"/api/{Host.Slug}/people", new { name = "Tout juste inscrite" }, Stop);
        var made = await recorded.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var address = $"/{Host.Slug}/people/{made.GetProperty("ids").GetProperty("person").GetString()}?waitFor={made.GetProperty("position").GetInt64()}";
        using var early = await client.GetAsync(address, Stop);
        Assert.Equal((HttpStatusCode.Accepted, "2"), (early.StatusCode, Assert.Single(early.Headers.GetValues("Refresh"))));
        Assert.Contains("pas encore affich", await early.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        await transaction.RollbackAsync(Stop);
        await host.ShownAsync(made.GetProperty("position").GetInt64());
        using var shown = await client.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task A_search_names_people_and_things_with_what_was_found_marked_and_who_was_shown_is_told_of_it()
    {
        using var secretariat = host.As(Role.Secretariat);
        async Task<Guid> MadeAsync(string address, object body, string made)
        {
            using var answer = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/{address}", body, Stop);
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {await answer.Content.ReadAsStringAsync(Stop)}");
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("ids").GetProperty(made).GetGuid();
        }

        var (shown, other) = (await MadeAsync("people", new { name = "Aldegonde Vermandois", effective = "2015" }, "person"), await MadeAsync("people", new { name = "Aldegonde Hesdin", effective = "2015" }, "person"));
        var treasury = await MadeAsync("bodies", new { name = "Bureau du littoral", kind = "bureau", effective = "2020-01-01" }, "body");
        await MadeAsync($"bodies/{treasury}/mandates", new { person = shown, office = "treasurer", effective = "2020-01-01" }, "mandate");
        var member = await MadeAsync("members", new { name = new { person = other, name = "Aldegonde Hesdin" }, effective = "2024" }, "member");
        var tool = SharedToolId.Of(Guid.CreateVersion7());
        await host.RecordAsync(Host.Slug, SharedTool.Stream(tool), new SharedToolLaunched(tool, "Vermandois <i>& co</i>", "Étudier les quartiers du Vermandois"));
        await host.FoundAsync("autre-recherche");
        var foreign = SharedToolId.Of(Guid.CreateVersion7());
        await host.RecordAsync("autre-recherche", SharedTool.Stream(foreign), new SharedToolLaunched(foreign, "Vermandois d’ailleurs"));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        using var reader = host.As(Role.Member);
        async Task<JsonElement> SearchAsync(string query) => await reader.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/search?{query}", Stop);
        static string Told(JsonElement result) =>
            $"{result.GetProperty("kind").GetString()} {string.Concat(result.GetProperty("title").EnumerateArray().Select(piece => piece.GetProperty("found").GetBoolean() ? $"[{piece.GetProperty("text").GetString()}]" : piece.GetProperty("text").GetString()))}";
        var both = await SearchAsync("q=vermandois");
        Assert.Equal(["person Aldegonde [Vermandois]", "shared-tool [Vermandois] <i>& co</i>"], both.GetProperty("results").EnumerateArray().Select(Told));
        Assert.Equal(2, both.GetProperty("total").GetInt32());
        Assert.Equal(["shared-tool [Vermandois] <i>& co</i>"], (await SearchAsync("q=vermandois&kind=shared-tool")).GetProperty("results").EnumerateArray().Select(Told));
        Assert.Equal($"/{Host.Slug}/shared-tools#{tool}", both.GetProperty("results")[1].GetProperty("address").GetString());
        Assert.Equal(0, (await SearchAsync("q=vermandois&asOf=2014-12-31")).GetProperty("total").GetInt32());
        var held = Assert.Single((await SearchAsync("q=tr%C3%A9sori%C3%A8re+littoral")).GetProperty("results").EnumerateArray());
        Assert.Equal(("mandate", "Aldegonde Vermandois"), (held.GetProperty("kind").GetString(), held.GetProperty("text")[0].GetProperty("text").GetString()));
        Assert.Equal([$"person {other}", $"member {member}"], (await SearchAsync("q=hesdin")).GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("kind").GetString()} {r.GetProperty("id").GetGuid()}"));

        // Whoever was shown is told so; whoever was only compared with what was typed was shown to nobody.
        async Task<int> ReadsAsync(Guid person)
        {
            var data = await secretariat.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/people/{person}/data", Stop);
            return data.GetProperty("reads").EnumerateArray().Count(read => read.GetProperty("page").GetString() == "search");
        }

        // « vermandois » twice, once shown and once counted beside a kind that was asked for alone, and by the office.
        Assert.Equal((3, 1), (await ReadsAsync(shown), await ReadsAsync(other)));

        // What cannot be asked is refused in a sentence that says how to ask.
        foreach (var (query, field) in new[] { ("q=" + new string('a', 201), "q"), ("q=a&kind=nothing", "kind"), ("q=a&page=0", "page"), ("q=a&page=51", "page") })
        {
            using var refused = await reader.GetAsync($"/api/{Host.Slug}/search?{query}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.NotEmpty((await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").GetProperty(field)[0].GetString()!);
        }

        // On the page what somebody wrote is text, whatever it says.
        reader.DefaultRequestHeaders.Accept.Clear();
        reader.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await reader.GetAsync($"/{Host.Slug}/search?q=vermandois+%3C%3E", Stop);
        var html = await page.Content.ReadAsStringAsync(Stop);
        Assert.Contains("<mark>Vermandois</mark> &lt;i&gt;&amp; co&lt;/i&gt;", html, StringComparison.Ordinal);
        Assert.Contains("value=\"vermandois &lt;&gt;\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ailleurs", html, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        // What is refused is not told to say something, too.
        using var tooLong = await reader.GetAsync($"/{Host.Slug}/search?q={new string('a', 201)}", Stop);
        var refusal = await tooLong.Content.ReadAsStringAsync(Stop);
        Assert.Contains("error-summary", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("No word to look for", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Aucun mot à chercher", WebUtility.HtmlDecode(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_programme_of_a_gathering_is_read_by_calendars_with_its_sessions_on_the_clocks_of_the_association()
    {
        var gathering = GatheringId.Of(Guid.CreateVersion7());
        var stream = Gathering.Stream(gathering);
        var (starts, ends) = (EffectiveTime.At(new(2024, 10, 10, 7, 30, 0, TimeSpan.Zero)), EffectiveTime.At(new(2024, 10, 10, 8, 0, 0, TimeSpan.Zero)));
        await host.RecordAsync(Host.Slug, stream, new GatheringPlanned(gathering, 8, "8e regroupement", "Lille", EffectiveTime.On(new(2024, 10, 10), Domain.Story.Paris), 2));
        using var client = host.As(Role.Member);
        var address = $"/api/{Host.Slug}/gatherings/{gathering}/programme.ics";
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var whole = Assert.Single(Ical.Net.Calendar.Load(await client.GetStringAsync(address, Stop))!.Events);
        Assert.Equal((new DateOnly(2024, 10, 10), new DateOnly(2024, 10, 12), false), (whole.Start!.Date, whole.End!.Date, whole.Start.HasTime));

        await host.RecordAsync(Host.Slug, stream, new SessionPlanned(SessionId.Of(Guid.CreateVersion7()), "Accueil", starts, ends, "Grande salle"));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var session = Assert.Single(Ical.Net.Calendar.Load(await client.GetStringAsync(address, Stop))!.Events);
        Assert.Equal(("Accueil (8e regroupement)", "Grande salle, Lille", 1), (session.Summary, session.Location, session.Sequence));
        Assert.Equal((starts.Instant.UtcDateTime, ends.Instant.UtcDateTime, "Europe/Paris"), (session.Start!.AsUtc, session.End!.AsUtc, session.Start.TzId));
    }

    [Fact]
    public async Task The_matrix_of_groups_says_who_leads_and_how_the_load_is_shared_on_any_date_and_as_a_table()
    {
        var (group, member) = (WorkingGroupId.Of(Guid.CreateVersion7()), MemberId.Of(Guid.CreateVersion7()));
        var stream = WorkingGroup.Stream(group);
        await host.RecordOnAsync(Host.Slug, new(2020, 1, 1), Member.Stream(member), new MemberAdmitted(member, new MemberName("=Centre"), false));
        await host.RecordOnAsync(Host.Slug, new(2020, 1, 1), stream, new WorkingGroupCreated(group, "Culture", GroupOrigin.New, []));
        await host.RecordOnAsync(Host.Slug, new(2021, 1, 1), stream, new WorkingGroupJoined(member));
        await host.RecordOnAsync(Host.Slug, new(2021, 1, 1), stream, new WorkingGroupCentresCounted(3));
        await host.RecordOnAsync(Host.Slug, new(2022, 1, 1), stream, new PilotAppointed(member, PilotRole.CoPilot));
        var position = await host.Log.LastPositionAsync(Stop);
        using var client = host.As(Role.Member);

        var then = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/working-groups/matrix?asOf=2021-06-01&waitFor={position}", Stop);
        Assert.Equal("takes-part", Part(then));
        Assert.Equal((0, "0", 0), Load(then));
        var now = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/working-groups/matrix?asOf=2022-06-01", Stop);
        Assert.Equal("co-pilot", Part(now));
        // Other tests have centres of theirs in the same network.
        var centres = now.GetProperty("centres").GetArrayLength();
        Assert.Equal((1, centres == 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"1/{centres}"), 1), Load(now));
        Assert.Equal(2, now.GetProperty("groups").EnumerateArray().Single(g => g.GetProperty("name").GetString() == "Culture").GetProperty("unnamed").GetInt32());
        Assert.Equal([(2020, 0), (2021, 3), (2022, 3)], now.GetProperty("growth").EnumerateArray().Select(y => (y.GetProperty("year").GetInt32(), y.GetProperty("parts").GetInt32())));

        var table = await client.GetStringAsync($"/api/{Host.Slug}/working-groups/matrix.csv?asOf=2022-06-01", Stop);
        Assert.Contains("\"'=Centre\",\"copilote\",\"1\",\"1\",\"1\"", table, StringComparison.Ordinal);

        static string? Part(JsonElement matrix) => matrix.GetProperty("centres").EnumerateArray().Single(c => c.GetProperty("centre").GetProperty("name").GetString() == "=Centre").GetProperty("parts")[0].GetString();

        static (int, string?, int) Load(JsonElement matrix) =>
            (matrix.GetProperty("load").GetProperty("leads").GetInt32(), matrix.GetProperty("load").GetProperty("equal").GetString(), matrix.GetProperty("load").GetProperty("carryHalf").GetInt32());
    }

    [Fact]
    public async Task Who_comes_to_a_gathering_is_not_told_by_the_history_that_every_member_reads()
    {
        var gathering = GatheringId.Of(Guid.CreateVersion7());
        await host.RecordAsync(
            Host.Slug, Gathering.Stream(gathering), new GatheringPlanned(gathering, 1, "Avec des invités", "Lille", EffectiveTime.On(new(2030, 10, 10), Domain.Story.Paris), 1),
            new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.MemberTeams, 1, true, host.Person(Role.Auditor)),
            new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.StateServices, 4, false, Organisation: "Service discret"));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var member = host.As(Role.Member);

        var told = await member.GetStringAsync($"/api/{Host.Slug}/history?touching={gathering}", Stop);
        Assert.Contains("Inscription à", told, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Person(Role.Auditor).ToString(), told, StringComparison.Ordinal);
        Assert.DoesNotContain("Service discret", told, StringComparison.Ordinal);
        Assert.DoesNotContain(gathering.ToString(), await member.GetStringAsync($"/api/{Host.Slug}/history?touching={host.Person(Role.Auditor)}", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_program_follows_a_secret_address_until_it_is_revoked_and_it_shows_what_is_one_s_own()
    {
        var (mine, other) = (GatheringId.Of(Guid.CreateVersion7()), GatheringId.Of(Guid.CreateVersion7()));
        foreach (var (gathering, title) in new[] { (mine, "Le mien"), (other, "Celui des autres") })
            await host.RecordAsync(Host.Slug, Gathering.Stream(gathering), new GatheringPlanned(gathering, 1, title, "Lille", EffectiveTime.On(new(2030, 10, 10), Domain.Story.Paris), 1));
        await host.RecordAsync(Host.Slug, Gathering.Stream(mine), new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.MemberTeams, 1, false, host.Person(Role.Member)));
        await host.RecordAsync(Host.Slug, Gathering.Stream(other), new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.MemberTeams, 1, true, host.Person(Role.Member)));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var member = await Visitor.AsAsync(host, Role.Member);
        using var program = host.As(null);

        var everything = await FollowedAsync("everything");
        Assert.Superset(new HashSet<string?> { "Le mien", "Celui des autres" }, Titles(await program.GetStringAsync(everything, Stop)).ToHashSet());
        var duties = await FollowedAsync("duties");
        Assert.Equal(["Le mien"], Titles(await program.GetStringAsync(duties, Stop)));
        using var refused = await member.SendAsync($"/{Host.Slug}/calendar", $"/{Host.Slug}/calendar/addresses", ("kind", "group"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        foreach (Match address in Regex.Matches(await member.ReadAsync($"/{Host.Slug}/calendar"), $"/{Host.Slug}/calendar/addresses/[0-9a-f-]+/revoke"))
            (await member.SendAsync($"/{Host.Slug}/calendar", address.Value)).Dispose();
        foreach (var address in new[] { everything, duties, $"/{Host.Slug}/calendar/unknown.ics" })
        {
            using var gone = await program.GetAsync(address, Stop);
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        async Task<string> FollowedAsync(string kind)
        {
            using var made = await member.SendAsync($"/{Host.Slug}/calendar", $"/{Host.Slug}/calendar/addresses", ("kind", kind));
            return Regex.Match(await made.Content.ReadAsStringAsync(Stop), $"/{Host.Slug}/calendar/[A-Za-z0-9_-]+\\.ics").Value;
        }

        static IEnumerable<string?> Titles(string calendar) => Ical.Net.Calendar.Load(calendar)!.Events.Select(e => e.Summary);
    }

    [Fact]
    public async Task An_address_of_a_calendar_ends_with_a_change_of_password_and_opens_nothing_once_its_owner_may_read_nothing()
    {
        var (person, body, mandate) = (PersonId.Of(Guid.CreateVersion7()), BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(Host.Slug, Body.Stream(body), new BodyConstituted(body, "Cercle", BodyKind.College, []), new MandateAppointed(mandate, person, Office.Seat));
        using var owner = await host.AsAsync("agenda@example.org", person);
        using var program = host.As(null);
        var addresses = host.App.Services.GetRequiredService<CalendarAddresses>();
        var store = host.App.Services.GetRequiredService<AccountStore>();
        var account = (await host.App.Services.GetRequiredService<AccountLinks>().AccountOfAsync(host.Association, person, Stop))!.Value;
        async Task<string> MadeAsync() => $"/{Host.Slug}/calendar/{await addresses.NewAsync(account, host.Association, CalendarKind.Everything, null, Stop)}.ics";
        async Task<HttpStatusCode> OpensAsync(string address)
        {
            using var answer = await program.GetAsync(address, Stop);
            return answer.StatusCode;
        }

        var before = await MadeAsync();
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(before));
        var user = (await store.FindByIdAsync(account.ToString("D"), Stop))!;
        Assert.True(await store.SetPasswordAsync(user, "another hash", Stop));
        Assert.Equal(HttpStatusCode.NotFound, await OpensAsync(before));

        var after = await MadeAsync();
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(after));
        await host.RecordOnAsync(Host.Slug, new(2021, 1, 1), Body.Stream(body), new MandateEnded(mandate, EndReason.Resignation));
        Assert.Equal(HttpStatusCode.NotFound, await OpensAsync(after));
    }

    [Fact]
    public async Task Turns_that_will_end_show_who_is_on_duty_until_they_do()
    {
        var (tool, centre) = (SharedToolId.Of(Guid.CreateVersion7()), MemberId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(Host.Slug, Member.Stream(centre), new MemberAdmitted(centre, new MemberName("Centre de garde"), false));
        await host.ShownAsync(await host.RecordAsync(
            Host.Slug, SharedTool.Stream(tool), new SharedToolLaunched(tool, "Revue qui s’arrête"), new SharedToolJoined(centre), new RotaSet([centre], new(2020, 1, 6)), new RotaSet([], new(2020, 3, 2))));
        using var member = host.As(Role.Member);
        async Task<IReadOnlyList<string?>> DutyAsync(string day) =>
        [
            .. (await member.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/shared-tools?asOf={day}", Stop)).GetProperty("tools").EnumerateArray()
                .Single(t => t.GetProperty("id").GetString() == tool.ToString()).GetProperty("duty").EnumerateArray().Select(w => w.GetProperty("centre").GetProperty("name").GetString()),
        ];

        Assert.Equal(["Centre de garde", "Centre de garde"], await DutyAsync("2020-02-19"));
        Assert.Empty(await DutyAsync("2020-03-02"));
    }

    private const string Association = $"/api/{Host.Slug}/association";

    [Fact]
    public async Task A_reader_who_waits_for_a_position_sees_it_and_who_asks_for_an_earlier_one_does_not()
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var renamed = await host.RecordAsync(Host.Slug, new("association"), new SeatMoved("Marseille"));
        using var client = host.As(Role.Member);

        var now = await client.GetFromJsonAsync<JsonElement>($"{Association}?waitFor={renamed}", Stop);
        var then = await client.GetFromJsonAsync<JsonElement>($"{Association}?recordedAsOf={before}", Stop);

        Assert.Equal("Marseille", now.GetProperty("seat").GetString());
        Assert.Equal("Lille", then.GetProperty("seat").GetString());
    }

    [Fact]
    public async Task Before_it_was_founded_the_association_is_not_found()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Auditor);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Association}?asOf=2019-12-31", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Association}?asOf=2019-12-30T23:00:00Z", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Association}?asOf=2020-01-02", Stop)).StatusCode);
    }

    [Fact]
    public async Task Who_holds_the_same_already_is_not_sent_it_again()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Member);
        using var first = await client.GetAsync($"{Association}?asOf=2021-01-01&recordedAsOf=1", Stop);
        Assert.NotNull(first.Headers.ETag);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Association}?asOf=2021-01-01&recordedAsOf=1");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag.Tag));
        using var second = await client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_host_is_ready_and_says_how_far_each_follower_is()
    {
        using var client = host.As(null);
        var ready = await client.GetFromJsonAsync<JsonElement>("/health/ready", Stop);
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.NotEqual(0, ready.GetProperty("followers").GetArrayLength());
        Assert.Equal("live", await client.GetStringAsync("/health/live", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
