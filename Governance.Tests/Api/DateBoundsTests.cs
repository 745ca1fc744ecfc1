using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Dates with which nothing can be reckoned are refused where they come in.</summary>
public sealed class DateBoundsTests(Host host) : IClassFixture<Host>
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData("dashboard")]
    [InlineData("bodies")]
    [InlineData("members")]
    public async Task A_date_beyond_what_can_be_reckoned_with_is_malformed(string read)
    {
        using var client = host.As(Role.Member);
        foreach (var date in new[] { "9999-12-31", "0001-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2201-01-01", "1799-12-31" })
        {
            foreach (var name in new[] { "asOf", "recordedAsOf" })
            {
                using var answer = await client.GetAsync(new Uri($"/api/{Host.Slug}/{read}?{name}={date}", UriKind.Relative), Ct);
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
                Assert.Contains("1800", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").GetProperty(name)[0].GetString()!, StringComparison.Ordinal);
            }
        }

        foreach (var date in new[] { "2200-12-31", "1800-01-01" })
        {
            using var answer = await client.GetAsync(new Uri($"/api/{Host.Slug}/{read}?asOf={date}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/colleges")]
    [InlineData("/members")]
    [InlineData("/history")]
    public async Task A_page_at_such_a_date_says_how_dates_are_written(string page)
    {
        using var member = await Visitor.AsAsync(host, Role.Member);
        using var answer = await member.Client.GetAsync(new Uri($"/{Host.Slug}{page}?asOf=9999-12-31", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("des années 1800 à 2200", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_of_such_days_is_malformed()
    {
        using var client = host.As(Role.Auditor);
        foreach (var days in new[] { "from=0001-01-01", "to=9999-12-31", "from=9999-12-31" })
        {
            using var answer = await client.GetAsync(new Uri($"/api/{Host.Slug}/history?{days}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001")]
    [InlineData("9999-Q4")]
    [InlineData("0001-01")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_command_takes_effect_on_no_such_day(string effective)
    {
        Assert.False(EffectiveTime.TryParse(effective, Paris, out _));
        using var client = host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/name", new { name = "Autre", shortName = "Autre", effective }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
