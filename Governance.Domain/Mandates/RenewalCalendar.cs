using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>The seats of a body that come up on one day.</summary>
/// <param name="On">The first day after the terms.</param>
/// <param name="Seats">Who holds them now; whoever is elected meanwhile holds them then.</param>
public sealed record SeatsDue(DateOnly On, IReadOnlyList<MandateId> Seats);

/// <summary>Which seats of a body are due when, as far as its present terms and the length of a term tell.</summary>
public static class RenewalCalendar
{
    /// <param name="held">Mandates held, with the first instant after their term; those without term never come up.</param>
    /// <param name="months">Length of a term; null tells the present terms alone.</param>
    /// <param name="years">How many years ahead.</param>
    /// <returns>Soonest first; what is over and held until replaced comes before what is to come.</returns>
    public static IReadOnlyList<SeatsDue> Of(IEnumerable<(MandateId Mandate, EffectiveTime? TermEnds)> held, int? months, DateOnly from, int years, TimeZoneInfo zone) =>
    [
        .. held.Where(m => m.TermEnds is not null)
            .SelectMany(m => Days(LocalTime.DayOf(m.TermEnds!.Value.Instant, zone), months, from.AddYears(years)).Select(day => (Day: day, m.Mandate)))
            .GroupBy(due => due.Day)
            .OrderBy(due => due.Key)
            .Select(due => new SeatsDue(due.Key, [.. due.Select(d => d.Mandate)])),
    ];

    // Counted from the first day each time: the last day of a month stays one.
    private static IEnumerable<DateOnly> Days(DateOnly first, int? months, DateOnly until) =>
        Enumerable.Range(0, months is { } length ? MostTerms(first, length, until) : 1).Select(term => first.AddMonths(term * (months ?? 0))).Where(day => day <= until);

    // One more than fit, so that none is missed whatever the months are long.
    private static int MostTerms(DateOnly first, int months, DateOnly until) => Math.Max(0, (((until.Year - first.Year) * 12) + until.Month - first.Month) / months) + 1;
}
