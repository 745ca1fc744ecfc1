using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;

namespace Governance.Api.History;

/// <summary>Words of the history outside pages, from the same texts.</summary>
public static class HistoryWording
{
    private static readonly TextResource Texts = new("Governance.Api.History.HistoryText");

    public static string Say(string key, params object[] arguments) => Typography.Spaced(Texts.Say(key, arguments));

    /// <summary>An effective time as closely as it is known: « 14 octobre 2023 à 14 h 05 », « 2e trimestre 2024 ».</summary>
    public static string When(EffectiveTime time, TimeZoneInfo zone) => time.Precision == Precision.Instant
        ? DateWording.Moment(time.Instant, zone)
        : DateWording.Known(LocalTime.DayOf(time.Instant, zone), time.Precision);
}
