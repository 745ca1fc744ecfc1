using System.Globalization;
using System.Numerics;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Projections;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Conventions;

/// <summary>Stages, reasons and figures of conventions in the words and shapes of the interface.</summary>
public static class ConventionWords
{
    public static StateKind Kind(Projections.Conventions.Stage stage) => stage switch
    {
        Projections.Conventions.Stage.Draft => StateKind.Draft,
        Projections.Conventions.Stage.Signed => StateKind.InForce,
        _ => StateKind.Ended,
    };

    /// <summary>How a delivery stands, on a day.</summary>
    public static (StateKind Kind, string Word) State(Delivery delivery, DateTimeOffset instant, TimeZoneInfo zone, IStringLocalizer texts) => delivery switch
    {
        { CarriedOut: not null } => (StateKind.Done, texts["Delivery.Done"]),
        { Cancelled: not null } => (StateKind.Cancelled, texts["Delivery.Cancelled"]),
        _ when delivery.Over(zone) <= instant => (StateKind.Late, texts["Delivery.Late"]),
        _ => (StateKind.Planned, texts["Delivery.Ahead"]),
    };

    /// <summary>Why something slips, as a sentence.</summary>
    public static string Why(ConventionsThatSlip.Slip slip, DateTimeOffset instant, TimeZoneInfo zone, IStringLocalizer texts)
    {
        var (from, to) = (LocalTime.DayOf(slip.Since, zone), LocalTime.DayOf(instant, zone));
        var since = DurationWording.Between(from, to > from ? to : from.AddDays(1));
        return slip.Reason switch
        {
            ConventionsThatSlip.Reason.ReportOverdue => texts["Slip.Report", Year(slip.Year!.Value), DateWording.Full(slip.Due!.Value), since],
            ConventionsThatSlip.Reason.TrancheOverdue => texts["Slip.Tranche", slip.Text!, MoneyWording.Euros(slip.MissingCents!.Value), DateWording.When(slip.Planned!.Value, zone), since],
            ConventionsThatSlip.Reason.DeliveryOverdue => texts["Slip.Delivery", slip.Text!, DateWording.When(slip.Planned!.Value, zone), since],
            _ => texts["Slip.Target", slip.Text!, Year(slip.Year!.Value), CountWording.Number(slip.Delivered!.Value), CountWording.Number(slip.Expected!.Value)],
        };
    }

    /// <summary>A fraction of one as percent, rounded half up to a tenth: the one place where it is rounded.</summary>
    public static string Percent(Fraction share)
    {
        var tenths = (long)BigInteger.Divide((share.Numerator * 2000) + share.Denominator, share.Denominator * 2);
        var (whole, rest) = Math.DivRem(tenths, 10);
        var digits = CountWording.Number(whole) + (Typography.IsFrench ? "," : ".") + rest.ToString(CultureInfo.InvariantCulture);
        return Typography.IsFrench ? digits + Typography.NoBreakSpace + "%" : digits + "%";
    }

    /// <summary>A share as percent, or a dash where there is nothing to be a share of.</summary>
    public static string Percent(Fraction? share) => share is { } known ? Percent(known) : "–";

    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The beginning of a text, for a line of a list.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";

    public static string Days(ConventionTerms terms) => DateWording.Span(terms.FirstDay, terms.LastDay);
}
