using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>An association that could not be followed past an event.</summary>
public sealed record Stopped(string Tenant, long Position, string Error);

/// <summary>Puts what was built beside a follower in the place of what it wrote, while it runs on whichever host.</summary>
public sealed class Handover(NpgsqlDataSource database, EventLog log)
{
    /// <summary>
    /// Holds the follower between two batches, lets <paramref name="place"/> bring what was built up to the follower's checkpoint and put it in
    /// place, and moves the checkpoint with it, all or nothing. Associations in <paramref name="stopped"/> are parked, all others are not.
    /// </summary>
    /// <param name="built">The position up to which it was built.</param>
    /// <param name="place">Given the position to bring it up to, and the connection whose transaction everything is in.</param>
    public async Task RunAsync(
        string follower, long built, IReadOnlyList<Stopped> stopped, Func<long, NpgsqlConnection, CancellationToken, Task> place, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stopped);
        ArgumentNullException.ThrowIfNull(place);
        var checkpoints = new Checkpoints(database, log.EventsSchema);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        var (checkpoint, _) = await checkpoints.HoldAsync(follower, connection, ct).ConfigureAwait(false);
        var to = Math.Max(checkpoint, built);
        await place(to, connection, ct).ConfigureAwait(false);
        await using (var unpark = new NpgsqlCommand("delete from governance.parked_tenant where follower = $1", connection, transaction))
        {
            unpark.Parameters.Add(new NpgsqlParameter<string> { TypedValue = follower });
            await unpark.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        foreach (var tenant in stopped)
            await checkpoints.ParkAsync(follower, tenant, retry: false, connection, ct).ConfigureAwait(false);
        await checkpoints.MoveAsync(follower, checkpoint, to, durably: true, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }
}
