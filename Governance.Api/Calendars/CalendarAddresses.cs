using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Calendars;

/// <summary>What a calendar is of.</summary>
public enum CalendarKind
{
    /// <summary>Meetings and gatherings of the association.</summary>
    Everything,

    /// <summary>Meetings of one working group.</summary>
    Group,

    /// <summary>What one person is to come to or to do.</summary>
    Duties,
}

/// <summary>Addresses by which calendar programs, which do not sign in, follow a calendar: each a secret that its owner can revoke.</summary>
public sealed class CalendarAddresses(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Addresses of one account in one association at most.</summary>
    public const int Most = 20;

    /// <summary>An address as its owner sees it: never the secret.</summary>
    public sealed record Address(Guid Id, CalendarKind Kind, WorkingGroupId? Group, DateTimeOffset Created);

    /// <returns>The secret, which is shown this once; null when the account has as many as it may.</returns>
    public async Task<string?> NewAsync(Guid account, AssociationId association, CalendarKind kind, WorkingGroupId? group, CancellationToken ct)
    {
        var secret = Secrets.New();
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            insert into access.calendar (id, account, association, hash, kind, working_group, created)
            select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from access.calendar where account = $2 and association = $3) < $8
            """);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7(now) });
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = EnumNames.Of(kind) });
        command.Parameters.Add(AccountStore.Optional(group?.Value));
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = Most });
        return await command.ExecuteNonQueryAsync(ct) > 0 ? secret : null;
    }

    public async Task<IReadOnlyList<Address>> ListAsync(Guid account, AssociationId association, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id, kind, working_group, created from access.calendar where account = $1 and association = $2 order by created desc");
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = association.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var addresses = new List<Address>();
        while (await reader.ReadAsync(ct))
            addresses.Add(new(reader.GetGuid(0), Kind(reader.GetString(1)), Group(reader, 2), reader.GetFieldValue<DateTimeOffset>(3)));
        return addresses;
    }

    public async Task RevokeAsync(Guid account, Guid address, CancellationToken ct)
    {
        await using var command = database.CreateCommand("delete from access.calendar where account = $1 and id = $2");
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = address });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What a secret opens in an association, and whose it is; null when it is unknown or revoked.</summary>
    public async Task<(Guid Account, CalendarKind Kind, WorkingGroupId? Group)?> FindAsync(string secret, AssociationId association, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select account, kind, working_group from access.calendar where hash = $1 and association = $2");
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = association.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), Kind(reader.GetString(1)), Group(reader, 2)) : null;
    }

    private static CalendarKind Kind(string name) => EnumNames.Read<CalendarKind>(name) ?? throw new InvalidDataException($"No calendar is of the kind {name}.");

    private static WorkingGroupId? Group(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : WorkingGroupId.Of(reader.GetGuid(at));
}
