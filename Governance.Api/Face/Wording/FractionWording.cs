using System.Globalization;

namespace Governance.Api.Face.Wording;

/// <summary>Fractions as statutes say them: « la moitié », « deux tiers », otherwise p/q.</summary>
public static class FractionWording
{
    /// <summary>A fraction in words where the language has a usual one, "p/q" otherwise.</summary>
    /// <param name="numerator">p, as written in the rule (not reduced).</param>
    /// <param name="denominator">q, above zero.</param>
    public static string InWords(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var french = Typography.IsFrench;
        return (numerator, denominator) switch
        {
            (1, 1) => french ? "la totalité" : "all",
            (1, 2) => french ? "la moitié" : "one half",
            (1, 3) => french ? "un tiers" : "one third",
            (2, 3) => french ? "deux tiers" : "two thirds",
            (1, 4) => french ? "un quart" : "one quarter",
            (3, 4) => french ? "trois quarts" : "three quarters",
            (1, 5) => french ? "un cinquième" : "one fifth",
            (2, 5) => french ? "deux cinquièmes" : "two fifths",
            (3, 5) => french ? "trois cinquièmes" : "three fifths",
            (4, 5) => french ? "quatre cinquièmes" : "four fifths",
            (1, 10) => french ? "un dixième" : "one tenth",
            _ => string.Create(CultureInfo.InvariantCulture, $"{numerator}/{denominator}"),
        };
    }

    /// <summary>A share as a whole percentage rounded down, so that 66.9 % never reads as two thirds reached.</summary>
    public static string Percent(long part, long whole)
    {
        if (whole <= 0)
            return "–";
        var percent = CountWording.Number((long)((Int128)part * 100 / whole));
        return Typography.IsFrench ? percent + Typography.NoBreakSpace + "%" : percent + "%";
    }
}
