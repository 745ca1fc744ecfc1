namespace Governance.EventStore.Log;

/// <summary>Why a database cannot go on as the log that was published.</summary>
public enum LogDifference
{
    /// <summary>It holds fewer events than were published.</summary>
    Shorter,

    /// <summary>It holds other events than were published.</summary>
    Other,

    /// <summary>Its log was signed with keys that are not here.</summary>
    KeysMissing,

    /// <summary>What was published last, as it lies beside the keys, is not signed by them.</summary>
    NotSigned,
}

/// <summary>A database does not hold the log of an association that was published: going on would publish two that contradict each other.</summary>
/// <param name="published">Events of the last published checkpoint.</param>
/// <param name="held">Events that the database holds.</param>
public sealed class LogNotTheSameException(string association, LogDifference difference, long published, long held) : Exception(
    $"The database does not hold the log of association {association} that was published ({difference}): {published} events were published, {held} are held. "
    + "Restore the database or the directory of the signing keys as they were, or begin a new log with `log new-origin`.")
{
    public string Association => association;

    public LogDifference Difference => difference;

    public long Published => published;

    public long Held => held;
}
