using System.Net;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>Whoever administers accounts can open any of them; its owner learns of it.</summary>
public sealed partial class AccountDeedTests(Host host) : IClassFixture<Host>
{
    private const string Old = "an old long password";
    private const string New = "a new long password";
    private const string Alarm = "Quelqu'un d'autre a agi sur votre compte";

    [Fact]
    public async Task Who_made_a_link_and_where_it_was_used_is_written_and_the_owner_is_told_until_they_have_read_it()
    {
        var account = await MadeAsync("suivie@essai.example");
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var link = await LinkAsync(administrator, account);
        // Given an administrator who uses the link themselves,
        using var used = await administrator.SendAsync(link, link, ("password", New), ("again", New));
        Assert.Equal("/account", used.Headers.Location?.ToString());

        using var owner = new Visitor(host);
        using var signIn = await owner.SignInAsync(account.Login, New, returnTo: $"/{Host.Slug}");
        Assert.Equal("/account", signIn.Headers.Location?.ToString());
        var page = await owner.ReadAsync("/account");
        Assert.Contains("Quelqu'un d'autre a agi sur votre compte", WebUtility.HtmlDecode(page).Replace('’', '\''), StringComparison.Ordinal);

        var administration = (await AccountAsync(host.Account(Role.Administrator).Login)).Id;
        Assert.Equal(
            [("link-used", administration), ("link-made", administration), ("made", (Guid?)null)],
            await DeedsAsync(account.Id));

        // Until they say that they have read it, and for good below.
        using var read = await owner.SendAsync("/account", "/account/deeds", ("deed", Deed().Match(page).Groups[1].Value));
        using var again = await owner.SignInAsync(account.Login, New, returnTo: "/appearance");
        Assert.Equal("/appearance", again.Headers.Location?.ToString());
        Assert.Contains(host.Account(Role.Administrator).Login, await owner.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_owner_did_is_written_and_no_news()
    {
        var account = await MadeAsync("seule@essai.example");
        using var owner = new Visitor(host);
        await owner.SignInAsync(account.Login, Old);
        using var changed = await owner.SendAsync("/account", "/account/password", ("current", Old), ("password", New), ("again", New));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        using var signIn = await owner.SignInAsync(account.Login, New, returnTo: "/appearance");
        Assert.Equal("/appearance", signIn.Headers.Location?.ToString());
        Assert.Equal([("password-changed", account.Id), ("made", (Guid?)null)], await DeedsAsync(account.Id));
    }

    [Fact]
    public async Task A_recovery_link_works_once_and_ends_what_was_open()
    {
        var account = await MadeAsync("perdu@essai.example");
        var (_, token) = await Links.NewTokenAsync(account.Id, "before", Ct);
        var secret = (await Links.NewRecoveryAsync(account.Id, null, Ct))!;
        using var browser = new Visitor(host);

        using var first = await browser.SendAsync($"/recover/{secret}", $"/recover/{secret}", ("password", New), ("again", New));

        Assert.Equal("/account", first.Headers.Location?.ToString());
        Assert.Null(await Links.AccountOfTokenAsync(token, Ct));
        Assert.False(await Links.WorksAsync("recover", secret, Ct));
        Assert.Null(await RecoverAsync(secret));
        Assert.NotNull(await SignedInAsync(account, New));
    }

    [Fact]
    public async Task Somebody_invited_is_welcomed_to_the_association_and_is_not_alarmed_by_their_own_first_password()
    {
        var link = await InvitationAsync("bienvenue@essai.example");
        using var invited = new Visitor(host);
        var name = (await host.App.Services.GetRequiredService<AssociationDirectory>().FindAsync(Host.Slug, Ct))!.Name;

        // Whatever spaces stand inside its quotation marks.
        var page = WebUtility.HtmlDecode(await invited.ReadAsync(link)).Replace('\u00a0', ' ').Replace('\u202f', ' ');
        using var chosen = await invited.SendAsync(link, link, ("password", Old), ("again", Old));

        Assert.Contains("Bienvenue</h1>", page, StringComparison.Ordinal);
        Assert.Contains($"« {name} » vous ouvre un compte. Choisissez votre mot de passe.", page, StringComparison.Ordinal);
        Assert.Contains("Ouvrir mon accès</button>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("prennent fin", page, StringComparison.Ordinal);
        Assert.Equal($"/{Host.Slug}", chosen.Headers.Location?.ToString());
        Assert.DoesNotContain(Alarm, await AccountPageAsync(invited), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_welcome_is_in_the_reader_s_language()
    {
        var link = await InvitationAsync("welcome@essai.example");
        using var invited = new Visitor(host);
        var page = WebUtility.HtmlDecode(await invited.ReadAsync(link + "?lang=en"));
        Assert.Contains("Welcome</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Choose your password.", page, StringComparison.Ordinal);
        Assert.Contains("Open my access</button>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_another_account_used_is_told_to_the_owner()
    {
        var link = await InvitationAsync("prise@essai.example");
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        using var used = await secretariat.SendAsync(link, link, ("password", Old), ("again", Old));
        Assert.Equal("/account", used.Headers.Location?.ToString());
        using var owner = new Visitor(host);
        await owner.SignInAsync("prise@essai.example", Old);
        Assert.Contains(Alarm, await AccountPageAsync(owner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_made_after_the_first_password_recovers_and_is_told()
    {
        var link = await InvitationAsync("revenue@essai.example");
        using var invited = new Visitor(host);
        using var chosen = await invited.SendAsync(link, link, ("password", Old), ("again", Old));
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var recovery = await LinkAsync(administrator, await AccountAsync("revenue@essai.example"));

        using var owner = new Visitor(host);
        Assert.Contains("Retrouver l'accès", WebUtility.HtmlDecode(await owner.ReadAsync(recovery)).Replace('’', '\''), StringComparison.Ordinal);
        using var recovered = await owner.SendAsync(recovery, recovery, ("password", New), ("again", New));

        Assert.Equal("/account", recovered.Headers.Location?.ToString());
        Assert.Contains(Alarm, await AccountPageAsync(owner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_refused_is_to_be_typed_again_and_is_not_said_to_be_kept()
    {
        var link = await InvitationAsync("court@essai.example");
        using var invited = new Visitor(host);
        using var refused = await invited.SendAsync(link, link, ("password", "court"), ("again", "court"));
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Bienvenue</h1>", page, StringComparison.Ordinal);
        Assert.Contains("retapez-le", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ce que vous avez écrit est gardé", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_use_one_link_at_the_same_time_one_gets_in()
    {
        var account = await MadeAsync("double@essai.example");
        var secret = (await Links.NewRecoveryAsync(account.Id, null, Ct))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RecoverAsync(secret)));
        Assert.Single(answers, answer => answer is not null);
        Assert.Single(await DeedsAsync(account.Id), deed => deed.Kind == "link-used");
    }

    [Fact]
    public async Task A_link_that_has_expired_opens_nothing()
    {
        var account = await MadeAsync("expire@essai.example");
        var secret = (await Links.NewRecoveryAsync(account.Id, null, Ct))!;
        await ExecuteAsync("update access.link set expires = now() - interval '1 second' where account = $1", account.Id);
        Assert.False(await Links.WorksAsync("recover", secret, Ct));
        Assert.Null(await RecoverAsync(secret));
        Assert.NotNull(await SignedInAsync(account, Old));
    }

    [Fact]
    public async Task A_link_dies_when_the_password_changes_and_when_another_is_made()
    {
        var account = await MadeAsync("mort@essai.example");
        var replaced = (await Links.NewRecoveryAsync(account.Id, null, Ct))!;
        var secret = (await Links.NewRecoveryAsync(account.Id, null, Ct))!;
        Assert.Null(await RecoverAsync(replaced));
        await using var scope = host.App.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<Accounts>().SetPasswordAsync(await AccountAsync(account.Login), New, Ct));
        Assert.False(await Links.WorksAsync("recover", secret, Ct));
        Assert.Null(await RecoverAsync(secret));
    }

    [Theory]
    [InlineData("update access.deed set by_account = null where $1 is not null")]
    [InlineData("delete from access.deed where account = $1")]
    public async Task What_was_done_cannot_be_unwritten(string statement)
    {
        var account = await MadeAsync($"{statement.Length}@essai.example");
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(statement, account.Id));
        Assert.Single(await DeedsAsync(account.Id));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AccountLinks Links => host.App.Services.GetRequiredService<AccountLinks>();

    private async Task<Account> MadeAsync(string login)
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(login, Old, isAdministrator: false);
        Assert.Empty(faults);
        return account!;
    }

    private async Task<Account> AccountAsync(string login) =>
        (await host.App.Services.GetRequiredService<AccountStore>().ListAsync(Ct)).Single(a => a.Login == login);

    /// <summary>The link of an account that the secretariat makes for a member.</summary>
    private async Task<string> InvitationAsync(string login)
    {
        var person = await host.MandateAsync(Host.Slug, Role.Member);
        await host.ShownAsync(await host.Log.LastPositionAsync(Ct));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        var invitation = $"/{Host.Slug}/people/{person}/invitation";
        using var made = await secretariat.SendAsync(invitation, invitation, ("login", login));
        return RecoveryLink().Match(await made.Content.ReadAsStringAsync(Ct)).Value;
    }

    private static async Task<string> AccountPageAsync(Visitor owner) => WebUtility.HtmlDecode(await owner.ReadAsync("/account")).Replace('’', '\'');

    private async Task<Account?> RecoverAsync(string secret)
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Accounts>().RecoverAsync(secret, New, null, Ct);
    }

    private async Task<string?> SignedInAsync(Account account, string password)
    {
        using var browser = new Visitor(host);
        using var answer = await browser.SignInAsync(account.Login, password);
        return answer.Headers.Location?.ToString();
    }

    private static async Task<string> LinkAsync(Visitor administrator, Account account)
    {
        using var made = await administrator.SendAsync("/accounts", $"/accounts/{account.Id:D}/recovery");
        return RecoveryLink().Match(await made.Content.ReadAsStringAsync(Ct)).Value;
    }

    private async Task<IReadOnlyList<(string Kind, Guid? By)>> DeedsAsync(Guid account)
    {
        await using var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select kind, by_account from access.deed where account = $1 order by id desc");
        command.Parameters.Add(new() { Value = account });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var deeds = new List<(string, Guid?)>();
        while (await reader.ReadAsync(Ct))
            deeds.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1)));
        return deeds;
    }

    private async Task ExecuteAsync(string statement, Guid account)
    {
        await using var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);
        command.Parameters.Add(new() { Value = account });
        await command.ExecuteNonQueryAsync(Ct);
    }

    [GeneratedRegex("/recover/[A-Za-z0-9_-]+")]
    private static partial Regex RecoveryLink();

    [GeneratedRegex("name=\"deed\" value=\"([0-9]+)\"")]
    private static partial Regex Deed();
}
