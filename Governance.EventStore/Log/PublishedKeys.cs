namespace Governance.EventStore.Log;

/// <summary>The keys of an origin as everybody gets them, in order, each but the first brought in by a note that the one before it signed.</summary>
/// <param name="Keys">Their private keys are not asked for.</param>
public sealed record PublishedKeys(IReadOnlyList<LogKey> Keys)
{
    /// <summary>The key that signs a tree of a size.</summary>
    public VerifierKey InForceAt(long size) => LogKeys.InForce(Keys, size).Key;

    /// <summary>Reads the keys of an origin; null when they are not written as such. Whether the notes are signed is another question: see <see cref="FirstUnsigned"/>.</summary>
    public static PublishedKeys? Parse(string text, string origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split(SignedNote.Divider) is not [var lines, .. var notes] || !lines.EndsWith('\n')
            || lines[..^1].Split('\n').Select(VerifierKey.Parse).ToList() is not { Count: > 0 } keys || keys.Exists(key => key?.Name != origin) || notes.Length != keys.Count - 1)
            return null;
        var inOrder = new List<LogKey> { new(keys[0]!, 0, null, null) };
        foreach (var (key, written) in keys.Skip(1).Zip(notes))
        {
            if (SignedNote.Parse(written) is not { } note || KeyRotation.Parse(note.Text) is not { } rotation || rotation.Origin != origin || !rotation.Key.Equals(key))
                return null;
            inOrder.Add(new(key!, rotation.From, note, null));
        }

        return new(inOrder);
    }

    /// <summary>The first key, from 1, that the one before it and itself did not sign, or whose size is before that one's; 0 when all are in order.</summary>
    public int FirstUnsigned()
    {
        for (var i = 1; i < Keys.Count; i++)
        {
            if (Keys[i].Rotation is not { } rotation || !rotation.IsSignedBy(Keys[i - 1].Key) || !rotation.IsSignedBy(Keys[i].Key) || Keys[i].From < Keys[i - 1].From)
                return i + 1;
        }

        return 0;
    }

    /// <summary>A key a line, then the notes.</summary>
    public override string ToString() => string.Concat(Keys.Select(key => $"{key.Key}\n")) + SignedNote.Apart(Keys.Select(key => key.Rotation).OfType<SignedNote>());
}
