using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>From an empty installation to an association that its own people run.</summary>
public sealed partial class FoundingTests(Host host) : IClassFixture<Host>
{
    private const string Password = "a long enough password";

    private static readonly (string, string)[] Founding =
    [
        ("name", "Association nouvelle"), ("shortName", "Nouvelle"), ("slug", "nouvelle"), ("purpose", "Éprouver."), ("seat", "Lille"),
        ("timeZone", "Europe/Paris"), ("secretariat.name", "Camille Essai"), ("secretariat.body", "Secrétariat général"),
    ];

    [Fact]
    public async Task The_setup_link_leads_to_an_association_whose_secretariat_admits_a_member()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"governance-founding-{Guid.NewGuid():N}");
        var app = await GovernanceHost.BuildAsync(
            new HostSettings(directory, "http://127.0.0.1:0") { ConnectionString = await PostgreSql.EmptyConnectionStringAsync() }, ct: Ct);
        await app.StartAsync(Ct);
        try
        {
            var address = new Uri(app.Urls.First());
            var setup = $"/setup/{await app.Services.GetRequiredService<AccountLinks>().NewSetupAsync(Ct)}";

            // The administrator founds, with the first person of the secretariat,
            using var administrator = new Visitor(address);
            using var first = await administrator.SendAsync(setup, setup, ("login", "administration@nouvelle.example"), ("password", Password), ("again", Password));
            Assert.Equal("/associations/new", first.Headers.Location?.ToString());
            using var founded = await administrator.SendAsync("/associations/new", "/associations/new", Founding);
            var accounts = founded.Headers.Location!.ToString();
            var person = PersonInAddress().Match(accounts).Groups[1].Value;
            Assert.NotEmpty(person);

            // makes the link of that person's account, whose form is filled in,
            var filled = await administrator.ReadAsync(accounts);
            Assert.Contains("est fondée", filled, StringComparison.Ordinal);
            Assert.Contains($"value=\"{person}\"", filled, StringComparison.Ordinal);
            using var made = await administrator.SendAsync(
                accounts, "/accounts", ("login", "camille@nouvelle.example"), ("association", "nouvelle"), ("person", person));
            var link = RecoveryLink().Match(await made.Content.ReadAsStringAsync(Ct)).Value;
            Assert.NotEmpty(link);

            // and has no right there.
            Assert.Equal(HttpStatusCode.Forbidden, (await administrator.Client.GetAsync(new Uri("/nouvelle/members/admit", UriKind.Relative), Ct)).StatusCode);

            using var secretariat = new Visitor(address);
            using var opened = await secretariat.SendAsync(link, link, ("password", Password), ("again", Password));
            Assert.Equal("/nouvelle", opened.Headers.Location?.ToString());
            Assert.Contains("href=\"/nouvelle\"", await secretariat.ReadAsync("/account"), StringComparison.Ordinal);
            using var admitted = await secretariat.SendAsync("/nouvelle/members/admit", "/nouvelle/members/admit", ("name.organisation", "Centre de Lille"));
            Assert.Equal(HttpStatusCode.Redirect, admitted.StatusCode);
            Assert.Contains("Centre de Lille", await secretariat.ReadAsync(admitted.Headers.Location!.ToString()), StringComparison.Ordinal);
        }
        finally
        {
            await app.StopAsync(Ct);
            await app.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_founding_that_lacks_something_says_what_and_keeps_what_was_typed()
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        using var answer = await administrator.SendAsync("/associations/new", "/associations/new", [.. Founding.Where(f => f.Item1 != "secretariat.name")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("field-secretariat.name-error", page, StringComparison.Ordinal);
        Assert.Contains("Association nouvelle", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("associations")]
    [InlineData("accounts")]
    public async Task No_association_takes_an_address_of_the_host(string slug)
    {
        using var client = host.As(Role.Administrator);
        using var answer = await client.PostAsJsonAsync("/api/associations", Request(slug, new { name = "Camille Essai" }), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").TryGetProperty("slug", out _));
    }

    [Fact]
    public async Task The_API_founds_with_a_secretariat_and_not_without()
    {
        using var client = host.As(Role.Administrator);
        using var without = await client.PostAsJsonAsync("/api/associations", Request("sans", null), Ct);
        Assert.Equal("association.secretariat-missing", (await without.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());

        using var with = await client.PostAsJsonAsync("/api/associations", Request("avec", new { name = "Camille Essai" }), Ct);
        Assert.Equal(HttpStatusCode.Created, with.StatusCode);
        var ids = (await with.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("ids");
        Assert.All(["person", "body", "mandate"], name => Assert.True(ids.TryGetProperty(name, out _), name));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Request(string slug, object? secretariat) =>
        new { slug, name = "Association", shortName = "Association", purpose = "Éprouver.", seat = "Lille", secretariat };

    [GeneratedRegex("person=([0-9a-f-]{36})")]
    private static partial Regex PersonInAddress();

    [GeneratedRegex("/recover/[A-Za-z0-9_-]+")]
    private static partial Regex RecoveryLink();
}
