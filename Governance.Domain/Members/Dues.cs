using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Money that came in, or went back.</summary>
/// <param name="AmountCents">Below 0 for a payment that did not hold.</param>
public sealed record DuesPayment(EffectiveTime On, int AmountCents, PaymentMeans? Means = null, string? Reference = null);

/// <summary>What a member owes for a period, and what it has paid of it.</summary>
/// <param name="Period">What the association calls it, such as « 2024 ».</param>
/// <param name="AmountCents">What it owes in all: what was called, or less once it was reduced.</param>
/// <param name="DueOn">The last day on which it is paid in time; the last day of the period where no day is known.</param>
/// <param name="PaidOn">From when nothing was owed any more; null while something is.</param>
public sealed record Dues(string Period, int AmountCents, EffectiveTime DueOn, EffectiveTime CalledOn, int PaidCents = 0, EffectiveTime? PaidOn = null)
{
    /// <summary>What was called; null where that is still what is owed in all.</summary>
    public int? ReducedFromCents { get; init; }

    /// <summary>In the order of their days.</summary>
    public IReadOnlyList<DuesPayment> Payments { get; init; } = [];

    /// <summary>The same without what is between the member and whoever keeps its account: means and references of payments.</summary>
    public Dues WithoutReferences() => this with { Payments = [.. Payments.Select(p => p with { Means = null, Reference = null })] };

    public int OwedCents => AmountCents - PaidCents;

    /// <summary>Nothing is owed of it, by a decision.</summary>
    public bool IsWaived => AmountCents == 0;

    /// <summary>The account of a member after a call, a payment, its return, a reduction; null when it cannot follow: called before, or more than is owed.</summary>
    public static ImmutableList<Dues>? After(ImmutableList<Dues> account, IEvent @event, EffectiveTime on) => @event switch
    {
        DuesCalled e when !account.Exists(d => d.Period == e.Period) => account.Add(new(e.Period, e.AmountCents, e.DueOn, on)),
        DuesPaid e when account.Find(d => d.Period == e.Period) is { } owed && e.AmountCents <= owed.OwedCents =>
            account.Replace(owed, owed.With(new(on, e.AmountCents, e.Means, e.Reference))),
        DuesPaymentReturned e when account.Find(d => d.Period == e.Period) is { } paid && e.AmountCents <= paid.PaidCents =>
            account.Replace(paid, paid.With(new(on, -e.AmountCents, Reference: e.Reference))),
        DuesReduced e when account.Find(d => d.Period == e.Period) is { } owed && e.AmountCents < owed.AmountCents && e.AmountCents >= owed.PaidCents =>
            account.Replace(owed, (owed with { AmountCents = e.AmountCents, ReducedFromCents = owed.ReducedFromCents ?? owed.AmountCents }).SettledBy(on)),
        _ => null,
    };

    /// <summary>Whether it is late at an instant: something is owed, and the day it was due and the days of grace are over.</summary>
    public bool LateAt(DateTimeOffset instant, int graceDays, TimeZoneInfo zone) => OwedCents > 0 && GraceEnds(graceDays, zone) < LocalTime.DayOf(instant, zone);

    /// <summary>The last day on which a payment still counts as one in time.</summary>
    public DateOnly GraceEnds(int graceDays, TimeZoneInfo zone) => LocalTime.LastDayOf(DueOn, zone).AddDays(graceDays);

    private Dues With(DuesPayment payment) =>
        (this with { PaidCents = PaidCents + payment.AmountCents, Payments = [.. Payments, payment] }).SettledBy(payment.On);

    private Dues SettledBy(EffectiveTime on) => this with { PaidOn = OwedCents == 0 ? on : null };
}
