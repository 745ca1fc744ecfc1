using System.Net.Http.Json;
using Governance.Api.Access;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What surrounds a page of the past.</summary>
public sealed class PastPagesTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task The_association_bears_the_name_of_the_day_shown()
    {
        using var secretariat = host.As(Role.Secretariat);
        using var renamed = await secretariat.PostAsJsonAsync(
            $"/api/{Host.Slug}/name", new { name = "Réseau renommé", shortName = "Réseau", effective = "2024-01-01" }, Stop);
        Assert.True(renamed.IsSuccessStatusCode, await renamed.Content.ReadAsStringAsync(Stop));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var member = await Visitor.AsAsync(host, Role.Member);

        Assert.Contains("Association d&#x27;essai</a>", await member.ReadAsync($"/{Host.Slug}/members?asOf=2023-12-31"), StringComparison.Ordinal);
        Assert.Contains("Réseau renommé</a>", System.Net.WebUtility.HtmlDecode(await member.ReadAsync($"/{Host.Slug}/members?asOf=2024-01-01")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_known_before_anything_was_recorded_the_page_says_since_when_there_is_something()
    {
        using var member = await Visitor.AsAsync(host, Role.Member);
        var before = System.Net.WebUtility.HtmlDecode(await member.ReadAsync($"/{Host.Slug}/members?asOf=2023-10-14&recordedAsOf=2024-01-31"));
        Assert.Contains("Au 31 janvier 2024, rien n'était encore enregistré ici : l'histoire a été saisie à partir du", before.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("rien n'était encore enregistré", System.Net.WebUtility.HtmlDecode(await member.ReadAsync($"/{Host.Slug}/members?asOf=2023-10-14")), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
