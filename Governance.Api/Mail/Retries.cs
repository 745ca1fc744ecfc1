namespace Governance.Api.Mail;

/// <summary>When a message that a server did not take for now is tried again, and when no more.</summary>
public static class Retries
{
    /// <summary>For how long it is tried: what does not go out in three days is better sent by another channel (RFC 5321, 4.5.4.1, names four to five).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
    ];

    /// <param name="attempts">How many there were, this one with them.</param>
    /// <param name="firstTried">When the first was.</param>
    /// <param name="useless">From when on it is of no use any more: the meeting begins.</param>
    /// <returns>When it is tried next; null when it is given up.</returns>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset firstTried, DateTimeOffset now, DateTimeOffset useless)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var next = now + Waits[Math.Min(attempts, Waits.Length) - 1];
        return next <= firstTried + Longest && next < useless ? next : null;
    }
}
