using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Row = Governance.Projections.Ballots;

namespace Governance.Tests.Api.Meetings;

/// <summary>A meeting over HTTP, from its plan to its closing.</summary>
public sealed class MeetingTests(MeetingRoom room) : IClassFixture<MeetingRoom>
{
    [Fact]
    public async Task A_meeting_is_planned_convened_opened_votes_by_hands_and_is_closed()
    {
        var held = await room.OpenAsync(others: 3, there: 2);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/agenda/{held.Item}/taking", new { });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/notes", new { item = held.Item.ToString(), text = "Le trésorier présente le budget." });
        var resolution = await room.ProposeAsync(held);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions/{resolution}/amendment", new { text = "Le budget 2027, amendé, est adopté.", reason = "Un membre" });
        var ballot = await room.VoteAsync(held, resolution, "show-of-hands");
        Assert.Equal("meeting.vote-under-way", await room.RefusedAsync(Role.Secretariat, $"/{held.Meeting}/closing", new { }));

        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/hands", new { raised = new[] { new { choice = "for", count = 2 }, new { choice = "against", count = 1 } } });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/closing", new { });

        var told = await room.ReadAsync(held.Meeting);
        Assert.Equal("closed", told.GetProperty("stage").GetString());
        var voted = Assert.Single(told.GetProperty("resolutions").EnumerateArray());
        Assert.Equal("adopted", voted.GetProperty("verdict").GetString());
        Assert.Equal("Le budget 2027, amendé, est adopté.", voted.GetProperty("text").GetString());
        Assert.Equal(2, voted.GetProperty("outcome").GetProperty("counts").GetProperty("for").GetProperty("heads").GetInt32());
        Assert.Single((await room.Boards.EventsAsync(Ballot.Stream(ballot))).OfType<ResultProclaimed>());
    }

    [Fact]
    public async Task That_a_meeting_is_planned_is_told_with_its_body_under_any_name()
    {
        var held = await room.ConvenedAsync();
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        async Task<string> ToldAsync(string language)
        {
            using var client = room.Host.As(Role.Secretariat);
            client.DefaultRequestHeaders.AcceptLanguage.Clear();
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var history = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/history?touching={held.Meeting}", TestContext.Current.CancellationToken);
            return history.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("kind").GetString() == "meeting_planned").GetProperty("sentence").GetString()!.Replace('\u00a0', ' ').Replace('\u202f', ' ');
        }

        Assert.StartsWith("Une réunion (ordinaire) est prévue pour l’instance « Conseil d'administration » : « Conseil de rentrée »", await ToldAsync("fr"), StringComparison.Ordinal);
        Assert.StartsWith("A meeting (ordinary) is planned for “Conseil d'administration”: “Conseil de rentrée”", await ToldAsync("en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_meeting_is_shown_as_it_was_before_somebody_came_and_as_it_was_known_then()
    {
        var held = await room.ConvenedAsync();
        var before = (await room.ArriveAsync(held, room.Host.Person(Role.BoardMember))).GetProperty("position").GetInt64();
        var at = DateTimeOffset.UtcNow;
        await room.ArriveAsync(held, held.Board.Others[0].Person);

        Assert.Equal(2, (await room.ReadAsync(held.Meeting)).GetProperty("there").GetInt32());
        Assert.Equal(1, (await room.ReadAsync(held.Meeting, $"?recordedAsOf={before}")).GetProperty("there").GetInt32());
        Assert.Equal(1, (await room.ReadAsync(held.Meeting, $"?asOf={Uri.EscapeDataString(MeetingRoom.Text(at))}")).GetProperty("there").GetInt32());
    }

    [Fact]
    public async Task Of_two_secretaries_who_check_the_same_person_in_one_is_told_since_when_she_is_there()
    {
        var held = await room.ConvenedAsync();
        await room.ArriveAsync(held, held.Board.Others[0].Person);

        Assert.Equal("attendance.already-there", await room.RefusedAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", new { person = held.Board.Others[0].Person.ToString() }));
        Assert.Single((await room.Boards.EventsAsync(AttendanceSheet.Stream(held.Meeting))).OfType<PersonArrived>());
    }

    [Fact]
    public async Task Two_secretaries_who_check_many_in_at_once_lose_nobody()
    {
        var held = await room.ConvenedAsync(others: 24);
        await Task.WhenAll(held.Board.Others.Select(o => room.ArriveAsync(held, o.Person)));

        Assert.Equal(24, (await room.ReadAsync(held.Meeting)).GetProperty("there").GetInt32());
    }

    [Fact]
    public async Task An_arrival_sent_twice_over_a_bad_line_is_recorded_once()
    {
        var held = await room.ConvenedAsync();
        var entry = new { person = held.Board.Others[0].Person.ToString(), effective = MeetingRoom.Text(DateTimeOffset.UtcNow.AddMinutes(-5)) };
        using var first = await room.SendAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", entry, key: "badge-17");
        using var again = await room.SendAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", entry, key: "badge-17");

        Assert.True(first.IsSuccessStatusCode && again.IsSuccessStatusCode);
        Assert.Single((await room.Boards.EventsAsync(AttendanceSheet.Stream(held.Meeting))).OfType<PersonArrived>());
    }

    [Fact]
    public async Task An_arrival_entered_late_names_the_acts_that_rest_on_another_attendance()
    {
        var held = await room.OpenAsync();
        await room.PostAsync(
            Role.Secretariat, $"/{held.Meeting}/arrivals",
            new { person = held.Board.Others[2].Person.ToString(), effective = MeetingRoom.Text(DateTimeOffset.UtcNow.AddMinutes(-10)) });

        var raised = Assert.Single((await room.Boards.EventsAsync(Meeting.Stream(held.Meeting))).OfType<AttendanceIrregularityRaised>());
        Assert.Single(raised.Acts);
        await room.PostAsync(
            Role.Secretariat, $"/{held.Meeting}/attendance/confirmation",
            new { person = raised.Person.ToString(), when = MeetingRoom.Time(raised.When.Instant), reason = "Le quorum était atteint sans elle." });
        Assert.NotNull((await room.ReadAsync(held.Meeting)).GetProperty("irregularities")[0].GetProperty("confirmed").GetString());
    }

    [Fact]
    public async Task A_roll_call_is_taken_down_elector_by_elector()
    {
        var held = await room.OpenAsync(there: 1);
        var ballot = await room.VoteAsync(held, await room.ProposeAsync(held), "roll-call");
        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/roll-call", new { elector = held.Board.Mine.ToString(), choice = "for" });
        using var absent = await room.Boards.SendAsync(Role.Secretariat, $"/{ballot}/roll-call", new { elector = held.Board.Others[2].Mandate.ToString(), choice = "for" });
        Assert.Equal("ballot.not-in-the-room", (await absent.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString());
        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/roll-call", new { elector = held.Board.Others[0].Mandate.ToString(), choice = "against" });
        await room.Boards.ProclaimAsync(ballot);

        var outcome = (await room.ReadAsync(held.Meeting)).GetProperty("resolutions")[0].GetProperty("outcome").GetProperty("counts");
        Assert.Equal((1, 1), (outcome.GetProperty("for").GetProperty("heads").GetInt32(), outcome.GetProperty("against").GetProperty("heads").GetInt32()));
    }

    [Fact]
    public async Task The_turnout_of_a_vote_in_a_meeting_is_that_of_those_who_were_present_or_represented()
    {
        // Given a board of six, two of whom are there and a third is represented
        var held = await room.ConvenedAsync(others: 4);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/proxies/received", new { giver = held.Board.Members.ToString(), holder = room.Host.Person(Role.BoardMember).ToString(), form = "paper" });
        foreach (var person in new[] { room.Host.Person(Role.BoardMember), held.Board.Others[0].Person })
            await room.ArriveAsync(held, person);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/opening", new { chair = room.Host.Person(Role.BoardMember).ToString() });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/agenda/{held.Item}/taking", new { });
        var ballot = await room.VoteAsync(held, await room.ProposeAsync(held), "electronic");
        await room.Boards.PostAsync(Role.BoardMember, $"/{ballot}/votes", new { elector = held.Board.Mine.ToString(), choice = "for" });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        async Task<string> PageAsync(string address) =>
            System.Text.RegularExpressions.Regex.Replace(System.Net.WebUtility.HtmlDecode(await room.Boards.ReadAsync(Role.Secretariat, $"/{Host.Slug}/{address}", "text/html")), "<[^>]*>", "");

        Assert.Contains("sur 3 présents ou représentés", await PageAsync($"ballots/{ballot}"), StringComparison.Ordinal);
        Assert.Contains("1 électeur a voté, sur 3 présents ou représentés", await PageAsync($"ballots/{ballot}/result"), StringComparison.Ordinal);
        Assert.Contains("1 sur 3 présents ou représentés a voté", await PageAsync($"meetings/{held.Meeting}/screen"), StringComparison.Ordinal);
        Assert.Contains("Participation au vote, parmi présents et représentés 1 sur 3", await PageAsync($"meetings/{held.Meeting}/console"), StringComparison.Ordinal);
        var turnout = JsonDocument.Parse(await room.Boards.ReadAsync(Role.Secretariat, $"/api/{Host.Slug}/ballots/{ballot}/turnout")).RootElement;
        Assert.Equal((1, 6, 3), (turnout.GetProperty("voted").GetInt32(), turnout.GetProperty("electors").GetInt32(), turnout.GetProperty("there").GetInt32()));
    }

    [Fact]
    public async Task A_show_of_hands_has_no_turnout_of_votes_cast_one_by_one()
    {
        var held = await room.OpenAsync();
        var ballot = await room.VoteAsync(held, await room.ProposeAsync(held), "show-of-hands");
        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/hands", new { raised = new[] { new { choice = "for", count = 2 } } });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("class=\"turnout\"", await room.Boards.ReadAsync(Role.Secretariat, $"/{Host.Slug}/ballots/{ballot}", "text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hands_that_nobody_counts_wait_for_their_count_and_are_told_to_the_secretariat()
    {
        var stop = TestContext.Current.CancellationToken;
        var held = await room.OpenAsync();
        var ballot = await room.VoteAsync(held, await room.ProposeAsync(held, "Mains oubliées"), "show-of-hands");
        var last = await room.Host.Log.LastPositionAsync(stop);
        await room.Host.ShownAsync(last);
        var (reads, tomorrow) = (room.Host.App.Services.GetRequiredService<ReadDatabase>(), DateTimeOffset.UtcNow.AddDays(1));

        Assert.DoesNotContain(await Row.DueAsync(reads, tomorrow, stop), due => due.Ballot == ballot);
        Assert.Contains(await Row.AwaitingHandsAsync(new ReadView(reads, room.Host.Association, new AsOf(tomorrow, last)), stop), waiting => waiting.Id == ballot);
    }

    [Fact]
    public async Task An_annulled_vote_is_put_again_in_its_meeting()
    {
        var held = await room.OpenAsync(there: 2);
        var resolution = await room.ProposeAsync(held);
        var ballot = await room.VoteAsync(held, resolution, "show-of-hands");
        Assert.Equal("resolution.vote-stands", await room.RefusedAsync(Role.Secretariat, $"/{held.Meeting}/resolutions/{resolution}/reopening", new { }));

        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/annulment", new { reason = "Vote par appel demandé" });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions/{resolution}/reopening", new { });
        var again = await room.VoteAsync(held, resolution, "show-of-hands");
        await room.Boards.PostAsync(Role.Secretariat, $"/{again}/hands", new { raised = new[] { new { choice = "for", count = 3 } } });

        var told = (await room.ReadAsync(held.Meeting)).GetProperty("resolutions")[0];
        Assert.Equal((again.Value, "adopted"), (told.GetProperty("ballot").GetGuid(), told.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Who_came_finds_it_in_their_own_data_and_who_read_of_it_in_the_record_of_reads()
    {
        var stop = TestContext.Current.CancellationToken;
        var held = await room.OpenAsync();
        var person = room.Host.Person(Role.BoardMember);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/departures", new { person = person.ToString() });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(stop));
        using var secretariat = await Visitor.AsAsync(room.Host, Role.Secretariat);
        await secretariat.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}");

        using var own = room.Host.As(Role.BoardMember);
        var data = await own.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/people/me/data", stop);
        var attended = Assert.Single(data.GetProperty("attendances").EnumerateArray(), a => a.GetProperty("meeting").GetString() == held.Meeting.ToString());
        Assert.Equal(("Conseil de rentrée", true), (attended.GetProperty("title").GetString(), attended.TryGetProperty("left", out _)));
        Assert.Contains(data.GetProperty("reads").EnumerateArray(), r => r.GetProperty("page").GetString() == "meeting");
    }

    [Fact]
    public async Task A_member_who_keeps_no_records_checks_nobody_in()
    {
        var held = await room.ConvenedAsync();
        using var answer = await room.SendAsync(Role.Member, $"/{held.Meeting}/arrivals", new { person = held.Board.Others[0].Person.ToString() });

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task In_a_large_assembly_whoever_comes_presides_or_holds_a_proxy_is_searched_for_and_chosen_among_those_found()
    {
        // Given an assembly in which nobody lists everybody
        var people = await room.RegisterAsync(Enumerable.Range(10, 70).Select(number => $"Délégué{number} Centre{number % 3}"));
        var held = await room.ConvenedAsync(named: people);
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var page = $"/{Host.Slug}/meetings/{held.Meeting}/arrivals";
        async Task<(HttpStatusCode Status, string Text)> SendAsync(params (string, string)[] fields)
        {
            using var answer = await secretary.SendAsync(page, page, fields);
            return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        var asked = WebUtility.HtmlDecode(await secretary.ReadAsync(page));
        Assert.Contains("type=\"search\"", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Délégué", asked, StringComparison.Ordinal);

        // When somebody is searched for, those of that name are offered and nothing is recorded,
        var (found, offered) = await SendAsync(("person~find", "delegue12"), ("lookup", "person"));
        Assert.Equal(HttpStatusCode.OK, found);
        Assert.Contains($"value=\"{people[2]}\" checked", offered, StringComparison.Ordinal);
        Assert.DoesNotContain("Délégué13", offered, StringComparison.Ordinal);
        var (_, many) = await SendAsync(("person~find", "centre1"), ("lookup", "person"));
        Assert.Contains("autres\u00a0: précisez le nom.", many, StringComparison.Ordinal);
        var (_, nobody) = await SendAsync(("person~find", "zz"), ("lookup", "person"));
        Assert.Contains("Personne ne répond à «\u00a0zz\u00a0».", nobody, StringComparison.Ordinal);

        // a search from which nobody was chosen records nobody,
        var (unchosen, told) = await SendAsync(("person~find", "delegue12"), ("person", ""));
        Assert.Equal(HttpStatusCode.BadRequest, unchosen);
        Assert.Contains("Choisissez une personne parmi celles que la recherche a trouvées", told, StringComparison.Ordinal);
        Assert.Contains($"value=\"{people[2]}\" checked", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(("person~find", "delegue13"), ("person~found", "delegue12"), ("person", people[2].ToString()))).Status);

        // and whoever was chosen is there.
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(("person~find", "delegue12"), ("person~found", "delegue12"), ("person", people[2].ToString()))).Status);
        // Of those who are there, who are few, the list is whole.
        var departures = WebUtility.HtmlDecode(await secretary.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}/departures"));
        Assert.Contains($"<option value=\"{people[2]}\">Délégué12 Centre0</option>", departures, StringComparison.Ordinal);
        // A proxy that is looked for and chosen from nothing is not left out in silence.
        var received = $"/{Host.Slug}/meetings/{held.Meeting}/proxies/received";
        using var proxy = await secretary.SendAsync(
            received, received, ("giver", held.Board.Others[5].Mandate.ToString()), ("giver~find", ""), ("holder~find", "delegue20"), ("holder", ""), ("form", "paper"));
        Assert.Equal(HttpStatusCode.BadRequest, proxy.StatusCode);
    }

    [Fact]
    public async Task Whoever_cannot_come_says_on_the_page_of_the_meeting_who_votes_for_them_and_takes_it_back()
    {
        var held = await room.ConvenedAsync();
        var (meeting, own) = ($"/{Host.Slug}/meetings/{held.Meeting}", $"/{Host.Slug}/meetings/{held.Meeting}/proxies/own");
        using var member = await Visitor.AsAsync(room.Host, Role.Member);
        async Task<string> OwnAsync() => WebUtility.HtmlDecode(await member.ReadAsync(own));
        Assert.Contains($"href=\"{own}\"", await member.ReadAsync(meeting), StringComparison.Ordinal);

        var (mandate, holder) = (held.Board.Members.ToString(), room.Host.Person(Role.BoardMember).ToString());
        using (var given = await member.SendAsync(own, own, ("giver", mandate), ("holder", holder)))
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        Assert.Contains("Titulaire BoardMember vote pour vous.", await OwnAsync(), StringComparison.Ordinal);
        using (var taken = await member.SendAsync(own, own + "/revocation", ("giver", mandate)))
            Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.DoesNotContain("vote pour vous.", await OwnAsync(), StringComparison.Ordinal);

        // Nobody gives the votes of another,
        using (var others = await member.SendAsync(own, own, ("giver", held.Board.Mine.ToString()), ("holder", holder)))
            Assert.False(others.IsSuccessStatusCode || others.StatusCode == HttpStatusCode.Redirect);
        // and who has no vote in the meeting is not offered to.
        using var auditor = await Visitor.AsAsync(room.Host, Role.Auditor);
        Assert.DoesNotContain(own, await auditor.ReadAsync(meeting), StringComparison.Ordinal);
        Assert.Contains("Vous n’avez pas de voix dans cette réunion", WebUtility.HtmlDecode(await auditor.ReadAsync(own)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_a_proxy_names_a_substitute_where_the_rule_has_one_and_nowhere_else()
    {
        var ordinary = await room.ConvenedAsync();
        var held = await room.ConvenedAsync(kind: "extraordinary");
        var own = $"/{Host.Slug}/meetings/{held.Meeting}/proxies/own";
        using var member = await Visitor.AsAsync(room.Host, Role.Member);
        Assert.DoesNotContain("name=\"substitute\"", await member.ReadAsync($"/{Host.Slug}/meetings/{ordinary.Meeting}/proxies/own"), StringComparison.Ordinal);
        Assert.Contains("name=\"substitute\"", await member.ReadAsync(own), StringComparison.Ordinal);

        var (holder, substitute) = (held.Board.Others[0].Person, room.Host.Person(Role.BoardMember));
        using (var given = await member.SendAsync(own, own, ("giver", held.Board.Members.ToString()), ("holder", holder.ToString()), ("substitute", substitute.ToString())))
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);

        Assert.Contains("Remplaçant si cette personne part : Titulaire BoardMember.", WebUtility.HtmlDecode(await member.ReadAsync(own)).Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_meeting_tells_its_agenda_its_quorum_and_who_is_there()
    {
        var held = await room.OpenAsync();
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        using var secretariat = await Visitor.AsAsync(room.Host, Role.Secretariat);

        var list = System.Net.WebUtility.HtmlDecode(await secretariat.ReadAsync($"/{Host.Slug}/meetings"));
        var page = System.Net.WebUtility.HtmlDecode(await secretariat.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}"));

        Assert.Contains($"/meetings/{held.Meeting}\"", list, StringComparison.Ordinal);
        Assert.Contains("Budget de l'année", page, StringComparison.Ordinal);
        Assert.Contains("en séance", page, StringComparison.Ordinal);
        Assert.Contains($"/meetings/{held.Meeting}/notes", page, StringComparison.Ordinal);
        foreach (var act in new[] { "arrivals", "departures", "opening", "proxies/received", "resolutions", "adjournment", "closing", $"agenda/{held.Item}/taking", $"agenda/{held.Item}/interests" })
            Assert.Contains("<form", await secretariat.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}/{act}"), StringComparison.Ordinal);
    }
}
