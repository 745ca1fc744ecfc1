using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Something that runs late under a convention, and since when.</summary>
public abstract record ConventionSlip(DateTimeOffset Since);

/// <param name="Due">The last day on which it was in time.</param>
public sealed record ReportOverdue(int Year, DateOnly Due, DateTimeOffset Since) : ConventionSlip(Since);

/// <param name="Missing">Whole cents that did not come in.</param>
public sealed record TrancheOverdue(TrancheId Tranche, string Title, EffectiveTime Expected, long Missing, DateTimeOffset Since) : ConventionSlip(Since);

public sealed record DeliveryOverdue(DeliveryId Delivery, string Title, EffectiveTime Planned, DateTimeOffset Since) : ConventionSlip(Since);

/// <param name="Expected">How many were due by the end of the last month that is over.</param>
public sealed record TargetBehind(IndicatorId Indicator, string Name, int Year, int Delivered, int Expected, DateTimeOffset Since) : ConventionSlip(Since);

/// <summary>What slips under conventions, and why.</summary>
public static class ConventionSlips
{
    /// <summary>The report of a year is due within so many months of its end (loi n° 2000-321 du 12 avril 2000, art. 10).</summary>
    public const int MonthsToReport = 6;

    /// <summary>The last day on which the report of a year is in time.</summary>
    public static DateOnly ReportDue(int year) => new DateOnly(year + 1, 1, 1).AddMonths(MonthsToReport).AddDays(-1);

    /// <summary>
    /// What slips at an instant, longest first, for a convention as it is then. Only one that is signed and has not ended slips; what was not delivered in a
    /// year is told until the report of that year has told it to the funder.
    /// </summary>
    public static IReadOnlyList<ConventionSlip> Of(Convention convention, IReadOnlyCollection<Delivery> deliveries, DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (convention is not Convention.Signed { File: var file })
            return [];
        var terms = file.InForce.Terms;
        var slips = new List<ConventionSlip>();
        foreach (var year in terms.Years.Where(year => file.Report(year) is not { Filed: not null }))
        {
            slips.Add(new ReportOverdue(year, ReportDue(year), LocalTime.StartOf(ReportDue(year).AddDays(1), zone)));
            var months = ConventionProgress.Months(terms, year);
            var over = ConventionProgress.MonthsOver(months, year, LocalTime.DayOf(instant, zone));
            if (over > 0)
            {
                var since = LocalTime.StartOf(new DateOnly(year, months.First, 1).AddMonths(over), zone);
                slips.AddRange(ConventionProgress.Of(terms, deliveries, year, instant, zone).Where(p => p.IsBehind)
                    .Select(p => new TargetBehind(p.Indicator.Id, p.Indicator.Name, year, p.Delivered, p.ByNow, since)));
            }
        }

        slips.AddRange(terms.Tranches.Where(t => file.Received(t.Id) < t.Cents)
            .Select(t => new TrancheOverdue(t.Id, t.Title, t.Expected, t.Cents - file.Received(t.Id), t.Expected.PeriodEnd(zone))));
        slips.AddRange(deliveries.Where(d => d.IsAhead).Select(d => new DeliveryOverdue(d.Id, d.Title, d.Planned, d.Over(zone))));
        return [.. slips.Where(s => s.Since <= instant).OrderBy(s => s.Since)];
    }
}
