using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Import;

/// <summary>
/// Which associations a history is being imported into, known to every host of the database. An advisory lock says so, not a row: the server lets it go with the
/// session, so that an import that is killed holds up nothing after it.
/// </summary>
public sealed class ImportsUnderWay(NpgsqlDataSource database)
{
    // In a space of its own: shared, as two imports into one association keep nobody from the other's.
    private const string Take = "select pg_advisory_lock_shared(hashtext('import.under_way'), hashtext($1::text))";

    private const string LetGo = "select pg_advisory_unlock_shared(hashtext('import.under_way'), hashtext($1::text))";

    private const string Held =
        """
        select a from unnest($1::uuid[]) a where exists (
            select from pg_locks l
            where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database()) and l.objsubid = 2
                and l.classid = hashtext('import.under_way')::oid and l.objid = hashtext(a::text)::oid)
        """;

    /// <summary>Says that an import into the association is under way, until what it returns is disposed of or the process ends.</summary>
    public async Task<IAsyncDisposable> BeginAsync(AssociationId association, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            await using var take = new NpgsqlCommand(Take, connection);
            take.Parameters.Add(new() { Value = association.Value });
            await take.ExecuteNonQueryAsync(ct);
            return new UnderWay(connection, association);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those of some associations that an import is under way into.</summary>
    public async Task<IReadOnlySet<AssociationId>> AmongAsync(IEnumerable<AssociationId> associations, CancellationToken ct)
    {
        var asked = associations.Select(a => a.Value).Distinct().ToArray();
        var found = new HashSet<AssociationId>();
        if (asked.Length == 0)
            return found;
        await using var command = database.CreateCommand(Held);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = asked });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(AssociationId.Of(reader.GetGuid(0)));
        return found;
    }

    private sealed class UnderWay(NpgsqlConnection connection, AssociationId association) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var returned = connection;
            if (connection.FullState != System.Data.ConnectionState.Open)
                return;
            // A connection that goes back to the pool keeps its session, and the lock would stay with it. A session that is lost has let it go.
            await using var letGo = new NpgsqlCommand(LetGo, connection);
            letGo.Parameters.Add(new() { Value = association.Value });
            try
            {
                await letGo.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException) when (connection.FullState != System.Data.ConnectionState.Open)
            {
                // Lost meanwhile.
            }
        }
    }
}
