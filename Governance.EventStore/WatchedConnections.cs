using Npgsql;

namespace Governance.EventStore;

/// <summary>Connections that hold what others wait for.</summary>
public static class WatchedConnections
{
    /// <summary>A connection whose host, when it dies without a word, is noticed within seconds, so that what its session holds is let go.</summary>
    public static async ValueTask<NpgsqlConnection> OpenWatchedConnectionAsync(this NpgsqlDataSource database, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            await using var settings = new NpgsqlCommand(
                "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set idle_in_transaction_session_timeout = 60000", connection);
            await settings.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
