using System.Globalization;

namespace Governance.Domain.Kernel;

/// <summary>How closely the time of a fact is known.</summary>
public enum Precision
{
    Instant,
    Day,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>
/// When a fact holds: the first instant of it, in UTC to the microsecond, and how closely that is known.
/// « 1er semestre 2018 » is the first instant of 1 January 2018 in the association's time zone, to the half-year.
/// </summary>
public readonly record struct EffectiveTime : IComparable<EffectiveTime>
{
    public EffectiveTime(DateTimeOffset instant, Precision precision)
    {
        Instant = new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        Precision = precision;
    }

    /// <summary>The first instant at which the fact holds, UTC, cut to microseconds.</summary>
    public DateTimeOffset Instant { get; }

    public Precision Precision { get; }

    public static EffectiveTime At(DateTimeOffset instant) => new(instant, Precision.Instant);

    /// <summary>The start of a day in the association's time zone.</summary>
    public static EffectiveTime On(DateOnly day, TimeZoneInfo zone) => new(LocalTime.StartOf(day, zone), Precision.Day);

    /// <summary>
    /// Reads « 2023-10-14 », « 2023-10 », « 2018-H1 », « 2018-Q2 », « 2009 » or an ISO 8601 instant with its offset,
    /// of the years <see cref="LocalTime.FirstYear"/> to <see cref="LocalTime.LastYear"/>.
    /// </summary>
    /// <returns>False, and the default value, when the text is none of these.</returns>
    public static bool TryParse(string? text, TimeZoneInfo zone, out EffectiveTime time)
    {
        time = default;
        if (string.IsNullOrWhiteSpace(text))
            return false;

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (!LocalTime.IsTaken(day))
                return false;
            time = On(day, zone);
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            if (!LocalTime.IsTaken(month))
                return false;
            time = new(LocalTime.StartOf(month, zone), Precision.Month);
            return true;
        }

        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= LocalTime.FirstYear and <= LocalTime.LastYear)
        {
            time = new(LocalTime.StartOf(new DateOnly(year, 1, 1), zone), Precision.Year);
            return true;
        }

        if (text.Length == 7 && text[4] == '-' && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out year)
            && year is >= LocalTime.FirstYear and <= LocalTime.LastYear)
        {
            var part = text[6] - '0';
            switch (text[5])
            {
                case 'H' when part is 1 or 2:
                    time = new(LocalTime.StartOf(new DateOnly(year, ((part - 1) * 6) + 1, 1), zone), Precision.HalfYear);
                    return true;
                case 'Q' when part is >= 1 and <= 4:
                    time = new(LocalTime.StartOf(new DateOnly(year, ((part - 1) * 3) + 1, 1), zone), Precision.Quarter);
                    return true;
            }
        }

        if (text.Contains('T', StringComparison.Ordinal)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && LocalTime.IsTaken(instant))
        {
            time = At(instant);
            return true;
        }

        return false;
    }

    /// <summary>The time as <see cref="TryParse"/> reads it, no closer than it is known: « 2023-10 », « 2018-H1 »; an instant with the zone's offset.</summary>
    public string Written(TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(Instant, zone);
        return Precision switch
        {
            Precision.Day => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Precision.Month => local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Precision.Quarter => string.Create(CultureInfo.InvariantCulture, $"{local.Year:0000}-Q{(local.Month + 2) / 3}"),
            Precision.HalfYear => string.Create(CultureInfo.InvariantCulture, $"{local.Year:0000}-H{(local.Month + 5) / 6}"),
            Precision.Year => local.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>
    /// The first instant after the period that the time names: « 2018-Q2 » ends as July begins. An exact instant ends as it begins.
    /// </summary>
    public DateTimeOffset PeriodEnd(TimeZoneInfo zone)
    {
        var day = LocalTime.DayOf(Instant, zone);
        return Precision switch
        {
            Precision.Day => LocalTime.StartOf(day.AddDays(1), zone),
            Precision.Month => AfterMonths(1),
            Precision.Quarter => AfterMonths(3),
            Precision.HalfYear => AfterMonths(6),
            Precision.Year => AfterMonths(12),
            _ => Instant,
        };

        // The instant may lie inside its period: statutes adopted « in October » hold from the assembly of the 14th.
        DateTimeOffset AfterMonths(int length) =>
            LocalTime.StartOf(new DateOnly(day.Year, day.Month - ((day.Month - 1) % length), 1).AddMonths(length), zone);
    }

    public int CompareTo(EffectiveTime other) => Instant.CompareTo(other.Instant);

    public static bool operator <(EffectiveTime left, EffectiveTime right) => left.CompareTo(right) < 0;
    public static bool operator >(EffectiveTime left, EffectiveTime right) => left.CompareTo(right) > 0;
    public static bool operator <=(EffectiveTime left, EffectiveTime right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EffectiveTime left, EffectiveTime right) => left.CompareTo(right) >= 0;
}
