using Governance.Domain.Kernel;

namespace Governance.Api.Face.Components;

/// <summary>One row of a <see cref="QuarterTimeline"/>: a span of days with its milestones.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null runs on to the end of what is shown.</param>
public sealed record TimelineRow(string Label, DateOnly From, DateOnly? To = null)
{
    /// <summary>Page of the row.</summary>
    public string? Href { get; init; }

    /// <summary>State of the row; Late is drawn in amber, Planned and Draft in outline, Ended and Done in grey.</summary>
    public StateKind State { get; init; } = StateKind.Open;

    /// <summary>The state's word; null takes the usual one.</summary>
    public string? StateWord { get; init; }

    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>What it waits for that is not there yet: marked on the day on which it is expected, and said in words.</summary>
    public IReadOnlyList<TimelineWait> Waits { get; init; } = [];
}

/// <summary>Something that a row waits for: a chevron on the row.</summary>
/// <param name="On">When it is expected; null when nobody said.</param>
public sealed record TimelineWait(string Label, DateOnly? On = null, Precision Precision = Precision.Day, string? Href = null);

/// <summary>A milestone: a diamond, hollow until it is reached.</summary>
public sealed record Milestone(string Label, DateOnly On, Precision Precision = Precision.Day, bool Reached = false, string? Href = null);
