namespace Governance.Domain.Kernel;

/// <summary>
/// Since when an association's history is recorded here. What happened before is transcribed from documents, which may not tell by what it was decided;
/// what happens after rests on the decisions that the statutes ask for, whatever document tells of it.
/// </summary>
/// <param name="Since">When its founding was recorded, UTC; null while it is not.</param>
/// <param name="Zone">The association's clocks.</param>
public readonly record struct Recording(DateTimeOffset? Since, TimeZoneInfo Zone)
{
    /// <summary>Whether something happened before: of what is known to the month, the whole month lies before.</summary>
    public bool Follows(EffectiveTime on) => Since is not { } began || (on.Instant < began && on.PeriodEnd(Zone) <= began);
}
