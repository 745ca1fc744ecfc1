using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>
/// Which followers run on this host: those whose advisory locks its one session of locks holds. Locks see to it that hosts do not do the same work
/// at once; that nothing is handled twice when two believe themselves alone rests on the checkpoint, which moves only from the value that was read.
/// </summary>
internal sealed class FollowerLocks(NpgsqlDataSource database, IReadOnlyList<FollowerLoop> loops, FollowerOptions options, LogHints hints)
{
    /// <summary>Takes what locks it can get and follows under them until the host stops; a session that is lost ends all that ran under it.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A host that no longer asked for locks would fall behind in silence.")]
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenWatchedConnectionAsync(ct).ConfigureAwait(false);
                await HoldAsync(connection, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                options.OnFault?.Invoke("locks", fault);
            }

            await hints.DelayAsync(options.TakeOverEvery, ct).ConfigureAwait(false);
        }
    }

    private async Task HoldAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var running = new Dictionary<FollowerLoop, Task>();
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            while (true)
            {
                // Asked even when there is nothing left to take: a session that is gone is noticed by it.
                foreach (var loop in await TakeAsync(loops.Where(loop => !running.ContainsKey(loop)), connection, ct).ConfigureAwait(false))
                    running.Add(loop, Task.Run(() => loop.RunAsync(held.Token), CancellationToken.None));
                await hints.DelayAsync(options.TakeOverEvery, ct).ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await held.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Values).ConfigureAwait(false);
            await LetGoAsync(connection).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<FollowerLoop>> TakeAsync(IEnumerable<FollowerLoop> wanted, NpgsqlConnection connection, CancellationToken ct)
    {
        var byName = wanted.ToDictionary(loop => loop.Follower.Name, StringComparer.Ordinal);
        await using var take = new NpgsqlCommand(
            "select name, pg_try_advisory_lock(hashtextextended('governance.follower:' || name, 0)) from unnest($1) name", connection);
        take.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. byName.Keys] });
        await using var reader = await take.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var taken = new List<FollowerLoop>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            if (reader.GetBoolean(1))
                taken.Add(byName[reader.GetString(0)]);
        }

        return taken;
    }

    /// <summary>A connection that goes back to the pool keeps its session: the locks would stay with it.</summary>
    private static async ValueTask LetGoAsync(NpgsqlConnection connection)
    {
        if (connection.FullState != System.Data.ConnectionState.Open)
            return;
        await using var letGo = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
        await letGo.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
