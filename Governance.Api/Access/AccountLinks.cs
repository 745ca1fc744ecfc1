using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>What opens an account besides its password: links that work once, tokens of the API, and who the account is in an association.</summary>
public sealed class AccountLinks(NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan LinkLasts = TimeSpan.FromHours(24);

    public static readonly TimeSpan TokenLasts = TimeSpan.FromDays(365);

    /// <summary>A token as its owner sees it: never the secret.</summary>
    public sealed record Token(Guid Id, string Label, DateTimeOffset Created, DateTimeOffset Expires);

    /// <summary>The secret of a link that makes the first administrator; earlier ones stop working.</summary>
    public async Task<string> NewSetupAsync(CancellationToken ct)
    {
        var secret = Secrets.New();
        await using var command = database.CreateCommand("""
            with gone as (delete from access.link where kind = 'setup')
            insert into access.link (hash, kind, expires) values ($1, 'setup', $2)
            """);
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() + LinkLasts });
        await command.ExecuteNonQueryAsync(ct);
        return secret;
    }

    /// <summary>The secret of a link by which an account gets a new password; earlier ones of the account stop working.</summary>
    /// <param name="by">The account that makes it.</param>
    /// <returns>Null when the account is gone, meanwhile perhaps.</returns>
    public async Task<string?> NewRecoveryAsync(Guid account, Guid? by, CancellationToken ct)
    {
        var secret = Secrets.New();
        await using var command = database.CreateCommand("""
            with target as (select id from access.account where id = $3 for key share),
            gone as (delete from access.link l using target t where l.account = t.id),
            noted as (insert into access.deed (account, kind, by_account, at) select id, 'link-made', $4, $5 from target)
            insert into access.link (hash, kind, account, expires) select $1, 'recover', id, $2 from target
            """);
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() + LinkLasts });
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(AccountStore.Optional(by));
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) > 0 ? secret : null;
    }

    /// <summary>Whether a link still works. A set-up link does only while there is no account.</summary>
    public async Task<bool> WorksAsync(string kind, string secret, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select exists (select from access.link where hash = $1 and kind = $2 and expires > $3
                and (kind <> 'setup' or not exists (select from access.account)))
            """);
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The account whose first password a link sets: an invitation; null when the link recovers one, or does not work.</summary>
    public async Task<Guid?> InvitedAsync(string secret, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select a.id from access.link l join access.account a on a.id = l.account
            where l.hash = $1 and l.kind = 'recover' and l.expires > $2 and {AccountDeeds.IsUnopened}
            """);
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Uses the set-up link up.</summary>
    /// <returns>Whether it worked.</returns>
    public async Task<bool> UseSetupAsync(string secret, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "delete from access.link where hash = $1 and kind = 'setup' and expires > $2 and not exists (select from access.account)");
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <returns>The token and its secret, which is shown this once.</returns>
    public async Task<(Token Token, string Secret)> NewTokenAsync(Guid account, string label, CancellationToken ct)
    {
        var secret = "gov_" + Secrets.New();
        var now = time.GetUtcNow();
        var token = new Token(Guid.CreateVersion7(now), label, now, now + TokenLasts);
        await using var command = database.CreateCommand("insert into access.token (id, account, hash, label, created, expires) values ($1, $2, $3, $4, $5, $6)");
        command.Parameters.Add(new() { Value = token.Id });
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = label });
        command.Parameters.Add(new() { Value = token.Created });
        command.Parameters.Add(new() { Value = token.Expires });
        await command.ExecuteNonQueryAsync(ct);
        return (token, secret);
    }

    public async Task<IReadOnlyList<Token>> TokensAsync(Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id, label, created, expires from access.token where account = $1 order by created desc");
        command.Parameters.Add(new() { Value = account });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tokens = new List<Token>();
        while (await reader.ReadAsync(ct))
            tokens.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return tokens;
    }

    public async Task<bool> RevokeTokenAsync(Guid account, Guid token, CancellationToken ct)
    {
        await using var command = database.CreateCommand("delete from access.token where account = $1 and id = $2");
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = token });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Whose token it is; null when it is unknown, revoked or expired.</summary>
    public async Task<Guid?> AccountOfTokenAsync(string secret, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select account from access.token where hash = $1 and expires > $2");
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>How it came out that an account was to be somebody's.</summary>
    public enum Linked
    {
        /// <summary>It is the person's now, or was already.</summary>
        Done,

        /// <summary>The person has another account: nothing was changed.</summary>
        PersonHasAccount,

        /// <summary>The person was erased, meanwhile perhaps: nothing was changed.</summary>
        PersonErased,
    }

    /// <summary>Says who an account is in an association; who it was there before it is no more.</summary>
    /// <param name="by">The account that says so; null for the installation itself.</param>
    public async Task<Linked> LinkAsync(Guid account, AssociationId association, PersonId person, Guid? by, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await PersonLock.IsThereAsync(connection, association, person, ct))
            return Linked.PersonErased;
        await using var command = new NpgsqlCommand(
            """
            with named as (
                insert into access.account_person as known (account, association, person) values ($1, $2, $3)
                on conflict (account, association) do update set person = excluded.person where known.person <> excluded.person
                returning account, association, person)
            insert into access.deed (account, kind, by_account, at, association, person) select account, 'linked', $4, $5, association, person from named
            """,
            connection,
            transaction);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        command.Parameters.Add(AccountStore.Optional(by));
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        try
        {
            await command.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            return Linked.Done;
        }
        catch (PostgresException fault) when (IsPersonTaken(fault))
        {
            return Linked.PersonHasAccount;
        }
    }

    /// <summary>Whether a statement failed because a person has one account in an association at most.</summary>
    internal static bool IsPersonTaken(PostgresException fault) =>
        fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "account_person_association_person_key" };

    /// <summary>Whether an account administers the installation, and who it is in an association; null when there is no such account.</summary>
    public async Task<(bool IsAdministrator, PersonId? Person)?> StandingAsync(Guid account, AssociationId? association, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select a.is_administrator, p.person from access.account a
            left join access.account_person p on p.account = a.id and p.association = $2 where a.id = $1
            """);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = association?.Value ?? Guid.Empty });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetBoolean(0), reader.IsDBNull(1) ? null : PersonId.Of(reader.GetGuid(1))) : null;
    }

    /// <summary>The account of a person of an association; null when there is none.</summary>
    public async Task<Guid?> AccountOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select account from access.account_person where association = $1 and person = $2");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Associations in which an account is somebody.</summary>
    public async Task<IReadOnlyList<AssociationId>> AssociationsAsync(Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select association from access.account_person where account = $1");
        command.Parameters.Add(new() { Value = account });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<AssociationId>();
        while (await reader.ReadAsync(ct))
            found.Add(AssociationId.Of(reader.GetGuid(0)));
        return found;
    }
}
