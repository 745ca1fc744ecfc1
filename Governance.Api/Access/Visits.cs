using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>When accounts were last here, for « since your last visit ». Two times are kept of each, and nothing of what was read.</summary>
public sealed class Visits(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Looks that are no further apart are one visit.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    // A page that is opened again and again is written once a minute at most.
    private static readonly TimeSpan Written = TimeSpan.FromMinutes(1);

    /// <summary>Notes that an account is here.</summary>
    /// <returns>The last look of the visit before this one; null on the first visit, and for whoever has no account.</returns>
    public async Task<DateTimeOffset?> BeforeAsync(Actor actor, AssociationId association, CancellationToken ct)
    {
        if (!Guid.TryParseExact(actor.Id, "D", out var account))
            return null;
        var now = time.GetUtcNow();
        await using (var known = database.CreateCommand("select before from access.visit where account = $1 and association = $2 and last > $3"))
        {
            known.Parameters.Add(new() { Value = account });
            known.Parameters.Add(new() { Value = association.Value });
            known.Parameters.Add(new() { Value = now - Written });
            await using var reader = await known.ExecuteReaderAsync(ct);
            if (await reader.ReadAsync(ct))
                return reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0);
        }

        await using var command = database.CreateCommand("""
            insert into access.visit as v (account, association, last) select id, $2, $3 from access.account where id = $1
            on conflict (account, association) do update set last = $3, before = case when v.last < $4 then v.last else v.before end
            returning before
            """);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Apart });
        return await command.ExecuteScalarAsync(ct) is DateTime before ? new DateTimeOffset(before, TimeSpan.Zero) : null;
    }
}
