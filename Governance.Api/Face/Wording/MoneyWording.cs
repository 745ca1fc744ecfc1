namespace Governance.Api.Face.Wording;

/// <summary>Amounts of euros, exact to the cent.</summary>
public static class MoneyWording
{
    /// <summary>« 1 250,50 € » in French, "€1,250.50" in English; cents are left out when there are none.</summary>
    public static string Euros(long cents)
    {
        var (whole, rest) = Math.DivRem(Math.Abs(cents), 100);
        var digits = CountWording.Number(whole) + (rest == 0 ? "" : (Typography.IsFrench ? "," : ".") + CountWording.Number(rest).PadLeft(2, '0'));
        var sign = cents < 0 ? "\u2212" : "";
        return Typography.IsFrench ? sign + digits + Typography.NoBreakSpace + "€" : sign + "€" + digits;
    }

    /// <summary>Reads « 120 », « 120,5 », « 1 250,50 € », « €120.50 »; null when it is no amount above zero, or above what an int holds in cents.</summary>
    public static int? ReadCents(string? text)
    {
        var bare = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not '€')).Replace(',', '.');
        var parts = bare.Split('.');
        if (parts.Length > 2 || parts[0].Length is 0 or > 7 || !parts[0].All(char.IsAsciiDigit))
            return null;
        var rest = parts.Length == 2 ? parts[1] : "";
        if (rest.Length > 2 || (parts.Length == 2 && rest.Length == 0) || !rest.All(char.IsAsciiDigit))
            return null;
        var cents = (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) * 100)
            + int.Parse(rest.PadRight(2, '0'), System.Globalization.CultureInfo.InvariantCulture);
        return cents > 0 ? cents : null;
    }
}
