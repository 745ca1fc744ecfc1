using System.Net;
using System.Net.Http.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>Somebody is given an account while they are erased: whichever comes first, none is left.</summary>
public sealed class ErasureRaceTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Database => host.App.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task An_account_that_was_looked_into_before_the_erasure_and_made_after_it_is_refused()
    {
        var person = await RegisterAsync("Madame Entretemps");
        await using var scope = host.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        var (who, faults) = await accounts.WhoAsync(Host.Slug, person.ToString(), Stop);
        Assert.Empty(faults);

        await EraseAsync(person);
        var (secret, refused) = await accounts.OpenAsync("entretemps@example.org", who, Guid.CreateVersion7(), Stop);

        Assert.Null(secret);
        Assert.Equal("person", Assert.Single(refused).Field);
        Assert.Equal(AccountLinks.Linked.PersonErased, await host.App.Services.GetRequiredService<AccountLinks>().LinkAsync((await AccountAsync()).Id, host.Association, person, null, Stop));
        Assert.Equal((0, 0), await LeftAsync(person, "entretemps@example.org"));
    }

    [Fact]
    public async Task An_account_that_is_being_made_when_the_person_is_erased_goes_with_them()
    {
        var person = await RegisterAsync("Monsieur Pendant");
        await using var held = await Database.OpenConnectionAsync(Stop);
        await using var transaction = await held.BeginTransactionAsync(Stop);
        // Whoever makes the account has the person to themselves, and waits before writing.
        await ExecuteAsync(held, "lock table access.deed in share row exclusive mode");
        await using var scope = host.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        var (who, _) = await accounts.WhoAsync(Host.Slug, person.ToString(), Stop);
        var making = accounts.OpenAsync("pendant@example.org", who, Guid.CreateVersion7(), Stop);
        await WaitingAsync(1, making);

        var erasing = EraseAsync(person);
        await WaitingAsync(2, erasing);
        await transaction.CommitAsync(Stop);

        Assert.NotNull((await making).Secret);
        await erasing;
        Assert.Equal((0, 0), await LeftAsync(person, "pendant@example.org"));
    }

    [Fact]
    public async Task A_link_for_a_new_password_that_is_asked_for_while_the_account_goes_is_not_made()
    {
        var person = await RegisterAsync("Madame Lien");
        using var theirs = await host.AsAsync("lien@example.org", person);
        var links = host.App.Services.GetRequiredService<AccountLinks>();
        var account = (await links.AccountOfAsync(host.Association, person, Stop))!.Value;
        await using var held = await Database.OpenConnectionAsync(Stop);
        await using var transaction = await held.BeginTransactionAsync(Stop);
        await ExecuteAsync(held, $"delete from access.account where id = '{account}'");
        var asked = links.NewRecoveryAsync(account, null, Stop);
        await WaitingAsync(1, asked);

        await transaction.CommitAsync(Stop);

        Assert.Null(await asked);
    }

    private async Task<PersonId> RegisterAsync(string name)
    {
        using var secretariat = host.As(Role.Secretariat);
        using var answer = await secretariat.PostAsJsonAsync($"{Api}/people", new { name }, Stop);
        return PersonId.Of((await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Stop)).GetProperty("ids").GetProperty("person").GetGuid());
    }

    private async Task EraseAsync(PersonId person)
    {
        using var secretariat = host.As(Role.Secretariat);
        using var answer = await secretariat.PostAsJsonAsync($"{Api}/people/{person}/erasure", new { reason = "À sa demande" }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<Account> AccountAsync()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync($"{Guid.NewGuid():N}@example.org", "a long enough password", isAdministrator: false);
        Assert.Empty(faults);
        return account!;
    }

    /// <summary>Accounts that are still the person's, and accounts with the login.</summary>
    private async Task<(long People, long Accounts)> LeftAsync(PersonId person, string login)
    {
        await using var people = Database.CreateCommand($"select count(*) from access.account_person where person = '{person}'");
        var accounts = await host.App.Services.GetRequiredService<AccountStore>().FindByNameAsync(login.ToUpperInvariant(), Stop);
        return ((long)(await people.ExecuteScalarAsync(Stop))!, accounts is null ? 0 : 1);
    }

    private async Task WaitingAsync(long number, Task acting)
    {
        await using var waiting = Database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        while ((long)(await waiting.ExecuteScalarAsync(Stop))! < number)
            Assert.False(acting.IsCompleted, "It did not come to wait.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
