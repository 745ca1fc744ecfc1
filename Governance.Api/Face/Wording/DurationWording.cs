namespace Governance.Api.Face.Wording;

/// <summary>Durations in words, with the two largest units that say something.</summary>
public static class DurationWording
{
    /// <summary>« 2 jours et 4 heures », « 45 minutes », « moins d'une minute »; "2 days and 4 hours".</summary>
    public static string InWords(TimeSpan duration)
    {
        var length = duration.Duration();
        var french = Typography.IsFrench;
        if (length < TimeSpan.FromMinutes(1))
            return french ? "moins d’une minute" : "less than a minute";
        var days = french ? CountWording.Counted(length.Days, "jour", "jours") : CountWording.Counted(length.Days, "day", "days");
        var hours = french ? CountWording.Counted(length.Hours, "heure", "heures") : CountWording.Counted(length.Hours, "hour", "hours");
        var minutes = french
            ? CountWording.Counted(length.Minutes, "minute", "minutes")
            : CountWording.Counted(length.Minutes, "minute", "minutes");
        return length switch
        {
            { Days: >= 7 } => days,
            { Days: > 0, Hours: > 0 } => Both(days, hours),
            { Days: > 0 } => days,
            { Hours: > 0, Minutes: > 0 } => Both(hours, minutes),
            { Hours: > 0 } => hours,
            _ => minutes,
        };
    }

    /// <summary>From one day to a later one, on the calendar: « 45 jours », « 5 mois », « 1 an et 11 mois »; days are told for two months, not beyond.</summary>
    public static string Between(DateOnly from, DateOnly to)
    {
        var french = Typography.IsFrench;
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        if (from.AddMonths(months) > to)
            months--;
        if (months < 2)
            return InWords(TimeSpan.FromDays(to.DayNumber - from.DayNumber));
        var years = CountWording.Counted(months / 12, french ? "an" : "year", french ? "ans" : "years");
        var rest = CountWording.Counted(months % 12, french ? "mois" : "month", french ? "mois" : "months");
        return (months / 12, months % 12) switch
        {
            (0, _) => rest,
            (_, 0) => years,
            _ => Both(years, rest),
        };
    }

    /// <summary>« il reste 2 jours et 4 heures », « terminé depuis 3 jours »; "2 days left", "ended 3 days ago".</summary>
    public static string Left(TimeSpan untilEnd) => (untilEnd >= TimeSpan.Zero, Typography.IsFrench) switch
    {
        (true, true) => $"il reste {InWords(untilEnd)}",
        (true, false) => $"{InWords(untilEnd)} left",
        (false, true) => $"terminé depuis {InWords(untilEnd)}",
        (false, false) => $"ended {InWords(untilEnd)} ago",
    };

    private static string Both(string larger, string smaller) => $"{larger} {(Typography.IsFrench ? "et" : "and")} {smaller}";
}
