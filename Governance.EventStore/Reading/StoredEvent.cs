namespace Governance.EventStore;

/// <summary>An event as read from the log.</summary>
/// <param name="Position">Place in the whole log, dense from 1.</param>
/// <param name="TenantIndex">Place among the association's own events, dense from 1; 0 where streams are read, which does not look it up.</param>
/// <param name="Version">Place in its stream, dense from 1.</param>
/// <param name="Data">UTF-8 JSON, brought to its present shape unless read as stored.</param>
/// <param name="RecordedAt">When it was appended, UTC, microseconds; never earlier than that of the event before.</param>
public sealed record StoredEvent(
    long Position,
    Guid Id,
    string Tenant,
    long TenantIndex,
    string Stream,
    long Version,
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Headers,
    DateTimeOffset RecordedAt,
    string? CorrelationId,
    string? CausationId);

/// <summary>One stream as read together with others at one moment.</summary>
/// <param name="Version">Version of its last event here; when it has none, the version after which was read, 0 for a whole stream.</param>
public sealed record StreamSlice(string Stream, long Version, IReadOnlyList<StoredEvent> Events);

/// <summary>A command that was appended before.</summary>
/// <param name="SameRequest">False when the key was used for another request.</param>
public sealed record RecordedCommand(
    bool SameRequest,
    long LastPosition,
    DateTimeOffset RecordedAt,
    ReadOnlyMemory<byte> Answer,
    IReadOnlyList<StreamVersion> Versions);

/// <summary>Where an event is, without what it says.</summary>
public sealed record EventPlace(string Stream, long Position, ReadOnlyMemory<byte> Headers);
