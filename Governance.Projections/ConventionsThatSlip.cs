using Governance.Domain.Conventions;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The conventions under which something runs late at a view's moment, each with its reasons.</summary>
public static class ConventionsThatSlip
{
    public enum Reason
    {
        ReportOverdue,
        TrancheOverdue,
        DeliveryOverdue,
        TargetBehind,
    }

    /// <param name="Since">The first instant at which it was late, UTC.</param>
    /// <param name="Text">Title of the tranche or delivery, name of the indicator.</param>
    /// <param name="Year">Of a report or a target.</param>
    /// <param name="Due">Last day of a report.</param>
    /// <param name="Planned">When a tranche or a delivery was due.</param>
    /// <param name="MissingCents">What of a tranche did not come in.</param>
    /// <param name="Delivered">Of a target: how many were.</param>
    /// <param name="Expected">Of a target: how many were due by then.</param>
    public sealed record Slip(
        Reason Reason, DateTimeOffset Since, string? Text = null, int? Year = null, DateOnly? Due = null, Domain.Kernel.EffectiveTime? Planned = null, long? MissingCents = null,
        int? Delivered = null, int? Expected = null);

    /// <param name="Slips">At least one, longest first.</param>
    public sealed record Slipping(Domain.Kernel.ConventionId Convention, string Title, IReadOnlyList<Slip> Slips);

    /// <summary>What slips at the view's moment: what has been late for longest first.</summary>
    /// <param name="zone">The association's clocks: they end days and years.</param>
    public static async ValueTask<IReadOnlyList<Slipping>> ListAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct = default)
    {
        var conventions = await Conventions.ListAsync(view, ct).ConfigureAwait(false);
        if (conventions.Count == 0)
            return [];
        var deliveries = (await Deliveries.ListAsync(view, ct).ConfigureAwait(false)).ToLookup(d => d.Convention, d => d.Delivery);
        return
        [
            .. conventions
                .Select(c => new Slipping(c.Id, c.Title, Of(c, [.. deliveries[c.Id]], view.AsOf.Instant, zone)))
                .Where(s => s.Slips.Count > 0)
                .OrderBy(s => s.Slips[0].Since),
        ];
    }

    /// <summary>What slips of one convention, longest first; nothing when all is well.</summary>
    /// <param name="deliveries">Its deliveries at the same moment.</param>
    public static IReadOnlyList<Slip> Of(Conventions.Entry convention, IReadOnlyCollection<Delivery> deliveries, DateTimeOffset instant, TimeZoneInfo zone) =>
        [.. ConventionSlips.Of(convention.State, deliveries, instant, zone).Select(Told)];

    private static Slip Told(ConventionSlip slip) => slip switch
    {
        ReportOverdue s => new(Reason.ReportOverdue, s.Since, Year: s.Year, Due: s.Due),
        TrancheOverdue s => new(Reason.TrancheOverdue, s.Since, s.Title, Planned: s.Expected, MissingCents: s.Missing),
        DeliveryOverdue s => new(Reason.DeliveryOverdue, s.Since, s.Title, Planned: s.Planned),
        TargetBehind s => new(Reason.TargetBehind, s.Since, s.Name, s.Year, Delivered: s.Delivered, Expected: s.Expected),
        _ => throw new ArgumentOutOfRangeException(nameof(slip)),
    };
}
