using System.Globalization;
using System.Text;
using Governance.EventStore.Log;

namespace Governance.Tests.EventStore.Log;

/// <summary>Trees of given leaves, and the definitions of RFC 9162 written out as they stand there: slow, and sharing nothing with what is tested.</summary>
internal static class Trees
{
    public static byte[][] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(Encoding.UTF8.GetBytes("leaf " + i.ToString(CultureInfo.InvariantCulture))))];

    public static (TreeFrontier Frontier, Dictionary<Tile, ReadOnlyMemory<byte>> Tiles) Grown(IEnumerable<byte[]> leaves)
    {
        var tiles = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        var frontier = new TreeFrontier(tiles.Add);
        foreach (var leaf in leaves)
            frontier.Append(leaf);
        foreach (var (tile, hashes) in frontier.Partial())
            tiles.Add(tile, hashes);
        return (frontier, tiles);
    }

    public static TileHashes Hashes(IEnumerable<byte[]> leaves) => new(Grown(leaves).Tiles);

    /// <summary>MTH of section 2.1.1, over leaves that are hashed already.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
            return System.Security.Cryptography.SHA256.HashData([]);
        if (leaves.Length == 1)
            return leaves[0];
        var k = LargestPowerOfTwoBelow(leaves.Length);
        return System.Security.Cryptography.SHA256.HashData([0x01, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }

    /// <summary>PATH of section 2.1.3.1.</summary>
    public static byte[][] Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = LargestPowerOfTwoBelow(leaves.Length);
        return index < k ? [.. Path(index, leaves[..k]), Root(leaves[k..])] : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>PROOF and SUBPROOF of section 2.1.4.1.</summary>
    public static byte[][] Proof(int old, ReadOnlySpan<byte[]> leaves, bool whole = true)
    {
        if (old == leaves.Length)
            return whole ? [] : [Root(leaves)];
        var k = LargestPowerOfTwoBelow(leaves.Length);
        return old <= k ? [.. Proof(old, leaves[..k], whole), Root(leaves[k..])] : [.. Proof(old - k, leaves[k..], false), Root(leaves[..k])];
    }

    public static byte[] Changed(byte[] hash, int bit)
    {
        byte[] changed = [.. hash];
        changed[bit / 8 % changed.Length] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static int LargestPowerOfTwoBelow(int n)
    {
        var k = 1;
        while (2 * k < n)
            k *= 2;
        return k;
    }
}
