using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>What a person's wording does to a passage that was composed.</summary>
public enum Rewording
{
    /// <summary>It stands in its place.</summary>
    Replaces,

    /// <summary>It stands after it.</summary>
    Follows,
}

/// <summary>In what quality minutes are signed.</summary>
public enum Signatory
{
    Chair,
    Secretary,
}

/// <summary>The minutes of a meeting are composed from what is known of it. Stream <c>minutes:{meeting}</c>.</summary>
/// <param name="Version">From 1; one more with each change of what the minutes say.</param>
/// <param name="Position">Of the last event that they are composed from, in the order of recording.</param>
/// <param name="Hash">Of the composition: see <see cref="MinutesComposition.Hash"/>.</param>
public sealed record MinutesDrafted(MeetingId Meeting, int Version, long Position, string Hash) : IAct;

/// <summary>A passage is worded by a person. The events that it comes from remain named.</summary>
/// <param name="Passage">Its key in the composition.</param>
public sealed record MinutesAmended(MeetingId Meeting, int Version, string Passage, Rewording Way, string Text) : IAct;

/// <summary>A version is signed: a simple electronic signature, by whoever is signed in (Regulation (EU) No 910/2014, article 3, point 10).</summary>
/// <param name="Hash">Of what is signed: see <see cref="Minutes.Written.HashOf"/>.</param>
public sealed record MinutesSigned(MeetingId Meeting, int Version, string Hash, Signatory As, PersonId Person) : IAct;

/// <summary>The body approves its minutes.</summary>
/// <param name="In">The meeting that did; null where it voted otherwise.</param>
public sealed record MinutesApproved(MeetingId Meeting, int Version, DecisionReference? Decision, MeetingId? In = null) : IAct, IDecided;

/// <summary>« Erratum »: approved minutes say something wrong, and this is what they should say. What was approved stays as it was.</summary>
public sealed record MinutesCorrected(MeetingId Meeting, int Version, string Passage, Rewording Way, string Text, string Reason) : IAct;

public static class MinutesEvents
{
    public static IReadOnlyList<Type> Types { get; } =
        [typeof(MinutesDrafted), typeof(MinutesAmended), typeof(MinutesSigned), typeof(MinutesApproved), typeof(MinutesCorrected)];
}
