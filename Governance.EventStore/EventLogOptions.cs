namespace Governance.EventStore;

/// <summary>Bounds and places of the log.</summary>
public sealed record EventLogOptions
{
    /// <summary>Schema that holds Marten's tables.</summary>
    public string EventsSchema { get; init; } = "public";

    /// <summary>Appends that may wait at once; one more is answered <see cref="AppendResult.Overloaded"/>.</summary>
    public int QueueLength { get; init; } = 8192;

    /// <summary>Bytes of events that may wait at once.</summary>
    public long QueueBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Appends that share one commit at most.</summary>
    public int GroupLength { get; init; } = 512;

    /// <summary>Bytes of events that share one commit at most; a larger append goes alone.</summary>
    public int GroupBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Events in one append at most.</summary>
    public int EventsPerAppend { get; init; } = 25_000;

    /// <summary>Bytes of one append at most.</summary>
    public int BytesPerAppend { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long whoever holds the log's lock may take over one group.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the log's lock when another host holds it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an append is tried again while the database is away, before it is answered <see cref="AppendResult.Unavailable"/>.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after an append other hosts are told of it, with what was appended meanwhile; null tells them nothing, and they look from time to time.</summary>
    public TimeSpan? HintAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a command's key is kept.</summary>
    public TimeSpan KeepCommands { get; init; } = TimeSpan.FromDays(30);

    /// <summary>False sends an append that waits alone the way of a group too; the answers are the same, and tests hold them to it.</summary>
    public bool AppendsAlone { get; init; } = true;

    /// <summary>Command keys deleted in one transaction at most.</summary>
    public int PurgedAtOnce { get; init; } = 2_000;

    /// <summary>Shapes of older events.</summary>
    public Upcasters Upcasters { get; init; } = Upcasters.None;
}
