using System.Text;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>A key that signs a log, and from which size of the tree it does.</summary>
public sealed record BundledKey(VerifierKey Key, long From);

/// <summary>The keys of an origin in order, each but the first brought in by a note that the one before it signed.</summary>
/// <param name="Rotations">One note less than there are keys.</param>
public sealed record BundledKeys(IReadOnlyList<BundledKey> Keys, IReadOnlyList<SignedNote> Rotations)
{
    private const string Divider = "---\n", Rotation = "key rotation";

    /// <summary>The key that signs a tree of a size: the last that begins at or before it.</summary>
    public VerifierKey InForceAt(long size) => Keys.Last(key => key.From <= size).Key;

    /// <summary>The text of a note that brings in a key.</summary>
    public static string TextOf(string origin, VerifierKey next, long from) => $"{origin}\n{Rotation}\n{next}\n{from}\n";

    /// <summary>Reads the keys of an origin; null when they are not written as such. Whether the notes are signed is another question: see <see cref="FirstUnsigned"/>.</summary>
    public static BundledKeys? Parse(string text, string origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split(Divider) is not [var lines, .. var notes] || !lines.EndsWith('\n') || lines[..^1].Split('\n').Select(VerifierKey.Parse).ToList() is not { Count: > 0 } keys)
            return null;
        var rotations = notes.Select(SignedNote.Parse).ToList();
        if (keys.Contains(null) || rotations.Contains(null) || rotations.Count != keys.Count - 1 || keys.Any(key => key!.Name != origin))
            return null;
        var inOrder = new List<BundledKey> { new(keys[0]!, 0) };
        for (var i = 0; i < rotations.Count; i++)
        {
            if (rotations[i]!.Text.Split('\n') is not [var named, Rotation, var key, var size, ""] || named != origin || key != keys[i + 1]!.ToString() || TreeSize.Parse(size) is not { } from)
                return null;
            inOrder.Add(new(keys[i + 1]!, from));
        }

        return new(inOrder, rotations!);
    }

    /// <summary>The first key, from 1, that the one before it did not sign, or whose size is not after that one's; 0 when all are in order.</summary>
    public int FirstUnsigned()
    {
        for (var i = 0; i < Rotations.Count; i++)
        {
            if (!Rotations[i].IsSignedBy(Keys[i].Key) || Keys[i + 1].From < Keys[i].From)
                return i + 2;
        }

        return 0;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var key in Keys)
            text.Append(key.Key).Append('\n');
        foreach (var note in Rotations)
            text.Append(Divider).Append(note);
        return text.ToString();
    }
}
