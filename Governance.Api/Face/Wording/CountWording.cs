using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Face.Wording;

/// <summary>Numbers and counted nouns in the language of the interface.</summary>
public static class CountWording
{
    /// <summary>True when the noun beside the number is singular: below two in French, exactly one in English.</summary>
    public static bool IsSingular(long count) => Typography.IsFrench ? Math.Abs(count) < 2 : Math.Abs(count) == 1;

    /// <summary>« 12 345 » with narrow no-break spaces in French, "12,345" in English, a true minus sign in both.</summary>
    public static string Number(long value)
    {
        var digits = value.ToString("#,0;#,0", CultureInfo.InvariantCulture);
        if (Typography.IsFrench)
            digits = digits.Replace(",", Typography.NarrowNoBreakSpace, StringComparison.Ordinal);
        return value < 0 ? "\u2212" + digits : digits;
    }

    /// <summary>« 3 voix », "1 vote": number and noun joined by a no-break space.</summary>
    public static string Counted(long count, string singular, string plural) =>
        Number(count) + Typography.NoBreakSpace + (IsSingular(count) ? singular : plural);

    /// <summary>The text <c>key.One</c> or <c>key.Other</c> with the number in its {0}; further values follow as {1}...</summary>
    public static string Count(this IStringLocalizer texts, string key, long count, params object[] more) =>
        texts[key + (IsSingular(count) ? ".One" : ".Other"), [Number(count), .. more]].Value;

    /// <summary>« 1re », « 2e », "1st", "2nd": feminine by default in French, as in « 1re année ».</summary>
    public static string Ordinal(int rank, bool masculine = false)
    {
        if (Typography.IsFrench)
            return rank == 1 ? masculine ? "1er" : "1re" : rank.ToString(CultureInfo.InvariantCulture) + "e";
        var ending = (rank % 100) is 11 or 12 or 13 ? "th" : (rank % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return rank.ToString(CultureInfo.InvariantCulture) + ending;
    }
}
