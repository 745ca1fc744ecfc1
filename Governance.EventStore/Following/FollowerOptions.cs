namespace Governance.EventStore.Following;

/// <summary>Times and bounds of following.</summary>
public sealed record FollowerOptions
{
    /// <summary>How often the log is looked at although nobody gave a hint: the guarantee behind LISTEN/NOTIFY.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Least time from the beginning of a follower's round that found events to that of the next: in a busy log events gather meanwhile, and a round
    /// costs its transaction once for all of them. After a pause the first event is handled at once.
    /// </summary>
    public TimeSpan GatherFor { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a host asks for the locks that it does not have, and learns whether it still has the others.</summary>
    public TimeSpan TakeOverEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often whoever waits for a follower looks at its checkpoint although nobody gave a hint.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Followers of a host that handle events at once: each holds two connections meanwhile, one to write and one to read ahead.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Tries of one event, alone, before its association is parked.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Wait between tries.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Called with each fault (follower, exception): to log it.</summary>
    public Action<string, Exception>? OnFault { get; init; }
}
