using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>
/// Whoever gives a person an account and whoever erases the person take turns. Taken to the end of a transaction, before the statement that changes something, which so sees
/// what the other has done: an account that was given first is forgotten by the erasure, and after the erasure none is given.
/// </summary>
internal static class PersonLock
{
    // In a space of its own: other locks of this database have one number, not two.
    private const string Take = "select pg_advisory_xact_lock(hashtext('access.person'), hashtext($1::text || $2::text))";

    /// <param name="connection">In a transaction.</param>
    public static Task TakeAsync(NpgsqlConnection connection, AssociationId association, PersonId person, CancellationToken ct) =>
        ScalarAsync(connection, Take, association, person, ct);

    /// <summary>Takes the lock, and says whether the person can be given an account still.</summary>
    /// <param name="connection">In a transaction.</param>
    public static async Task<bool> IsThereAsync(NpgsqlConnection connection, AssociationId association, PersonId person, CancellationToken ct)
    {
        await TakeAsync(connection, association, person, ct);
        // A statement of its own, so that it sees what was committed while the lock was waited for.
        return await ScalarAsync(connection, "select not exists (select from access.forgotten where association = $1 and person = $2)", association, person, ct) is true;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, AssociationId association, PersonId person, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        return await command.ExecuteScalarAsync(ct);
    }
}
