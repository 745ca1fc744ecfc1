using Governance.EventStore;
using Governance.EventStore.Vault;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>Sealed papers are written in the transaction of their events, and the secrets that they are sealed with lie apart.</summary>
public sealed class SealedPapersTests : LogTest
{
    private static readonly Guid Ballot = Guid.CreateVersion7();

    private readonly string _keys = Directory.CreateTempSubdirectory("governance-keys").FullName;

    private string Secrets => Path.Combine(_keys, "ballots");

    private SealedPapers Papers => new(Database);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_paper_is_there_with_its_event_and_neither_is_without_the_other()
    {
        await AppendedAsync(Sign("signing:1", 0, Put(1, "first")));
        // When somebody has signed meanwhile
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(Sign("signing:1", 0, Put(1, "second")), Ct));
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(Sign("signing:2", 3, Put(2, "third")), Ct));

        // then neither event nor paper of those is there.
        Assert.Equal("first"u8.ToArray(), await Papers.FindAsync(Association, Ballot, Key(1), Ct));
        Assert.Null(await Papers.FindAsync(Association, Ballot, Key(2), Ct));
        Assert.Equal(1, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_paper_is_changed_on_the_same_conditions_without_an_event()
    {
        await AppendedAsync(Sign("signing:1", 0, Put(1, "first")));

        await AppendedAsync(new AppendRequest(Association, [new("signing:1", 1)], [], Papers: Put(1, "second")));
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(new AppendRequest(Association, [new("signing:1", 2)], [], Papers: Put(1, "third")), Ct));

        Assert.Equal("second"u8.ToArray(), await Papers.FindAsync(Association, Ballot, Key(1), Ct));
        Assert.Equal(1, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task Many_at_once_each_write_their_own_and_of_two_for_one_the_later_stands()
    {
        await AppendedAsync(Sign("signing:0", 0, Put(0, "before")));
        var votes = Enumerable.Range(1, 200).Select(i => Log.AppendAsync(Sign($"signing:{i}", 0, Put(i, $"paper {i}")), Ct).AsTask());
        var changes = Enumerable.Range(1, 20).Select(i => Log.AppendAsync(new AppendRequest(Association, [new("signing:0", 1)], [], Papers: Put(0, $"change {i}")), Ct).AsTask());

        Assert.All(await Task.WhenAll([.. votes, .. changes]), result => Assert.IsType<AppendResult.Appended>(result));

        var rows = await Papers.ReadAsync(Association, Ballot, Ct);
        Assert.Equal(201, rows.Count);
        Assert.Equal("change 20"u8.ToArray(), rows[Convert.ToBase64String(Key(0))]);
        Assert.All(Enumerable.Range(1, 200), i => Assert.Equal($"paper {i}", System.Text.Encoding.UTF8.GetString(rows[Convert.ToBase64String(Key(i))])));
    }

    [Fact]
    public async Task Papers_are_dropped_with_the_event_that_publishes_them_and_only_those_of_the_ballot()
    {
        var other = Guid.CreateVersion7();
        await AppendedAsync(Sign("signing:1", 0, Put(1, "first")));
        await AppendedAsync(Sign("signing:2", 0, new SealedPaperChange(other, Key(1), "another ballot's"u8.ToArray())));

        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(Sign("ballot:1", 1, SealedPaperChange.DropAll(Ballot)), Ct));
        Assert.Single(await Papers.ReadAsync(Association, Ballot, Ct));
        await AppendedAsync(Sign("ballot:1", 0, SealedPaperChange.DropAll(Ballot)));

        Assert.Empty(await Papers.ReadAsync(Association, Ballot, Ct));
        Assert.Single(await Papers.ReadAsync(Association, other, Ct));
    }

    [Fact]
    public void A_secret_is_made_once_lies_in_a_file_of_its_owner_alone_and_is_gone_when_destroyed()
    {
        var association = Guid.CreateVersion7();
        var secrets = new BallotSecrets(Secrets);
        secrets.Make(association, Ballot);
        using var first = secrets.Find(association, Ballot)!;
        secrets.Make(association, Ballot);
        using var again = new BallotSecrets(Secrets).Find(association, Ballot)!;

        var file = Assert.Single(Directory.GetFiles(Secrets));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var row = first.RowOf(Guid.Empty);
        Assert.Equal(row, again.RowOf(Guid.Empty));
        Assert.Equal("paper"u8.ToArray(), again.Open(row, first.Seal(row, "paper"u8)));
        Assert.Equal((association, Ballot), Assert.Single(secrets.All()));

        Assert.True(secrets.Destroy(association, Ballot));
        Assert.False(secrets.Destroy(association, Ballot));
        Assert.Empty(Directory.GetFiles(Secrets));
        Assert.Null(secrets.Find(association, Ballot));
        secrets.Make(association, Ballot);
        using var another = secrets.Find(association, Ballot)!;
        Assert.NotEqual(row, another.RowOf(Guid.Empty));
        Assert.Null(another.Open(row, first.Seal(row, "paper"u8)));
    }

    [Fact]
    public void A_paper_opens_in_its_own_row_of_its_own_ballot_and_not_when_it_was_altered()
    {
        var association = Guid.CreateVersion7();
        var secrets = new BallotSecrets(Secrets);
        secrets.Make(association, Ballot);
        using var secret = secrets.Find(association, Ballot)!;
        var (mine, theirs) = (secret.RowOf(Guid.CreateVersion7()), secret.RowOf(Guid.CreateVersion7()));
        var paper = secret.Seal(mine, "paper"u8);

        Assert.Null(secret.Open(theirs, paper));
        paper[^1] ^= 1;
        Assert.Null(secret.Open(mine, paper));
        Assert.Null(secret.Open(mine, []));
        Assert.NotEqual(secret.Seal(mine, "paper"u8), secret.Seal(mine, "paper"u8));
    }

    [Fact]
    public void A_secret_that_others_may_read_is_not_used()
    {
        var association = Guid.CreateVersion7();
        var secrets = new BallotSecrets(Secrets);
        secrets.Make(association, Ballot);
        File.SetUnixFileMode(Assert.Single(Directory.GetFiles(Secrets)), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var fault = Assert.Throws<KeyFileException>(() => secrets.Find(association, Ballot));
        Assert.Equal((KeyKind.BallotSecret, KeyFileFault.ReadByOthers), (fault.Kind, fault.Fault));
    }

    private static AppendRequest Sign(string stream, long version, SealedPaperChange papers) => new(Association, [new(stream, version)], [Event(stream)], Papers: papers);

    private static SealedPaperChange Put(int elector, string paper) => new(Ballot, Key(elector), System.Text.Encoding.UTF8.GetBytes(paper));

    private static byte[] Key(int elector) => [.. Enumerable.Repeat((byte)elector, 32)];
}
