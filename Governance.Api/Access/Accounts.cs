using Governance.Api.Face.Components;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.EventStore;
using Microsoft.AspNetCore.Identity;

namespace Governance.Api.Access;

/// <summary>Making and opening accounts.</summary>
public sealed class Accounts(
    UserManager<Account> users, AccountStore store, AccountLinks links, AssociationDirectory associations, EventLog log, EventCatalogue catalogue,
    InstallationKey key, Mandated mandated, TimeProvider time)
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

    /// <summary>The person of an association that an administrator names.</summary>
    /// <returns>The two, or what is wrong, by field (<c>association</c>, <c>person</c>).</returns>
    public async Task<((AssociationId Association, PersonId Person)? Who, IReadOnlyList<FieldError> Faults)> WhoAsync(
        string association, string person, CancellationToken ct)
    {
        if (await associations.FindAsync(association.Trim(), ct) is not { Id: var id })
            return (null, [new FieldError("association", AccessWording.Say("accounts.association.wrong"))]);
        if (!Guid.TryParse(person.Trim(), out var named))
            return (null, [new FieldError("person", Wording.Shape("expected-id"))]);
        var stream = Person.Stream(PersonId.Of(named));
        var events = await log.ReadStreamAsync(id.ToString(), stream.Value, ct: ct);
        return new Timeline<Person>(stream, events.Count, [.. events.Select(catalogue.Recorded)]).Latest is Person.Registered registered
            ? ((id, registered.Id), [])
            : (null, [new FieldError("person", AccessWording.Say("accounts.person.unknown"))]);
    }

    /// <summary>Who has held the secretariat of an association the longest: administrators know nobody's name, and need none to hand it over.</summary>
    /// <returns>The two, or what is wrong, by field (<c>association</c>).</returns>
    public async Task<((AssociationId Association, PersonId Person)? Who, IReadOnlyList<FieldError> Faults)> SecretariatAsync(
        string association, CancellationToken ct)
    {
        if (await associations.FindAsync(association.Trim(), ct) is not { Id: var id })
            return (null, [new FieldError("association", AccessWording.Say("accounts.association.wrong"))]);
        return await mandated.FirstOfAsync(id, Role.Secretariat, ct) is { } person
            ? ((id, person), [])
            : (null, [new FieldError("association", AccessWording.Say("accounts.secretariat.none"))]);
    }

    /// <summary>Makes an account whose owner sets the password by a link, and says who it is in an association: all of it or nothing.</summary>
    /// <param name="by">The account that makes it.</param>
    /// <returns>The link's secret, or what is wrong, by field.</returns>
    public async Task<(string? Secret, IReadOnlyList<FieldError> Faults)> OpenAsync(
        string login, (AssociationId Association, PersonId Person)? who, Guid by, CancellationToken ct)
    {
        var account = new Account { Id = Guid.CreateVersion7(time.GetUtcNow()), Login = login, NormalizedLogin = users.NormalizeName(login)! };
        // A password that nobody knows, so that a sign-in takes as long as any other.
        account.PasswordHash = users.PasswordHasher.HashPassword(account, Secrets.New());
        var secret = Secrets.New();
        return await store.AddAsync(account, who, (Secrets.Hash(secret), time.GetUtcNow() + AccountLinks.LinkLasts), by, ct) switch
        {
            AccountStore.Added.Made => (secret, []),
            AccountStore.Added.LoginTaken => (null, [new FieldError("login", AccessWording.Say("fault.DuplicateUserName"))]),
            AccountStore.Added.PersonHasAccount => (null, [new FieldError("person", AccessWording.Say("accounts.person.taken"))]),
            AccountStore.Added.PersonErased => (null, [new FieldError("person", AccessWording.Say("accounts.person.unknown"))]),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    /// <summary>Says who an account that there is already is in an association.</summary>
    /// <returns>What is wrong, by field (<c>linkLogin</c>, <c>linkAssociation</c>, <c>linkPerson</c>); nothing when it is done.</returns>
    public async Task<IReadOnlyList<FieldError>> LinkAsync(string login, string association, string person, Guid by, CancellationToken ct)
    {
        var account = await users.FindByNameAsync(login.Trim());
        var (who, faults) = await WhoAsync(association, person, ct);
        List<FieldError> errors = [.. faults.Select(f => f with { Field = f.Field == "person" ? "linkPerson" : "linkAssociation" })];
        if (account is null)
            errors.Insert(0, new FieldError("linkLogin", AccessWording.Say("accounts.login.unknown")));
        if (errors.Count == 0 && await links.LinkAsync(account!.Id, who!.Value.Association, who.Value.Person, by, ct) is not AccountLinks.Linked.Done and var linked)
            errors.Add(new FieldError("linkPerson", AccessWording.Say(linked == AccountLinks.Linked.PersonErased ? "accounts.person.unknown" : "accounts.person.taken")));
        return errors;
    }

    /// <summary>Sets a new password, checked before (<see cref="FaultsOfAsync"/>); every session and token of before ends.</summary>
    /// <returns>False when somebody changed the credentials since the account was read: nothing was done.</returns>
    public Task<bool> SetPasswordAsync(Account account, string password, CancellationToken ct) =>
        store.SetPasswordAsync(account, users.PasswordHasher.HashPassword(account, password), ct);

    /// <summary>Sets a new password, checked before, by a link that works once; every session and token of before ends.</summary>
    /// <param name="by">The account that was signed in where the link was used; null when none was.</param>
    /// <returns>The account; null when the link does not work.</returns>
    public Task<Account?> RecoverAsync(string secret, string password, Guid? by, CancellationToken ct) =>
        store.RecoverAsync(secret, users.PasswordHasher.HashPassword(new Account { Id = Guid.Empty, Login = "" }, password), by, ct);

    /// <summary>A sample account with its own password, and who it is in the association; the account of an earlier start is kept.</summary>
    public async Task<SampleAccount> SampleAsync(string login, Role role, AssociationId association, PersonId? person, CancellationToken ct)
    {
        var password = key.SamplePassword(login);
        var account = await users.FindByNameAsync(login);
        (AssociationId, PersonId)? known = person is { } named ? (association, named) : null;
        if (account is null)
        {
            account = new Account
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Login = login,
                NormalizedLogin = users.NormalizeName(login)!,
                IsAdministrator = role == Role.Administrator,
                IsSample = true,
            };
            account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
            if (await store.AddAsync(account, known, null, null, ct) is not AccountStore.Added.Made and var fault)
                throw new InvalidOperationException($"The sample account {role} cannot be made: {fault}.");
        }
        else if (person is { } who && await links.LinkAsync(account.Id, association, who, null, ct) is not AccountLinks.Linked.Done and var fault)
        {
            throw new InvalidOperationException($"The sample account {role} cannot be its person's: {fault}.");
        }

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
