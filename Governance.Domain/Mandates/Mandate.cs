using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>A mandate in a body, held over <c>[Start, end)</c>.</summary>
/// <param name="Terms">How many terms it has run: one, and one more for each renewal; an interim counts none.</param>
public sealed record Mandate(
    MandateId Id,
    PersonId Person,
    MemberId? Member,
    BodyId? College,
    Office Office,
    EffectiveTime Start,
    EffectiveTime? TermEnds,
    bool Holdover,
    bool Interim,
    bool AwaitingRatification,
    int Terms,
    EffectiveTime? Ended = null,
    EndReason? Reason = null)
{
    /// <summary>The first instant at which it is no longer held, as far as is known; null while nothing ends it.</summary>
    public DateTimeOffset? End => (Ended?.Instant, Holdover ? null : TermEnds?.Instant) switch
    {
        ({ } ended, { } term) => ended < term ? ended : term,
        (var ended, var term) => ended ?? term,
    };

    public bool HeldAt(DateTimeOffset instant) => Start.Instant <= instant && (End is not { } end || instant < end);

    /// <summary>Held beyond its term, until replaced.</summary>
    public bool InHoldover(DateTimeOffset instant) => HeldAt(instant) && TermEnds is { } term && term.Instant <= instant;
}

/// <summary>Who holds a mandate at an instant: what an electorate, a role or a list of attendance is made of.</summary>
/// <param name="College">In a college, the college itself; elsewhere the college that delegates, if any.</param>
/// <param name="TermEnds">The first instant after the term.</param>
/// <param name="InHoldover">The term is over and the holder stays until replaced.</param>
public sealed record Holder(
    MandateId Mandate,
    PersonId Person,
    MemberId? Member,
    BodyId? College,
    Office Office,
    EffectiveTime Since,
    EffectiveTime? TermEnds,
    bool InHoldover,
    bool AwaitingRatification,
    bool Interim);
