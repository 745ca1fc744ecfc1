using Governance.EventStore.Log;

namespace Governance.Api.Minutes;

/// <summary>
/// A checkpoint of the log as minutes print it, for whoever holds it against a bundle or a witness years later. It is of the size at which the log holds
/// all that the minutes rest on, and so the same whenever they are printed.
/// </summary>
/// <param name="Lines">Origin, size and root, as they are signed (C2SP tlog-checkpoint).</param>
/// <param name="Key">The key that signs it, as a verifier takes it.</param>
public sealed record PrintedCheckpoint(IReadOnlyList<string> Lines, string Key)
{
    /// <param name="size">How many events it covers.</param>
    /// <returns>Null while the log has not taken them in, and where its key is not here.</returns>
    public static async ValueTask<PrintedCheckpoint?> OfAsync(TransparencyLog log, string association, long size, CancellationToken ct) =>
        await log.HeadAsync(association, ct) is { } head && head.Size >= size && await log.CheckpointAsync(association, size, ct) is { } note
            ? new(note.Text.TrimEnd('\n').Split('\n'), LogKeys.InForce(log.Keys.Keys(association), size).Key.ToString()!)
            : null;
}
