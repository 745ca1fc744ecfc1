using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api;

public sealed class SignInTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task A_member_signs_in_by_the_form_and_out_again()
    {
        using var browser = new Visitor(host);
        var account = host.Account(Role.Member);

        var welcome = await browser.SendAsync("/sign-in", "/sign-in", ("login", account.Login), ("password", account.Password), ("returnTo", "/account"));
        Assert.Equal((HttpStatusCode.Redirect, "/account"), (welcome.StatusCode, welcome.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.Client.GetAsync("/account", Stop)).StatusCode);

        await browser.SendAsync("/account", "/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Client.GetAsync("/account", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task After_sign_in_nobody_is_sent_to_another_site(string returnTo)
    {
        using var browser = new Visitor(host);
        var account = host.Account(Role.Member);
        var answer = await browser.SendAsync("/sign-in", "/sign-in", ("login", account.Login), ("password", account.Password), ("returnTo", returnTo));
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_wrong_password_is_answered_like_an_unknown_login_and_the_login_is_kept()
    {
        using var browser = new Visitor(host);
        var wrong = await browser.SendAsync("/sign-in", "/sign-in", ("login", host.Account(Role.Auditor).Login), ("password", "not the password"));
        var unknown = await browser.SendAsync("/sign-in", "/sign-in", ("login", "nobody@essai.example"), ("password", "not the password"));

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Contains(host.Account(Role.Auditor).Login, await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var browser = new Visitor(host);
        using var form = new FormUrlEncodedContent([new("login", host.Account(Role.Member).Login), new("password", host.Account(Role.Member).Password)]);
        var answer = await browser.Client.PostAsync("/sign-in", form, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Client.GetAsync("/account", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_API_changes_nothing_for_a_cookie()
    {
        using var browser = new Visitor(host);
        var account = host.Account(Role.Secretariat);
        await browser.SendAsync("/sign-in", "/sign-in", ("login", account.Login), ("password", account.Password));
        var answer = await browser.Client.PostAsJsonAsync($"/api/{Host.Slug}/working-groups", new { name = "Écoute" }, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task No_login_stands_in_clear_in_the_database()
    {
        var login = host.Account(Role.Member).Login;
        await using var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select count(*), count(*) filter (where a::text ilike '%' || $1 || '%' or encode(sealed_login, 'escape') ilike '%' || $1 || '%') from access.account a");
        command.Parameters.Add(new() { Value = login });
        await using var reader = await command.ExecuteReaderAsync(Stop);
        await reader.ReadAsync(Stop);
        Assert.True(reader.GetInt64(0) >= 5);
        Assert.Equal(0, reader.GetInt64(1));
    }

    [Fact]
    public async Task The_setup_link_makes_the_first_administrator_only_while_there_is_no_account()
    {
        var links = host.App.Services.GetRequiredService<AccountLinks>();
        var secret = await links.NewSetupAsync(Stop);
        Assert.False(await links.WorksAsync("setup", secret, Stop));
        Assert.False(await links.UseSetupAsync(secret, Stop));
    }

    [Fact]
    public async Task Rights_end_with_the_mandate_at_once()
    {
        var person = PersonId.Of(Guid.CreateVersion7());
        var body = BodyId.Of(Guid.CreateVersion7());
        var mandate = MandateId.Of(Guid.CreateVersion7());
        await host.RecordAsync(
            Host.Slug, Body.Stream(body), new BodyConstituted(body, "Bureau d'un jour", BodyKind.Bureau, []), new MandateAppointed(mandate, person, Office.Seat));
        var mandated = host.App.Services.GetRequiredService<Mandated>();
        Assert.Equal([Role.BoardMember], await mandated.RolesOfAsync(host.Association, person, Stop));

        await host.RecordAsync(Host.Slug, Body.Stream(body), new MandateEnded(mandate, EndReason.Resignation));
        Assert.Empty(await mandated.RolesOfAsync(host.Association, person, Stop));
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing()
    {
        using var client = host.As(Role.Member);
        var answer = await client.PostAsJsonAsync(
            "/api/tokens", new { login = host.Account(Role.Member).Login, password = host.Account(Role.Member).Password, label = "to revoke" }, Stop);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var links = host.App.Services.GetRequiredService<AccountLinks>();
        var secret = made.GetProperty("token").GetString()!;
        var owner = await links.AccountOfTokenAsync(secret, Stop);
        Assert.NotNull(owner);

        Assert.True(await links.RevokeTokenAsync(owner.Value, made.GetProperty("id").GetGuid(), Stop));
        Assert.Null(await links.AccountOfTokenAsync(secret, Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
