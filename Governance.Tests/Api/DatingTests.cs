using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What may be dated ahead and what may not, and what a date that does not fit is answered with.</summary>
public sealed class DatingTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Theory]
    [InlineData("chronicle", """{"title":"Rencontre","theme":"gathering","effective":"2150-01-01"}""")]
    [InlineData("people", """{"name":"Quelqu'un","effective":"2150-01-01"}""")]
    [InlineData("members/01900000-0000-7000-8000-000000000000/dues/payments", """{"period":"2150","amountCents":100,"effective":"2150-01-01"}""")]
    public async Task What_is_only_known_once_it_has_happened_is_not_dated_later(string address, string body)
    {
        using var client = host.As(Role.Secretariat);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"{Api}/{address}", UriKind.Relative), content, Stop);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var refused = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("history.not-yet-happened", refused.GetProperty("code").GetString());
        Assert.Contains("jeudi 1er janvier 2150", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_decided_ahead_is_recorded_and_the_page_says_from_when_it_holds()
    {
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        using var answer = await secretariat.SendAsync(
            $"/{Host.Slug}/members/admit", $"/{Host.Slug}/members/admit", ("name.organisation", "Centre à venir"), ("effective", "janvier 2150"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await secretariat.ReadAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("Centre à venir", page, StringComparison.Ordinal);
        Assert.Contains("Cela prend effet en janvier 2150", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_registered_later_than_an_appointment_is_named_with_the_day_since_when()
    {
        using var client = host.As(Role.Secretariat);
        var person = await MadeAsync(client, "people", new { name = "Nouvelle venue", effective = "2024-03-01" }, "person");
        var body = await MadeAsync(client, "bodies", new { name = "Comité", kind = "board", effective = "2020-01-01" }, "body");

        using var answer = await client.PostAsJsonAsync($"{Api}/bodies/{body}/mandates", new { person, effective = "2024-02-01" }, Stop);

        var refused = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("history.before-beginning", refused.GetProperty("code").GetString());
        var said = refused.GetProperty("detail").GetString();
        Assert.Contains("Cette personne", said, StringComparison.Ordinal);
        Assert.Contains("1er mars 2024", said, StringComparison.Ordinal);
        Assert.Contains("1er février 2024", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_registered_from_a_day_of_the_past_by_the_form()
    {
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        using var answer = await secretariat.SendAsync(
            $"/{Host.Slug}/people/new", $"/{Host.Slug}/people/new", ("name", "D'avant"), ("effective", "14/10/2023"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("14 octobre 2023", await secretariat.ReadAsync(answer.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_of_a_person_is_told_in_the_interface_s_own_words()
    {
        using var client = host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync($"{Api}/people", new { name = "Quelqu'un", email = "nulle part" }, Stop);

        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors");
        Assert.Equal("Écrivez une adresse de courriel, comme nom@exemple.fr.", errors.GetProperty("email")[0].GetString());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> MadeAsync(HttpClient client, string address, object body, string id)
    {
        using var answer = await client.PostAsJsonAsync($"{Api}/{address}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("ids").GetProperty(id).GetString()!;
    }
}
