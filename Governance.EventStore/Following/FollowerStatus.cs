namespace Governance.EventStore.Following;

/// <summary>Where a follower stands, as the database knows it, whichever host runs it.</summary>
/// <param name="RunsHere">True when this host runs it at present.</param>
/// <param name="LastFault">The last fault seen by this host, or null.</param>
public sealed record FollowerStatus(
    string Name,
    long Checkpoint,
    long LastPosition,
    DateTimeOffset? LastMoved,
    bool RunsHere,
    IReadOnlyList<ParkedTenant> Parked,
    string? LastFault)
{
    /// <summary>Events not yet handled.</summary>
    public long Behind => LastPosition - Checkpoint;
}

/// <summary>An association that a follower no longer follows, since one of its events could not be handled, or not yet.</summary>
/// <param name="RetryAsked">True where it is about to be tried again: asked for, or set aside by the follower itself.</param>
public sealed record ParkedTenant(string Follower, string Tenant, long Position, string Error, DateTimeOffset ParkedAt, bool RetryAsked);
