using System.Globalization;
using System.Text;

namespace Governance.EventStore.Log;

/// <summary>A proof that can be kept and checked away from the log (C2SP tlog-proof): a leaf's index, the hashes up to the root, and the checkpoint with that root.</summary>
/// <param name="Index">From 0.</param>
public sealed record TlogProof(long Index, IReadOnlyList<byte[]> Hashes, SignedNote Checkpoint)
{
    private const string First = "c2sp.org/tlog-proof@v1";

    /// <summary>Reads a proof; null when it is not written as one. An extra line is passed by: it is no part of what is proven.</summary>
    public static TlogProof? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || SignedNote.Parse(text[(end + 2)..]) is not { } checkpoint)
            return null;
        var lines = text[..end].Split('\n').ToList();
        if (lines.Count > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal) && Base64Text.Decode(lines[1]["extra ".Length..]) is not null)
            lines.RemoveAt(1);
        if (lines.Count < 2 || lines[0] != First || !lines[1].StartsWith("index ", StringComparison.Ordinal) || TreeSize.Parse(lines[1]["index ".Length..]) is not { } index)
            return null;
        var hashes = lines.Skip(2).Select(Base64Text.Decode).ToList();
        return hashes.TrueForAll(hash => hash is { Length: MerkleTree.HashBytes }) ? new TlogProof(index, hashes!, checkpoint) : null;
    }

    /// <summary>What comes of it for a leaf, with the key of the log that it must be of; null when the checkpoint is not one that this key signed.</summary>
    public ProofCheck? Check(ReadOnlySpan<byte> leafHash, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Checkpoint.IsSignedBy(key) && Log.Checkpoint.Parse(Checkpoint.Text) is { } head && head.Origin == key.Name
            ? InclusionProof.Check(leafHash, Index, head.Size, Hashes, head.Root.Span)
            : null;
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{First}\nindex {Index}\n");
        foreach (var hash in Hashes)
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
