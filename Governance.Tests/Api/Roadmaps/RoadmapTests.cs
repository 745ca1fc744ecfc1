using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api.Roadmaps;

/// <summary>Roadmaps and workstreams over HTTP: what is recorded is read, on any date.</summary>
public sealed class RoadmapTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Fact]
    public async Task A_workstream_goes_from_proposed_to_completed_and_each_date_shows_where_it_stood()
    {
        var workstream = await ProposedAsync("2024-01-05");
        await DoneAsync($"{workstream}/adoption", new { decision = new { ballot = (await host.DecisionAsync()).ToString() }, effective = "2024-01-30" });
        await DoneAsync($"{workstream}/schedule", new { start = Quarter(2024, 1), end = Quarter(2024, 4), effective = "2024-01-30" });
        await DoneAsync($"{workstream}/start", new { effective = "2024-02-10" });
        await DoneAsync($"{workstream}/reports", new { text = "Le livret est écrit.", assessment = "on-track", effective = "2024-03-01" });
        await DoneAsync($"{workstream}/pause", new { reason = "Budget à voter.", effective = "2024-04-01" });
        await DoneAsync($"{workstream}/resumption", new { effective = "2024-05-01" });
        var last = await DoneAsync($"{workstream}/completion", new { outcome = "Livret diffusé.", effective = "2024-11-01" });

        foreach (var (day, stage) in new[]
        {
            ("2024-01-06", "proposed"), ("2024-01-31", "adopted"), ("2024-02-10", "underway"), ("2024-04-15", "paused"), ("2024-05-01", "underway"),
            ("2024-11-01", "completed"),
        })
            Assert.Equal(stage, (await ReadAsync($"{workstream}?asOf={day}&waitFor={last}")).GetProperty("workstream").GetProperty("stage").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{workstream}?asOf=2024-01-04")).StatusCode);
    }

    [Fact]
    public async Task A_workstream_is_adopted_by_a_decision_that_stands_and_is_about_it()
    {
        var workstream = await ProposedAsync("2024-01-05");
        var another = WorkstreamId.Of(Guid.CreateVersion7());
        foreach (var (ballot, code) in new[]
        {
            (BallotId.Of(Guid.CreateVersion7()), "ballot.not-found"),
            (await host.DecisionAsync(Verdict.Rejected), "ballot.decision-does-not-stand"),
            (await host.DecisionAsync(workstream: another), "ballot.decision-about-another-workstream"),
        })
        {
            using var client = host.As(Role.BoardMember);
            using var answer = await client.PostAsJsonAsync($"{workstream}/adoption", new { decision = new { ballot = ballot.ToString() }, effective = "2024-01-30" }, Stop);
            Assert.False(answer.IsSuccessStatusCode);
            Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        }

        await DoneAsync($"{workstream}/adoption", new { decision = new { ballot = (await host.DecisionAsync()).ToString() }, effective = "2024-01-30" });
    }

    [Fact]
    public async Task A_milestone_that_was_moved_says_when_it_was_first_due_and_what_slips_says_why()
    {
        var workstream = await ProposedAsync("2023-01-05");
        var planned = await DoneAsync($"{workstream}/milestones", new { title = "Livret", due = Quarter(2023, 1), effective = "2023-01-10" }, "milestone");
        await DoneAsync($"{workstream}/milestones/{planned}/due", new { due = Quarter(2023, 3), reason = "Deux relectures.", effective = "2023-05-02" });
        var last = await host.Log.LastPositionAsync(Stop);

        var milestone = (await ReadAsync($"{workstream}?waitFor={last}")).GetProperty("milestones")[0];
        Assert.Equal("Deux relectures.", milestone.GetProperty("remark").GetString());
        Assert.Equal("2022-12-31T23:00:00.000000Z", milestone.GetProperty("firstDue").GetProperty("instant").GetString());

        var slipping = await ReadAsync($"{Api}/workstreams/slipping?asOf=2023-04-15");
        var reasons = slipping.EnumerateArray()
            .Single(s => workstream.EndsWith(s.GetProperty("workstream").GetProperty("id").GetString()!, StringComparison.Ordinal))
            .GetProperty("slips");
        Assert.Equal(("milestone-overdue", "Livret"), (reasons[0].GetProperty("reason").GetString(), reasons[0].GetProperty("text").GetString()));
        Assert.DoesNotContain(
            (await ReadAsync($"{Api}/workstreams/slipping?asOf=2023-05-15")).EnumerateArray(),
            s => workstream.EndsWith(s.GetProperty("workstream").GetProperty("id").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_roadmap_is_read_with_its_workstreams_and_who_has_it_already_is_not_sent_it_again()
    {
        var workstream = await ProposedAsync("2024-01-05");
        var last = await host.Log.LastPositionAsync(Stop);
        var roadmaps = await ReadAsync($"{Api}/roadmaps?waitFor={last}");
        var of = (await ReadAsync(workstream)).GetProperty("workstream").GetProperty("roadmap").GetString();
        Assert.Contains(of, roadmaps.EnumerateArray().Select(r => r.GetProperty("id").GetString()));

        var one = await ReadAsync($"{Api}/roadmaps/{of}");
        Assert.Equal("Accueil des nouveaux", Assert.Single(one.GetProperty("workstreams").EnumerateArray()).GetProperty("workstream").GetProperty("title").GetString());

        using var client = host.As(Role.Member);
        using var first = await client.GetAsync(workstream, Stop);
        Assert.Equal("\"1\"", first.Headers.ETag?.Tag);
        using var again = new HttpRequestMessage(HttpMethod.Get, workstream);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{Api}/roadmaps/{Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task A_convention_funds_a_workstream_and_what_is_delivered_under_it_counts_once_on_any_date()
    {
        var workstream = await ProposedAsync("2023-01-05");
        using var secretariat = host.As(Role.Secretariat);
        async Task<string> MadeAsync(string address, object body, string? made = null)
        {
            using var answer = await secretariat.PostAsJsonAsync(Api + address, body, Stop);
            var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.True(answer.IsSuccessStatusCode, read.GetRawText());
            return made is null ? read.GetProperty("position").GetRawText() : read.GetProperty("ids").GetProperty(made).GetString()!;
        }

        var (one, other) = (
            await MadeAsync("/members", new { name = new { organisation = $"Centre {Guid.NewGuid():N}" }, effective = "2017" }, "member"),
            await MadeAsync("/members", new { name = new { organisation = $"Centre {Guid.NewGuid():N}" }, effective = "2017" }, "member"));
        var convention = await MadeAsync(
            "/conventions", new { title = "Cités éducatives", funder = "ANCT", firstDay = "2023-01-01", lastDay = "2025-12-31", amountCents = 30_000_000, effective = "2023" }, "convention");
        var here = $"/conventions/{convention}";
        var objective = await MadeAsync($"{here}/objectives", new { domain = "Webinaires", commitment = "Trois par mois.", effective = "2023" }, "objective");
        var indicator = await MadeAsync($"{here}/indicators", new { objective, name = "Webinaires tenus", counts = "webinar", effective = "2023" }, "indicator");
        await MadeAsync($"{here}/targets", new { indicator, year = 2023, target = 36, effective = "2023" });
        await MadeAsync($"{here}/signature", new { effective = "2023" });
        await MadeAsync($"{here}/funding", new { workstream = workstream.Split('/')[^1], objectives = new[] { objective }, effective = "2023-02" });
        var when = new { instant = Governance.Domain.Kernel.Instants.Write(Domain.Story.Time("2023-02-07").Instant), precision = "day" };
        var delivery = await MadeAsync($"{here}/deliveries", new { indicator, title = "Repères", when, pair = new[] { one, other } }, "delivery");
        var last = await MadeAsync($"{here}/deliveries/{delivery}/carrying-out", new { participants = 80, effective = "2023-02-07" });

        foreach (var (address, body, status, code) in new (string, object, HttpStatusCode, string)[]
        {
            ($"deliveries/{delivery}/carrying-out", new { effective = "2023-02-08" }, HttpStatusCode.Conflict, "delivery.counted-twice"),
            ("deliveries", new { indicator, title = "Débat", when, pair = new[] { one, one } }, HttpStatusCode.Conflict, "delivery.pair-of-one"),
            ("objectives", new { domain = "Webinaires", commitment = "Quatre par mois." }, HttpStatusCode.Conflict, "convention.no-version-in-preparation"),
            ("report-lines", new { year = 2026, heading = "Webinaires", plannedCents = 1, actualCents = 1 }, HttpStatusCode.Conflict, "convention.year-outside"),
        })
        {
            using var answer = await secretariat.PostAsJsonAsync($"{Api}{here}/{address}", body, Stop);
            Assert.Equal((status, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString()));
        }

        Assert.Equal(last, (await host.Log.LastPositionAsync(Stop)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (day, delivered) in new[] { ("2023-02-06", 0), ("2023-02-07", 1) })
        {
            var read = await ReadAsync($"{Api}{here}?asOf={day}&waitFor={last}");
            Assert.Equal((36, delivered), (read.GetProperty("progress")[0].GetProperty("target").GetInt32(), read.GetProperty("progress")[0].GetProperty("delivered").GetInt32()));
        }

        var slips = (await ReadAsync($"{Api}/conventions/slipping?asOf=2023-03-05")).EnumerateArray().Single(s => s.GetProperty("convention").GetString() == convention).GetProperty("slips");
        Assert.Equal(("target-behind", 6), (slips[0].GetProperty("reason").GetString(), slips[0].GetProperty("expected").GetInt32()));
        Assert.Equal("1/2", (await ReadAsync($"{Api}{here}/deliveries")).GetProperty("load")[0].GetProperty("share").GetString());
    }

    [Fact]
    public async Task Who_waits_for_what_is_late_slips_with_it_and_a_circle_is_refused_by_its_path()
    {
        var (welcome, training) = (await ProposedAsync("2024-01-05", "Accueil"), await ProposedAsync("2024-01-05", "Formations"));
        var milestone = await DoneAsync($"{welcome}/milestones", new { title = "Livret", due = Quarter(2024, 1), effective = "2024-01-10" }, "milestone");
        var last = await DoneAsync($"{training}/dependencies", new { prerequisite = Id(welcome), milestone, reason = "Le livret.", effective = "2024-02-01" });

        var read = await ReadAsync($"{welcome}?waitFor={last}");
        Assert.Equal(Id(training), Assert.Single(read.GetProperty("waitedForBy").EnumerateArray()).GetString());
        Assert.Equal(milestone, Assert.Single((await ReadAsync(training)).GetProperty("waitsFor").EnumerateArray()).GetProperty("milestone").GetString());
        foreach (var (day, reasons) in new (string, string[])[] { ("2024-03-31", []), ("2024-04-02", ["prerequisite-late"]) })
        {
            var slipping = await ReadAsync($"{Api}/workstreams/slipping?asOf={day}");
            var slips = slipping.EnumerateArray().Where(s => s.GetProperty("workstream").GetProperty("id").GetString() == Id(training)).SelectMany(s => s.GetProperty("slips").EnumerateArray());
            Assert.Equal(reasons, slips.Select(s => s.GetProperty("reason").GetString()));
        }

        using var client = host.As(Role.Secretariat);
        using var circle = await client.PostAsJsonAsync($"{welcome}/dependencies", new { prerequisite = Id(training), effective = "2024-02-02" }, Stop);
        var problem = await circle.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((HttpStatusCode.Conflict, "workstream.dependency-cycle"), (circle.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("Accueil → Formations → Accueil", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await DoneAsync($"{training}/dependencies/{Id(welcome)}/release", new { reason = "Le livret n’est plus attendu.", effective = "2024-03-01" });
        await DoneAsync($"{welcome}/dependencies", new { prerequisite = Id(training), effective = "2024-03-02" });
    }

    [Fact]
    public async Task Of_two_opposite_dependencies_recorded_at_once_one_passes()
    {
        var (one, other) = (await ProposedAsync("2024-01-05", "Un"), await ProposedAsync("2024-01-05", "Deux"));
        using var client = host.As(Role.Secretariat);
        var answers = await Task.WhenAll(
            client.PostAsJsonAsync($"{one}/dependencies", new { prerequisite = Id(other), effective = "2024-02-01" }, Stop),
            client.PostAsJsonAsync($"{other}/dependencies", new { prerequisite = Id(one), effective = "2024-02-01" }, Stop));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Budget_and_expenses_come_to_what_is_left_on_any_date_and_name_their_decision()
    {
        var workstream = await ProposedAsync("2024-01-05");
        var ballot = (await host.DecisionAsync()).ToString();
        await DoneAsync($"{workstream}/budget", new { year = 2024, amountCents = 100_000, decision = new { ballot }, effective = "2024-02-01" });
        var expense = await DoneAsync($"{workstream}/expenses", new { year = 2024, purpose = "Impression", amountCents = 60_000, paper = "Devis 12", effective = "2024-03-01" }, "expense");
        var last = await DoneAsync($"{workstream}/expenses/{expense}/payment", new { amountCents = 61_050, paper = "Facture 7", effective = "2024-05-02" });

        foreach (var (day, committed, paid) in new[] { ("2024-02-15", 0, 0), ("2024-03-01", 60_000, 0), ("2024-05-02", 0, 61_050) })
        {
            var money = (await ReadAsync($"{workstream}?asOf={day}&waitFor={last}")).GetProperty("money");
            Assert.Equal(
                (100_000, committed, paid, 100_000 - committed - paid),
                (money.GetProperty("planned").GetInt32(), money.GetProperty("committed").GetInt32(), money.GetProperty("paid").GetInt32(), money.GetProperty("left").GetInt32()));
        }

        Assert.Equal(ballot, (await ReadAsync(workstream)).GetProperty("budget")[0].GetProperty("decision").GetString());
        using var client = host.As(Role.Secretariat);
        using var refused = await client.PostAsJsonAsync($"{workstream}/budget", new { year = 2024, amountCents = 1, decision = new { ballot = (await host.DecisionAsync(Verdict.Rejected)).ToString() }, effective = "2024-06-01" }, Stop);
        Assert.Equal("ballot.decision-does-not-stand", (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("budget", "{\"year\":2031,\"amountCents\":1}", HttpStatusCode.Conflict, "workstream.year-outside")]
    [InlineData("budget", "{\"year\":2024,\"amountCents\":-1}", HttpStatusCode.BadRequest, "number.range")]
    [InlineData("groups", "{\"groups\":[\"0198a000-0000-7000-8000-000000000001\"]}", HttpStatusCode.Conflict, "workstream.group-not-there")]
    [InlineData("start", """{}""", HttpStatusCode.Conflict, "workstream.not-adopted")]
    [InlineData("reports", """{"text":"Tout va bien.","assessment":"on-track"}""", HttpStatusCode.Conflict, "workstream.stage")]
    [InlineData("rank", """{"rank":0}""", HttpStatusCode.BadRequest, "number.range")]
    [InlineData("lead", """{}""", HttpStatusCode.BadRequest, "workstream.lead-missing")]
    [InlineData("lead", """{"member":"0198a000-0000-7000-8000-000000000001"}""", HttpStatusCode.Conflict, "workstream.lead-not-there")]
    [InlineData("pause", """{"reason":"Pause"}""", HttpStatusCode.Conflict, "workstream.stage")]
    public async Task What_does_not_go_with_where_it_stands_is_refused_and_records_nothing(string address, string body, HttpStatusCode status, string code)
    {
        var workstream = await ProposedAsync("2024-01-05");
        var before = await host.Log.LastPositionAsync(Stop);
        using var client = host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync($"{workstream}/{address}", JsonSerializer.Deserialize<JsonElement>(body), Stop);
        Assert.Equal((status, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString()));
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static object Quarter(int year, int quarter) => new
    {
        instant = Governance.Domain.Kernel.Instants.Write(Domain.Story.Time($"{year}-Q{quarter}").Instant),
        precision = "quarter",
    };

    private static string Id(string workstream) => workstream.Split('/')[^1];

    private async Task<string> ProposedAsync(string day, string title = "Accueil des nouveaux")
    {
        var roadmap = await DoneAsync($"{Api}/roadmaps", new { title = "Feuille de route", firstYear = 2023, lastYear = 2026, effective = "2022-10" }, "roadmap");
        return $"{Api}/workstreams/{await DoneAsync($"{Api}/workstreams", new { roadmap, title, effective = day }, "workstream")}";
    }

    /// <summary>The position, or the id made under a name.</summary>
    private async Task<string> DoneAsync(string address, object body, string? made = null)
    {
        using var client = host.As(Role.BoardMember);
        using var answer = await client.PostAsJsonAsync(address, body, Stop);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, read.GetRawText());
        return made is null ? read.GetProperty("position").GetRawText() : read.GetProperty("ids").GetProperty(made).GetString()!;
    }

    private async Task<JsonElement> ReadAsync(string address)
    {
        using var client = host.As(Role.Member);
        return await client.GetFromJsonAsync<JsonElement>(address, Stop);
    }

    private async Task<HttpResponseMessage> GetAsync(string address)
    {
        using var client = host.As(Role.Member);
        return await client.GetAsync(address, Stop);
    }
}
