using Governance.Domain.Kernel;
using Governance.EventStore.Vault;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Governance.Api.Access;

/// <summary>What becomes of the account of somebody who is erased.</summary>
public enum AccountEnd
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It goes, with its login, tokens and links.</summary>
    Goes,

    /// <summary>It stays, since it is somebody's elsewhere or administers, and is this person's no more.</summary>
    Parts,
}

/// <summary>Identity's stores on PostgreSQL: passwords, security stamps and lockout of <see cref="Account"/>.</summary>
public sealed class AccountStore(NpgsqlDataSource database, InstallationKey key, TimeProvider time)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>
{
    private const string Columns =
        "id, sealed_login, password_hash, security_stamp, is_administrator, is_sample, failed_attempts, locked_until";

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken ct) => await AddAsync(user, null, null, null, ct) == Added.Made
        ? IdentityResult.Success
        : IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.DuplicateUserName), Description = "This login is taken." });

    /// <summary>How it came out that an account was to be added.</summary>
    public enum Added
    {
        Made,
        LoginTaken,

        /// <summary>The person has another account already.</summary>
        PersonHasAccount,

        /// <summary>The person was erased, meanwhile perhaps.</summary>
        PersonErased,
    }

    /// <summary>Adds an account, who it is in an association, and a link by which its owner sets the password: all of it or nothing.</summary>
    /// <param name="who">Null when it is nobody in an association.</param>
    /// <param name="link">Hash of the link's secret and when it expires; null makes none.</param>
    /// <param name="by">The account that adds it; null for the installation itself.</param>
    public async Task<Added> AddAsync(
        Account user, (AssociationId Association, PersonId Person)? who, (byte[] Hash, DateTimeOffset Expires)? link, Guid? by, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (who is { } named && !await PersonLock.IsThereAsync(connection, named.Association, named.Person, ct))
            return Added.PersonErased;
        await using var command = new NpgsqlCommand("""
            with made as (
                insert into access.account (id, login_hash, sealed_login, password_hash, security_stamp, is_administrator, is_sample, failed_attempts, locked_until, created)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (login_hash) do nothing returning id),
            named as (insert into access.account_person (account, association, person) select id, $11, $12 from made where $11 is not null),
            opened as (insert into access.link (hash, kind, account, expires) select $13, 'recover', id, $14 from made where $13 is not null),
            noted as (
                insert into access.deed (account, kind, by_account, at, association, person)
                select id, 'made', $15, $10, $11, $12 from made
                union all select id, 'link-made', $15, $10, null, null from made where $13 is not null)
            select count(*) from made
            """, connection, transaction);
        Bind(command, user);
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = (object?)who?.Association.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)who?.Person.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)link?.Hash ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = (object?)link?.Expires ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(Optional(by));
        try
        {
            if ((long)(await command.ExecuteScalarAsync(ct))! == 0)
                return Added.LoginTaken;
        }
        catch (PostgresException fault) when (AccountLinks.IsPersonTaken(fault))
        {
            return Added.PersonHasAccount;
        }

        await transaction.CommitAsync(ct);
        user.StoredStamp = user.SecurityStamp;
        return Added.Made;
    }

    /// <summary>What an erasure would do to the account of a person.</summary>
    public async Task<AccountEnd> EndOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select a.is_administrator or exists (select from access.account_person o where o.account = a.id and (o.association, o.person) <> ($1, $2))
            from access.account_person p join access.account a on a.id = p.account where p.association = $1 and p.person = $2
            """);
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        return await command.ExecuteScalarAsync(ct) switch
        {
            null => AccountEnd.None,
            true => AccountEnd.Parts,
            _ => AccountEnd.Goes,
        };
    }

    /// <summary>
    /// An account is that of an erased person no more; where it is nobody's any longer, it goes with its login, its tokens and its links. What was done to
    /// it stays, under its number.
    /// </summary>
    public async Task ForgetAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            // An account that is being made or linked for the person comes first, and is forgotten; one that comes later finds the erasure.
            await PersonLock.TakeAsync(connection, association, person, ct);
            await using var forget = new NpgsqlCommand(
                """
                with noted as (insert into access.forgotten (association, person) values ($1, $2) on conflict do nothing),
                parted as (delete from access.account_person where association = $1 and person = $2 returning account),
                followed as (delete from access.calendar f using parted p where f.account = p.account and f.association = $1),
                gone as (
                    delete from access.account a using parted p where a.id = p.account and not a.is_administrator
                        and not exists (select from access.account_person o where o.account = a.id and (o.association, o.person) <> ($1, $2))
                    returning a.id)
                insert into governance.purge_due (table_name) select 'access.account' from gone
                """,
                connection,
                transaction);
            forget.Parameters.Add(new() { Value = association.Value });
            forget.Parameters.Add(new() { Value = person.Value });
            await forget.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }

        // A login is sealed with a key that stays.
        await FormerRows.PurgeAsync(connection, "access.account", ct);
    }

    /// <summary>Writes the credentials alone, and only over those that the copy was read with: failures, lockout and others' changes stay as they are.</summary>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken ct)
    {
        if (user.SecurityStamp == user.StoredStamp)
            return IdentityResult.Success;
        await using var command = database.CreateCommand(
            "update access.account set password_hash = $3, security_stamp = $4 where id = $1 and security_stamp = $2");
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = user.StoredStamp });
        command.Parameters.Add(new() { Value = (object?)user.PasswordHash ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = user.SecurityStamp });
        if (await command.ExecuteNonQueryAsync(ct) == 0)
            return IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.ConcurrencyFailure), Description = "The credentials changed meanwhile." });
        user.StoredStamp = user.SecurityStamp;
        return IdentityResult.Success;
    }

    /// <summary>
    /// Sets a new password, opens what failures had locked, and ends every token, link and address of a calendar: all of it, or nothing when the credentials are no longer those of
    /// the copy.
    /// </summary>
    /// <returns>False when somebody changed the credentials meanwhile.</returns>
    public async Task<bool> SetPasswordAsync(Account user, string hash, CancellationToken ct)
    {
        var stamp = NewStamp();
        await using var command = database.CreateCommand("""
            with changed as (
                update access.account set password_hash = $3, security_stamp = $4, failed_attempts = 0, locked_until = null
                where id = $1 and security_stamp = $2 returning id),
            ended as (delete from access.token t using changed c where t.account = c.id),
            gone as (delete from access.link l using changed c where l.account = c.id),
            followed as (delete from access.calendar f using changed c where f.account = c.id),
            noted as (insert into access.deed (account, kind, by_account, at) select id, 'password-changed', id, $5 from changed)
            select count(*) from changed
            """);
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = user.StoredStamp });
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = stamp });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        if ((long)(await command.ExecuteScalarAsync(ct))! == 0)
            return false;
        (user.PasswordHash, user.SecurityStamp, user.StoredStamp, user.FailedAttempts, user.LockedUntil) = (hash, stamp, stamp, 0, null);
        return true;
    }

    /// <summary>Uses a link up and sets the password: what was locked opens, every token, other link and address of a calendar ends. All of it or nothing.</summary>
    /// <param name="by">The account that was signed in where the link was used; null when none was.</param>
    /// <returns>The account; null when the link does not work.</returns>
    public async Task<Account?> RecoverAsync(string secret, string hash, Guid? by, CancellationToken ct)
    {
        Guid? recovered;
        // The account is locked before its link, in the order of a change of password.
        await using (var command = database.CreateCommand("""
            with target as (
                select a.id from access.account a join access.link l on l.account = a.id
                where l.hash = $1 and l.kind = 'recover' and l.expires > $2 for no key update of a),
            used as (delete from access.link l using target t where l.hash = $1 and l.account = t.id returning l.account),
            changed as (
                update access.account a set password_hash = $3, security_stamp = $4, failed_attempts = 0, locked_until = null
                from used u where a.id = u.account returning a.id),
            ended as (delete from access.token t using changed c where t.account = c.id),
            gone as (delete from access.link l using changed c where l.account = c.id and l.hash <> $1),
            followed as (delete from access.calendar f using changed c where f.account = c.id),
            noted as (insert into access.deed (account, kind, by_account, at) select id, 'link-used', $5, $2 from changed)
            select id from changed
            """))
        {
            command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
            command.Parameters.Add(new() { Value = time.GetUtcNow() });
            command.Parameters.Add(new() { Value = hash });
            command.Parameters.Add(new() { Value = NewStamp() });
            command.Parameters.Add(Optional(by));
            recovered = (Guid?)await command.ExecuteScalarAsync(ct);
        }

        return recovered is { } id ? await FindAsync("id", id, ct) : null;
    }

    /// <summary>A security stamp that no account has had.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

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

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken ct) => throw new NotSupportedException("A login does not change.");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.NormalizedLogin);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken ct) => Set(() => user.NormalizedLogin = normalizedName ?? "");

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken ct) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken ct) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken ct) => Task.FromResult(user.LockedUntil);

    public async Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken ct)
    {
        user.LockedUntil = lockoutEnd?.ToUniversalTime();
        await using var command = database.CreateCommand("update access.account set locked_until = $2 where id = $1");
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = (object?)user.LockedUntil ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    // Counted where it is stored: of failures at the same time each counts.
    public async Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update access.account set failed_attempts = failed_attempts + 1 where id = $1 returning failed_attempts");
        command.Parameters.Add(new() { Value = user.Id });
        return user.FailedAttempts = (int?)await command.ExecuteScalarAsync(ct) ?? 0;
    }

    public async Task ResetAccessFailedCountAsync(Account user, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update access.account set failed_attempts = 0 where id = $1");
        command.Parameters.Add(new() { Value = user.Id });
        await command.ExecuteNonQueryAsync(ct);
        user.FailedAttempts = 0;
    }

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
            StoredStamp = row.GetString(3),
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

    internal static NpgsqlParameter Optional(Guid? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
