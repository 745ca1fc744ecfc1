namespace Governance.EventStore;

/// <summary>What became of an append. Only <see cref="Appended"/> and <see cref="CommandRepeated"/> say that it is in the log.</summary>
public abstract record AppendResult
{
    private protected AppendResult()
    {
    }

    /// <summary>Durable. When nothing was to be written, <paramref name="FirstPosition"/> is 0 and <paramref name="LastPosition"/> is where the check held.</summary>
    /// <param name="Versions">Every stream of <see cref="AppendRequest.Expected"/>, with its version after the append.</param>
    public sealed record Appended(
        long FirstPosition,
        long LastPosition,
        DateTimeOffset RecordedAt,
        IReadOnlyList<StreamVersion> Versions) : AppendResult;

    /// <summary>A stream had moved; nothing was written. Names the first such stream.</summary>
    public sealed record VersionConflict(string Stream, long Expected, long Actual) : AppendResult;

    /// <summary>The same command was appended before; nothing was written now. Gives what was given then.</summary>
    /// <param name="Versions">The streams written then, with their versions then.</param>
    public sealed record CommandRepeated(
        long LastPosition,
        DateTimeOffset RecordedAt,
        ReadOnlyMemory<byte> Answer,
        IReadOnlyList<StreamVersion> Versions) : AppendResult;

    /// <summary>The key was used before for another request; nothing was written.</summary>
    public sealed record CommandKeyReused : AppendResult;

    /// <summary>An event's id is in the log already; nothing was written.</summary>
    public sealed record EventIdTaken : AppendResult;

    /// <summary>Somebody for whom a key was brought along has one by now, or was erased; nothing was written.</summary>
    public sealed record PersonKeyTaken : AppendResult;

    /// <summary>The request cannot be stored; nothing was written.</summary>
    /// <param name="Place">Where: <c>tenant</c>, <c>command.idempotencyKey</c>, or an event and a JSON pointer such as <c>events/0/data/title</c>.</param>
    public sealed record Unstorable(string Place, StorageFault Fault) : AppendResult;

    /// <summary>The queue is full; nothing was written; try later.</summary>
    public sealed record Overloaded : AppendResult;

    /// <summary>The database did not answer in time.</summary>
    /// <param name="MayBeWritten">True when a commit was asked for and its outcome could not be learned: repeat with the same command key.</param>
    public sealed record Unavailable(bool MayBeWritten) : AppendResult;
}

/// <summary>Why a value cannot be stored.</summary>
public enum StorageFault
{
    /// <summary>Not UTF-8, or not JSON.</summary>
    NotJson,

    /// <summary>The JSON is not an object.</summary>
    NotAnObject,

    /// <summary>A character U+0000, which PostgreSQL cannot hold.</summary>
    Nul,

    /// <summary>Half a surrogate pair, which is no character.</summary>
    LoneSurrogate,

    /// <summary>A number with a fraction or an exponent, or not below 2^53: it has no one canonical form.</summary>
    NotASafeInteger,

    /// <summary>Nothing where something is needed.</summary>
    Empty,

    /// <summary>Longer than the store takes.</summary>
    TooLong,
}

/// <summary>The command was appended before: what it gave then is yet to be read.</summary>
internal sealed record LookUpCommand : AppendResult;

/// <summary>An append whose answer had been lost is in the log: when it was recorded is yet to be read.</summary>
internal sealed record LookUpPosition(long First) : AppendResult;
