using System.Security.Cryptography;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

public sealed class PersonVaultTests : LogTest
{
    private static readonly Guid Person = new("0197a000-0000-7000-8000-00000000000a");
    private static readonly Guid Neighbour = new("0197a000-0000-7000-8000-00000000000b");

    private readonly string _directory = Directory.CreateTempSubdirectory("governance-vault").FullName;

    private string KeyFile => Path.Combine(_directory, "keys", "master.key");

    private PersonVault Vault => new(Database, MasterKey.AtPath(KeyFile));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_sealed_opens_again_in_the_order_asked_and_on_another_host()
    {
        var one = await Vault.SealAsync(Association, Person, "Pilote du réseau", Ct);
        var two = await Vault.SealAsync(Association, Neighbour, "Présidence", Ct);
        var three = await Vault.SealAsync(Association, Person, "", Ct);

        Assert.DoesNotContain("Pilote", one, StringComparison.Ordinal);
        Assert.Equal(["Présidence", "", "Pilote du réseau"], await Vault.OpenAsync(Association, [(Neighbour, two!), (Person, three!), (Person, one!)], Ct));
    }

    [Fact]
    public async Task A_key_is_made_with_the_event_that_is_sealed_with_it_and_neither_is_without_the_other()
    {
        async Task<long> KeysAsync()
        {
            await using var command = Database.CreateCommand("select count(*) from governance.person_key");
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }

        var (toBe, other) = (new KeysToBe(), new KeysToBe());
        var text = (await Vault.SealAllAsync(Association, [(Person, "Pilote du réseau")], toBe, Ct))[0]!;
        await Vault.SealAllAsync(Association, [(Person, "Pilote du réseau"), (Neighbour, "Présidence")], other, Ct);
        // When the stream has moved
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(With(3, toBe), Ct));
        // then nobody has a key; and whoever comes second, when another made one meanwhile, makes none for anybody.
        Assert.Equal(0, await KeysAsync());
        Assert.IsType<AppendResult.Appended>(await Log.AppendAsync(With(0, toBe), Ct));
        Assert.IsType<AppendResult.PersonKeyTaken>(await Log.AppendAsync(With(1, other), Ct));
        Assert.Equal((1L, 1L), (await KeysAsync(), await Log.LastPositionAsync(Ct)));
        Assert.Equal(["Pilote du réseau"], await Vault.OpenAsync(Association, [(Person, text)], Ct));

        await Vault.EraseAsync(Association, Neighbour, Ct);
        Assert.Null((await Vault.SealAllAsync(Association, [(Neighbour, "Présidence")], new(), Ct))[0]);

        static AppendRequest With(long version, KeysToBe keys) => new(Association, [new("person:1", version)], [Event("person:1")], Keys: keys.ForAppend);
    }

    [Fact]
    public async Task The_same_text_never_looks_the_same_twice() =>
        Assert.NotEqual(await Vault.SealAsync(Association, Person, "secretary", Ct), await Vault.SealAsync(Association, Person, "secretary", Ct));

    [Fact]
    public async Task An_erased_person_is_gone_on_every_host_and_their_neighbours_stay()
    {
        var elsewhere = Vault;
        var text = await Vault.SealAsync(Association, Person, "secretary", Ct);
        var other = await Vault.SealAsync(Association, Neighbour, "treasurer", Ct);
        Assert.Equal(["secretary", "treasurer"], await elsewhere.OpenAsync(Association, [(Person, text!), (Neighbour, other!)], Ct));

        Assert.True(await Vault.EraseAsync(Association, Person, Ct));

        Assert.Equal([null, "treasurer"], await elsewhere.OpenAsync(Association, [(Person, text!), (Neighbour, other!)], Ct));
        Assert.Null(await elsewhere.SealAsync(Association, Person, "secretary", Ct));
        Assert.False(await Vault.EraseAsync(Association, Person, Ct));
    }

    [Theory]
    [InlineData("select pg_current_xact_id_if_assigned(), count(*) from governance.log_head")]
    [InlineData("lock table governance.person_key in access share mode")]
    public async Task While_somebody_may_still_read_a_destroyed_key_it_is_noted_that_its_row_has_to_go(string reading)
    {
        await Vault.SealAsync(Association, Person, "secretary", Ct);
        await using (var reader = await Database.OpenConnectionAsync(Ct))
        {
            await using var transaction = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Ct);
            await using (var command = new NpgsqlCommand(reading, reader))
                await command.ExecuteNonQueryAsync(Ct);

            Assert.True(await Vault.EraseAsync(Association, Person, Ct));
            Assert.Equal(1, await FormerRows.PurgeDueAsync(Database, Ct));
        }

        Assert.Equal(0, await FormerRows.PurgeDueAsync(Database, Ct));
    }

    [Fact]
    public async Task Two_hosts_that_seal_a_persons_first_texts_at_once_use_one_key()
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i => await Vault.SealAsync(Association, Person, $"text {i}", Ct)));
        var opened = await Vault.OpenAsync(Association, [.. texts.Select(text => (Person, text!))], Ct);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"text {i}"), opened);
    }

    [Fact]
    public async Task A_text_opens_for_its_own_person_and_association_alone()
    {
        var text = await Vault.SealAsync(Association, Person, "secretary", Ct);
        await Vault.SealAsync(Association, Neighbour, "treasurer", Ct);
        await Vault.SealAsync(OtherAssociation, Person, "secretary", Ct);

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Vault.OpenAsync(Association, [(Neighbour, text!)], Ct));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Vault.OpenAsync(OtherAssociation, [(Person, text!)], Ct));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Vault.OpenAsync(Association, [(Person, "not base64!")], Ct));
    }

    [Fact]
    public async Task Without_the_master_key_the_database_names_nobody()
    {
        var text = await Vault.SealAsync(Association, Person, "secretary", Ct);
        var thief = new PersonVault(Database, MasterKey.AtPath(Path.Combine(_directory, "other.key")));

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await thief.OpenAsync(Association, [(Person, text!)], Ct));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from governance.person_key where position('secretary'::bytea in wrapped_key) > 0"));
    }

    [Fact]
    public async Task The_master_key_is_its_owners_alone_and_hosts_that_start_together_share_it()
    {
        var text = await Vault.SealAsync(Association, Person, "secretary", Ct);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));

        var path = Path.Combine(_directory, "race.key");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MasterKey.AtPath(path))));
        Assert.Single(Directory.GetFiles(_directory, "race.key*"));

        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Throws<KeyFileException>(() => MasterKey.AtPath(KeyFile));
        Assert.NotNull(text);
    }

    [Fact]
    public void A_file_that_holds_no_key_is_refused()
    {
        var path = Path.Combine(_directory, "short.key");
        File.WriteAllText(path, "c2hvcnQ=");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Throws<KeyFileException>(() => MasterKey.AtPath(path));
    }
}
