using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

/// <summary>Brackets as somebody types them, one a line: « moins de 100 000 € ; 600 ; 0 ; 100000 », its name first, then its amount, then whom it is for.</summary>
public static class BracketReading
{
    /// <returns>The brackets, and what is wrong with each line that is no bracket.</returns>
    public static (IReadOnlyList<DuesBracket> Brackets, IReadOnlyList<string> Errors) Read(
        string text, DuesMeasure measure, DecisionReference? decision, IStringLocalizer<DuesText> t)
    {
        List<DuesBracket> brackets = [];
        List<string> errors = [];
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line.Trim(), i + 1)))
        {
            if (line.Length == 0)
                continue;
            var parts = line.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || Cents(parts[1]) is not { } cents)
                errors.Add(t["Bracket.Line.Amount", number]);
            else if (measure == DuesMeasure.Category)
                brackets.Add(new(parts[0], cents, Category: parts.ElementAtOrDefault(2) is { Length: > 0 } category ? category : parts[0], Decision: decision));
            else if (Number(parts.ElementAtOrDefault(2), out var from) && Number(parts.ElementAtOrDefault(3), out var below))
                brackets.Add(new(parts[0], cents, from, below, Decision: decision));
            else
                errors.Add(t["Bracket.Line.Range", number]);
        }

        return (brackets, errors);
    }

    /// <summary>An amount that may be nothing.</summary>
    public static int? Cents(string? text) => text?.Trim(' ', '€', '\u00a0', '\u202f') is "0" ? 0 : MoneyWording.ReadCents(text);

    private static bool Number(string? text, out int? number)
    {
        number = null;
        var bare = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (bare.Length == 0)
            return true;
        var read = int.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = read ? value : null;
        return read;
    }
}
