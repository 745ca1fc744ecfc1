using System.Globalization;
using System.Resources;

namespace Governance.Api.Tallies;

/// <summary>Sentences of the tally command, in the language of the process.</summary>
internal static class TallyWording
{
    private static readonly ResourceManager Sentences = new("Governance.Api.Tallies.Tallies", typeof(TallyWording).Assembly);

    public static string Say(string key, params object[] arguments) =>
        string.Format(CultureInfo.CurrentUICulture, Sentences.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), arguments);
}
