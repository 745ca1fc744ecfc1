using System.Security.Cryptography;

namespace Governance.EventStore.Documents;

/// <summary>A content while it comes in: of any length, in parts of any length, of which one is in memory. Disposed of before its end, nothing of it stays.</summary>
public sealed class ContentWriter : IAsyncDisposable
{
    private readonly DocumentStore _store;
    private readonly string _tenant;
    private readonly Guid? _person;
    private readonly Guid _id;
    private readonly byte[] _key;
    private readonly byte[] _part = new byte[DocumentStore.ChunkBytes];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _filled, _number;
    private long _size;
    private bool _finished;

    internal ContentWriter(DocumentStore store, string tenant, Guid? person, Guid id, byte[] key) => (_store, _tenant, _person, _id, _key) = (store, tenant, person, id, key);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        _hash.AppendData(bytes.Span);
        _size += bytes.Length;
        while (bytes.Length > 0)
        {
            var taken = Math.Min(bytes.Length, _part.Length - _filled);
            bytes[..taken].CopyTo(_part.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == _part.Length)
                await StoreAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it: durable, and claimed by the document, before the event that names it.</summary>
    public async Task<StoredContent> FinishAsync(Guid document, CancellationToken ct)
    {
        if (_filled > 0)
            await StoreAsync(ct).ConfigureAwait(false);
        var sha256 = _hash.GetHashAndReset();
        await _store.FinishAsync(_tenant, _person, _id, document, sha256, _size, ct).ConfigureAwait(false);
        _finished = true;
        return new(_size, Convert.ToHexStringLower(sha256));
    }

    public async ValueTask DisposeAsync()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_part);
        _hash.Dispose();
        if (!_finished)
            await _store.RemoveAsync(_id).ConfigureAwait(false);
    }

    private async Task StoreAsync(CancellationToken ct)
    {
        await _store.WriteAsync(_tenant, _id, _key, _number++, _part.AsSpan(0, _filled), ct).ConfigureAwait(false);
        _filled = 0;
    }
}
