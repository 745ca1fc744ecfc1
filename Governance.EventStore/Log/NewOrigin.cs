using System.Globalization;

namespace Governance.EventStore.Log;

/// <summary>What the first note of a log that was begun anew says.</summary>
/// <param name="Origin">The new log.</param>
/// <param name="Key">Its first key.</param>
/// <param name="Old">The checkpoint at which the log before it ended.</param>
/// <param name="OldKey">The key that signed that one; null where it is not known any more.</param>
public sealed record NewOrigin(string Origin, VerifierKey Key, Checkpoint Old, VerifierKey? OldKey)
{
    private const string Title = "new origin";

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Title}\n{Key}\n{Old.Text}{(OldKey is null ? "" : $"{OldKey}\n")}");

    /// <summary>Reads the text of such a note; null when it is none.</summary>
    public static NewOrigin? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n') is [var origin, Title, var key, var oldOrigin, var size, var root, .. var rest, ""] && rest.Length <= 1
            && VerifierKey.Parse(key) is { } verifier && Checkpoint.Parse($"{oldOrigin}\n{size}\n{root}\n") is { } old
            && (rest.Length == 0 ? null : VerifierKey.Parse(rest[0])) is var oldKey && (rest.Length == 0) == (oldKey is null)
            ? new NewOrigin(origin, verifier, old, oldKey)
            : null;
    }
}
