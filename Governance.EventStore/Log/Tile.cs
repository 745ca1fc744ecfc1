using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.EventStore.Log;

/// <summary>
/// A tile of the tree (C2SP tlog-tiles): up to 256 neighbouring hashes of one level. Level 0 holds leaves; each hash of a level above is the root of
/// a full tile of the level below.
/// </summary>
/// <param name="Level">From 0.</param>
/// <param name="Index">Place among the tiles of its level, from 0.</param>
public readonly partial record struct Tile(int Level, long Index)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    public const int FullBytes = FullWidth * MerkleTree.HashBytes;

    /// <summary>Levels of a tree of as many leaves as can be numbered.</summary>
    internal const int Levels = 8;

    /// <summary>Hashes in it when the tree has a size; 0 when it has no such tile.</summary>
    public int WidthAt(long size) => Level >= Levels ? 0 : (int)Math.Clamp((size >> (8 * Level)) - (Index * FullWidth), 0, FullWidth);

    /// <summary>Its address below the log's: <c>tile/0/x001/x234/067</c>, and <c>.p/112</c> after it when it is not full.</summary>
    public string PathOf(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        var number = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
            number = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{number}";
        return string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{number}{(width == FullWidth ? "" : $".p/{width}")}");
    }

    /// <summary>The tile that an address names, and its width; null when none is written so.</summary>
    public static (Tile Tile, int Width)? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Address().Match(path) is not { Success: true } match)
            return null;
        var digits = match.Groups["number"].Value.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
        if (!int.TryParse(match.Groups["level"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var width = match.Groups["width"] is { Success: true } partial ? int.Parse(partial.Value, CultureInfo.InvariantCulture) : FullWidth;
        // One address for each: written back, it is the same.
        return level < 64 && index <= long.MaxValue / FullWidth && (width < FullWidth || !match.Groups["width"].Success) && new Tile(level, index).PathOf(width) == path
            ? (new Tile(level, index), width)
            : null;
    }

    [GeneratedRegex(@"\Atile/(?<level>0|[1-9][0-9]?)/(?<number>(x[0-9]{3}/){0,6}[0-9]{3})(\.p/(?<width>[1-9][0-9]{0,2}))?\z")]
    private static partial Regex Address();
}
