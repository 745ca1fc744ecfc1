using System.Buffers.Binary;

namespace Governance.EventStore.Log;

/// <summary>Text that is signed by one or more keys (C2SP signed-note).</summary>
/// <param name="Text">What is signed; it ends with a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Characters of a note, and signatures of it, at most: whoever reads one from elsewhere reads no more.</summary>
    public const int LongestText = 1 << 20, MostSignatures = 100;

    /// <summary>Signs a text.</summary>
    public static SignedNote Sign(string text, params IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsText(text) || signers.Count == 0)
            throw new ArgumentException("A note is signed, ends with a newline, and has no other control characters.", nameof(text));
        return new SignedNote(text, [.. signers.Select(signer => signer.Sign(text))]);
    }

    /// <summary>Reads a note; null when it is not written as one. Nothing is said of its signatures yet: see <see cref="IsSignedBy"/>.</summary>
    public static SignedNote? Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        // The last empty line parts the text from the signatures.
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (note.Length > LongestText || end < 0 || !note.EndsWith('\n') || !IsText(note[..(end + 1)]))
            return null;
        var lines = note[(end + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures)
            return null;
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (line.Split(' ') is not ["\u2014", var name, var encoded] || !VerifierKey.IsName(name) || Base64Text.Decode(encoded) is not { Length: > 4 } bytes)
                return null;
            signatures.Add(new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4)));
        }

        return new SignedNote(note[..(end + 1)], signatures);
    }

    /// <summary>True when the key signed the text: one of the signatures at least is said to be its own, and all that are said to be verify.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var own = Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.Id).ToList();
        return own.Count > 0 && own.TrueForAll(signature => key.Verifies(Text, signature.Signature.ToArray()));
    }

    /// <summary>The line that stands before each of several notes in one text.</summary>
    internal const string Divider = "---\n";

    /// <summary>Notes in one text, each after a line of its own that parts it from what is before.</summary>
    public static string Apart(IEnumerable<SignedNote> notes) => string.Concat(notes.Select(note => $"{Divider}{note}"));

    /// <summary>The notes of such a text that are written as notes.</summary>
    public static IEnumerable<SignedNote> Parted(string notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        return notes.Split(Divider).Skip(1).Select(Parse).OfType<SignedNote>();
    }

    public override string ToString() => $"{Text}\n{string.Concat(Signatures)}";

    // What was not UTF-8 has been read as U+FFFD.
    private static bool IsText(string text) => text.EndsWith('\n') && !text.Any(c => (c < ' ' && c != '\n') || c == '\uFFFD');
}
