using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>What holds of every log at every moment, whatever was done to it.</summary>
internal static class LogInvariants
{
    private static readonly (string Rule, string Violations)[] Rules =
    [
        ("positions are dense from 1", "select seq_id from (select seq_id, row_number() over (order by seq_id) n from mt_events) e where seq_id <> n"),
        ("the head is the last position", "select last_position from governance.log_head where last_position <> (select coalesce(max(seq_id), 0) from mt_events)"),
        ("versions are dense from 1 in each stream",
            "select seq_id from (select seq_id, version, row_number() over (partition by tenant_id, stream_id order by seq_id) n from mt_events) e where version <> n"),
        ("a stream's version is that of its last event",
            """
            select id from mt_streams s full join (select tenant_id, stream_id, max(version) last from mt_events group by 1, 2) e
            on e.tenant_id = s.tenant_id and e.stream_id = s.id where s.version is distinct from e.last
            """),
        ("each association's index is dense from 1, in order of position",
            """
            select first_position from (select *, 1 + coalesce(sum(length) over (partition by tenant_id order by first_position rows between unbounded preceding and 1 preceding), 0) due
                from governance.leaf_run) r where first_index <> due
            """),
        ("each event is in one run, of its own association",
            """
            select e.seq_id from mt_events e full join (select first_position + i as seq_id, tenant_id from governance.leaf_run, generate_series(0, length - 1) i) r
            using (seq_id) where r.tenant_id is distinct from e.tenant_id
            """),
        ("times never go back", "select seq_id from (select seq_id, timestamp, lag(timestamp) over (order by seq_id) before from mt_events) e where before > timestamp"),
        ("event ids are unique", "select id from mt_events group by id having count(*) > 1"),
        ("a command's events are in the log", "select id from governance.command where last_position > (select last_position from governance.log_head)"),
    ];

    public static async Task CheckAsync(NpgsqlDataSource database)
    {
        foreach (var (rule, violations) in Rules)
        {
            await using var command = database.CreateCommand($"select count(*) from ({violations}) v");
            Assert.True(0L == (long)(await command.ExecuteScalarAsync())!, $"It does not hold that {rule}.");
        }
    }
}
