using System.Globalization;
using Governance.Domain.Kernel;

namespace Governance.Api.Face.Wording;

/// <summary>Dates as a register writes them: in full, to the precision that is known, never more.</summary>
public static class DateWording
{
    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] FrenchShortMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];

    private static readonly string[] EnglishShortMonths =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>« 14 octobre 2023 », « 1er mars 2024 »; "14 October 2023".</summary>
    public static string Full(DateOnly date) => $"{DayNumber(date)} {Month(date)} {Year(date)}";

    /// <summary>« 14 oct. 2023 »; "14 Oct 2023": for lists, where dates stand one under the other.</summary>
    public static string Short(DateOnly date) =>
        $"{DayNumber(date)} {(Typography.IsFrench ? FrenchShortMonths : EnglishShortMonths)[date.Month - 1]} {Year(date)}";

    /// <summary>« samedi 14 octobre 2023 »; "Saturday 14 October 2023".</summary>
    public static string WithWeekday(DateOnly date) =>
        $"{(Typography.IsFrench ? FrenchDays : EnglishDays)[(int)date.DayOfWeek]} {Full(date)}";

    /// <summary>
    /// The date to its precision: « 14 octobre 2023 », « octobre 2023 », « 2e trimestre 2024 », « 1er semestre 2018 », « 2017 ».
    /// </summary>
    public static string Known(DateOnly date, Precision precision) => precision switch
    {
        Precision.Month => $"{Month(date)} {Year(date)}",
        Precision.Quarter => Typography.IsFrench
            ? $"{CountWording.Ordinal(Quarter(date), masculine: true)} trimestre {Year(date)}"
            : $"{CountWording.Ordinal(Quarter(date))} quarter of {Year(date)}",
        Precision.HalfYear => Typography.IsFrench
            ? $"{CountWording.Ordinal((date.Month + 5) / 6, masculine: true)} semestre {Year(date)}"
            : $"{CountWording.Ordinal((date.Month + 5) / 6)} half of {Year(date)}",
        Precision.Year => Year(date),
        _ => Full(date),
    };

    /// <summary><see cref="Known(DateOnly, Precision)"/> for lists: « 14 oct. 2023 », « oct. 2023 », « 2e trim. 2024 », « 1er sem. 2018 », « 2017 ».</summary>
    public static string KnownShort(DateOnly date, Precision precision) => precision switch
    {
        Precision.Month => $"{(Typography.IsFrench ? FrenchShortMonths : EnglishShortMonths)[date.Month - 1]} {Year(date)}",
        Precision.Quarter => Typography.IsFrench
            ? $"{CountWording.Ordinal(Quarter(date), masculine: true)} trim. {Year(date)}"
            : $"Q{Quarter(date)} {Year(date)}",
        Precision.HalfYear => Typography.IsFrench
            ? $"{CountWording.Ordinal((date.Month + 5) / 6, masculine: true)} sem. {Year(date)}"
            : $"H{(date.Month + 5) / 6} {Year(date)}",
        Precision.Year => Year(date),
        _ => Short(date),
    };

    /// <summary><see cref="Known(DateOnly, Precision)"/> of an effective time, on the clocks of the given zone.</summary>
    public static string Known(EffectiveTime on, TimeZoneInfo zone) => Known(LocalTime.DayOf(on.Instant, zone), on.Precision);

    /// <summary><see cref="KnownShort(DateOnly, Precision)"/> of an effective time, on the clocks of the given zone.</summary>
    public static string KnownShort(EffectiveTime on, TimeZoneInfo zone) => KnownShort(LocalTime.DayOf(on.Instant, zone), on.Precision);

    /// <summary>« le 14 octobre 2023 », « en mai 2022 », « au 1er semestre 2018 »; "on 14 October 2023", "in May 2022".</summary>
    public static string When(EffectiveTime on, TimeZoneInfo zone) => (on.Precision, Typography.IsFrench) switch
    {
        (Precision.Month or Precision.Year, true) => "en ",
        (Precision.Quarter or Precision.HalfYear, true) => "au ",
        (_, true) => "le ",
        (Precision.Month or Precision.Year, false) => "in ",
        (Precision.Quarter or Precision.HalfYear, false) => "in the ",
        (_, false) => "on ",
    } + Known(on, zone);

    /// <summary>« depuis le 14 octobre 2023 », « depuis mai 2022 »; "since May 2022".</summary>
    public static string Since(EffectiveTime on, TimeZoneInfo zone) => (on.Precision, Typography.IsFrench) switch
    {
        (Precision.Month or Precision.Year, true) => "depuis ",
        (_, true) => "depuis le ",
        (Precision.Quarter or Precision.HalfYear, false) => "since the ",
        (_, false) => "since ",
    } + Known(on, zone);

    /// <summary>« du 14 au 16 octobre 2023 », « du 30 mars au 2 avril 2024 »; "14 to 16 October 2023".</summary>
    public static string Span(DateOnly from, DateOnly to)
    {
        if (from == to)
            return Typography.IsFrench ? $"le {Full(from)}" : Full(from);
        var start = from.Year != to.Year ? Full(from)
            : from.Month != to.Month ? $"{DayNumber(from)} {Month(from)}"
            : DayNumber(from);
        return Typography.IsFrench ? $"du {start} au {Full(to)}" : $"{start} to {Full(to)}";
    }

    /// <summary>« 14 h 05 »; "14:05".</summary>
    public static string Time(TimeOnly time) => Typography.IsFrench
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Hour}{Typography.NoBreakSpace}h{Typography.NoBreakSpace}{time.Minute:00}")
        : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>« 14 octobre 2023 à 14 h 05 »; "14 October 2023 at 14:05", on the clocks of the given zone.</summary>
    public static string Moment(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        return $"{Full(day)} {(Typography.IsFrench ? "à" : "at")} {Time(time)}";
    }

    /// <summary>« T2 2024 »; "Q2 2024": heads of columns by quarter.</summary>
    public static string QuarterLabel(int quarter) => (Typography.IsFrench ? "T" : "Q") + quarter.ToString(CultureInfo.InvariantCulture);

    /// <summary>Quarter of the year, 1 to 4.</summary>
    public static int Quarter(DateOnly date) => (date.Month + 2) / 3;

    /// <summary>2023-10-14: addresses and the values of date fields.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Month(DateOnly date) => (Typography.IsFrench ? FrenchMonths : EnglishMonths)[date.Month - 1];

    private static string Year(DateOnly date) => date.Year.ToString(CultureInfo.InvariantCulture);

    private static string DayNumber(DateOnly date) =>
        date.Day == 1 && Typography.IsFrench ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
}
