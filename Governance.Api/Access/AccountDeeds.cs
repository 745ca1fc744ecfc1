using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>What can be done to an account.</summary>
public enum DeedKind
{
    Made,

    /// <summary>Linked to a person of an association.</summary>
    Linked,

    /// <summary>A link was made by which a new password can be set.</summary>
    LinkMade,

    /// <summary>Such a link was used: the password is another.</summary>
    LinkUsed,

    PasswordChanged,
}

/// <summary>Something done to an account.</summary>
/// <param name="By">Login of the account that did it; null for the installation itself, and for a link used by somebody who was not signed in.</param>
/// <param name="ByOwner">True when the owner did it.</param>
/// <param name="Association">Where it was linked; null when the deed is no link.</param>
/// <param name="Untold">Done by another, and not read by the owner yet.</param>
public sealed record Deed(long Id, DeedKind Kind, DateTimeOffset At, string? By, bool ByOwner, AssociationId? Association, bool Untold);

/// <summary>
/// The record of what was done to accounts, which their owners read. Whoever administers accounts can open any of them: that it was done cannot be hidden
/// from its owner. Written by the statements that do it (<see cref="AccountStore"/>, <see cref="AccountLinks"/>), never changed.
/// </summary>
public sealed class AccountDeeds(NpgsqlDataSource database, InstallationKey key)
{
    /// <summary>Deeds shown at most.</summary>
    public const int Shown = 100;

    private const string IsMadeForAnother = "exists (select from access.deed m where m.account = a.id and m.kind = 'made' and m.by_account is not null)";

    /// <summary>Whether an account was made for somebody else, who has not chosen its password yet.</summary>
    internal const string IsUnopened = $"""
        {IsMadeForAnother}
        and not exists (select from access.deed u where u.account = a.id and u.kind in ('link-used', 'password-changed'))
        """;

    // The making of an account is no news to its owner, nor is what they did themselves, nor what led to the first password of an account that was made for
    // them: unless it was chosen by somebody who was signed in as another.
    private const string IsUntold = $"""
        d.id > a.told and d.kind <> 'made' and d.by_account is distinct from d.account
        and (d.kind = 'link-used' and d.by_account is not null or d.id > coalesce((
            select min(u.id) from access.deed u where u.account = a.id and u.kind = 'link-used' and {IsMadeForAnother}), 0))
        """;

    /// <summary>The latest deeds of an account, the last first.</summary>
    public async Task<IReadOnlyList<Deed>> OfAsync(Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select d.id, d.kind, d.at, b.sealed_login, d.by_account is not distinct from d.account, d.association, {IsUntold}
            from access.deed d join access.account a on a.id = d.account left join access.account b on b.id = d.by_account
            where d.account = $1 order by d.id desc limit {Shown}
            """);
        command.Parameters.Add(new() { Value = account });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var deeds = new List<Deed>();
        while (await reader.ReadAsync(ct))
        {
            deeds.Add(new(
                reader.GetInt64(0),
                EnumNames.Read<DeedKind>(reader.GetString(1)) ?? throw new InvalidOperationException($"No deed is called {reader.GetString(1)}."),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : key.Open(reader.GetFieldValue<byte[]>(3)),
                reader.GetBoolean(4),
                reader.IsDBNull(5) ? null : AssociationId.Of(reader.GetGuid(5)),
                reader.GetBoolean(6)));
        }

        return deeds;
    }

    /// <summary>Whether others did something to an account that its owner has not read.</summary>
    public async Task<bool> AnyUntoldAsync(Guid account, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select exists (select from access.deed d join access.account a on a.id = d.account where d.account = $1 and {IsUntold})");
        command.Parameters.Add(new() { Value = account });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The owner has read all up to a deed.</summary>
    public async Task ToldAsync(Guid account, long deed, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update access.account set told = greatest(told, $2) where id = $1 and exists (select from access.deed d where d.account = $1 and d.id = $2)
            """);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = deed });
        await command.ExecuteNonQueryAsync(ct);
    }
}
