using System.Globalization;

namespace Governance.EventStore.Log;

/// <summary>The head of a log at a size: the text of a C2SP tlog-checkpoint, which is signed as a note.</summary>
/// <param name="Origin">Which log it is of.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>Reads the text of a note; null when it is no checkpoint. Lines after the third are an extension, and mean nothing here.</summary>
    public static Checkpoint? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        return text.EndsWith('\n') && lines is [{ Length: > 0 } origin, var size, var encoded, .. var extension, ""] && !extension.Contains("")
            && TreeSize.Parse(size) is { } leaves && Base64Text.Decode(encoded) is { Length: MerkleTree.HashBytes } root
            ? new Checkpoint(origin, leaves, root)
            : null;
    }

    /// <summary>What is signed: origin, size and root, a line each.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");

    /// <summary>True when both are of the same log and say the same of it.</summary>
    public bool Equals(Checkpoint? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Sizes and indexes as the formats write them: decimal, without a sign or leading zeros.</summary>
public static class TreeSize
{
    /// <summary>The number; null when it is not written so.</summary>
    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size.ToString(CultureInfo.InvariantCulture) == text ? size : null;
}
