using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>A checkpoint of before, with the proof that the one of the bundle begins with the same events.</summary>
public sealed record EarlierEvidence(long Size, string Note, IReadOnlyList<byte[]> Proof);

/// <summary>What a bundle is made of beside its events.</summary>
/// <param name="Name">What the association is called.</param>
/// <param name="Checkpoint">The signed note of the size exported.</param>
/// <param name="Keys">As <see cref="PublishedKeys"/> writes them.</param>
/// <param name="Statutes">Each version as a text for people, by its id.</param>
/// <param name="HeldBack">Leaf hashes of the events that follow and that nobody may read yet, 32 bytes each; none where the bundle does not end at an open ballot.</param>
/// <param name="Witnesses">Keys that the association registered.</param>
/// <param name="Cosigned">The checkpoints that they cosigned last, none beyond what the bundle has, as events or as hashes.</param>
public sealed record BundleContents(
    Guid Association,
    string Origin,
    string Name,
    long Size,
    string Checkpoint,
    string Keys,
    IReadOnlyList<EarlierEvidence> Earlier,
    IReadOnlyList<(Guid Version, byte[] Json)> Statutes,
    string Verifier,
    DateTimeOffset Made,
    ReadOnlyMemory<byte> HeldBack,
    IReadOnlyList<WitnessKey> Witnesses,
    IReadOnlyList<SignedNote> Cosigned)
{
    /// <summary>Contents of documents, each under its hash.</summary>
    public IReadOnlyList<BundledContent> Documents { get; init; } = [];
}

/// <summary>The content of a document.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="WriteAsync">Writes it; false when it is not what it was stored as.</param>
public sealed record BundledContent(long Size, string Sha256, Func<Stream, CancellationToken, Task<bool>> WriteAsync);

/// <summary>Writes a bundle of evidence (docs/guides/bundle.md), event by event: memory does not grow with the log.</summary>
public static class BundleWriter
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <summary>The leaves of events read as stored; several are brought to their form at once.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Leaves(IAsyncEnumerable<StoredEvent> events, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var part in ReadAhead.InPartsAsync(events, EventEnvelope.Bytes, ct))
        {
            foreach (var leaf in part)
                yield return leaf;
        }
    }

    /// <param name="leaves">The envelopes of the association's events from the first (see <see cref="EventEnvelope"/>), as many as the checkpoint has.</param>
    /// <returns>The root of the tree of what was written: the caller holds it against the checkpoint.</returns>
    public static async Task<byte[]> WriteAsync(Stream output, BundleContents contents, IAsyncEnumerable<ReadOnlyMemory<byte>> leaves, CancellationToken ct)
    {
        var files = new SortedDictionary<string, BundledFile>(StringComparer.Ordinal);
        var tree = new TreeFrontier();
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await using (var each = leaves.GetAsyncEnumerator(ct))
        {
            var more = await each.MoveNextAsync();
            for (var number = 1; more; number++)
            {
                await using var file = await HashedFile.CreateAsync(zip, BundleFiles.Events(number), contents.Made, ct);
                for (var n = 0; more && n < BundleFiles.EventsPerFile; n++)
                {
                    tree.Append(MerkleTree.LeafHash(each.Current.Span));
                    await file.WriteAsync(each.Current, ct);
                    await file.WriteAsync(LineEnd, ct);
                    more = await each.MoveNextAsync();
                }

                files.Add(file.Name, file.End());
            }
        }

        await AddAsync(BundleFiles.Checkpoint, Encoding.UTF8.GetBytes(contents.Checkpoint));
        await AddAsync(BundleFiles.Keys, Encoding.UTF8.GetBytes(contents.Keys));
        foreach (var earlier in contents.Earlier)
        {
            await AddAsync($"{BundleFiles.Earlier}{earlier.Size}.txt", Encoding.UTF8.GetBytes(earlier.Note));
            await AddAsync($"{BundleFiles.Earlier}{earlier.Size}.json", JsonSerializer.SerializeToUtf8Bytes(
                new { From = earlier.Size, To = contents.Size, Hashes = earlier.Proof.Select(Convert.ToBase64String) }, EventCatalogue.Json));
        }

        if (!contents.HeldBack.IsEmpty)
            await AddAsync(BundleFiles.HeldBack, Encoding.ASCII.GetBytes(string.Concat(MerkleTree.Hashes(contents.HeldBack).Select(hash => Convert.ToBase64String(hash.Span) + "\n"))));
        if (contents.Witnesses.Count > 0)
            await AddAsync(BundleFiles.WitnessKeys, Encoding.UTF8.GetBytes(string.Concat(contents.Witnesses.Select(witness => $"{witness}\n"))));
        foreach (var note in contents.Cosigned)
            await AddAsync($"{BundleFiles.Cosigned}{Checkpoint.Parse(note.Text)!.Size}.txt", Encoding.UTF8.GetBytes(note.ToString()));
        foreach (var (version, json) in contents.Statutes)
            await AddAsync($"{BundleFiles.Statutes}{version:D}.json", json);
        foreach (var document in contents.Documents)
        {
            var name = BundleFiles.Documents + document.Sha256;
            await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
            if (!await document.WriteAsync(entry, ct))
                throw new InvalidDataException(BundleWording.Say("document-changed-meanwhile", document.Sha256));
            files.Add(name, new(document.Size, document.Sha256));
        }

        await AddAsync(BundleFiles.Readme, Encoding.UTF8.GetBytes(BundleWording.Readme(contents.Name, contents.Size, contents.Origin)));
        await AddAsync(BundleFiles.Verifier, Encoding.UTF8.GetBytes(contents.Verifier));

        var manifest = new BundleManifest(
            BundleFiles.Format, contents.Association, contents.Origin, contents.Name, contents.Size, 1, contents.Size, contents.Made, BundleFiles.EventsPerFile, files);
        await using (var last = await HashedFile.CreateAsync(zip, BundleFiles.Manifest, contents.Made, ct))
            await last.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(manifest, EventCatalogue.Json), ct);
        return tree.Root();

        async Task AddAsync(string name, byte[] bytes)
        {
            await using var file = await HashedFile.CreateAsync(zip, name, contents.Made, ct);
            await file.WriteAsync(bytes, ct);
            files.Add(name, file.End());
        }
    }

    /// <summary>A file of the zip, whose length and hash are known when it is written.</summary>
    private sealed class HashedFile(string name, Stream stream) : IAsyncDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _bytes;

        public string Name => name;

        public static async Task<HashedFile> CreateAsync(ZipArchive zip, string name, DateTimeOffset made, CancellationToken ct)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = made;
            return new HashedFile(name, await entry.OpenAsync(ct));
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            _hash.AppendData(bytes.Span);
            _bytes += bytes.Length;
            return stream.WriteAsync(bytes, ct);
        }

        public BundledFile End() => new(_bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));

        public async ValueTask DisposeAsync()
        {
            _hash.Dispose();
            await stream.DisposeAsync();
        }
    }
}
