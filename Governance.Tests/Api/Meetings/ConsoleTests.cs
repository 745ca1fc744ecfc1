using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Microsoft.Playwright;
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
        await page.Context.SetOfflineAsync(false);
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("#console-waiting .entry")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator("[data-gauge=present]")).ToHaveTextAsync("1");
        var (chair, member) = (room.Host.Person(Role.BoardMember), room.Host.Person(Role.Member));
        Assert.Equal(
            [new PersonArrived(held.Meeting, chair), new PersonArrived(held.Meeting, member), new PersonLeft(held.Meeting, chair)],
            (await EventsAsync(AttendanceSheet.Stream(held.Meeting))).Skip(2));
        await page.Context.CloseAsync();
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

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
