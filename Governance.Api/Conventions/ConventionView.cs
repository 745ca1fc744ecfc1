using Governance.Api.Kernel.Http;
using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Conventions;

/// <summary>A convention with what is delivered under it, at one moment: what its pages and its report are made of.</summary>
/// <param name="View">The moment.</param>
/// <param name="Deliveries">In the order in which they take place.</param>
/// <param name="Slips">What runs late, longest first.</param>
public sealed record ConventionView(
    ReadView View, TimeZoneInfo Zone, Projections.Conventions.Entry Convention, IReadOnlyList<Deliveries.Entry> Deliveries, IReadOnlyList<ConventionsThatSlip.Slip> Slips)
{
    public ConventionFile File => Convention.File;

    /// <summary>The terms that hold.</summary>
    public ConventionTerms Terms => File.InForce.Terms;

    /// <summary>Null when it was not drafted at the moment that the request asks of.</summary>
    public static async ValueTask<ConventionView?> FindAsync(RequestScope scope, ReadDatabase reads, ConventionId id, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        if (await Projections.Conventions.FindAsync(view, id, ct) is not { } convention)
            return null;
        var deliveries = await Projections.Deliveries.OfConventionAsync(view, id, ct);
        return new(
            view, scope.Association.Zone, convention, deliveries,
            ConventionsThatSlip.Of(convention, [.. deliveries.Select(d => d.Delivery)], view.AsOf.Instant, scope.Association.Zone));
    }

    public IReadOnlyList<IndicatorProgress> Progress(int year) =>
        ConventionProgress.Of(Terms, [.. Deliveries.Select(d => d.Delivery)], year, View.AsOf.Instant, Zone);

    /// <summary>The day on which a delivery takes place, or took.</summary>
    public DateOnly Day(Delivery delivery) => LocalTime.DayOf((delivery.CarriedOut ?? delivery.Planned).Instant, Zone);

    /// <summary>The year asked for, where the convention covers it; else the one looked at, or the nearest.</summary>
    public int Year(string? asked)
    {
        if (int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var year) && Terms.Covers(year))
            return year;
        return Math.Clamp(LocalTime.DayOf(View.AsOf.Instant, Zone).Year, Terms.FirstDay.Year, Terms.LastDay.Year);
    }
}
