using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// The session of whoever takes the log's lock: it waits on nobody for long, and the server lets go of it when its host dies, so that a dead
/// host never stops the others.
/// </summary>
internal static class WriterSession
{
    public static async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource database, EventLogOptions options, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            // Joins by index alone: without statistics the planner would rather scan. Just-in-time compilation costs more than any group.
            await using var command = new NpgsqlCommand(
                $"""
                set statement_timeout = {(long)options.StatementTimeout.TotalMilliseconds};
                set lock_timeout = {(long)options.LockTimeout.TotalMilliseconds};
                set idle_in_transaction_session_timeout = {(long)options.StatementTimeout.TotalMilliseconds};
                set tcp_keepalives_idle = 5;
                set tcp_keepalives_interval = 2;
                set tcp_keepalives_count = 3;
                set tcp_user_timeout = {(long)options.StatementTimeout.TotalMilliseconds};
                set jit = off;
                set plan_cache_mode = force_generic_plan;
                set enable_seqscan = off;
                set enable_hashjoin = off;
                set enable_mergejoin = off;
                select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local');
                """,
                connection);
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
