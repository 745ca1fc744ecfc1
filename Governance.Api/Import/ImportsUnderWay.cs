using System.Data;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Npgsql;

namespace Governance.Api.Import;

/// <summary>
/// Keeps the import of a history apart from what acts by the clock of today, on every host of the database: neither does anything for an association in the middle of
/// what the other does. An advisory lock sees to it, not a row: the server lets it go with the session, so that an import that is killed holds up nothing after it.
/// </summary>
public sealed class ImportsUnderWay(NpgsqlDataSource database)
{
    // Acts of the clock are over by then: what holds the lock for longer is another import.
    private const string PatienceOfImport = "set lock_timeout = '5s'";

    // In a space of its own.
    private const string Lock = "hashtext('import.under_way'), hashtext($1::text)";

    /// <summary>Says that an import into the association is under way, once no act of the clock is, until what it returns is disposed of or the process ends.</summary>
    /// <returns>Null where another import into it is under way.</returns>
    public async Task<UnderWay?> BeginAsync(AssociationId association, CancellationToken ct) =>
        await OfImportAsync(association, ct) is { } session ? new(this, association, session) : null;

    /// <summary>The turn of an act by the clock of today: no import into the association begins until it is disposed of.</summary>
    /// <returns>Null while an import into it is under way.</returns>
    public async Task<IAsyncDisposable?> TurnAsync(AssociationId association, CancellationToken ct) =>
        await HoldAsync(association, $"select pg_try_advisory_lock_shared({Lock})", $"select pg_advisory_unlock_shared({Lock})", ct);

    private Task<Session?> OfImportAsync(AssociationId association, CancellationToken ct) =>
        HoldAsync(association, $"select true from pg_advisory_lock({Lock})", $"select pg_advisory_unlock({Lock})", ct);

    private async Task<Session?> HoldAsync(AssociationId association, string take, string letGo, CancellationToken ct)
    {
        var session = new Session(await database.OpenWatchedConnectionAsync(ct), association, letGo);
        var held = false;
        try
        {
            await session.DoAsync(PatienceOfImport, ct);
            held = await session.AskAsync(take, ct);
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Another import has it.
        }
        finally
        {
            if (!held)
                await session.CloseAsync();
        }

        return held ? session : null;
    }

    /// <summary>An import that is under way, as every host knows.</summary>
    public sealed class UnderWay : IAsyncDisposable
    {
        // A server that is started again is back well before.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

        private readonly ImportsUnderWay _imports;
        private readonly AssociationId _association;
        private Session? _session;

        internal UnderWay(ImportsUnderWay imports, AssociationId association, Session session) => (_imports, _association, _session) = (imports, association, session);

        /// <summary>Makes sure, before each entry, that every host still knows: a session that was lost is replaced.</summary>
        /// <returns>False where the database stays away, or another import has begun meanwhile: nothing more is to be recorded.</returns>
        public async Task<bool> HoldsAsync(CancellationToken ct)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            while (true)
            {
                try
                {
                    _session ??= await _imports.OfImportAsync(_association, patience.Token);
                    if (_session is null)
                        return false;
                    await _session.DoAsync("select 1", patience.Token);
                    return true;
                }
                catch (NpgsqlException)
                {
                    if (_session is not null)
                        await _session.CloseAsync();
                    _session = null;
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    return false;
                }

                await Task.Delay(BetweenTries, ct);
            }
        }

        public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A session that holds the lock of an association until it is disposed of.</summary>
    internal sealed class Session(NpgsqlConnection connection, AssociationId association, string letGo) : IAsyncDisposable
    {
        public async Task DoAsync(string statement, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        public async Task<bool> AskAsync(string ofAssociation, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(ofAssociation, connection) { Parameters = { new() { Value = association.Value } } };
            return await command.ExecuteScalarAsync(ct) is true;
        }

        /// <summary>Without letting go: what holds nothing, or is lost.</summary>
        public ValueTask CloseAsync() => connection.DisposeAsync();

        public async ValueTask DisposeAsync()
        {
            await using var returned = connection;
            if (connection.FullState != ConnectionState.Open)
                return;
            try
            {
                // A connection that goes back to the pool keeps its session, and the lock would stay with it. A session that is lost has let it go.
                await AskAsync(letGo, CancellationToken.None);
            }
            catch (NpgsqlException) when (connection.FullState != ConnectionState.Open)
            {
                // Lost meanwhile.
            }
        }
    }
}
