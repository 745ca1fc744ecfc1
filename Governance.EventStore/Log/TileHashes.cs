using System.Numerics;

namespace Governance.EventStore.Log;

/// <summary>Leaves from <paramref name="From"/> up to, not including, <paramref name="To"/>: the whole tree or one of the subtrees that RFC 9162 splits it into.</summary>
public readonly record struct LeafRange(long From, long To)
{
    /// <summary>Its perfect subtrees, the largest first: each has 2^Height leaves and is the Index-th of its height.</summary>
    internal IEnumerable<(int Height, long Index)> Perfect()
    {
        for (var from = From; from < To;)
        {
            var height = BitOperations.Log2((ulong)(To - from));
            yield return (height, from >> height);
            from += 1L << height;
        }
    }
}

/// <summary>The hash of any range of leaves, from tiles alone.</summary>
public sealed class TileHashes(IReadOnlyDictionary<Tile, ReadOnlyMemory<byte>> tiles)
{
    /// <summary>The tiles to read before the hashes of some ranges can be told.</summary>
    public static IReadOnlyCollection<Tile> Needed(IEnumerable<LeafRange> ranges) =>
        [.. ranges.SelectMany(range => range.Perfect()).Select(part => Place(part).Tile).Distinct()];

    /// <summary>The root over a range, 32 bytes.</summary>
    /// <exception cref="InvalidDataException">A tile that it needs is missing or too short.</exception>
    public byte[] Of(LeafRange range) =>
        range.From == range.To ? MerkleTree.EmptyRoot.ToArray() : MerkleTree.Joined([.. range.Perfect().Select(Of)]);

    private byte[] Of((int Height, long Index) part)
    {
        var (tile, at, width) = Place(part);
        if (!tiles.TryGetValue(tile, out var hashes) || hashes.Length < (at + width) * MerkleTree.HashBytes)
            throw new InvalidDataException($"Tile {tile.Index} of level {tile.Level} is missing or too short.");
        return MerkleTree.PerfectRoot(hashes.Span.Slice(at * MerkleTree.HashBytes, width * MerkleTree.HashBytes));
    }

    private static (Tile Tile, int At, int Width) Place((int Height, long Index) part)
    {
        var width = 1 << (part.Height % 8);
        var first = part.Index * width;
        return (new Tile(part.Height / 8, first / Tile.FullWidth), (int)(first % Tile.FullWidth), width);
    }
}
