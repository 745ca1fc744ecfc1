using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Where an indicator stands in a year.</summary>
/// <param name="Target">Null in a year without one.</param>
/// <param name="Delivered">What took place in the year.</param>
/// <param name="Ahead">What is planned in it and neither took place nor was cancelled.</param>
/// <param name="ByNow">What of the target is due by the months that are over of those of the year that the convention covers, rounded down.</param>
public sealed record IndicatorProgress(ConventionIndicator Indicator, int Year, int? Target, int Delivered, int Ahead, int ByNow)
{
    /// <summary>What is still to be delivered by the end of the year.</summary>
    public int Needed => Math.Max(0, (Target ?? 0) - Delivered);

    public bool IsBehind => Delivered < ByNow;
}

/// <summary>What a centre does in a programme.</summary>
/// <param name="Count">Deliveries that it has a part in, each once.</param>
/// <param name="Share">Of all parts of all centres; exact.</param>
public sealed record CentreLoad(MemberId Centre, int Count, Fraction Share);

/// <summary>Planned and actual of a report, whole cents.</summary>
public sealed record PlannedAndActual(long Planned, long Actual)
{
    public long Difference => Actual - Planned;

    /// <summary>Actual of planned, exact; null where nothing was planned.</summary>
    public Fraction? Rate => Planned == 0 ? null : new Fraction(Actual, Planned);

    public static PlannedAndActual Sum(IEnumerable<ReportLine> lines) =>
        lines.Aggregate(new PlannedAndActual(0, 0), (sum, line) => new(sum.Planned + line.Planned, sum.Actual + line.Actual));
}

/// <summary>What the deliveries of a convention come to.</summary>
public static class ConventionProgress
{
    /// <summary>Every indicator in a year, as it stands at an instant.</summary>
    /// <param name="deliveries">As they are known at that instant.</param>
    public static IReadOnlyList<IndicatorProgress> Of(
        ConventionTerms terms, IReadOnlyCollection<Delivery> deliveries, int year, DateTimeOffset instant, TimeZoneInfo zone) =>
        [.. terms.Indicators.Select(indicator => new IndicatorProgress(
            indicator,
            year,
            indicator.Targets.TryGetValue(year, out var target) ? target : null,
            deliveries.Count(d => d.Indicator == indicator.Id && d.CarriedOut is { } on && LocalTime.DayOf(on.Instant, zone).Year == year),
            deliveries.Count(d => d.Indicator == indicator.Id && d.IsAhead && LocalTime.DayOf(d.Planned.Instant, zone).Year == year),
            Due(target, Months(terms, year), year, LocalTime.DayOf(instant, zone))))];

    private static int Due(int target, (int First, int Count) months, int year, DateOnly today) =>
        months.Count == 0 ? 0 : target * MonthsOver(months, year, today) / months.Count;

    /// <summary>The months of a year that a convention covers, each wholly or in part; none of another year.</summary>
    /// <param name="terms">Its first year may begin, and its last one end, within the calendar year.</param>
    /// <returns>The first of them, 1 to 12, and how many there are.</returns>
    public static (int First, int Count) Months(ConventionTerms terms, int year)
    {
        if (!terms.Covers(year))
            return (1, 0);
        var (first, last) = (year == terms.FirstDay.Year ? terms.FirstDay.Month : 1, year == terms.LastDay.Year ? terms.LastDay.Month : 12);
        return (first, last - first + 1);
    }

    /// <summary>How many of these months of a year are over on a day.</summary>
    public static int MonthsOver((int First, int Count) months, int year, DateOnly today) =>
        Math.Clamp((today.Year > year ? 12 : today.Year < year ? 0 : today.Month - 1) - (months.First - 1), 0, months.Count);

    /// <summary>How the work is shared between centres, the most first; cancelled deliveries are nobody's work.</summary>
    /// <param name="centres">All who could take a part: those with none count 0.</param>
    public static IReadOnlyList<CentreLoad> Load(IEnumerable<Delivery> deliveries, IEnumerable<MemberId> centres)
    {
        var counts = deliveries.Where(d => d.Cancelled is null).SelectMany(d => d.Centres.Select(c => c.Centre).Distinct()).CountBy(c => c).ToDictionary();
        foreach (var centre in centres)
            counts.TryAdd(centre, 0);
        var all = counts.Values.Sum();
        return [.. counts.Select(c => new CentreLoad(c.Key, c.Value, all == 0 ? Fraction.Zero : new Fraction(c.Value, all))).OrderByDescending(c => c.Count)];
    }

    /// <summary>True when a title says the same, whatever its capitals and the spaces around it.</summary>
    internal static bool IsCalled(this Delivery delivery, string title) => string.Equals(delivery.Title.Trim(), title.Trim(), StringComparison.OrdinalIgnoreCase);
}
