using Governance.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>The database itself refuses to change what was written, whoever asks.</summary>
public sealed class AppendOnlyTests : LogTest
{
    private static readonly string[] Changes =
    [
        "update mt_events set data = '{}'",
        "update mt_events set is_archived = true where false",
        "delete from mt_events",
        "truncate mt_events",
        "truncate mt_streams cascade",
        "delete from mt_streams",
        "update mt_streams set version = 1",
        "update mt_streams set version = 2",
        "update mt_streams set version = null",
        "update mt_streams set id = 'member:2', version = 3",
        "insert into mt_events select * from mt_events on conflict (seq_id) do update set data = '{}'",
        "merge into mt_events e using mt_streams s on e.stream_id = s.id when matched then delete",
        "update governance.leaf_run set length = 9",
        "delete from governance.leaf_run",
        "truncate governance.leaf_run",
        "insert into governance.log_head (only_row, last_position, last_timestamp) values (false, 9, now())",
        "update governance.log_head set only_row = false",
        "delete from governance.log_head",
        "truncate governance.log_head",
        "update governance.log_head set last_position = 1",
        "update governance.log_head set last_timestamp = '-infinity'",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_that_would_change_the_log_is_refused(bool superuser)
    {
        await AppendedAsync(To("member:1", 0, events: 2));
        await using var database = superuser ? NpgsqlDataSource.Create(PostgreSql.AsSuperuser(Database.ConnectionString)) : NpgsqlDataSource.Create(Database.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(Ct);
        if (superuser)
        {
            // As a replica applies changes: ordinary triggers do not run then.
            await using var replica = new NpgsqlCommand("set session_replication_role = replica", connection);
            await replica.ExecuteNonQueryAsync(Ct);
        }

        var taken = new List<string>();
        foreach (var sql in Changes)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var refused = await Record.ExceptionAsync(async () => await command.ExecuteNonQueryAsync(Ct));
            if (refused is not PostgresException { SqlState: "23000" } || (await Log.ReadStreamAsync(Association, "member:1", ct: Ct)).Count != 2)
                taken.Add($"{sql}: {refused?.Message ?? "taken"}");
        }

        Assert.Empty(taken);
    }

    [Theory]
    [InlineData("insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) select 9, gen_random_uuid(), stream_id, version, data, type, timestamp, tenant_id from mt_events", "pk_mt_events_stream_and_version")]
    [InlineData("insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) select 9, id, stream_id, 9, data, type, timestamp, tenant_id from mt_events", "idx_mt_events_event_id")]
    [InlineData("insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) select 9, gen_random_uuid(), 'unknown', 9, data, type, timestamp, tenant_id from mt_events", "fkey_mt_events_stream_id_tenant_id")]
    [InlineData("insert into governance.command select * from governance.command", "command_once")]
    [InlineData("insert into governance.leaf_run (first_position, first_index, length, tenant_id) values (2, 0, 1, 'a')", "ordinal_check")]
    [InlineData("insert into governance.leaf_run (first_position, first_index, length, tenant_id) values (2, 2, 0, 'a')", "ordinal_check")]
    public async Task A_mistake_in_the_store_would_be_an_error_and_not_a_lost_event(string sql, string constraint)
    {
        await AppendedAsync(To("member:1", 0, command: Command("k")));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql));
        Assert.Equal(constraint, refused.ConstraintName);
    }

    [Fact]
    public async Task The_tables_are_named_and_keyed_as_martens()
    {
        Assert.Equal(
            "fkey_mt_events_stream_id_tenant_id,mt_event_progression_pkey,pkey_mt_events_seq_id,pkey_mt_streams_tenant_id_id",
            await ScalarAsync<string>("select string_agg(conname, ',' order by conname) from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f')"));
        Assert.Equal(
            "seq_id,id,stream_id,version,data,bdata,type,timestamp,tenant_id,mt_dotnet_type,correlation_id,causation_id,headers,is_archived",
            await ScalarAsync<string>("select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = 'mt_events'::regclass and attnum > 0"));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing_and_a_changed_step_is_refused()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Log.MigrateAsync(Ct)));
        await new Migrations("other", [new Migration("001-a", "create table a ()")]).ApplyAsync(Database, Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Migrations("other", [new Migration("001-a", "create table b ()")]).ApplyAsync(Database, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Migrations("other", [new Migration("002-b", "create table b ()")]).ApplyAsync(Database, Ct));
    }
}
