namespace Governance.EventStore.Log;

/// <summary>That a leaf stands at an index of a tree (RFC 9162, section 2.1.3).</summary>
public static class InclusionProof
{
    /// <summary>The ranges of leaves whose hashes make the proof, from the leaf's neighbour up.</summary>
    public static IReadOnlyList<LeafRange> Ranges(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<LeafRange>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            ranges.Add(index < middle ? new(middle, to) : new(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>The proof, one hash of 32 bytes a step, from tiles that hold what <see cref="Ranges"/> needs.</summary>
    public static IReadOnlyList<byte[]> Make(long index, long size, TileHashes hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return [.. Ranges(index, size).Select(hashes.Of)];
    }

    /// <summary>Checks a proof as RFC 9162, section 2.1.3.2 does.</summary>
    public static ProofCheck Check(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size)
            return ProofCheck.IndexBeyondSize;
        if (leafHash.Length != MerkleTree.HashBytes || root.Length != MerkleTree.HashBytes || proof.Any(hash => hash.Length != MerkleTree.HashBytes))
            return ProofCheck.HashLength;
        var (node, last) = (index, size - 1);
        var reached = leafHash;
        foreach (var hash in proof)
        {
            if (last == 0)
                return ProofCheck.HashesLeftOver;
            if ((node & 1) == 1 || node == last)
            {
                reached = MerkleTree.NodeHash(hash, reached);
                Climb(ref node, ref last);
            }
            else
            {
                reached = MerkleTree.NodeHash(reached, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last != 0 ? ProofCheck.HashesMissing : reached.SequenceEqual(root) ? ProofCheck.Holds : ProofCheck.OtherRoot;
    }

    /// <summary>A node without a right neighbour is the only child of its parent: up to where it is a right child, or the root.</summary>
    internal static void Climb(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
            (node, last) = (node >> 1, last >> 1);
    }

    /// <summary>The largest power of two below a number of leaves, which are two or more.</summary>
    internal static long Split(long leaves) => 1L << System.Numerics.BitOperations.Log2((ulong)(leaves - 1));
}
