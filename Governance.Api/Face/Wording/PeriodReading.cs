using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Domain.Kernel;

namespace Governance.Api.Face.Wording;

/// <summary>Days and periods as people type them, in French or in English.</summary>
public static partial class PeriodReading
{
    private static readonly string[] Months =
    [
        "janvier january", "février fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july", "août aout august",
        "septembre september", "octobre october", "novembre november", "décembre decembre december",
    ];

    /// <summary>
    /// « 30/06/2026 », « 30 juin 2026 », « juin 2026 », « 06/2026 », « T2 2026 », « 2e trimestre 2026 », « S1 2026 » as the register writes them: 2026-06-30, 2026-06,
    /// 2026-Q2, 2026-H1. A text that is none of these comes back trimmed.
    /// </summary>
    public static string Written(string text)
    {
        var trimmed = text.Trim();
        if (DateReading.Read(trimmed) is { } day)
            return DateWording.Iso(day);
        if (Part().Match(trimmed) is { Success: true } part)
        {
            var name = part.Groups["kind"].Value[..1].ToUpperInvariant();
            return $"{part.Groups["year"].Value}-{(name is "S" or "H" ? "H" : "Q")}{part.Groups["number"].Value}";
        }

        if (MonthNumber().Match(trimmed) is { Success: true } number && int.Parse(number.Groups["month"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month)
            return string.Create(CultureInfo.InvariantCulture, $"{number.Groups["year"].Value}-{month:00}");
        if (MonthName().Match(trimmed) is { Success: true } named)
        {
            var at = Array.FindIndex(Months, names => names.Split(' ').Contains(named.Groups["month"].Value.ToLowerInvariant()));
            if (at >= 0)
            {
                return named.Groups["day"] is { Success: true, Value: var date }
                    ? string.Create(CultureInfo.InvariantCulture, $"{named.Groups["year"].Value}-{at + 1:00}-{int.Parse(date, CultureInfo.InvariantCulture):00}")
                    : string.Create(CultureInfo.InvariantCulture, $"{named.Groups["year"].Value}-{at + 1:00}");
            }
        }

        return trimmed;
    }

    /// <summary>As <see cref="Written"/>, and a day with its time: « 14/10/2023 9h30 ».</summary>
    /// <returns>False, and the default value, when the text is none of these.</returns>
    public static bool TryRead(string text, TimeZoneInfo zone, out EffectiveTime time)
    {
        if (MomentReading.Read(text, zone) is not { } moment)
            return EffectiveTime.TryParse(Written(text), zone, out time);
        time = EffectiveTime.At(moment);
        return true;
    }

    [GeneratedRegex(
        @"^(?:(?<kind>[TQSH])\s*(?<number>[1-4])[\s/-]*(?<year>\d{4})|(?<year>\d{4})[\s/-]*(?<kind>[TQSH])\s*(?<number>[1-4])|(?<number>[1-4])(?:er|ère|re|e|ème|st|nd|rd|th)?\s*(?<kind>trimestre|semestre|quarter|half)(?:\s+of)?\s+(?<year>\d{4}))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?<month>\d{1,2})\s*[/.-]\s*(?<year>\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthNumber();

    [GeneratedRegex(@"^(?:(?<day>\d{1,2})(?:er|st|nd|rd|th)?\s+)?(?<month>\p{L}+)\s+(?<year>\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthName();
}
