using System.Text;
using Governance.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

public sealed class ReadingTests : LogTest
{
    [Fact]
    public async Task Many_streams_are_read_as_of_one_moment_each_with_its_version()
    {
        await AppendedAsync(To("body:1", 0, events: 3));
        await AppendedAsync(To("member:1", 0));
        await AppendedAsync(To("body:1", 3));

        var now = await Log.ReadStreamsAsync(Association, ["member:1", "body:1", "roadmap:1", "body:1"], ct: Ct);
        Assert.Equal([("body:1", 4L, 4), ("member:1", 1L, 1), ("roadmap:1", 0L, 0)], now.Values.OrderBy(slice => slice.Stream).Select(slice => (slice.Stream, slice.Version, slice.Events.Count)));
        Assert.Equal([1, 2, 3, 4], now["body:1"].Events.Select(e => e.Version));

        var before = await Log.ReadStreamsAsync(Association, ["member:1", "body:1"], upToPosition: 2, ct: Ct);
        Assert.Equal((2, 0), (before["body:1"].Version, before["member:1"].Version));
    }

    [Fact]
    public async Task Of_streams_that_are_known_in_part_only_the_rest_is_read()
    {
        await AppendedAsync(To("body:1", 0, events: 3));
        await AppendedAsync(To("member:1", 0, events: 2));

        var rest = await Log.ReadStreamsAfterAsync(Association, [new("body:1", 1), new("member:1", 2), new("roadmap:1", 0), new("gone:1", 5)], Ct);

        Assert.Equal([("body:1", 3L), ("gone:1", 5), ("member:1", 2), ("roadmap:1", 0)], rest.Values.OrderBy(slice => slice.Stream).Select(slice => (slice.Stream, slice.Version)));
        Assert.Equal([2, 3], rest["body:1"].Events.Select(e => e.Version));
        Assert.Equal(2, rest.Values.Sum(slice => slice.Events.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task The_log_is_read_in_order_whole_or_in_part_of_all_or_of_one_association(int batch)
    {
        // Runs of several lengths, some broken by the other association.
        foreach (var (tenant, events) in ((string, int)[])[(Association, 3), (OtherAssociation, 1), (Association, 1), (Association, 2), (OtherAssociation, 2), (Association, 5)])
            await AppendedAsync(To($"s{Guid.NewGuid()}", 0, events, tenant));

        Assert.Equal(Enumerable.Range(1, 14).Select(i => (long)i), (await AllAsync(Log.ReadAllAsync(0, batch: batch, ct: Ct))).Select(e => e.Position));
        Assert.Equal([5, 6, 7, 8], (await AllAsync(Log.ReadAllAsync(4, 8, batch: batch, ct: Ct))).Select(e => e.Position));
        Assert.Equal(
            [(1, 1), (2, 2), (3, 3), (5, 4), (6, 5), (7, 6), (10, 7), (11, 8), (12, 9), (13, 10), (14, 11)],
            (await AllAsync(Log.ReadAllAsync(0, tenant: Association, batch: batch, ct: Ct))).Select(e => ((int)e.Position, (int)e.TenantIndex)));
        Assert.Equal([(6, 5), (7, 6), (10, 7)], (await AllAsync(Log.ReadAllAsync(5, 10, Association, batch, ct: Ct))).Select(e => ((int)e.Position, (int)e.TenantIndex)));
        Assert.Equal([(8, 2), (9, 3)], (await AllAsync(Log.ReadAllAsync(4, tenant: OtherAssociation, batch: batch, ct: Ct))).Select(e => ((int)e.Position, (int)e.TenantIndex)));
        Assert.Empty(await AllAsync(Log.ReadAllAsync(14, batch: batch, ct: Ct)));
        Assert.Empty(await AllAsync(Log.ReadAllAsync(0, tenant: "unknown", batch: batch, ct: Ct)));
        foreach (var (position, index) in ((long, long)[])[(0, 0), (1, 1), (3, 3), (4, 3), (9, 6), (99, 11)])
            Assert.Equal(index, await Log.TenantIndexAtAsync(Association, position, Ct));
    }

    [Fact]
    public async Task An_instant_of_recording_gives_the_last_position_at_or_before_it()
    {
        var clock = new Clock();
        await using var log = new EventLog(Database, Options, clock);
        Assert.Equal(0, await log.PositionAtAsync(clock.GetUtcNow(), Ct));
        for (var day = 0; day < 20; day++)
        {
            clock.Now = Clock.Start.AddDays(day);
            Assert.IsType<AppendResult.Appended>(await log.AppendAsync(To($"member:{day}", 0, events: 2), Ct));
        }

        Assert.Equal(0, await log.PositionAtAsync(Clock.Start.AddTicks(-10), Ct));
        Assert.Equal(2, await log.PositionAtAsync(Clock.Start, Ct));
        Assert.Equal(14, await log.PositionAtAsync(Clock.Start.AddDays(6.5), Ct));
        Assert.Equal(40, await log.PositionAtAsync(Clock.Start.AddDays(100), Ct));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_set_the_log_back()
    {
        var clock = new Clock { Now = Clock.Start.AddDays(1) };
        await using var log = new EventLog(Database, Options, clock);
        var first = Assert.IsType<AppendResult.Appended>(await log.AppendAsync(To("member:1", 0), Ct));
        clock.Now = Clock.Start;
        var second = Assert.IsType<AppendResult.Appended>(await log.AppendAsync(To("member:2", 0), Ct));
        Assert.Equal(first.RecordedAt, second.RecordedAt);
    }

    [Fact]
    public async Task Old_shapes_are_brought_to_the_present_one_when_they_are_read_and_stay_as_they_were_in_the_log()
    {
        var upcasters = new Upcasters()
            .Add("something_happened", data => data.ContainsKey("title") ? data : Renamed(data, "name", "title"))
            .Add("something_happened", data => { data["version"] ??= 2; return data; })
            .Rename("something_happened", "it_happened");
        await using var log = new EventLog(Database, new EventLogOptions { Upcasters = upcasters }, TimeProvider.System);
        await AppendedAsync(new AppendRequest(Association, [new("body:1", 0)], [Event("body:1", """{"name":"Charter"}"""), Event("body:1", """{"title":"Charter","version":3}""")]));

        var read = await log.ReadStreamAsync(Association, "body:1", ct: Ct);
        Assert.Equal(["""{"title":"Charter","version":2}""", """{"title":"Charter","version":3}"""], read.Select(e => Encoding.UTF8.GetString(e.Data.Span).Replace(" ", "", StringComparison.Ordinal)));
        Assert.All(read, e => Assert.Equal("it_happened", e.Type));
        var stored = (await log.ReadPageAsync(0, asStored: true, ct: Ct))[0];
        Assert.Equal(("something_happened", """{"name": "Charter"}"""), (stored.Type, Encoding.UTF8.GetString(stored.Data.Span)));

        static System.Text.Json.Nodes.JsonObject Renamed(System.Text.Json.Nodes.JsonObject data, string from, string to)
        {
            data[to] = data[from]!.DeepClone();
            data.Remove(from);
            return data;
        }
    }

    [Fact]
    public async Task The_tables_may_live_in_a_schema_of_their_own()
    {
        await using var database = NpgsqlDataSource.Create(await PostgreSql.EmptyConnectionStringAsync());
        await using var log = new EventLog(database, new EventLogOptions { EventsSchema = "Events \"2\"" }, TimeProvider.System);
        await log.MigrateAsync(Ct);
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(To("member:1", 0, command: Command("k")), Ct));
        Assert.IsType<AppendResult.CommandRepeated>(await log.AppendAsync(To("member:1", 0, command: Command("k")), Ct));
        Assert.Single(await log.ReadStreamAsync(Association, "member:1", ct: Ct));
        Assert.Equal(1, await log.PositionAtAsync(DateTimeOffset.UtcNow.AddHours(1), Ct));
    }

    private static async Task<List<StoredEvent>> AllAsync(IAsyncEnumerable<StoredEvent> events)
    {
        var all = new List<StoredEvent>();
        await foreach (var e in events)
            all.Add(e);
        return all;
    }

    private sealed class Clock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
