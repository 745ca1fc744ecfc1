using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>The database as a .NET team with Marten 9 opens it (string stream identity, conjoined tenancy, all metadata, camelCase): with SELECT alone.</summary>
public sealed class MartenLayoutTests : LogTest
{
    /// <summary>As an installation that has System.Text.Json and nothing of ours would set it up.</summary>
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Fact]
    public async Task Tables_columns_types_and_constraints_are_named_as_Marten_names_them()
    {
        Assert.Equal(
            [
                "mt_event_progression: name character varying not null, last_seq_id bigint, last_updated timestamp with time zone",
                "mt_events: seq_id bigint not null, id uuid not null, stream_id character varying, version bigint not null, data jsonb not null, bdata bytea, type character varying(500) not null, "
                + "timestamp timestamp with time zone not null, tenant_id character varying, mt_dotnet_type character varying, correlation_id character varying, causation_id character varying, "
                + "headers jsonb, is_archived boolean",
                "mt_streams: tenant_id character varying not null, id character varying not null, type character varying, version bigint, timestamp timestamp with time zone not null, "
                + "created timestamp with time zone not null, is_archived boolean",
            ],
            await RowsAsync("""
                select c.relname || ': ' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end, ', ' order by a.attnum)
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like 'mt\_%' group by c.relname order by c.relname
                """));
        Assert.Equal(
            [
                "mt_event_progression mt_event_progression_pkey PRIMARY KEY (name)",
                "mt_events fkey_mt_events_stream_id_tenant_id FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id) ON DELETE CASCADE",
                "mt_events pkey_mt_events_seq_id PRIMARY KEY (seq_id)",
                "mt_streams pkey_mt_streams_tenant_id_id PRIMARY KEY (tenant_id, id)",
            ],
            await RowsAsync("""
                select r.conrelid::regclass || ' ' || r.conname || ' ' || pg_get_constraintdef(r.oid) from pg_constraint r
                where r.connamespace = 'public'::regnamespace and r.contype in ('p', 'f') and r.conrelid::regclass::text like 'mt\_%' order by 1
                """));
        Assert.Equal(
            ["idx_mt_events_event_id (id)", "pk_mt_events_stream_and_version (tenant_id, stream_id, version)"],
            await RowsAsync("""
                select i.indexrelid::regclass || ' ' || substring(pg_get_indexdef(i.indexrelid) from '\(.*\)') from pg_index i
                where i.indrelid = 'mt_events'::regclass and i.indisunique and not i.indisprimary order by 1
                """));
    }

    [Fact]
    public async Task A_team_that_may_only_read_gets_streams_versions_tenants_types_and_data_by_plain_SQL_and_changes_nothing()
    {
        // Given facts of two associations
        var (first, second) = (new ChronicleEntryRecorded("Assemblée fondatrice", ChronicleTheme.Gathering), new ChronicleEntryRecorded("Journée d'étude", ChronicleTheme.Gathering, "À Lille."));
        await RecordAsync(Association, first, second);
        await RecordAsync(OtherAssociation, first);
        await ExecuteAsync($"""
            create role {Reader} login; grant usage on schema public to {Reader};
            grant select on mt_events, mt_streams, mt_event_progression to {Reader}
            """);
        await using var reader = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(Database.ConnectionString));
        await using var connection = await reader.OpenConnectionAsync(Ct);
        await using (var become = new NpgsqlCommand($"set role {Reader}", connection))
            await become.ExecuteNonQueryAsync(Ct);

        // When they are read as the layout says
        var read = new List<(long Version, string Type, IEvent Event)>();
        await using (var select = new NpgsqlCommand(
            """
            select e.version, e.type, e.mt_dotnet_type, e.data, e.headers, s.type, s.version from mt_events e join mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
            where e.tenant_id = $1 and e.stream_id = 'chronicle' and not e.is_archived order by e.version
            """, connection))
        {
            select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Association });
            await using var rows = await select.ExecuteReaderAsync(Ct);
            while (await rows.ReadAsync(Ct))
            {
                read.Add((rows.GetInt64(0), rows.GetString(1), (IEvent)JsonSerializer.Deserialize(rows.GetString(3), Type.GetType(rows.GetString(2), throwOnError: true)!, CamelCase)!));
                using var headers = JsonDocument.Parse(rows.GetString(4));
                Assert.Equal(("2020-01-01T00:00:00.000000Z", "system", "day"), (headers.RootElement.GetProperty("effective").GetString(), headers.RootElement.GetProperty("actor").GetString(), headers.RootElement.GetProperty("precision").GetString()));
                Assert.Equal(("chronicle", 2L), (rows.GetString(5), rows.GetInt64(6)));
            }
        }

        // Then they are what was recorded, in the names and forms that Marten gives them
        Assert.Equal([(1L, "chronicle_entry_recorded", first), (2L, "chronicle_entry_recorded", second)], read);

        // and nothing can be written.
        foreach (var write in new[] { "insert into mt_streams (id) values ('x')", "update mt_streams set version = 9", "delete from mt_events", "create table mt_doc_x (id int)" })
        {
            await using var command = new NpgsqlCommand(write, connection);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct))).SqlState);
        }

        await using var drop = new NpgsqlCommand($"reset role; drop owned by {Reader}; drop role {Reader}", connection);
        await drop.ExecuteNonQueryAsync(Ct);
    }

    private const string Reader = "a_team_with_marten";

    private async Task RecordAsync(string tenant, params IReadOnlyList<IEvent> events)
    {
        var headers = new EventHeaders("2020-01-01T00:00:00.000000Z", Precision.Day, "system", "Test").Write();
        await AppendedAsync(new AppendRequest(
            tenant, [new StreamVersion("chronicle", 0)],
            [.. events.Select(e => new NewEvent(Guid.CreateVersion7(), "chronicle", "chronicle", EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e), headers))]));
    }

    private async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
