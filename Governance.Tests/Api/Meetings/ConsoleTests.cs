using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Api.Meetings.Live;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.People;
using Governance.Domain.Voting;
using Governance.EventStore.Following;
using Governance.Projections.Runtime;
using Governance.Tests.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Meetings;

public sealed class ConsoleTests(MeetingRoom room, Browser browser) : IClassFixture<MeetingRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_secretary_enters_the_other_sees_and_cannot_enter_again()
    {
        var held = await room.ConvenedAsync();
        using var other = room.Host.As(Role.Secretariat);
        await using var line = await LineAsync(other, $"/{Host.Slug}/meetings/{held.Meeting}/console/live");
        await line.UntilAsync("gauges", _ => true);

        await room.ArriveAsync(held, room.Host.Person(Role.BoardMember));

        var entered = await line.UntilAsync("room", data => data.Contains("Arrived", StringComparison.Ordinal));
        Assert.Equal("InRoom", JsonDocument.Parse(entered).RootElement.GetProperty("people").GetProperty(room.Host.Person(Role.BoardMember).ToString()).GetProperty("at").GetString());
        await line.UntilAsync("gauges", html => html.Contains("1 sur 5", StringComparison.Ordinal));
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var again = await secretary.SendAsync(Console(held), Console(held) + "/arrivals", ("person", room.Host.Person(Role.BoardMember).ToString()));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Matches(@"déjà à la réunion, depuis \d+\sh\s\d\d", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(Stop)));
        Assert.Single(await EventsAsync(AttendanceSheet.Stream(held.Meeting)));
    }

    [Fact]
    public async Task All_who_follow_a_meeting_see_the_item_the_vote_and_the_result_and_nobody_is_named_to_them()
    {
        var held = await room.OpenAsync();
        using var member = room.Host.As(Role.Member);
        await using var screen = await LineAsync(member, $"/{Host.Slug}/meetings/{held.Meeting}/screen/live");
        await screen.UntilAsync("now", html => html.Contains("La séance est ouverte", StringComparison.Ordinal));
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);

        await DoAsync(secretary, held, $"agenda/{held.Item}/taking");
        await screen.UntilAsync("now", html => html.Contains("Budget de l&#x27;année", StringComparison.Ordinal) || html.Contains("Budget de l'année", StringComparison.Ordinal));
        var resolution = await room.ProposeAsync(held);
        await screen.UntilAsync("now", html => html.Contains("Budget 2027 est adopté.", StringComparison.Ordinal));
        await DoAsync(secretary, held, $"resolutions/{resolution}/vote", ("way", "show-of-hands"));
        await screen.UntilAsync("now", html => html.Contains("vote ouvert", StringComparison.Ordinal));
        var ballot = (await EventsAsync(Meeting.Stream(held.Meeting))).OfType<ResolutionPutToVote>().Single().Ballot;
        await DoAsync(secretary, held, $"votes/{ballot}/hands", ("hands.-.for", "2"), ("hands.-.against", ""));

        var result = await screen.UntilAsync("now", html => html.Contains("Adopté", StringComparison.Ordinal));
        Assert.Contains("<strong>2</strong>", result, StringComparison.Ordinal);
        Assert.DoesNotContain("Titulaire", await member.GetStringAsync($"/{Host.Slug}/meetings/{held.Meeting}/screen", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("Titulaire", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quorum_and_the_hands_of_a_board_in_which_colleges_sit_are_told_under_the_names_of_the_colleges()
    {
        var (college, mandate, person) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()));
        var held = await room.ConvenedAsync();
        await room.Host.RecordAsync(Host.Slug, Body.Stream(college), new BodyConstituted(college, "Collège des équipes", BodyKind.College, []));
        await room.Host.RecordAsync(Host.Slug, Person.Stream(person), new PersonRegistered(person, new Sealed(person, "bm9uZQ=="), true));
        await room.Host.RecordAsync(Host.Slug, Body.Stream(held.Board.Id), new MandateAppointed(mandate, person, Office.Seat, College: college));
        foreach (var there in new[] { room.Host.Person(Role.BoardMember), held.Board.Others[0].Person, person })
            await room.ArriveAsync(held, there);
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        await DoAsync(secretary, held, "opening", ("chair", room.Host.Person(Role.BoardMember).ToString()), ("secretary", ""));
        await DoAsync(secretary, held, $"agenda/{held.Item}/taking");

        var gauges = WebUtility.HtmlDecode(await secretary.ReadAsync(Console(held)));
        await DoAsync(secretary, held, $"resolutions/{await room.ProposeAsync(held)}/vote", ("way", "show-of-hands"));
        var hands = WebUtility.HtmlDecode(await secretary.ReadAsync(Console(held)));

        Assert.Contains("<p class=\"gauge-label\">Collège des équipes <strong>1 sur 1</strong>", gauges, StringComparison.Ordinal);
        Assert.Contains("<legend>Collège des équipes <span class=\"hint\">1 voix</span></legend>", hands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_a_meeting_is_worked_from_the_door_to_its_closing()
    {
        var held = await room.ConvenedAsync();
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var chair = room.Host.Person(Role.BoardMember);

        await DoAsync(secretary, held, "badge", ("code", chair.ToString()[^8..]));
        await DoAsync(secretary, held, "arrivals", ("person", held.Board.Others[0].Person.ToString()));
        await DoAsync(secretary, held, "proxies", ("giver", held.Board.Members.ToString()), ("holder", chair.ToString()));
        Assert.Contains("tient 1 pouvoir", WebUtility.HtmlDecode(await secretary.ReadAsync(Console(held))), StringComparison.Ordinal);
        var nobody = await secretary.SendAsync(Console(held), Console(held) + "/opening", ("chair", room.Host.Person(Role.Member).ToString()));
        Assert.Equal(HttpStatusCode.Conflict, nobody.StatusCode);
        await DoAsync(secretary, held, "opening", ("chair", chair.ToString()), ("secretary", ""), ("scrutineers", held.Board.Others[0].Person.ToString()));
        await DoAsync(secretary, held, $"agenda/{held.Item}/taking");
        await DoAsync(secretary, held, "resolutions", ("item", held.Item.ToString()), ("decision", "ordinary"), ("title", "Tarif"), ("text", "Le tarif est de 10 €."));
        var resolution = (await EventsAsync(Meeting.Stream(held.Meeting))).OfType<ResolutionProposed>().Single().Resolution;
        await DoAsync(secretary, held, $"resolutions/{resolution}/vote", ("way", "roll-call"));
        var ballot = (await EventsAsync(Meeting.Stream(held.Meeting))).OfType<ResolutionPutToVote>().Single().Ballot;
        foreach (var elector in new[] { held.Board.Mine, held.Board.Members, held.Board.Others[0].Mandate })
            await DoAsync(secretary, held, $"votes/{ballot}/answers", ("answer", $"{elector}:for"));
        await DoAsync(secretary, held, $"votes/{ballot}/result");
        await DoAsync(secretary, held, "notes", ("item", held.Item.ToString()), ("text", "Le tarif est expliqué."));
        await DoAsync(secretary, held, "adjournment", ("reason", "Pause"));
        await DoAsync(secretary, held, "resumption");
        await DoAsync(secretary, held, "closing");

        var page = WebUtility.HtmlDecode(await secretary.ReadAsync(Console(held)));
        Assert.Contains("levée", page, StringComparison.Ordinal);
        Assert.Equal(Verdict.Adopted, (await EventsAsync(Ballot.Stream(ballot))).OfType<ResultProclaimed>().Single().Outcome!.Verdict);
    }

    [Fact]
    public async Task Once_the_meeting_is_closed_the_console_checks_nobody_in_or_out_and_leads_to_where_what_was_forgotten_is_entered()
    {
        var held = await room.OpenAsync();
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var page = await browser.Open(View.Wide);
        await room.Boards.SignInAsync(page, Role.Secretariat, Console(held));
        await Assertions.Expect(page.Locator("#console-people [data-do=in]")).ToHaveCountAsync(5);
        Assert.Contains("data-do=\"out\"", await secretary.ReadAsync(Console(held)), StringComparison.Ordinal);

        await DoAsync(secretary, held, "closing");

        // Without a script, and where the console was open while it closed
        Assert.DoesNotContain("data-do=", await secretary.ReadAsync(Console(held)), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#console-people .person")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#console-people [data-do]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#console-badge")).ToBeHiddenAsync();
        await page.Locator("#console-search").FillAsync("boardm");
        await page.Keyboard.PressAsync("Shift+Enter");
        await Assertions.Expect(page.Locator("#console-said")).ToContainTextAsync("plus personne n’entre ni ne sort");
        Assert.Empty(await page.FaultsAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Inscrire une entrée oubliée" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/meetings/{held.Meeting}/arrivals$"));
        Assert.Contains($"/meetings/{held.Meeting}/departures", await secretary.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_is_sent_again_and_stands_once_with_the_minute_of_its_press()
    {
        var held = await room.ConvenedAsync();
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", new { person = room.Host.Person(Role.BoardMember).ToString() });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", new { person = room.Host.Person(Role.Member).ToString() });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/opening", new { chair = room.Host.Person(Role.Member).ToString() });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/agenda/{held.Item}/taking", new { });
        var pressed = DateTimeOffset.UtcNow;
        (string, string)[] note = [("item", held.Item.ToString()), ("text", "Le tarif est expliqué."), ("effective", MeetingRoom.Text(pressed)), ("idempotencyKey", Guid.NewGuid().ToString())];

        // Nobody heard the first answer: the console sends the note as it was, with the key that it had.
        await DoAsync(secretary, held, "notes", note);
        await DoAsync(secretary, held, "notes", note);

        var noted = Assert.Single(await room.Host.Log.ReadStreamAsync(room.Host.Association.ToString(), Meeting.Stream(held.Meeting).Value, ct: Stop), e => e.Type == EventCatalogue.NameOf(typeof(DebateNoted)));
        Assert.Equal(EffectiveTime.At(pressed), EventHeaders.Read(noted.Headers.Span).On);
    }

    [Fact]
    public async Task Ten_people_are_checked_in_by_badge_by_name_and_from_the_list_each_by_few_keys_and_one_request_and_the_quorum_counts_each()
    {
        // Given a board of twelve, ten of whom come to the door
        var people = await room.RegisterAsync(
            new[] { "Aulne", "Bouleau", "Charme", "Érable", "Frêne", "Ginkgo", "Hêtre", "Houx", "If", "Jujubier" }.Select(tree => $"Délégation {tree}"));
        var held = await room.ConvenedAsync(named: people);
        var page = await browser.Open(View.Wide);
        await room.Boards.SignInAsync(page, Role.Secretariat, Console(held));
        await Assertions.Expect(page.Locator("#console-people .person")).ToHaveCountAsync(12);
        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method != "GET" || request.IsNavigationRequest)
                sent.Add(new Uri(request.Url).AbsolutePath);
        };

        // When each is entered by keys alone
        string[][] Typed(params string[][] keys) => keys;
        string[] Word(string text) => [.. text.Select(c => c.ToString())];
        string[] Badge(int person) => [.. Word(Roster.CodeOf(people[person])), "Enter"];
        var entries = Typed(
            ["Tab", .. Badge(0)], Badge(1), Badge(2),
            ["/", .. Word("era"), "Enter"], [.. Word("fre"), "Enter"], [.. Word("gin"), "Enter"],
            [.. Word("dele h"), "Enter"], ["ArrowDown", "Enter"], [.. Word("dele if"), "Enter"], [.. Word("jx"), "Enter", .. Word("juj"), "Enter"]);
        foreach (var (at, keys) in entries.Index())
        {
            foreach (var key in keys)
                await page.Keyboard.PressAsync(key);
            // Then the quorum has counted them before the next is there
            await Assertions.Expect(page.Locator("[data-gauge=present]")).ToHaveTextAsync($"{at + 1}");
        }

        // by ten keys at most, and with one request for each.
        Assert.All(entries, keys => Assert.InRange(keys.Length, 2, 10));
        Assert.Equal(Enumerable.Repeat($"{Console(held)}/arrivals", people.Count), sent);
        Assert.Equal(people, (await EventsAsync(AttendanceSheet.Stream(held.Meeting))).OfType<PersonArrived>().Select(a => a.Person));
        // The search lets the other keys go where nothing is typed in it.
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(page.Locator("#console-badge")).ToBeFocusedAsync();
        Assert.Empty(await page.FaultsAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_is_checked_in_by_keyboard_the_entry_undone_and_what_a_lost_connection_left_unsent_is_sent_once()
    {
        var held = await room.ConvenedAsync();
        var page = await browser.Open(View.Wide);
        await room.Boards.SignInAsync(page, Role.Secretariat, Console(held));
        await Assertions.Expect(page.Locator("#console-people .person")).ToHaveCountAsync(5);

        await Assertions.Expect(page.Locator("#console-people .chosen")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("boardm");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#console-said")).ToContainTextAsync("entrée inscrite");
        await Assertions.Expect(page.Locator("[data-gauge=present]")).ToHaveTextAsync("1");
        await page.Locator("#console-last .entry").First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("[data-gauge=present]")).ToHaveTextAsync("0");
        Assert.Empty(await page.FaultsAsync());

        await page.Context.SetOfflineAsync(true);
        await page.Locator("#console-search").FocusAsync();
        foreach (var (name, key) in new[] { ("titulaire boardmember", "Enter"), ("titulaire member", "Enter"), ("titulaire boardmember", "Shift+Enter") })
        {
            await page.Locator("#console-search").FillAsync(name);
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToHaveCountAsync(3);
        Assert.Equal(2, (await EventsAsync(AttendanceSheet.Stream(held.Meeting))).Count);
        // As a release of before kept it: under the console's name alone.
        await page.EvaluateAsync("""
            () => {
              const own = Object.keys(localStorage).find(name => name.startsWith('console:'));
              localStorage.setItem('console:' + own.split(':').slice(2).join(':'), localStorage.getItem(own));
              localStorage.removeItem(own);
            }
            """);
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator("[data-gauge=present]")).ToHaveTextAsync("1");
        var (chair, member) = (room.Host.Person(Role.BoardMember), room.Host.Person(Role.Member));
        Assert.Equal(
            [new PersonArrived(held.Meeting, chair), new PersonArrived(held.Meeting, member), new PersonLeft(held.Meeting, chair)],
            (await EventsAsync(AttendanceSheet.Stream(held.Meeting))).Skip(2));

        // What is said waits too, with its minute; an act does not, and the page says so.
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/opening", new { chair = member.ToString() });
        await page.Locator($"[data-item='{held.Item}'] form[action$='/taking'] button").ClickAsync();
        await page.Locator("#conduct [data-act=notes] summary").ClickAsync();
        await page.Context.SetOfflineAsync(true);
        await page.Locator("#conduct [data-act=notes] textarea").FillAsync("Le budget est présenté hors ligne.");
        await page.Locator("#conduct [data-act=notes] button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToContainTextAsync("Le budget est présenté hors ligne.");
        await page.Locator("#acts [data-act=closing] summary").ClickAsync();
        await page.Locator("#acts [data-act=closing] button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#console-said")).ToContainTextAsync("ne peuvent pas attendre");

        // Signing out tells what is not sent, and nothing is lost by staying.
        var told = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            told.TrySetResult(dialog.Message);
        };
        await page.Locator("form[action='/sign-out'] button:visible").ClickAsync();
        Assert.StartsWith("1 ", await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToHaveCountAsync(1);
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        Assert.Equal("Le budget est présenté hors ligne.", Assert.Single((await EventsAsync(Meeting.Stream(held.Meeting))).OfType<DebateNoted>()).Text);
        Assert.DoesNotContain((await EventsAsync(Meeting.Stream(held.Meeting))), e => e is MeetingClosed);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whose_right_ends_hears_nothing_more_of_the_meeting()
    {
        var held = await room.ConvenedAsync();
        var person = await room.Host.MandateAsync(Host.Slug, Role.Secretariat);
        using var passing = await room.Host.AsAsync($"{Guid.NewGuid():N}@exemple.org", person);
        await using var line = await LineAsync(passing, Console(held) + "/live");
        await line.UntilAsync("gauges", _ => true);

        var body = (await room.Host.Log.ListStreamsAsync(room.Host.Association.ToString(), "body", Stop)).Select(s => new StreamId(s.Stream));
        foreach (var stream in body)
        {
            if ((await EventsAsync(stream)).OfType<MandateAppointed>().SingleOrDefault(m => m.Person == person) is { } mandate)
                await room.Boards.Host.RecordOnAsync(Host.Slug, DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1)), stream, new MandateEnded(mandate.Mandate, EndReason.Resignation));
        }

        await line.EndedAsync();
        using var again = await passing.GetAsync(Console(held) + "/live", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
    }

    [Fact]
    public async Task A_look_that_fails_half_way_is_taken_again_and_the_picture_does_not_stay_as_it_was()
    {
        var held = await room.OpenAsync(there: 2);
        await room.VoteAsync(held, await room.ProposeAsync(held), "electronic");
        var services = room.Host.App.Services;
        var faults = new Faults();
        var live = new MeetingLive(
            room.Host.Log, services.GetRequiredService<FollowerHost>(), services.GetRequiredService<MeetingReader>(), new LiveTurnout(services.GetRequiredService<ReadDatabase>()),
            TimeProvider.System, services.GetRequiredService<IHostApplicationLifetime>(), faults);
        var entry = (await services.GetRequiredService<AssociationDirectory>().OfAsync(room.Host.Association, Stop))!;
        using var following = live.Follow(entry, held.Meeting);
        var seen = await following.NextAsync(null, TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(3, seen!.File.Sheet.Count);

        // The turnout cannot be read for a while, in which somebody comes.
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await ExecuteAsync(database, "alter table read.votes_2 rename to votes_away");
        try
        {
            await room.ArriveAsync(held, held.Board.Others[2].Person);
            await faults.First.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        }
        finally
        {
            await ExecuteAsync(database, "alter table read.votes_away rename to votes_2");
        }

        while (seen is null || seen.File.Sheet.Count < 4)
            seen = await following.NextAsync(seen, TimeSpan.FromSeconds(20), Stop) ?? throw new InvalidOperationException("The picture stays as it was.");
    }

    [Fact]
    public async Task A_host_killed_in_the_middle_of_an_assembly_loses_and_doubles_nothing_of_what_its_console_sends_again()
    {
        var held = await room.ConvenedAsync(others: 24);
        using var other = await SecondHost.StartAsync(room.Host, Stop);
        var entries = held.Board.Others.Select(o => (o.Person, Key: Guid.NewGuid().ToString(), At: MeetingRoom.Text(DateTimeOffset.UtcNow.AddMinutes(-5)))).ToList();
        using var console = room.Host.As(Role.Secretariat);
        console.BaseAddress = other.Address;
        var answered = new SemaphoreSlim(0);
        async Task<bool> SendAsync(HttpClient client, (PersonId Person, string Key, string At) entry)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Host.Slug}/meetings/{held.Meeting}/arrivals")
            {
                Content = JsonContent.Create(new { person = entry.Person.ToString(), effective = entry.At }),
            };
            request.Headers.Add("Idempotency-Key", entry.Key);
            using var answer = await client.SendAsync(request, Stop);
            answered.Release();
            return answer.IsSuccessStatusCode;
        }

        // The host dies while entries are on their way: of some no answer comes, whether they are recorded or not.
        var sent = entries.Select(entry => SendAsync(console, entry)).ToList();
        await answered.WaitAsync(Stop);
        await other.KillAsync(Stop);
        var unanswered = new List<(PersonId, string, string)>();
        foreach (var (entry, sending) in entries.Zip(sent))
        {
            if (!await sending.ContinueWith(s => s.IsCompletedSuccessfully && s.Result, Stop, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default))
                unanswered.Add(entry);
        }

        // The console comes back where it was, and sends those again under their keys.
        using var back = room.Host.As(Role.Secretariat);
        foreach (var entry in unanswered)
            Assert.True(await SendAsync(back, entry));
        var arrived = (await EventsAsync(AttendanceSheet.Stream(held.Meeting))).Cast<PersonArrived>().Select(a => a.Person).ToList();
        Assert.Equal((24, 24), (arrived.Count, arrived.Intersect(entries.Select(e => e.Person)).Count()));
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        Assert.Matches(@"data-gauge=""present""[^>]*>24<", await secretary.ReadAsync(Console(held)));
    }

    [Fact]
    public async Task Of_two_secretaries_who_enter_a_proxy_of_the_same_giver_at_once_one_is_told_of_the_other()
    {
        var held = await room.ConvenedAsync();
        var giver = held.Board.Others[0].Mandate.ToString();
        var answers = await Task.WhenAll(new[] { held.Board.Others[1], held.Board.Others[2] }.Select(holder =>
            room.SendAsync(Role.Secretariat, $"/{held.Meeting}/proxies/received", new { giver, holder = holder.Person.ToString() })));

        var codes = await Task.WhenAll(answers.Where(a => !a.IsSuccessStatusCode).Select(async a => (await a.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString()));
        Assert.Equal("proxy.already-given", Assert.Single(codes));
        Assert.Single(await EventsAsync(MeetingProxies.Stream(held.Meeting)));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task An_election_is_proposed_and_an_item_withdrawn_on_the_console()
    {
        var held = await room.OpenAsync(there: 2);
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        await DoAsync(secretary, held, $"agenda/{held.Item}/taking");
        await DoAsync(
            secretary, held, "contests", ("item", held.Item.ToString()), ("decision", "election"), ("title", "Bureau"), ("text", "Élire le bureau."), ("method", "approval"),
            ("people", held.Board.Others[0].Person.ToString()), ("people", held.Board.Others[1].Person.ToString()), ("seats", "1"));
        var contest = (await EventsAsync(Meeting.Stream(held.Meeting))).OfType<ResolutionProposed>().Single().Contest!;
        Assert.Equal((ContestOptions.People, 2), (contest.Of, contest.Question.Options.Count));

        await DoAsync(secretary, held, $"agenda/{held.Item}/withdrawal", ("reason", "Reporté"));
        Assert.Single((await EventsAsync(Meeting.Stream(held.Meeting))).OfType<AgendaItemWithdrawn>());
    }

    [Fact]
    public async Task The_projector_and_the_seat_are_read_by_everybody()
    {
        var held = await room.OpenAsync();
        var page = await browser.Open(View.Phone);
        await room.Boards.SignInAsync(page, Role.BoardMember, $"/{Host.Slug}/meetings/{held.Meeting}/seat");

        await Assertions.Expect(page.Locator("#own")).ToContainTextAsync("dans la salle depuis");
        Assert.Empty(await page.FaultsAsync());
        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/meetings/{held.Meeting}/screen").ToString());
        await Assertions.Expect(page.Locator("#now")).ToContainTextAsync("La séance est ouverte");
        Assert.Empty(await page.FaultsAsync());
        await page.Context.CloseAsync();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>Tells of the first fault that is logged.</summary>
    private sealed class Faults : ILogger<MeetingLive>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, Microsoft.Extensions.Logging.EventId id, TState state, Exception? fault, Func<TState, Exception?, string> say) => _first.TrySetResult();
    }

    private static string Console(HeldMeeting held) => $"/{Host.Slug}/meetings/{held.Meeting}/console";

    /// <summary>Sends a form of the console, which leads back to it.</summary>
    private static async Task DoAsync(Visitor secretary, HeldMeeting held, string act, params (string Name, string Value)[] fields)
    {
        using var answer = await secretary.SendAsync(Console(held), $"{Console(held)}/{act}", fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{act}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        await secretary.ReadAsync(answer.Headers.Location!.ToString());
    }

    private Task<IReadOnlyList<IEvent>> EventsAsync(StreamId stream) => room.Boards.EventsAsync(stream);

    private static async Task<Line> LineAsync(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new Line(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Stop)).EnumerateAsync(Stop).GetAsyncEnumerator(Stop));
    }

    /// <summary>A stream of what happens in a meeting.</summary>
    private sealed class Line(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        /// <summary>Reads on to the first event of a kind that says something.</summary>
        public async Task<string> UntilAsync(string kind, Func<string, bool> says)
        {
            var waited = Stopwatch.StartNew();
            while (await items.MoveNextAsync().AsTask().WaitAsync(Patience - waited.Elapsed, Stop))
            {
                if (items.Current.EventType == kind && says(WebUtility.HtmlDecode(items.Current.Data)))
                    return items.Current.Data;
            }

            throw new InvalidOperationException("The stream has ended.");
        }

        /// <summary>Reads on to its end.</summary>
        public async Task EndedAsync()
        {
            var waited = Stopwatch.StartNew();
            while (await items.MoveNextAsync().AsTask().WaitAsync(Patience - waited.Elapsed, Stop))
                Assert.NotNull(items.Current.EventType);
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
