using Governance.Api.Face.Components;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Governance.Api.Access;

/// <summary>Making and opening accounts.</summary>
public sealed class Accounts(UserManager<Account> users, AccountStore store, AccountLinks links, InstallationKey key, TimeProvider time)
{
    /// <summary>What is wrong with a new login and password, by field; the login is not looked at when it is null.</summary>
    public async Task<IReadOnlyList<FieldError>> FaultsOfAsync(string? login, string password, string again)
    {
        var errors = login is null ? [] : new List<FieldError>(await LoginFaultsAsync(login));
        var account = new Account { Id = Guid.Empty, Login = login ?? "" };
        foreach (var validator in users.PasswordValidators)
            errors.AddRange((await validator.ValidateAsync(users, account, password)).Errors.Select(Fault));
        if (password.Length > 1000)
            errors.Add(new FieldError("password", AccessWording.Say("fault.PasswordTooLong")));
        if (password != again)
            errors.Add(new FieldError("again", AccessWording.Say("password.differs")));
        return errors;
    }

    public async Task<IReadOnlyList<FieldError>> LoginFaultsAsync(string login) =>
        login.Length is < 3 or > 320 || login.Any(char.IsControl) ? [new FieldError("login", AccessWording.Say("fault.InvalidUserName"))]
        : await users.FindByNameAsync(login) is not null ? [new FieldError("login", AccessWording.Say("fault.DuplicateUserName"))]
        : [];

    private static FieldError Fault(IdentityError error) => new(
        error.Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "login", AccessWording.Say("fault." + error.Code));

    /// <summary>Makes an account with a password.</summary>
    /// <returns>The account, or what is wrong with login and password.</returns>
    public async Task<(Account? Account, IReadOnlyList<FieldError> Faults)> CreateAsync(string login, string password, bool isAdministrator)
    {
        var account = new Account { Id = Guid.CreateVersion7(time.GetUtcNow()), Login = login.Trim(), IsAdministrator = isAdministrator };
        var result = await users.CreateAsync(account, password);
        return result.Succeeded ? (account, []) : (null, [.. result.Errors.Select(Fault)]);
    }

    /// <summary>Sets a new password, checked before (<see cref="FaultsOfAsync"/>); every session and token of before ends.</summary>
    /// <returns>False when somebody changed the credentials since the account was read: nothing was done.</returns>
    public Task<bool> SetPasswordAsync(Account account, string password, CancellationToken ct) =>
        store.SetPasswordAsync(account, users.PasswordHasher.HashPassword(account, password), ct);

    /// <summary>A sample account with its own password, and who it is in the association; the account of an earlier start is kept.</summary>
    public async Task<SampleAccount> SampleAsync(string login, Role role, AssociationId association, PersonId? person, CancellationToken ct)
    {
        var password = key.SamplePassword(login);
        var account = await users.FindByNameAsync(login);
        if (account is null)
        {
            account = new Account
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Login = login,
                IsAdministrator = role == Role.Administrator,
                IsSample = true,
            };
            if (await users.CreateAsync(account, password) is { Succeeded: false } failed)
                throw new InvalidOperationException($"The sample account {role} cannot be made: {string.Join(", ", failed.Errors.Select(e => e.Code))}.");
        }

        if (person is { } who)
            await links.LinkAsync(account.Id, association, who, ct);
        return new SampleAccount(role, login, password);
    }
}

/// <summary>An account that comes with the sample: printed at start.</summary>
public sealed record SampleAccount(Role Role, string Login, string Password);

/// <summary>The accounts that come with the sample, on a private database only.</summary>
public static class SampleAccounts
{
    /// <summary>Makes them where they are missing, and says who each is in the association.</summary>
    /// <param name="slug">Short name of the association.</param>
    /// <param name="people">Who the account of a role is; the administrator is nobody in the association.</param>
    public static async Task<IReadOnlyList<SampleAccount>> CreateAsync(
        IServiceProvider provider, AssociationId association, string slug, IReadOnlyDictionary<Role, PersonId> people, CancellationToken ct = default)
    {
        await using var scope = provider.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        var made = new List<SampleAccount>();
        foreach (var (role, person) in people)
            made.Add(await accounts.SampleAsync($"{Word(role)}@{slug}.example", role, association, person, ct));
        made.Add(await accounts.SampleAsync($"{Word(Role.Administrator)}@{slug}.example", Role.Administrator, association, null, ct));
        return made;
    }

    private static string Word(Role role) => role switch
    {
        Role.Member => "membre",
        Role.BoardMember => "conseil",
        Role.Secretariat => "secretariat",
        Role.Auditor => "audit",
        Role.Administrator => "administration",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
