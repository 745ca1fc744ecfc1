using System.Numerics;

namespace Governance.EventStore.Log;

/// <summary>That a tree begins with all the leaves of an earlier one, in their order (RFC 9162, section 2.1.4).</summary>
public static class ConsistencyProof
{
    /// <summary>The ranges of leaves whose hashes make the proof; none when the sizes are the same.</summary>
    public static IReadOnlyList<LeafRange> Ranges(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var ranges = new List<LeafRange>();
        var (from, to) = (0L, newSize);
        while (to != oldSize)
        {
            var middle = from + InclusionProof.Split(to - from);
            ranges.Add(oldSize <= middle ? new(middle, to) : new(from, middle));
            (from, to) = oldSize <= middle ? (from, middle) : (middle, to);
        }

        // A subtree that begins the tree is the old tree itself: its root is known to whoever checks.
        if (from > 0)
            ranges.Add(new(from, to));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The proof, hashes of 32 bytes, from tiles that hold what <see cref="Ranges"/> needs.</summary>
    public static IReadOnlyList<byte[]> Make(long oldSize, long newSize, TileHashes hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return [.. Ranges(oldSize, newSize).Select(hashes.Of)];
    }

    /// <summary>Checks a proof as RFC 9162, section 2.1.4.2 does. An old size of zero is refused: it proves nothing.</summary>
    public static ProofCheck Check(long oldSize, ReadOnlySpan<byte> oldRoot, long newSize, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize <= 0)
            return ProofCheck.OldSizeZero;
        if (oldSize > newSize)
            return ProofCheck.SizesReversed;
        if (oldRoot.Length != MerkleTree.HashBytes || newRoot.Length != MerkleTree.HashBytes || proof.Any(hash => hash.Length != MerkleTree.HashBytes))
            return ProofCheck.HashLength;
        if (oldSize == newSize)
            return proof.Count > 0 ? ProofCheck.HashesLeftOver : oldRoot.SequenceEqual(newRoot) ? ProofCheck.Holds : ProofCheck.OtherRoot;

        var (node, last) = (oldSize - 1, newSize - 1);
        var up = BitOperations.TrailingZeroCount(~node);
        (node, last) = (node >> up, last >> up);
        // Both roots begin at the last perfect subtree of the old tree: the proof's first hash, or the old root where it is all of the old tree.
        var whole = node == 0;
        if (!whole && proof.Count == 0)
            return ProofCheck.HashesMissing;
        ReadOnlySpan<byte> oldReached = whole ? oldRoot : proof[0], newReached = oldReached;
        for (var i = whole ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0)
                return ProofCheck.HashesLeftOver;
            if ((node & 1) == 1 || node == last)
            {
                oldReached = MerkleTree.NodeHash(proof[i], oldReached);
                newReached = MerkleTree.NodeHash(proof[i], newReached);
                InclusionProof.Climb(ref node, ref last);
            }
            else
            {
                newReached = MerkleTree.NodeHash(newReached, proof[i]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        if (last != 0)
            return ProofCheck.HashesMissing;
        return oldReached.SequenceEqual(oldRoot) && newReached.SequenceEqual(newRoot) ? ProofCheck.Holds : ProofCheck.OtherRoot;
    }
}
