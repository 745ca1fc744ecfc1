using System.Globalization;
using System.Text;

namespace Governance.Api.Face.Wording;

/// <summary>Text as one types it in haste: without accents, in small letters.</summary>
public static class PlainLetters
{
    public static string Of(string text) => string.Concat(
        text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
}
