using System.Net;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>An administrator makes accounts and says who they are.</summary>
public sealed class AccountsPageTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task A_person_who_has_an_account_gets_no_second_one_and_none_is_left_behind()
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var before = await AccountsAsync();

        using var answer = await MakeAsync(administrator, "seconde@essai.example", host.Person(Role.Member));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Cette personne a déjà un compte", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(before, await AccountsAsync());
    }

    [Fact]
    public async Task Of_two_accounts_for_one_person_at_the_same_time_one_is_made()
    {
        var person = await host.MandateAsync(Host.Slug, Role.Member);
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var before = await AccountsAsync();

        var answers = await Task.WhenAll(
            MakeAsync(administrator, "une@essai.example", person), MakeAsync(administrator, "autre@essai.example", person));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(before + 1, await AccountsAsync());
    }

    [Fact]
    public async Task A_person_whom_the_association_does_not_know_gets_no_account()
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var before = await AccountsAsync();
        using var answer = await MakeAsync(administrator, "personne@essai.example", PersonId.Of(Guid.CreateVersion7()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ne connaît personne", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(before, await AccountsAsync());
    }

    [Fact]
    public async Task An_account_that_there_is_already_is_linked_to_a_person_and_has_that_person_s_rights()
    {
        var person = await host.MandateAsync(Host.Slug, Role.Secretariat);
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        await using var scope = host.App.Services.CreateAsyncScope();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync("a-relier@essai.example", "a long enough password", isAdministrator: false);

        using var answer = await LinkAsync(administrator, account!.Login, person);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var owner = new Visitor(host);
        await owner.SignInAsync(account.Login, "a long enough password");
        Assert.Contains("<form", await owner.ReadAsync($"/{Host.Slug}/members/admit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody@essai.example", "Aucun compte n")]
    [InlineData(null, "Cette personne a déjà un compte")]
    public async Task A_link_that_cannot_be_made_says_why(string? login, string why)
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        using var answer = await LinkAsync(administrator, login ?? host.Account(Role.Auditor).Login, host.Person(Role.Member));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secretariat_invites_a_person_from_their_page_and_the_account_s_record_says_so()
    {
        var person = await host.MandateAsync(Host.Slug, Role.Member);
        await host.ShownAsync(await host.Log.LastPositionAsync(Ct));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        var invitation = $"/{Host.Slug}/people/{person}/invitation";
        Assert.Contains(invitation, await secretariat.ReadAsync($"/{Host.Slug}/people/{person}"), StringComparison.Ordinal);

        using var answer = await secretariat.SendAsync(invitation, invitation, ("login", "invitee@essai.example"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var link = System.Text.RegularExpressions.Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "https?://[^<]+(/recover/[^<]+)</code>").Groups[1].Value;
        using var invited = new Visitor(host);
        using var chosen = await invited.SendAsync(link, link, ("password", "a long enough password"), ("again", "a long enough password"));
        Assert.Equal($"/{Host.Slug}", chosen.Headers.Location?.ToString());
        Assert.Contains(host.Account(Role.Secretariat).Login, await invited.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("<main", await invited.ReadAsync($"/{Host.Slug}/members"), StringComparison.Ordinal);

        using var again = await secretariat.SendAsync(invitation, invitation, ("login", "encore@essai.example"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("Cette personne a déjà un compte", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_hands_an_association_over_to_its_secretariat_without_knowing_anybody()
    {
        await host.FoundAsync("rives");
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        using var early = await administrator.SendAsync("/accounts", "/accounts", ("login", "rives@essai.example"), ("association", "rives"));
        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Contains("siège", await early.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var person = await host.MandateAsync("rives", Role.Secretariat);
        using var made = await administrator.SendAsync("/accounts", "/accounts", ("login", "rives@essai.example"), ("association", "rives"));

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        await using var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from access.account_person where person = $1");
        command.Parameters.Add(new() { Value = person.Value });
        Assert.Equal(1L, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task Only_administrators_are_led_to_the_accounts()
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        Assert.Contains("href=\"/accounts\"", await administrator.ReadAsync("/"), StringComparison.Ordinal);
        using var member = await Visitor.AsAsync(host, Role.Member);
        Assert.DoesNotContain("href=\"/accounts\"", await member.ReadAsync($"/{Host.Slug}/members"), StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> MakeAsync(Visitor administrator, string login, PersonId person) => administrator.SendAsync(
        "/accounts", "/accounts", ("login", login), ("association", Host.Slug), ("person", person.ToString()));

    private static Task<HttpResponseMessage> LinkAsync(Visitor administrator, string login, PersonId person) => administrator.SendAsync(
        "/accounts", "/accounts/people", ("linkLogin", login), ("linkAssociation", Host.Slug), ("linkPerson", person.ToString()));

    private async Task<long> AccountsAsync()
    {
        await using var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from access.account");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
