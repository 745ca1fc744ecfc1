using System.Globalization;

namespace Governance.Api.Face.Wording;

/// <summary>Times of the day as people type them.</summary>
public static class MomentReading
{
    private static readonly string[] Forms = ["H:mm", "HH:mm", "H'h'mm", "H'h'", "H' h 'mm", "H' h'"];

    /// <summary>Reads 9:30, 09:30, 9h30, 9h, « 9 h 30 » on a day of the zone's clocks; null when it is none of these.</summary>
    public static DateTimeOffset? Read(DateOnly day, string? hour, TimeZoneInfo zone)
    {
        if (!TimeOnly.TryParseExact(hour?.Trim().Replace('\u00A0', ' ').Replace('\u202F', ' '), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        var local = day.ToDateTime(time);
        // In the hour that a spring night leaves out, the clocks' next one is meant.
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone), TimeSpan.Zero);
    }

    /// <summary>Reads a day and a time in one text: « 14/10/2023 9h30 », « 2023-10-14 à 09:30 »; null when it is none.</summary>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        var trimmed = text.Trim();
        // The day may hold blanks of its own, the time as well: the first cut that makes both readable is meant.
        for (var at = trimmed.IndexOf(' ', StringComparison.Ordinal); at > 0; at = trimmed.IndexOf(' ', at + 1))
        {
            var hour = trimmed[(at + 1)..].Trim();
            if (hour.StartsWith("à ", StringComparison.Ordinal) || hour.StartsWith("at ", StringComparison.Ordinal))
                hour = hour[(hour.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (DateReading.Read(trimmed[..at]) is { } day && Read(day, hour, zone) is { } moment)
                return moment;
        }

        return null;
    }
}
