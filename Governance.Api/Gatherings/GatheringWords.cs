using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Microsoft.Extensions.Localization;
using Stage = Governance.Projections.Gatherings.Stage;

namespace Governance.Api.Gatherings;

/// <summary>Gatherings in words.</summary>
public static class GatheringWords
{
    /// <summary>« 10–11 octobre 2024 », or « octobre 2024, deux jours » where the days are not known.</summary>
    public static string Days(EffectiveTime starts, int days, TimeZoneInfo zone, IStringLocalizer<GatheringText> t)
    {
        var first = LocalTime.DayOf(starts.Instant, zone);
        return starts.Precision is not (Precision.Day or Precision.Instant) ? $"{DateWording.Known(starts, zone)}, {t.Count("Days", days)}"
            : days == 1 ? DateWording.Full(first)
            : DateWording.Span(first, first.AddDays(days - 1));
    }

    /// <summary>Planned, under way, held or called off, at an instant.</summary>
    public static (StateKind Kind, string Word) State(GatheringSummary gathering, DateTimeOffset instant, TimeZoneInfo zone, IStringLocalizer<GatheringText> t) =>
        gathering.Stage == Stage.Cancelled ? (StateKind.Ended, t["Stage.Cancelled"])
        : instant < gathering.Starts.Instant ? (StateKind.Planned, t["Stage.Planned"])
        : instant < End(gathering, zone) ? (StateKind.InForce, t["Stage.UnderWay"])
        : (StateKind.Done, t["Stage.Held"]);

    /// <summary>Places taken, of how many where there is a bound.</summary>
    public static string Registered(GatheringSummary gathering, IStringLocalizer<GatheringText> t) => gathering.Capacity is { } capacity
        ? t["Of", gathering.Registered, capacity]
        : CountWording.Number(gathering.Registered);

    private static DateTimeOffset End(GatheringSummary gathering, TimeZoneInfo zone) => gathering.Starts.Precision is Precision.Day or Precision.Instant
        ? LocalTime.EndOf(LocalTime.DayOf(gathering.Starts.Instant, zone).AddDays(gathering.Days - 1), zone)
        : gathering.Starts.PeriodEnd(zone);
}
