using Governance.EventStore;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using Npgsql;
using Xunit;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Governance.Tests.EventStore.Log;

public sealed class TransparencyLogTests : LogTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"governance-log-{Guid.NewGuid():N}", "log");
    private readonly List<NpgsqlDataSource> _others = [];

    private LogKeys Keys => new(_directory);

    private TransparencyLog Transparency => new(Database, Log, Keys);

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await base.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
    }

    [Fact]
    public async Task Every_event_of_each_association_is_a_leaf_of_its_tree_and_proves_itself_within_two_seconds()
    {
        await using var host = Host(Database, Log);
        host.Start();
        await AppendedAsync(To("register:1", 0, events: 300));
        await AppendedAsync(To("register:1", 0, events: 5, tenant: OtherAssociation));
        var last = await AppendedAsync(To("register:2", 0, events: 40));
        Assert.True(await host.WaitForAsync(TransparencyLogFollower.FollowerName, last.LastPosition, TimeSpan.FromSeconds(2), ct: Ct));

        foreach (var (association, size) in new[] { (Association, 340), (OtherAssociation, 5) })
        {
            var leaves = await LeavesAsync(Log, association);
            var head = (await Transparency.HeadAsync(association, Ct))!;
            Assert.Equal(size, leaves.Length);
            Assert.Equal((size, Convert.ToHexString(Trees.Root(leaves))), (head.Size, Convert.ToHexString(head.Root.Span)));
            Assert.Equal(new Checkpoint($"governance/{association}", size, head.Root), Checkpoint.Parse(head.Checkpoint!.Text));
            var key = Assert.Single(Keys.Keys(association)).Key;
            Assert.True(head.Checkpoint.IsSignedBy(key));
            Assert.Equal(head.Checkpoint.ToString(), Keys.LastPublished(association)!.ToString());

            foreach (var (index, at) in new[] { (0, size), (size - 1, size), (2, 3) })
            {
                var proof = TlogProof.Parse((await Transparency.ProofAsync(association, index, at, Ct))!.ToString())!;
                Assert.Equal(ProofCheck.Holds, proof.Check(leaves[index], key));
                Assert.Equal(leaves[index], await Transparency.LeafHashAsync(association, index, Ct));
            }

            var consistency = await Transparency.ConsistencyAsync(association, 3, size, Ct);
            Assert.Equal(ProofCheck.Holds, ConsistencyProof.Check(3, Trees.Root(leaves.AsSpan(0, 3)), size, head.Root.Span, consistency));
        }

        Assert.All(await Transparency.CompareAsync(Ct), compared => Assert.True(compared.Equal));
        Assert.Equal(2, (await Transparency.CompareAsync(Ct)).Count);
    }

    [Fact]
    public async Task A_tree_grows_event_by_event_across_tiles_as_it_does_in_one_go()
    {
        await AppendedAsync(To("register:1", 0, events: 250));
        await FollowedAsync();
        for (var version = 250; version < 262; version++)
        {
            await AppendedAsync(To("register:1", version));
            await FollowedAsync();
            Assert.Equal(Trees.Root(await LeavesAsync(Log, Association)), (await Transparency.HeadAsync(Association, Ct))!.Root.ToArray());
        }

        Assert.Equal(8192, (await Transparency.TileAsync(Association, new Tile(0, 0), 256, Ct))!.Value.Length);
        Assert.Equal(6 * 32, (await Transparency.TileAsync(Association, new Tile(0, 1), 6, Ct))!.Value.Length);
        Assert.Null(await Transparency.TileAsync(Association, new Tile(0, 1), 7, Ct));
        Assert.Equal(32, (await Transparency.TileAsync(Association, new Tile(1, 0), 1, Ct))!.Value.Length);
    }

    [Fact]
    public async Task Files_of_keys_are_their_owners_alone_and_one_that_others_may_read_is_refused()
    {
        await AppendedAsync(To("register:1", 0));
        await FollowedAsync();
        Assert.All(Directory.GetFiles(_directory), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(3, Directory.GetFiles(_directory).Length);

        File.SetUnixFileMode(Path.Combine(_directory, $"{Association}.1.1.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var fault = Assert.Throws<KeyFileException>(() => Keys.Keys(Association));
        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
        Assert.Equal((KeyKind.Signing, KeyFileFault.ReadByOthers, Path.Combine(_directory, $"{Association}.1.1.key")), (fault.Kind, fault.Fault, fault.Path));
    }

    [Fact]
    public async Task A_replaced_key_is_signed_by_the_one_before_and_signs_from_the_next_event_on()
    {
        await AppendedAsync(To("register:1", 0, events: 3));
        await FollowedAsync();
        var old = Assert.Single(Keys.Keys(Association));
        var next = await Transparency.RotateAsync(Association, Ct);

        Assert.Equal(4, next.From);
        Assert.Equal($"governance/{Association}\nkey rotation\n{next.Key}\n4\n", next.Rotation!.Text);
        Assert.True(next.Rotation.IsSignedBy(old.Key) && next.Rotation.IsSignedBy(next.Key));
        Assert.True((await Transparency.CheckpointAsync(Association, 3, Ct))!.IsSignedBy(old.Key));
        await AppendedAsync(To("register:1", 3));
        await FollowedAsync();
        var checkpoint = (await Transparency.HeadAsync(Association, Ct))!.Checkpoint!;
        Assert.True(checkpoint.IsSignedBy(next.Key));
        Assert.False(checkpoint.IsSignedBy(old.Key));
        await Transparency.DemandSameAsync(Ct);

        // The private key that signs no more can be destroyed: only checkpoints that it signed, and were not kept, cannot be given again.
        File.Delete(Path.Combine(_directory, $"{Association}.1.1.key"));
        Assert.Equal([old.Key, next.Key], Keys.Keys(Association).Select(key => key.Key));
        Assert.Null(await Transparency.CheckpointAsync(Association, 3, Ct));
        await Transparency.DemandSameAsync(Ct);
    }

    [Fact]
    public async Task Keys_are_read_once_until_a_file_of_theirs_is_another()
    {
        await AppendedAsync(To("register:1", 0, events: 2));
        await FollowedAsync();
        // Given a host that has read them
        var keys = Keys;
        keys.Keys(Association);
        var read = keys.Keys(Association);
        Assert.Same(read, keys.Keys(Association));

        // When another process replaces the key, then the host signs with the new one
        var next = await Transparency.RotateAsync(Association, Ct);
        Assert.Equal(next.Key, keys.Keys(Association)[^1].Key);
        keys.Keys(Association);
        Assert.Same(keys.Keys(Association), keys.Keys(Association));

        // and one that was destroyed, or that others may read, is not used any more.
        File.Delete(Path.Combine(_directory, $"{Association}.1.1.key"));
        Assert.Null(keys.Keys(Association)[0].Signer);
        File.SetUnixFileMode(Path.Combine(_directory, $"{Association}.1.2.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<KeyFileException>(() => keys.Keys(Association));
    }

    [Fact]
    public async Task A_busy_log_is_published_at_most_twice_a_second_and_a_key_that_is_replaced_meanwhile_is_followed()
    {
        await using var host = Host(Database, Log);
        host.Start();
        var published = new HashSet<string>(StringComparer.Ordinal);
        var begun = Stopwatch.GetTimestamp();
        var last = 0L;
        // However slow the machine is, the key is replaced in the middle.
        for (var version = 0; version <= 60 || Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1.5); version++)
        {
            if (version == 30)
                await Transparency.RotateAsync(Association, Ct);
            last = (await AppendedAsync(To("register:1", version))).LastPosition;
            if (Keys.LastPublished(Association) is { } note)
                published.Add(note.Text);
        }

        var busy = Stopwatch.GetElapsedTime(begun);
        Assert.True(await host.WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(2), ct: Ct));
        Assert.InRange(published.Count, 1, (int)(busy.TotalSeconds * 2) + 2);
        Assert.True(Keys.LastPublished(Association)!.IsSignedBy(Keys.Keys(Association)[1].Key));
    }

    [Fact]
    public async Task A_database_that_lost_events_is_not_taken_for_the_log_that_was_published_and_can_begin_a_new_one()
    {
        // Given a log of 5 events that were published, and a restored database that holds 3 of them
        await AppendedAsync(To("register:1", 0, events: 3));
        await FollowedAsync();
        var (restored, log) = await CopyAsync();
        await AppendedAsync(To("register:1", 3, events: 2));
        await FollowedAsync();
        var published = Keys.LastPublished(Association)!;

        var transparency = new TransparencyLog(restored, log, Keys);
        var fault = await Assert.ThrowsAsync<LogNotTheSameException>(() => transparency.DemandSameAsync(Ct));
        Assert.Equal((LogDifference.Shorter, 5L, 3L, Association), (fault.Difference, fault.Published, fault.Held, fault.Association));

        // When it goes on all the same, with other events, then none of them is published
        await log.AppendAsync(To("register:1", 3, events: 3), Ct);
        await FollowedAsync(restored, log);
        Assert.Equal(published.ToString(), Keys.LastPublished(Association)!.ToString());
        Assert.Equal(LogDifference.Other, (await Assert.ThrowsAsync<LogNotTheSameException>(() => transparency.DemandSameAsync(Ct))).Difference);

        // When a new log is begun, then its first note names the checkpoint of the old one, both sign it, and what follows is its own
        var first = (await transparency.BeginAnewAsync(Association, Ct))!;
        var before = VerifierKey.Parse(first.Text.Split('\n')[6])!;
        Assert.StartsWith($"governance/{Association}/2\nnew origin\n", first.Text, StringComparison.Ordinal);
        Assert.Contains("\n" + published.Text, first.Text, StringComparison.Ordinal);
        Assert.True(first.IsSignedBy(before) && published.IsSignedBy(before) && first.IsSignedBy(Keys.Keys(Association)[0].Key));
        await transparency.DemandSameAsync(Ct);
        await RetryAsync(restored, log);
        var checkpoint = Checkpoint.Parse(Keys.LastPublished(Association)!.Text)!;
        Assert.Equal(($"governance/{Association}/2", 6L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Trees.Root(await LeavesAsync(log, Association)), checkpoint.Root.ToArray());
        await transparency.DemandSameAsync(Ct);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task A_database_without_the_keys_of_its_log_is_not_taken_for_the_same()
    {
        await AppendedAsync(To("register:1", 0, events: 2));
        await FollowedAsync();
        var elsewhere = new TransparencyLog(Database, Log, new LogKeys(Path.Combine(Path.GetDirectoryName(_directory)!, "elsewhere")));
        Assert.Equal(LogDifference.KeysMissing, (await Assert.ThrowsAsync<LogNotTheSameException>(() => elsewhere.DemandSameAsync(Ct))).Difference);

        await elsewhere.BeginAnewAsync(Association, Ct);
        Assert.Equal(2, elsewhere.Keys.NumberOf(Association));
        await elsewhere.DemandSameAsync(Ct);

        // Nor is one whose keys were lost while what was published with them is still there: nothing is signed with a key that nobody knows.
        foreach (var file in Directory.GetFiles(_directory, "*.1.1.*"))
            File.Delete(file);
        Assert.Equal(LogDifference.KeysMissing, (await Assert.ThrowsAsync<LogNotTheSameException>(() => Transparency.DemandSameAsync(Ct))).Difference);
        Assert.Equal(LogDifference.KeysMissing, Assert.Throws<LogNotTheSameException>(() => Keys.Keys(Association)).Difference);
        await Transparency.BeginAnewAsync(Association, Ct);
        await Transparency.DemandSameAsync(Ct);
    }

    [Fact]
    public async Task An_event_that_somebody_changed_in_the_database_is_found_by_the_check_and_by_the_start_before_it_is_followed()
    {
        await AppendedAsync(To("register:1", 0, events: 4));
        await FollowedAsync();
        await ExecuteAsync("""alter table mt_events disable trigger user; update mt_events set data = '{"title":"Other"}' where seq_id = 2""");

        var compared = Assert.Single(await Transparency.CompareAsync(Ct));
        Assert.False(compared.Equal);
        Assert.Equal([new Tile(0, 0)], compared.WrongTiles);

        // A tree that is made again from changed events has another root than was published.
        await using (var host = Host(Database, Log))
            await host.RebuildAsync(TransparencyLogFollower.FollowerName, Ct);
        Assert.Equal(LogDifference.Other, (await Assert.ThrowsAsync<LogNotTheSameException>(() => Transparency.DemandSameAsync(Ct))).Difference);
        await using var again = Host(Database, Log);
        again.Start();
        Assert.True(await again.WaitForAsync(TransparencyLogFollower.FollowerName, 4, Patience, ct: Ct));
        Assert.Contains("Other", Assert.Single((await again.StatusAsync(Ct))[0].Parked).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_that_is_made_again_says_nothing_until_it_is_where_it_was_published_and_then_the_same()
    {
        await AppendedAsync(To("register:1", 0, events: 6));
        await FollowedAsync();
        var published = Keys.LastPublished(Association)!.ToString();
        await using (var host = Host(Database, Log))
            await host.RebuildAsync(TransparencyLogFollower.FollowerName, Ct);
        await Transparency.DemandSameAsync(Ct);
        await FollowedAsync();
        Assert.Equal(published, Keys.LastPublished(Association)!.ToString());
        Assert.Equal(published, (await Transparency.HeadAsync(Association, Ct))!.Checkpoint!.ToString());
    }

    private FollowerHost Host(NpgsqlDataSource database, EventLog log) =>
        new(database, log, [new TransparencyLogFollower(Keys)], new FollowerOptions { RetryAfter = TimeSpan.FromMilliseconds(1), TakeOverEvery = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

    private Task FollowedAsync() => FollowedAsync(Database, Log);

    private async Task FollowedAsync(NpgsqlDataSource database, EventLog log)
    {
        await using var host = Host(database, log);
        host.Start();
        Assert.True(await host.WaitForAsync(TransparencyLogFollower.FollowerName, await log.LastPositionAsync(Ct), Patience, ct: Ct));
    }

    private async Task RetryAsync(NpgsqlDataSource database, EventLog log)
    {
        await using var host = Host(database, log);
        host.Start();
        await host.RetryParkedAsync(TransparencyLogFollower.FollowerName, Association, Ct);
        var until = DateTime.UtcNow + Patience;
        while ((await host.StatusAsync(Ct))[0].Parked.Count > 0)
            Assert.True(DateTime.UtcNow < until, "It is still parked.");
    }

    /// <summary>A copy of the database as it is now, as a backup restores it.</summary>
    private async Task<(NpgsqlDataSource Database, EventLog Log)> CopyAsync()
    {
        var name = await ScalarAsync<string>("select current_database()::text");
        NpgsqlConnection.ClearPool(await Database.OpenConnectionAsync(Ct));
        var copy = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Database = name + "_restored" };
        var admin = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var server = NpgsqlDataSource.Create(admin);
        await using (var make = server.CreateCommand($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"))
            await make.ExecuteNonQueryAsync(Ct);
        await using (var make = server.CreateCommand($"create database \"{name}_restored\" template \"{name}\""))
            await make.ExecuteNonQueryAsync(Ct);
        var database = NpgsqlDataSource.Create(copy);
        _others.Add(database);
        return (database, new EventLog(database, Options, TimeProvider.System));
    }

    private static async Task<byte[][]> LeavesAsync(EventLog log, string association)
    {
        var leaves = new List<byte[]>();
        await foreach (var e in log.ReadAllAsync(0, tenant: association, asStored: true, ct: Ct))
            leaves.Add(EventEnvelope.LeafHash(e));
        return [.. leaves];
    }
}
