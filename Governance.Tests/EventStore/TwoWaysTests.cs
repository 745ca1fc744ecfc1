using Governance.EventStore;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>An append that waits alone and one in a group are written by two statements: what they answer and what they leave is the same.</summary>
public sealed class TwoWaysTests : LogTest
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Whatever_is_appended_one_by_one_either_way_gives_the_same_answers_and_the_same_log()
    {
        await using var groupDatabase = await PostgreSql.CloneAsync();
        var clock = new Clock();
        await using var alone = new EventLog(Database, Options, clock);
        await using var group = new EventLog(groupDatabase, Options with { AppendsAlone = false }, clock);
        var chance = new Random(20_240_101);
        var versions = new Dictionary<(string, string), long>();
        var ids = new List<Guid>();
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            clock.Now = Start.AddSeconds(chance.Next(10) == 0 ? 0 : i);
            var tenant = chance.Next(4) == 0 ? OtherAssociation : Association;
            var streams = Enumerable.Range(0, chance.Next(1, 4)).Select(_ => $"body:{chance.Next(12)}").Distinct().ToList();
            var id = ids.Count > 0 && chance.Next(15) == 0 ? ids[chance.Next(ids.Count)] : Guid.CreateVersion7();
            var request = new AppendRequest(
                tenant,
                [.. streams.Select(s => new StreamVersion(s, Math.Max(0, versions.GetValueOrDefault((tenant, s)) + (chance.Next(12) == 0 ? chance.Next(-1, 2) : 0))))],
                [Event(streams[chance.Next(streams.Count)], $$"""{"n":{{i}}}""", id)],
                chance.Next(3) == 0 ? null : Command($"k{chance.Next(120)}", $"body {chance.Next(2)}"),
                chance.Next(2) == 0 ? null : "correlation",
                chance.Next(2) == 0 ? null : "causation",
                new byte[] { (byte)i });

            var (one, other) = (await alone.AppendAsync(request, Ct), await group.AppendAsync(request, Ct));

            Assert.Equal(Told(other), Told(one));
            kinds[one.GetType().Name] = kinds.GetValueOrDefault(one.GetType().Name) + 1;
            if (one is AppendResult.Appended appended)
            {
                ids.Add(id);
                foreach (var (stream, version) in appended.Versions)
                    versions[(tenant, stream)] = version;
            }
        }

        string[] expected = [nameof(AppendResult.Appended), nameof(AppendResult.CommandKeyReused), nameof(AppendResult.CommandRepeated), nameof(AppendResult.EventIdTaken), nameof(AppendResult.VersionConflict)];
        Assert.Equal(expected, kinds.Keys.Order(StringComparer.Ordinal));
        await LogInvariants.CheckAsync(groupDatabase);
        foreach (var (table, order) in ((string, string)[])[("mt_events", "seq_id"), ("mt_streams", "tenant_id, id"), ("governance.leaf_run", "first_position"), ("governance.command", "id"), ("governance.log_head", "only_row")])
        {
            // When a stream was made and moved is compared too: both hosts have the same clock.
            var rows = $"select coalesce(string_agg(t::text, e'\\n' order by {order}), '') from {table} t";
            await using var ofGroup = groupDatabase.CreateCommand(rows);
            Assert.Equal((string)(await ofGroup.ExecuteScalarAsync(Ct))!, await ScalarAsync<string>(rows));
        }
    }

    private static string Told(AppendResult result) => result switch
    {
        AppendResult.Appended a => $"{a.FirstPosition}-{a.LastPosition} {a.RecordedAt:O} {string.Join(",", a.Versions)}",
        AppendResult.CommandRepeated r => $"again {r.LastPosition} {r.RecordedAt:O} {Convert.ToHexString(r.Answer.Span)} {string.Join(",", r.Versions)}",
        _ => result.ToString(),
    };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
