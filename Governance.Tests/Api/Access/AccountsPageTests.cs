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
