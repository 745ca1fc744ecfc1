namespace Governance.Api.Face.Wording;

/// <summary>Numbers, days and hours written out, as minutes write what must not be altered.</summary>
public static class NumberWording
{
    /// <summary>Beyond, figures alone are written.</summary>
    public const long Most = 999_999;

    private static readonly string[] FrenchSmall =
    [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept",
        "dix-huit", "dix-neuf",
    ];

    private static readonly string[] FrenchTens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

    private static readonly string[] EnglishSmall =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] EnglishTens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>« quatre-vingt-un », « deux cents », "eighty-one"; figures below zero and beyond <see cref="Most"/>.</summary>
    /// <param name="feminine">Of a feminine noun: « vingt et une voix ».</param>
    public static string InWords(long value, bool feminine = false) => value is < 0 or > Most ? CountWording.Number(value)
        : Typography.IsFrench ? French(value, feminine)
        : English(value);

    /// <summary>« quarante-deux (42) », "forty-two (42)".</summary>
    public static string WithFigures(long value, bool feminine = false) =>
        value is < 0 or > Most ? CountWording.Number(value) : $"{InWords(value, feminine)} ({CountWording.Number(value)})";

    /// <summary>« L'an deux mille vingt-six, le quatorze novembre, à dix-huit heures trente »; "On Saturday 14 November 2026, at 18:30".</summary>
    /// <param name="withTime">False where the time of day is not known.</param>
    public static string Dated(DateTime local, bool withTime)
    {
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (!Typography.IsFrench)
            return $"On {DateWording.WithWeekday(day)}" + (withTime ? $", at {DateWording.Time(time)}" : "");
        var month = DateWording.Full(day).Split(' ')[1];
        return $"L’an {InWords(day.Year)}, le {(day.Day == 1 ? "premier" : InWords(day.Day))} {month}" + (withTime ? $", à {Hour(time)}" : "");
    }

    private static string Hour(TimeOnly time) =>
        $"{InWords(time.Hour, feminine: true)} heure{(time.Hour < 2 ? "" : "s")}" + (time.Minute == 0 ? "" : " " + InWords(time.Minute, feminine: true));

    private static string French(long value, bool feminine)
    {
        if (value >= 1000)
        {
            var (thousands, rest) = Math.DivRem(value, 1000);
            // « quatre-vingt mille », « deux cent mille »: no mark of the plural before mille.
            var head = thousands == 1 ? "mille" : French(thousands, false).TrimPlural() + " mille";
            return rest == 0 ? head : $"{head} {French(rest, feminine)}";
        }

        if (value >= 100)
        {
            var (hundreds, rest) = Math.DivRem(value, 100);
            var head = hundreds == 1 ? "cent" : FrenchSmall[hundreds] + " cent";
            return rest == 0 ? head + (hundreds > 1 ? "s" : "") : $"{head} {French(rest, feminine)}";
        }

        if (value < 20)
            return value == 1 && feminine ? "une" : FrenchSmall[value];
        var (tens, units) = Math.DivRem(value, 10);
        if (tens is 7 or 9)
            units += 10;
        var unit = units == 1 && feminine ? "une" : FrenchSmall[units];
        return units switch
        {
            0 => tens == 8 ? "quatre-vingts" : FrenchTens[tens],
            1 or 11 when tens < 8 => $"{FrenchTens[tens]} et {unit}",
            _ => $"{FrenchTens[tens]}-{unit}",
        };
    }

    private static string TrimPlural(this string words) =>
        words.EndsWith("cents", StringComparison.Ordinal) || words.EndsWith("vingts", StringComparison.Ordinal) ? words[..^1] : words;

    private static string English(long value)
    {
        if (value >= 1000)
        {
            var (thousands, rest) = Math.DivRem(value, 1000);
            return English(thousands) + " thousand" + (rest == 0 ? "" : (rest < 100 ? " and " : " ") + English(rest));
        }

        if (value >= 100)
        {
            var (hundreds, rest) = Math.DivRem(value, 100);
            return EnglishSmall[hundreds] + " hundred" + (rest == 0 ? "" : " and " + English(rest));
        }

        if (value < 20)
            return EnglishSmall[value];
        var (tens, units) = Math.DivRem(value, 10);
        return EnglishTens[tens] + (units == 0 ? "" : "-" + EnglishSmall[units]);
    }
}
