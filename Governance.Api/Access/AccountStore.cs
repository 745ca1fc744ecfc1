using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Governance.Api.Access;

/// <summary>Identity's stores on PostgreSQL: passwords, security stamps and lockout of <see cref="Account"/>.</summary>
public sealed class AccountStore(NpgsqlDataSource database, InstallationKey key, TimeProvider time)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>
{
    private const string Columns =
        "id, sealed_login, password_hash, security_stamp, is_administrator, is_sample, failed_attempts, locked_until";

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            insert into access.account (id, login_hash, sealed_login, password_hash, security_stamp, is_administrator, is_sample, failed_attempts, locked_until, created)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (login_hash) do nothing
            """);
        Bind(command, user);
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.DuplicateUserName), Description = "This login is taken." });
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update access.account set login_hash = $2, sealed_login = $3, password_hash = $4, security_stamp = $5, is_administrator = $6,
                is_sample = $7, failed_attempts = $8, locked_until = $9
            where id = $1
            """);
        Bind(command, user);
        return await command.ExecuteNonQueryAsync(ct) == 1
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.ConcurrencyFailure), Description = "The account is gone." });
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken ct)
    {
        await using var command = database.CreateCommand("delete from access.account where id = $1");
        command.Parameters.Add(new() { Value = user.Id });
        await command.ExecuteNonQueryAsync(ct);
        return IdentityResult.Success;
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken ct) =>
        Guid.TryParse(userId, out var id) ? FindAsync("id", id, ct) : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken ct) => FindAsync("login_hash", key.Lookup(normalizedUserName), ct);

    /// <summary>All accounts of the installation, in the order of their making.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from access.account order by created, id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var accounts = new List<Account>();
        while (await reader.ReadAsync(ct))
            accounts.Add(Read(reader));
        return accounts;
    }

    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select from access.account)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    public Task<string> GetUserIdAsync(Account user, CancellationToken ct) => Task.FromResult(user.Id.ToString("D"));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.Login);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken ct) => Set(() => user.Login = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.NormalizedLogin);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken ct) => Set(() => user.NormalizedLogin = normalizedName ?? "");

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken ct) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken ct) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken ct) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken ct) => Set(() => user.LockedUntil = lockoutEnd?.ToUniversalTime());

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken ct) => Task.FromResult(++user.FailedAttempts);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken ct) => Set(() => user.FailedAttempts = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken ct) => Task.FromResult(user.FailedAttempts);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken ct) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken ct) => Task.CompletedTask;

    public void Dispose()
    {
        // The data source belongs to the host.
    }

    private async Task<Account?> FindAsync(string column, object value, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from access.account where {column} = $1");
        command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private Account Read(NpgsqlDataReader row)
    {
        var login = key.Open(row.GetFieldValue<byte[]>(1));
        return new Account
        {
            Id = row.GetGuid(0),
            Login = login,
            NormalizedLogin = login.ToUpperInvariant(),
            PasswordHash = row.IsDBNull(2) ? null : row.GetString(2),
            SecurityStamp = row.GetString(3),
            IsAdministrator = row.GetBoolean(4),
            IsSample = row.GetBoolean(5),
            FailedAttempts = row.GetInt32(6),
            LockedUntil = row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
        };
    }

    private void Bind(NpgsqlCommand command, Account user)
    {
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = key.Lookup(user.NormalizedLogin) });
        command.Parameters.Add(new() { Value = key.Seal(user.Login) });
        command.Parameters.Add(new() { Value = (object?)user.PasswordHash ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = user.SecurityStamp });
        command.Parameters.Add(new() { Value = user.IsAdministrator });
        command.Parameters.Add(new() { Value = user.IsSample });
        command.Parameters.Add(new() { Value = user.FailedAttempts });
        command.Parameters.Add(new() { Value = (object?)user.LockedUntil ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
