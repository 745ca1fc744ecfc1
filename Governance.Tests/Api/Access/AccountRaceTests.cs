using System.Net;
using System.Net.Http.Json;
using Governance.Api.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>What two people do to one account at the same time.</summary>
public sealed class AccountRaceTests(Host host) : IClassFixture<Host>
{
    private const string Old = "an old long password";
    private const string New = "a new long password";

    [Fact]
    public async Task A_wrong_password_in_the_middle_of_a_change_of_password_does_not_bring_the_old_one_back()
    {
        var account = await MadeAsync("pendant@essai.example");
        Assert.Equal(HttpStatusCode.Unauthorized, await WhileHeldAsync(
            account, "update access.account set password_hash = $2, security_stamp = 'changed meanwhile' where id = $1", Hash(account, New), "not the password"));

        var after = await FoundAsync(account);
        Assert.Equal(("changed meanwhile", 1), (after.SecurityStamp, after.FailedAttempts));
        Assert.Equal(PasswordVerificationResult.Success, Hasher.VerifyHashedPassword(after, after.PasswordHash!, New));
    }

    [Fact]
    public async Task A_wrong_password_in_the_middle_of_nine_others_is_the_tenth_and_locks()
    {
        var account = await MadeAsync("dixieme@essai.example");
        Assert.Equal(HttpStatusCode.Unauthorized, await WhileHeldAsync(
            account, "update access.account set failed_attempts = 9 where id = $1 and $2::text is not null", "", "not the password"));
        Assert.NotNull((await FoundAsync(account)).LockedUntil);
    }

    [Fact]
    public async Task The_right_password_opens_nothing_once_the_account_is_locked_meanwhile()
    {
        var account = await MadeAsync("tard@essai.example", failures: 1);
        Assert.Equal(HttpStatusCode.Unauthorized, await WhileHeldAsync(
            account, "update access.account set locked_until = now() + interval '5 minutes' where id = $1 and $2::text is not null", "", Old));
        Assert.NotNull((await FoundAsync(account)).LockedUntil);
    }

    [Fact]
    public async Task Of_two_changes_of_password_from_the_same_moment_one_holds_and_the_other_is_told()
    {
        var account = await MadeAsync("deux@essai.example");
        var (first, second) = (await FoundAsync(account), await FoundAsync(account));
        await using var scope = host.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();

        Assert.True(await accounts.SetPasswordAsync(first, New, Ct));
        Assert.False(await accounts.SetPasswordAsync(second, "yet another password", Ct));
        var after = await FoundAsync(account);
        Assert.Equal(PasswordVerificationResult.Success, Hasher.VerifyHashedPassword(after, after.PasswordHash!, New));
    }

    [Fact]
    public async Task As_many_wrong_passwords_at_once_as_lock_an_account_lock_it()
    {
        var account = await MadeAsync("ensemble@essai.example");
        var copies = new List<Account>();
        for (var i = 0; i < 10; i++)
            copies.Add(await FoundAsync(account));
        await using var scope = host.App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        foreach (var copy in copies)
            Assert.True((await users.AccessFailedAsync(copy)).Succeeded);
        Assert.NotNull((await FoundAsync(account)).LockedUntil);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static PasswordHasher<Account> Hasher { get; } = new();

    private NpgsqlDataSource Database => host.App.Services.GetRequiredService<NpgsqlDataSource>();

    private static string Hash(Account account, string password) => Hasher.HashPassword(account, password);

    private async Task<Account> MadeAsync(string login, int failures = 0)
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(login, Old, isAdministrator: false);
        Assert.Empty(faults);
        for (var i = 0; i < failures; i++)
            await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().AccessFailedAsync(account!);
        return account!;
    }

    private async Task<Account> FoundAsync(Account account) =>
        (await host.App.Services.GetRequiredService<AccountStore>().FindByIdAsync(account.Id.ToString("D"), Ct))!;

    /// <summary>Somebody signs in and is held where the account is written, until another's change is committed.</summary>
    private async Task<HttpStatusCode> WhileHeldAsync(Account account, string change, string value, string password)
    {
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var command = new NpgsqlCommand(change, connection, transaction))
        {
            command.Parameters.Add(new() { Value = account.Id });
            command.Parameters.Add(new() { Value = value });
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
        }

        using var client = host.As(null);
        var signIn = client.PostAsJsonAsync("/api/tokens", new { login = account.Login, password, label = "race" }, Ct);
        await using (var waiting = Database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
        {
            while ((long)(await waiting.ExecuteScalarAsync(Ct))! == 0)
                Assert.False(signIn.IsCompleted, "The sign-in did not come to write the account.");
        }

        await transaction.CommitAsync(Ct);
        using var answer = await signIn;
        return answer.StatusCode;
    }
}
