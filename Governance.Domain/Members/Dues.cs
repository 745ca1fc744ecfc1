using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>What a member owes for a period, and what it has paid of it.</summary>
/// <param name="Period">What the association calls it, such as « 2024 ».</param>
/// <param name="DueOn">The last day on which it is paid in time; the last day of the period where no day is known.</param>
/// <param name="PaidOn">When the last payment was made that left nothing owed; null while something is.</param>
public sealed record Dues(string Period, int AmountCents, EffectiveTime DueOn, EffectiveTime CalledOn, int PaidCents = 0, EffectiveTime? PaidOn = null)
{
    public int OwedCents => AmountCents - PaidCents;

    /// <summary>The account of a member after a call or a payment; null when it cannot follow: called before, or more than is owed.</summary>
    public static ImmutableList<Dues>? After(ImmutableList<Dues> account, IEvent @event, EffectiveTime on) => @event switch
    {
        DuesCalled e when !account.Exists(d => d.Period == e.Period) => account.Add(new(e.Period, e.AmountCents, e.DueOn, on)),
        DuesPaid e when account.Find(d => d.Period == e.Period) is { } owed && e.AmountCents <= owed.OwedCents => account.Replace(owed, owed with
        {
            PaidCents = owed.PaidCents + e.AmountCents,
            PaidOn = e.AmountCents == owed.OwedCents ? on : null,
        }),
        _ => null,
    };

    /// <summary>Whether it is late at an instant: something is owed, and the day it was due and the days of grace are over.</summary>
    public bool LateAt(DateTimeOffset instant, int graceDays, TimeZoneInfo zone) =>
        OwedCents > 0 && LastDay(zone).AddDays(graceDays) < LocalTime.DayOf(instant, zone);

    private DateOnly LastDay(TimeZoneInfo zone) =>
        LocalTime.DayOf(DueOn.Precision == Precision.Instant ? DueOn.Instant : DueOn.PeriodEnd(zone).AddTicks(-TimeSpan.TicksPerMicrosecond), zone);
}
