namespace Governance.EventStore.Log;

/// <summary>
/// The right edge of a growing tree: the tiles that are not full yet, one a level. It takes leaves in order, gives the root at any size, and needs
/// the same few kilobytes however large the tree is.
/// </summary>
/// <param name="full">Told of each tile when it is full.</param>
public sealed class TreeFrontier(Action<Tile, ReadOnlyMemory<byte>>? full = null)
{
    private readonly byte[][] _hashes = new byte[Tile.Levels][];

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The edge of a tree of a size, from the tiles that are not full at that size.</summary>
    /// <param name="partial">Gives the hashes of a tile; those beyond the size are left unread.</param>
    /// <exception cref="InvalidDataException">A tile is shorter than the size needs it to be.</exception>
    public static TreeFrontier At(long size, Func<Tile, ReadOnlyMemory<byte>> partial, Action<Tile, ReadOnlyMemory<byte>>? full = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(partial);
        var frontier = new TreeFrontier(full) { Size = size };
        foreach (var tile in PartialAt(size))
        {
            var (hashes, bytes) = (partial(tile), tile.WidthAt(size) * MerkleTree.HashBytes);
            if (hashes.Length < bytes)
                throw new InvalidDataException($"Tile {tile.Index} of level {tile.Level} holds {hashes.Length} bytes; a tree of {size} leaves needs {bytes}.");
            hashes.Span[..bytes].CopyTo(frontier.LevelOf(tile.Level));
        }

        return frontier;
    }

    /// <summary>The tiles that are begun and not full when the tree has a size.</summary>
    public static IEnumerable<Tile> PartialAt(long size) =>
        from level in Enumerable.Range(0, Tile.Levels)
        let tile = new Tile(level, (size >> (8 * level)) / Tile.FullWidth)
        where tile.WidthAt(size) > 0
        select tile;

    /// <summary>Adds the next leaf.</summary>
    /// <param name="leafHash">32 bytes, see <see cref="MerkleTree.LeafHash"/>.</param>
    public void Append(ReadOnlySpan<byte> leafHash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, MerkleTree.HashBytes, nameof(leafHash));
        var before = Size;
        var hash = leafHash;
        for (var level = 0; ; level++)
        {
            var at = (int)((before >> (8 * level)) % Tile.FullWidth);
            var hashes = LevelOf(level);
            hash.CopyTo(hashes.AsSpan(at * MerkleTree.HashBytes));
            if (at < Tile.FullWidth - 1)
                break;
            full?.Invoke(new Tile(level, before >> (8 * (level + 1))), hashes.ToArray());
            hash = MerkleTree.PerfectRoot(hashes);
        }

        Size = before + 1;
    }

    /// <summary>The root at this size, 32 bytes.</summary>
    public byte[] Root()
    {
        if (Size == 0)
            return MerkleTree.EmptyRoot.ToArray();
        var subtrees = new List<byte[]>();
        for (var level = Tile.Levels - 1; level >= 0; level--)
        {
            var width = (int)((Size >> (8 * level)) % Tile.FullWidth);
            var at = 0;
            for (var part = Tile.FullWidth / 2; part > 0; part /= 2)
            {
                if ((width & part) == 0)
                    continue;
                subtrees.Add(MerkleTree.PerfectRoot(LevelOf(level).AsSpan(at * MerkleTree.HashBytes, part * MerkleTree.HashBytes)));
                at += part;
            }
        }

        return MerkleTree.Joined(subtrees);
    }

    /// <summary>The tiles that are not full, with their hashes so far.</summary>
    public IEnumerable<(Tile Tile, ReadOnlyMemory<byte> Hashes)> Partial() =>
        PartialAt(Size).Select(tile => (tile, (ReadOnlyMemory<byte>)LevelOf(tile.Level).AsSpan(0, tile.WidthAt(Size) * MerkleTree.HashBytes).ToArray()));

    private byte[] LevelOf(int level) => _hashes[level] ??= new byte[Tile.FullBytes];
}
