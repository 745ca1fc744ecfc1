using System.Globalization;

namespace Governance.EventStore.Log;

/// <summary>What the note says by which a key takes the place of the one before it; both sign it.</summary>
/// <param name="From">The tree size from which the new key signs.</param>
public sealed record KeyRotation(string Origin, VerifierKey Key, long From)
{
    private const string Title = "key rotation";

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Title}\n{Key}\n{From}\n");

    /// <summary>Reads the text of such a note; null when it is none.</summary>
    public static KeyRotation? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n') is [var origin, Title, var key, var from, ""] && VerifierKey.Parse(key) is { } verifier && TreeSize.Parse(from) is { } size
            ? new KeyRotation(origin, verifier, size)
            : null;
    }
}
