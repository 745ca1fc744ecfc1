using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

public enum RetentionKind
{
    Forever,

    /// <summary>Until a day.</summary>
    Until,

    /// <summary>So many years after an event, or after the day of the document.</summary>
    YearsAfter,
}

/// <summary>How long a content is kept.</summary>
/// <param name="Until">The first day on which it need not be kept any more; null when it is kept for ever.</param>
/// <param name="Years">Of kind <see cref="RetentionKind.YearsAfter"/>.</param>
/// <param name="After">The event that the years are counted from; null counts from the day of the document.</param>
public sealed record Retention(RetentionKind Kind, DateOnly? Until = null, int? Years = null, EventId? After = null)
{
    public const int MostYears = 200;

    public static Retention Forever { get; } = new(RetentionKind.Forever);

    /// <summary>The retention with its day, or the refusal of one that does not say how long.</summary>
    /// <param name="from">The day that years are counted from.</param>
    internal (Retention? Settled, Refusal? Refusal) Settle(DateOnly from) => (Kind, Until, Years, After) switch
    {
        (RetentionKind.Forever, null, null, null) => (this, null),
        (RetentionKind.Until, not null, null, null) => (this, null),
        (RetentionKind.YearsAfter, null, >= 1 and <= MostYears and var years, _) => (this with { Until = from.AddYears(years) }, null),
        (RetentionKind.YearsAfter, null, { }, _) => (null, new NumberOutOfBounds("retention.years", 1, MostYears)),
        _ => (null, new RetentionUnclear()),
    };

    /// <summary>True when the content has to be kept on a day.</summary>
    public bool HoldsOn(DateOnly day) => Until is not { } until || day < until;
}
