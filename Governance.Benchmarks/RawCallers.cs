using Npgsql;
using NpgsqlTypes;

namespace Governance.Benchmarks;

/// <summary>How a client without the store would write one event's rows.</summary>
internal enum RawForm
{
    /// <summary>begin, the stream's row, the event's row, commit: as a pgbench script does it.</summary>
    Transaction,

    /// <summary>Both rows in one statement that commits by itself: the least that PostgreSQL can be asked.</summary>
    Statement,
}

/// <summary>The same rows as the store writes, by prepared statements, one commit an event, with a connection for each caller.</summary>
internal sealed class RawCallers(NpgsqlDataSource database) : IAsyncDisposable
{
    private const string Tenant = "0197a000-0000-7000-8000-000000000001";

    private const string InsertStream = "insert into mt_streams (tenant_id, id, type, version) values ($1, $2, 'member', 1)";

    private const string InsertEvent =
        """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers)
        values (nextval('raw_position'), $3, $2, 1, $4, 'member_admitted', now(), $1, 'Governance.Domain.Members.MemberAdmitted, Governance.Domain', $5)
        """;

    private readonly List<(NpgsqlConnection Connection, NpgsqlCommand[] Commands)> _callers = [];

    public static async Task<RawCallers> OpenAsync(NpgsqlDataSource database, int callers, RawForm form)
    {
        await using (var sequence = database.CreateCommand("create sequence if not exists raw_position"))
            await sequence.ExecuteNonQueryAsync();
        var raw = new RawCallers(database);
        for (var i = 0; i < callers; i++)
        {
            var connection = await database.OpenConnectionAsync();
            NpgsqlCommand[] commands = form == RawForm.Statement
                ? [Command(connection, $"with stream as ({InsertStream}) {InsertEvent}", whole: true)]
                : [Command(connection, InsertStream, whole: false), Command(connection, InsertEvent, whole: true)];
            foreach (var command in commands)
                await command.PrepareAsync();
            raw._callers.Add((connection, commands));
        }

        return raw;
    }

    public async Task InsertAsync(int caller)
    {
        var (connection, commands) = _callers[caller];
        var id = Guid.CreateVersion7();
        foreach (var command in commands)
        {
            ((NpgsqlParameter<string>)command.Parameters[1]).TypedValue = "member:" + id.ToString("D");
            if (command.Parameters.Count > 2)
                ((NpgsqlParameter<Guid>)command.Parameters[2]).TypedValue = id;
        }

        if (commands.Length == 1)
        {
            await commands[0].ExecuteNonQueryAsync();
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var command in commands)
            await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (connection, commands) in _callers)
        {
            foreach (var command in commands)
                await command.DisposeAsync();
            await connection.DisposeAsync();
        }

        database.Clear();
        await EndedAsync();
    }

    // A server process takes some milliseconds of processor to end, some hundred of them seconds: whoever is measured next would pay for it.
    private async Task EndedAsync()
    {
        await using var others = database.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()");
        while ((long)(await others.ExecuteScalarAsync())! > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, bool whole)
    {
        var command = new NpgsqlCommand(text, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = Tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text });
        if (whole)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid>());
            command.Parameters.Add(new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = AppendBenchmark.Data });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Jsonb, TypedValue = AppendBenchmark.Headers });
        }

        return command;
    }
}
