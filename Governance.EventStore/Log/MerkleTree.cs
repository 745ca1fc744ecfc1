using System.Buffers;
using System.Security.Cryptography;

namespace Governance.EventStore.Log;

/// <summary>The hashes of RFC 9162, section 2.1: SHA-256, with one prefix for leaves and another for nodes. Every hash is 32 bytes.</summary>
public static class MerkleTree
{
    public const int HashBytes = 32;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static ReadOnlyMemory<byte> EmptyRoot { get; } = SHA256.HashData([]);

    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        // In one call: making a hash that can be added to costs more than hashing an event.
        var prefixed = ArrayPool<byte>.Shared.Rent(1 + entry.Length);
        prefixed[0] = 0x00;
        entry.CopyTo(prefixed.AsSpan(1));
        var hash = SHA256.HashData(prefixed.AsSpan(0, 1 + entry.Length));
        ArrayPool<byte>.Shared.Return(prefixed, clearArray: true);
        return hash;
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var node = new byte[HashBytes];
        NodeHash(left, right, node);
        return node;
    }

    /// <summary>Hashes that stand one behind the other, one by one.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Hashes(ReadOnlyMemory<byte> hashes)
    {
        for (var at = 0; at < hashes.Length; at += HashBytes)
            yield return hashes.Slice(at, HashBytes);
    }

    /// <summary>The root over a run of hashes of one level, as many as a power of two.</summary>
    internal static byte[] PerfectRoot(ReadOnlySpan<byte> hashes)
    {
        Span<byte> level = stackalloc byte[Tile.FullBytes];
        level = level[..hashes.Length];
        hashes.CopyTo(level);
        for (; level.Length > HashBytes; level = level[..(level.Length / 2)])
        {
            for (var at = 0; at < level.Length / 2; at += HashBytes)
                NodeHash(level.Slice(2 * at, HashBytes), level.Slice((2 * at) + HashBytes, HashBytes), level.Slice(at, HashBytes));
        }

        return level.ToArray();
    }

    /// <summary>The root over perfect subtrees that stand side by side, the largest first.</summary>
    internal static byte[] Joined(IReadOnlyList<byte[]> subtrees)
    {
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
            root = NodeHash(subtrees[i], root);
        return root;
    }

    private static void NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> node)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashBytes)];
        both[0] = 0x01;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashBytes)..]);
        SHA256.HashData(both, node);
    }
}
