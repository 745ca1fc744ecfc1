using System.Data;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Npgsql;

namespace Governance.Api.Import;

/// <summary>
/// Keeps the import of a history apart from what acts by the clock of today, on every host of the database: neither does anything for an association in the middle of
/// what the other does. Advisory locks see to it, not rows: the server lets them go with the session, so that an import that is killed holds up nothing after it.
/// </summary>
public sealed class ImportsUnderWay(NpgsqlDataSource database)
{
    internal static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    // Each in a space of its own: one import at a time, and no act of the clock meanwhile.
    private const string OfImports = "hashtext('import.one'), hashtext($1::text)";

    private const string OfActs = "hashtext('import.under_way'), hashtext($1::text)";

    /// <summary>How long an import waits for a database that is away. A server that is started again is back well before.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Says that an import into the association is under way, once no act of the clock is, until what it returns is disposed of or the process ends.</summary>
    /// <returns>Null where another import into it is under way.</returns>
    public async Task<UnderWay?> BeginAsync(AssociationId association, CancellationToken ct) =>
        await OfImportAsync(association, ct) is { } session ? new(this, association, session) : null;

    /// <summary>The turn of an act by the clock of today: no import into the association begins until it is disposed of.</summary>
    /// <returns>Null while an import into it is under way.</returns>
    public async Task<IAsyncDisposable?> TurnAsync(AssociationId association, CancellationToken ct) =>
        await HoldAsync(association, ct, $"select pg_try_advisory_lock_shared({OfActs})");

    private Task<Session?> OfImportAsync(AssociationId association, CancellationToken ct) =>
        HoldAsync(association, ct, $"select pg_try_advisory_lock({OfImports})", $"select true from pg_advisory_lock({OfActs})");

    private async Task<Session?> HoldAsync(AssociationId association, CancellationToken ct, params string[] locks)
    {
        var session = new Session(await database.OpenWatchedConnectionAsync(ct));
        var held = 0;
        try
        {
            while (held < locks.Length && await session.TakeAsync(locks[held], association, ct))
                held++;
        }
        finally
        {
            if (held < locks.Length)
                await session.DisposeAsync();
        }

        return held < locks.Length ? null : session;
    }

    /// <summary>An import that is under way, as every host knows.</summary>
    public sealed class UnderWay : IAsyncDisposable
    {
        private readonly ImportsUnderWay _imports;
        private readonly AssociationId _association;
        private Session? _session;

        internal UnderWay(ImportsUnderWay imports, AssociationId association, Session session) => (_imports, _association, _session) = (imports, association, session);

        /// <summary>Makes sure, before each entry, that every host still knows: a session that was lost is replaced.</summary>
        /// <returns>False where the database stays away, or another import has begun meanwhile: nothing more is to be recorded.</returns>
        public async Task<bool> HoldsAsync(CancellationToken ct)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(_imports.Patience);
            while (!patience.IsCancellationRequested)
            {
                try
                {
                    // The server may not know yet that the session which was lost is gone: what it held is then free in a moment.
                    _session ??= await _imports.OfImportAsync(_association, patience.Token);
                    if (_session is not null)
                    {
                        await _session.PingAsync(patience.Token);
                        return true;
                    }
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    break;
                }
                catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException)
                {
                    if (_session is not null)
                        await _session.DisposeAsync();
                    _session = null;
                }

                await Task.Delay(BetweenTries, ct);
            }

            return false;
        }

        public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A session that holds locks of an association until it is disposed of.</summary>
    internal sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task<bool> TakeAsync(string @lock, AssociationId association, CancellationToken ct)
        {
            await using var take = new NpgsqlCommand(@lock, connection) { Parameters = { new() { Value = association.Value } } };
            return await take.ExecuteScalarAsync(ct) is true;
        }

        public async Task PingAsync(CancellationToken ct)
        {
            await using var ping = new NpgsqlCommand("select 1", connection);
            await ping.ExecuteNonQueryAsync(ct);
        }

        public async ValueTask DisposeAsync()
        {
            await using var returned = connection;
            if (connection.FullState != ConnectionState.Open)
                return;
            try
            {
                // A connection that goes back to the pool keeps its session, and the locks would stay with it. A session that is lost has let them go.
                await using var letGo = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
                await letGo.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException && connection.FullState != ConnectionState.Open)
            {
                // Lost meanwhile.
            }
        }
    }
}
