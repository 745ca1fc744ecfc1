using System.Globalization;
using System.Resources;
using Governance.Api.Kernel.Http;

namespace Governance.Api.Registers;

/// <summary>Headings and words of the tables, where no page has them.</summary>
public static class RegisterWording
{
    private static readonly ResourceManager Texts = new("Governance.Api.Registers.RegisterText", typeof(RegisterWording).Assembly);

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR"), English = CultureInfo.GetCultureInfo("en-GB");

    public static string Say(string key, params object[] arguments) =>
        string.Format(CultureInfo.CurrentUICulture, Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No text for {key}."), arguments);

    /// <summary>A column with its headings: that of the reader's language first.</summary>
    public static TableColumn Column(string key) => new(key, Say("Column." + key), Texts.GetString("Column." + key, French)!, Texts.GetString("Column." + key, English)!);

    /// <summary>What spreadsheets of the reader's language part cells by: French ones write decimals with a comma.</summary>
    public static char Between => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? ';' : ',';

    public static string Flag(bool value) => Say(value ? "Yes" : "No");
}
