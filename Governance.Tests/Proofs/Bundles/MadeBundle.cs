using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Governance.Api.Proofs.Bundles;
using Governance.EventStore.Log;

namespace Governance.Tests.Proofs.Bundles;

/// <summary>
/// A bundle as an operator would make it who owns the database and the signing key: from whatever leaves, with files, hashes, tree and signature
/// that agree with each other unless a test says otherwise.
/// </summary>
internal sealed class MadeBundle(Guid association, IReadOnlyList<byte[]> leaves)
{
    public static NoteSigner Signer(Guid association, byte seed = 1) => new($"governance/{association:D}", [.. Enumerable.Repeat(seed, 32)]);

    public List<byte[]> Leaves { get; } = [.. leaves];

    public NoteSigner Key { get; set; } = Signer(association);

    /// <summary>The keys told, when they are not the one that signs.</summary>
    public string? Keys { get; set; }

    public string? Checkpoint { get; set; }

    public Guid Association { get; set; } = association;

    public List<EarlierEvidence> Earlier { get; } = [];

    /// <summary>Hashes of leaves that follow and are not told.</summary>
    public List<byte[]> HeldBack { get; } = [];

    /// <summary>Keys that the bundle says are of witnesses.</summary>
    public List<WitnessKey> Witnesses { get; } = [];

    public List<SignedNote> Cosigned { get; } = [];

    /// <summary>When the reader reads.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>Keeps the leaves from a place on, of which the hashes alone are told.</summary>
    public void HoldBackFrom(int at)
    {
        HeldBack.AddRange(Leaves.Skip(at).Select(leaf => MerkleTree.LeafHash(leaf)));
        Leaves.RemoveRange(at, Leaves.Count - at);
    }

    /// <summary>Contents of documents.</summary>
    public List<byte[]> Documents { get; } = [];

    public string Text(int at) => Encoding.UTF8.GetString(Leaves[at]);

    /// <summary>The first leaf of a type of event, from a place on.</summary>
    public int Find(string type, int from = 0) => Leaves.FindIndex(from, leaf => Encoding.UTF8.GetString(leaf).Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));

    /// <summary>Writes something else into a leaf, which stays canonical.</summary>
    public void Change(int at, string what, string to)
    {
        var (before, after) = (Text(at), Text(at).Replace(what, to, StringComparison.Ordinal));
        Xunit.Assert.NotEqual(before, after);
        Leaves[at] = Encoding.UTF8.GetBytes(after);
    }

    /// <summary>Numbers the leaves, and the versions of each stream, anew, as somebody would who hides a hole.</summary>
    public void Renumber()
    {
        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Leaves.Count; i++)
        {
            var text = Regex.Replace(Text(i), "\"index\":[0-9]+", $"\"index\":{i + 1}");
            var stream = Regex.Match(text, "\"stream\":\"([^\"]+)\"").Groups[1].Value;
            versions[stream] = versions.GetValueOrDefault(stream) + 1;
            Leaves[i] = Encoding.UTF8.GetBytes(Regex.Replace(text, "\"version\":[0-9]+}$", $"\"version\":{versions[stream]}}}"));
        }
    }

    public string Sign(int size) => SignedNote.Sign(new Checkpoint(Key.Key.Name, size, Root(size)).Text, Key).ToString();

    public byte[] Root(int size)
    {
        var tree = new TreeFrontier();
        foreach (var leaf in Leaves.Take(size))
            tree.Append(MerkleTree.LeafHash(leaf));
        return tree.Root();
    }

    public void AddEarlier(int size)
    {
        var tiles = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        var tree = new TreeFrontier((tile, hashes) => tiles[tile] = hashes);
        foreach (var leaf in Leaves)
            tree.Append(MerkleTree.LeafHash(leaf));
        foreach (var (tile, hashes) in tree.Partial())
            tiles[tile] = hashes;
        Earlier.Add(new EarlierEvidence(size, Sign(size), ConsistencyProof.Make(size, Leaves.Count, new TileHashes(tiles))));
    }

    public async Task<MemoryStream> WriteAsync(CancellationToken ct)
    {
        var output = new MemoryStream();
        var contents = new BundleContents(
            Association, Key.Key.Name, "Association d'essai", Leaves.Count, Checkpoint ?? Sign(Leaves.Count), Keys ?? Key.Key + "\n", Earlier, [], "<!doctype html>", DateTimeOffset.UtcNow,
            HeldBack.SelectMany(hash => hash).ToArray(), Witnesses, Cosigned)
        {
            Documents =
            [
                .. Documents.Select(content => new BundledContent(content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), async (to, stop) =>
                {
                    await to.WriteAsync(content, stop);
                    return true;
                })),
            ],
        };
        await BundleWriter.WriteAsync(output, contents, LinesAsync(), ct);
        output.Position = 0;
        return output;
    }

    public async Task<IReadOnlyList<Check>> VerifyAsync(CancellationToken ct, string? own = null, params IReadOnlyList<WitnessKey> witnesses)
    {
        await using var bundle = await WriteAsync(ct);
        return await BundleVerification.RunAsync(bundle, own, witnesses, Now, ct);
    }

#pragma warning disable CS1998 // the writer reads asynchronously
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync()
    {
        foreach (var leaf in Leaves)
            yield return leaf;
    }
#pragma warning restore CS1998
}
