using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Xunit;

namespace Governance.Tests.Api.Members;

/// <summary>The register over HTTP, on a date and as it was known on a date.</summary>
public sealed class RegisterTests(Host host) : IClassFixture<Host>
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
