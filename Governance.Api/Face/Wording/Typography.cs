using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.Api.Face.Wording;

/// <summary>French spacing: no line may break before a double punctuation mark or inside guillemets.</summary>
public static partial class Typography
{
    /// <summary>Space that never breaks a line.</summary>
    public const string NoBreakSpace = "\u00a0";

    /// <summary>Thin space that never breaks a line: between thousands in French.</summary>
    public const string NarrowNoBreakSpace = "\u202f";

    /// <summary>True when the interface speaks French (everything but English does).</summary>
    public static bool IsFrench => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName != "en";

    /// <summary>Turns the ordinary spaces before « : ; ! ? % » » and after « « » into no-break spaces.</summary>
    public static string French(string text) =>
        AfterOpening().Replace(BeforeMark().Replace(text, NoBreakSpace + "$1"), "«" + NoBreakSpace);

    /// <summary><see cref="French"/> when the interface speaks French, the text as it is otherwise.</summary>
    public static string Spaced(string text) => IsFrench ? French(text) : text;

    [GeneratedRegex("[ ]([:;!?»%])")]
    private static partial Regex BeforeMark();

    [GeneratedRegex("«[ ]")]
    private static partial Regex AfterOpening();
}
