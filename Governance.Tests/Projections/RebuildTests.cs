using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.EventStore.Following;
using Governance.Projections;
using Governance.Projections.Runtime;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>Read models are a function of the log: however they came to be, they are the same to the byte.</summary>
public sealed class RebuildTests : ReadModelTest
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 1000)]
    public async Task Whatever_the_batches_followed_and_rebuilt_are_equal(int seed, int batch)
    {
        await GivenHistoryAsync(seed, 250);
        await WhenFollowedAsync(batch);
        await ThenRebuiltEqualAsync();
        Assert.True(await ScalarAsync<long>($"select count(*) from {new Mandates().Table} where not upper_inf(recorded)") > 0, "nothing was ever closed");
    }

    [Fact]
    public async Task What_was_known_at_a_position_stays_what_it_was_when_the_log_ended_there()
    {
        await GivenHistoryAsync(4, 150);
        var known = new List<(ReadModel Model, long Position, string Rows)>();
        await WhenFollowedAsync(13, async () =>
        {
            var position = await Reads.ReachedAsync(Ct);
            foreach (var model in Models)
                known.Add((model, position, await KnownAsync(model, "upper_inf(recorded)")));
        });

        foreach (var (model, position, rows) in known)
            Assert.Equal(rows, await KnownAsync(model, $"recorded @> {position}::bigint"));
        Assert.Contains(known, k => k.Rows.Length > 0);
    }

    [Fact]
    public async Task A_rebuild_takes_the_place_of_the_live_model_while_events_come_in()
    {
        var history = new RandomHistory(5);
        await GivenHistoryAsync(history, Ours, 60);
        await using var followers = new FollowerHost(
            Database, Log, ReadModels.Followers(Log, EventCatalogue.All), new FollowerOptions(), TimeProvider.System);
        followers.Start();
        var writing = GivenHistoryAsync(history, Ours, 60);
        foreach (var model in Models)
            await Rebuild.RunAsync(model, Ct);
        await writing;

        Assert.True(await followers.WaitForAllAsync(await Log.LastPositionAsync(Ct), TimeSpan.FromSeconds(60), Association, Ct));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Models_that_have_read_nothing_are_built_before_they_follow()
    {
        await GivenHistoryAsync(6, 40);
        var rebuilt = await Rebuild.NewAsync(Models, Ct);

        Assert.Equal(Models.Count, rebuilt.Count);
        Assert.Equal(await Log.LastPositionAsync(Ct), await Reads.ReachedAsync(Ct));
        Assert.Empty(await Rebuild.NewAsync(Models, Ct));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task An_event_that_cannot_be_taken_in_stops_its_association_for_its_model_alone_followed_or_rebuilt()
    {
        var (good, bad) = (Named<MemberId>("good"), Named<MemberId>("bad"));
        await GivenAsync(On("2020-01-01", Member.Stream(good), new MemberAdmitted(good, new MemberName("Centre"), false)));
        await RecordAsync(Theirs, On("2020-01-01", Member.Stream(good), new MemberAdmitted(good, new MemberName("Theirs"), false)));
        await GivenAsync(
            On("2020-01-01", Member.Stream(bad), new MemberReinstated()), // was never admitted: no command can have recorded it
            On("2021-01-01", Member.Stream(good), new MemberRenamed(new MemberName("Never shown"))));
        await RecordAsync(Theirs, On("2021-01-01", Member.Stream(good), new MemberRenamed(new MemberName("Theirs renamed"))));
        var last = await Log.LastPositionAsync(Ct);
        await using (var followers = new FollowerHost(
            Database, Log, ReadModels.Followers(Log, EventCatalogue.All), new FollowerOptions { RetryAfter = TimeSpan.Zero }, TimeProvider.System))
        {
            followers.Start();
            Assert.True(await followers.WaitForAllAsync(last, TimeSpan.FromSeconds(60), OtherAssociation, Ct));
            var parked = Assert.Single((await followers.StatusAsync(Ct)).SelectMany(f => f.Parked));
            Assert.Equal((new Members().Name, Association, 3L), (parked.Follower, parked.Tenant, parked.Position));
        }

        Assert.Equal("Centre", (await Members.FindAsync(await ThenAsync("2024-01-01"), good, Ct))?.Organisation);
        Assert.Equal("Theirs renamed", (await Members.FindAsync(await ThenAsync("2024-01-01", of: Theirs), good, Ct))?.Organisation);
        await ThenRebuiltEqualAsync();

        var stopped = Assert.Single((await Rebuild.RunAsync(new Members(), Ct)).Stopped);
        Assert.Equal((Association, 3L), (stopped.Tenant, stopped.Position));
        Assert.Equal("Centre", (await Members.FindAsync(await ThenAsync("2024-01-01"), good, Ct))?.Organisation);
    }

    [Fact]
    public async Task A_row_that_is_not_what_the_log_gives_is_found()
    {
        await GivenHistoryAsync(7, 60);
        await WhenFollowedAsync();
        await ExecuteAsync($"update {new Members().Table} set territory = 'elsewhere' where (tenant, key) in (select tenant, key from {new Members().Table} limit 1)");

        var comparison = await Check.RunAsync(new Members(), Ct);
        Assert.False(comparison.Equal);
        Assert.Contains(comparison.Differences, d => d.StartsWith('-') && d.Contains("elsewhere", StringComparison.Ordinal));
        Assert.Contains(comparison.Differences, d => d.StartsWith('+'));
    }

    private async Task GivenHistoryAsync(int seed, int facts)
    {
        await GivenHistoryAsync(new RandomHistory(seed), Ours, facts);
        await GivenHistoryAsync(new RandomHistory(seed + 100), Theirs, facts / 4);
    }

    private async Task GivenHistoryAsync(RandomHistory history, AssociationId association, int facts)
    {
        for (var i = 0; i < facts; i++)
        {
            var fact = history.Next();
            var (id, position) = await RecordAsync(association, fact);
            history.Recorded(fact, id, position);
        }
    }

    private Task<string> KnownAsync(ReadModel model, string condition) => ScalarAsync<string>(
        $"""
        select coalesce(string_agg((to_jsonb(t) - 'recorded')::text, E'\n' order by tenant, key, lower(effective)), '') from {model.Table} t where {condition}
        """);
}
