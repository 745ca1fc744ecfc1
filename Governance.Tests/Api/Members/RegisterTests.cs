using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Api.Members;

/// <summary>The register over HTTP, on a date and as it was known on a date.</summary>
public sealed partial class RegisterTests(Host host) : IClassFixture<Host>
{
    private const string Members = $"/api/{Host.Slug}/members";

    [Fact]
    public async Task The_register_on_a_date_names_who_was_a_member_then_under_the_name_of_then()
    {
        using var client = host.As(Role.Secretariat);
        var centre = await AdmitAsync(client, "Centre du Nord", "2021-03-01");
        await PostAsync(client, $"{Members}/{centre}/name", new { name = new { organisation = "Centre des Hauts-de-France" }, effective = "2023-01-01" });
        var position = await PostAsync(client, $"{Members}/{centre}/resignation", new { reason = "Fusion", effective = "2024-06-30" });

        Assert.Null(await LineAsync(client, "members", centre, $"?asOf=2021-02-28&waitFor={position}"));
        var then = await LineAsync(client, "members", centre, "?asOf=2022-01-01");
        Assert.Equal("Centre du Nord", then?.GetProperty("name").GetString());
        Assert.Equal("active", then?.GetProperty("standing").GetString());
        Assert.Equal("Centre des Hauts-de-France", (await LineAsync(client, "members", centre, "?asOf=2024-06-29"))?.GetProperty("name").GetString());
        Assert.Null(await LineAsync(client, "members", centre, "?asOf=2024-07-01"));
        Assert.Equal("resigned", (await LineAsync(client, "others", centre, "?asOf=2024-07-01"))?.GetProperty("standing").GetString());
    }

    [Fact]
    public async Task A_resignation_recorded_late_was_not_known_before_it_was_recorded()
    {
        using var client = host.As(Role.Secretariat);
        var centre = await AdmitAsync(client, "Centre de l'Ouest", "2021-01-01");
        var before = await host.Log.LastPositionAsync(Stop);
        var after = await PostAsync(client, $"{Members}/{centre}/resignation", new { effective = "2022-01-01" });

        Assert.NotNull(await LineAsync(client, "members", centre, $"?asOf=2023-01-01&recordedAsOf={before}&waitFor={after}"));
        Assert.Null(await LineAsync(client, "members", centre, $"?asOf=2023-01-01&recordedAsOf={after}"));
    }

    [Fact]
    public async Task A_placeholder_says_that_it_is_one_and_is_counted()
    {
        using var client = host.As(Role.Secretariat);
        await PostAsync(client, Members, new { name = new { organisation = "Centre 13" }, placeholder = true, remark = "Aucun document ne le nomme.", effective = "2017-01-01" });
        var position = await host.Log.LastPositionAsync(Stop);
        var register = await client.GetFromJsonAsync<JsonElement>($"{Members}?asOf=2017-06-01&waitFor={position}", Stop);

        Assert.Equal(1, register.GetProperty("placeholders").GetInt32());
        var line = Assert.Single(register.GetProperty("members").EnumerateArray());
        Assert.True(line.GetProperty("placeholder").GetBoolean());
        Assert.Equal("Aucun document ne le nomme.", line.GetProperty("remark").GetString());
    }

    [Fact]
    public async Task A_member_that_is_not_there_is_not_found()
    {
        using var client = host.As(Role.Member);
        using var answer = await client.GetAsync($"{Members}/{Guid.CreateVersion7():D}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Who_holds_the_register_already_is_not_sent_it_again()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Auditor);
        var position = await host.Log.LastPositionAsync(Stop);
        using var first = await client.GetAsync($"{Members}?asOf=2021-01-01&recordedAsOf={position}", Stop);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Members}?asOf=2021-01-01&recordedAsOf={position}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private const string Campaigns = $"/api/{Host.Slug}/dues-campaigns";

    [Fact]
    public async Task A_campaign_of_dues_calls_by_bracket_takes_payments_all_or_none_and_tells_who_is_late_on_any_date()
    {
        using var client = host.As(Role.Secretariat);
        var (small, large, silent) = (await AdmitAsync(client, "Centre de la Loire", "2022-01-01"), await AdmitAsync(client, "Centre du Rhône", "2022-01-01"), await AdmitAsync(client, "Centre du Var", "2022-01-01"));
        var opened = await AnswerAsync(client, Campaigns, new
        {
            period = "2022",
            from = Day("2022-01-01"),
            until = Day("2022-12-31"),
            dueOn = Day("2022-03-31"),
            measure = "number",
            measureName = "budget",
            brackets = new[] { new { name = "petit", amountCents = 60_000, below = 100_000, from = 0 }, new { name = "grand", amountCents = 120_000, below = 9_000_000, from = 100_000 } },
            effective = "2022-01-05",
        });
        var campaign = opened.GetProperty("ids").GetProperty("campaign").GetString();
        await PostAsync(client, $"{Campaigns}/{campaign}/declarations", new { member = small, number = 99_999, effective = "2022-01-06" });
        await PostAsync(client, $"{Campaigns}/{campaign}/declarations", new { member = large, number = 100_000, effective = "2022-01-06" });
        var called = await PostAsync(client, $"{Campaigns}/{campaign}/calls", new { members = new[] { small, large, silent }, effective = "2022-01-10" });
        using (var again = await client.PostAsJsonAsync($"{Campaigns}/{campaign}/calls", new { members = new[] { small, large, silent }, effective = "2022-01-10" }, Stop))
            Assert.Equal("unchanged", (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString());

        object Line(int line, string member, int cents, string on, string reference) => new { line, member, amountCents = cents, on = Day(on), means = "bank-transfer", reference };
        using (var unfit = await client.PostAsJsonAsync($"{Campaigns}/{campaign}/payments", new { lines = new[] { Line(2, small, 60_000, "2022-02-01", "V1"), Line(3, large, 120_001, "2022-02-01", "V2") } }, Stop))
        {
            var problem = await unfit.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal((HttpStatusCode.Conflict, "member.payments-unfit"), (unfit.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Equal("line 3", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        }

        var paid = await PostAsync(client, $"{Campaigns}/{campaign}/payments", new { lines = new[] { Line(2, small, 60_000, "2022-02-01", "V1"), Line(3, large, 20_000, "2022-02-01", "V2") } });
        var file = await client.GetFromJsonAsync<JsonElement>($"{Campaigns}/{campaign}?asOf=2022-04-01&waitFor={paid}", Stop);
        var progress = file.GetProperty("progress");
        Assert.Equal(
            (180_000, 80_000, 100_000, 2, 1, 1),
            (progress.GetProperty("calledCents").GetInt32(), progress.GetProperty("paidCents").GetInt32(), progress.GetProperty("owedCents").GetInt32(),
                progress.GetProperty("called").GetInt32(), progress.GetProperty("settled").GetInt32(), progress.GetProperty("late").GetInt32()));
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>($"{Campaigns}/{campaign}?asOf=2022-03-31", Stop)).GetProperty("progress").GetProperty("late").GetInt32());

        // The payments are known since they were recorded, whatever the day looked at.
        var before = await client.GetFromJsonAsync<JsonElement>($"{Members}/{small}/dues?asOf=2022-04-01&recordedAsOf={called}", Stop);
        var after = await client.GetFromJsonAsync<JsonElement>($"{Members}/{small}/dues?asOf=2022-04-01", Stop);
        Assert.Equal((false, true), (before.GetProperty("upToDate").GetBoolean(), after.GetProperty("upToDate").GetBoolean()));
        Assert.Equal(2, after.GetProperty("periods")[0].GetProperty("events").GetArrayLength());
        var late = await client.GetFromJsonAsync<JsonElement>($"{Members}/{large}/dues?asOf=2022-04-01", Stop);
        Assert.Equal(("no-vote", "default", false), (late.GetProperty("consequence").GetString(), late.GetProperty("article").GetString(), late.GetProperty("suspensionProposed").GetBoolean()));
        var dashboard = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/dashboard?asOf=2022-04-01", Stop);
        Assert.Equal((large, 100_000), (dashboard.GetProperty("lateDues")[0].GetProperty("member").GetString(), dashboard.GetProperty("lateDues")[0].GetProperty("owedCents").GetInt32()));

        // What a cheque was worth until it came back, and what a decision takes off.
        await PostAsync(client, $"{Members}/{small}/dues/returns", new { period = "2022", amountCents = 60_000, reason = "chèque impayé", reference = "V1", effective = "2022-05-01" });
        var reduced = await PostAsync(client, $"{Members}/{small}/dues/reductions", new { period = "2022", amountCents = 0, reason = "dispense", effective = "2022-06-01" });
        foreach (var (day, state) in new[] { ("2022-04-30", "paid"), ("2022-05-01", "late"), ("2022-06-01", "waived") })
            Assert.Equal(state, (await client.GetFromJsonAsync<JsonElement>($"{Members}/{small}/dues?asOf={day}&waitFor={reduced}", Stop)).GetProperty("periods")[0].GetProperty("state").GetString());
    }

    // The association's own zone cuts the day.
    private static object Day(string day) => EffectiveTime.TryParse(day, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), out var on)
        ? JsonSerializer.SerializeToElement(on, EventCatalogue.Json)
        : throw new ArgumentException(day, nameof(day));

    private static async Task<JsonElement> AnswerAsync(HttpClient client, string address, object request)
    {
        using var answer = await client.PostAsJsonAsync(address, request, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return body;
    }

    private static async Task<string> AdmitAsync(HttpClient client, string name, string on)
    {
        using var answer = await client.PostAsJsonAsync(Members, new { name = new { organisation = name }, effective = on }, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return body.GetProperty("ids").GetProperty("member").GetString()!;
    }

    private static async Task<long> PostAsync(HttpClient client, string address, object request)
    {
        using var answer = await client.PostAsJsonAsync(address, request, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return body.GetProperty("position").GetInt64();
    }

    private static async Task<JsonElement?> LineAsync(HttpClient client, string list, string member, string query)
    {
        var register = await client.GetFromJsonAsync<JsonElement>(Members + query, Stop);
        var found = register.GetProperty(list).EnumerateArray().Where(line => line.GetProperty("id").GetString() == member).ToList();
        return found.Count == 0 ? null : Assert.Single(found);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
