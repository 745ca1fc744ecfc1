using System.Security.Cryptography;
using Governance.EventStore.Documents;
using Governance.EventStore.Vault;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>Contents of documents in a real database: sealed, once each, whole or not at all.</summary>
public sealed class DocumentStoreTests : IAsyncLifetime
{
    private const string Ours = "01900000-0000-7000-8000-00000000000a", Theirs = "01900000-0000-7000-8000-00000000000b";

    private readonly string _keys = Path.Combine(Path.GetTempPath(), $"governance-documents-{Guid.NewGuid():N}");
    private readonly Guid _document = Guid.CreateVersion7(), _other = Guid.CreateVersion7(), _person = Guid.CreateVersion7();
    private NpgsqlDataSource _database = null!;
    private PersonVault _vault = null!;
    private DocumentStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgreSql.CloneAsync();
        var master = MasterKey.AtPath(Path.Combine(_keys, "master.key"));
        _vault = new PersonVault(_database, master);
        _store = new DocumentStore(_database, _vault, master);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
    }

    [Fact]
    public async Task What_was_stored_in_parts_of_any_length_comes_back_byte_by_byte_and_stands_nowhere_in_clear()
    {
        var bytes = Bytes(DocumentStore.ChunkBytes * 2 + 17);
        "In clear, this sentence would be found."u8.CopyTo(bytes);
        var stored = await StoreAsync(_document, bytes);

        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), ((int)stored.Size, stored.Sha256));
        Assert.Equal(bytes, await ReadAsync(_document, stored.Sha256));
        Assert.Equal(3, await CountAsync("governance.document_chunk"));
        Assert.Equal(0, await ScalarAsync("select count(*) from governance.document_chunk where position('this sentence'::bytea in sealed) > 0"));
    }

    [Fact]
    public async Task The_same_content_is_there_once_for_an_association_and_goes_with_the_last_document_that_has_it()
    {
        var bytes = Bytes(100);
        var sha = (await StoreAsync(_document, bytes)).Sha256;
        await StoreAsync(_other, bytes);
        await StoreAsync(_document, bytes, tenant: Theirs);
        Assert.Equal(2, await CountAsync("governance.document_content"));

        Assert.Equal(0, await _store.ReleaseAsync(Ours, _document, null, Ct));
        Assert.Equal((ContentState.Missing, ContentState.Sound), (await _store.CheckAsync(Ours, _document, sha, Ct), await _store.CheckAsync(Ours, _other, sha, Ct)));
        Assert.Equal(1, await _store.ReleaseAsync(Ours, _other, null, Ct));
        Assert.Equal(ContentState.Missing, await _store.CheckAsync(Ours, _other, sha, Ct));
        Assert.Equal(ContentState.Sound, await _store.CheckAsync(Theirs, _document, sha, Ct));
        Assert.Equal((1, 1), (await CountAsync("governance.document_content"), await CountAsync("governance.document_chunk")));
        // The former row, which held the wrapped key, is on no page any more.
        Assert.Equal(0, await CountAsync("governance.purge_due"));
    }

    [Fact]
    public async Task Eight_uploads_of_one_content_at_once_leave_one_and_each_document_reads_it()
    {
        var bytes = Bytes(1000);
        var documents = Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7()).ToList();
        var stored = await Task.WhenAll(documents.Select(document => StoreAsync(document, bytes)));
        Assert.Equal(1, await CountAsync("governance.document_content"));
        foreach (var document in documents)
            Assert.Equal(ContentState.Sound, await _store.CheckAsync(Ours, document, stored[0].Sha256, Ct));
    }

    [Fact]
    public async Task A_content_that_is_claimed_while_its_last_document_lets_go_of_it_stays()
    {
        var bytes = Bytes(50);
        var sha = (await StoreAsync(_document, bytes)).Sha256;
        await using var held = await _database.OpenConnectionAsync(Ct);
        await using var transaction = await held.BeginTransactionAsync(Ct);
        var content = await ScalarAsync<Guid>("select id from governance.document_content");
        await ExecuteAsync(held, "select id from governance.document_content where id = $1 for update", content);

        // It has given up its claim and waits for the row that the other, in its transaction, holds.
        var letGo = _store.ReleaseAsync(Ours, _document, null, Ct);
        await UntilSomebodyWaitsAsync();
        await ExecuteAsync(held, "insert into governance.document_claim (tenant_id, document_id, content_id) values ($1, $2, $3)", Ours, _other, content);
        await transaction.CommitAsync(Ct);

        Assert.Equal(0, await letGo);
        Assert.Equal(bytes, await ReadAsync(_other, sha));
    }

    [Fact]
    public async Task What_is_about_a_person_is_read_no_more_once_the_person_is_erased_and_nothing_more_is_stored()
    {
        var sha = (await StoreAsync(_document, Bytes(60), _person)).Sha256;
        Assert.Equal(ContentState.Sound, await _store.CheckAsync(Ours, _document, sha, Ct));
        await _vault.EraseAsync(Ours, _person, Ct);
        Assert.Equal(ContentState.KeyDestroyed, await _store.CheckAsync(Ours, _document, sha, Ct));
        Assert.Null(await _store.BeginAsync(Ours, _person, Ct));
    }

    [Fact]
    public async Task The_same_content_about_a_person_and_about_nobody_are_two()
    {
        var bytes = Bytes(60);
        var sha = (await StoreAsync(_document, bytes, _person)).Sha256;
        await StoreAsync(_other, bytes);
        await _vault.EraseAsync(Ours, _person, Ct);
        Assert.Equal((ContentState.KeyDestroyed, ContentState.Sound), (await _store.CheckAsync(Ours, _document, sha, Ct), await _store.CheckAsync(Ours, _other, sha, Ct)));
    }

    [Theory]
    [InlineData("update governance.document_chunk set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where number = 1")]
    [InlineData("delete from governance.document_chunk where number = 1")]
    [InlineData("update governance.document_chunk set number = -number - 1; update governance.document_chunk set number = case number when -1 then 1 else 0 end")]
    [InlineData("update governance.document_content set size = size - 1")]
    [InlineData("update governance.document_content set sha256 = set_byte(sha256, 0, get_byte(sha256, 0) # 1)")]
    [InlineData("update governance.document_content set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)")]
    public async Task A_content_that_was_touched_in_the_database_is_not_taken_for_sound(string touch)
    {
        var sha = (await StoreAsync(_document, Bytes(DocumentStore.ChunkBytes + 9))).Sha256;
        await ExecuteAsync(touch);
        Assert.NotEqual(ContentState.Sound, await _store.CheckAsync(Ours, _document, sha, Ct));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_one_that_a_kill_breaks_off_is_removed_later()
    {
        await using (var broken = (await _store.BeginAsync(Ours, null, Ct))!)
            await broken.WriteAsync(Bytes(DocumentStore.ChunkBytes), Ct);
        Assert.Equal((0, 0), (await CountAsync("governance.document_content"), await CountAsync("governance.document_chunk")));

        // What a killed host leaves: parts, and nobody to dispose of them.
        var killed = (await _store.BeginAsync(Ours, null, Ct))!;
        await killed.WriteAsync(Bytes(DocumentStore.ChunkBytes), Ct);
        Assert.Equal(0, await _store.RemoveUnfinishedAsync(DateTimeOffset.UtcNow.AddHours(-1), Ct));
        Assert.Equal(1, await _store.RemoveUnfinishedAsync(DateTimeOffset.UtcNow.AddHours(1), Ct));
        Assert.Equal(0, await CountAsync("governance.document_chunk"));
        await killed.DisposeAsync();
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private async Task<StoredContent> StoreAsync(Guid document, byte[] bytes, Guid? person = null, string tenant = Ours)
    {
        await using var writer = (await _store.BeginAsync(tenant, person, Ct))!;
        foreach (var part in bytes.Chunk(100_000))
            await writer.WriteAsync(part, Ct);
        return await writer.FinishAsync(document, Ct);
    }

    private async Task<byte[]> ReadAsync(Guid document, string sha256)
    {
        using var read = new MemoryStream();
        Assert.Equal(ContentState.Sound, await _store.CopyAsync(Ours, document, sha256, read, Ct));
        return read.ToArray();
    }

    private async Task UntilSomebodyWaitsAsync()
    {
        while (await ScalarAsync("select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()") == 0)
            await Task.Yield();
    }

    private Task<long> ScalarAsync(string sql) => ScalarAsync<long>(sql);

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task<int> CountAsync(string table) => (int)await ScalarAsync($"select count(*) from {table}");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(Ct);
    }
}
