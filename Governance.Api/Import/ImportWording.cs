using System.Globalization;
using System.Resources;

namespace Governance.Api.Import;

/// <summary>Sentences of the importer, in the language of the process.</summary>
internal static class ImportWording
{
    private static readonly ResourceManager Sentences = new("Governance.Api.Import.Import", typeof(ImportWording).Assembly);

    public static string Say(string key, params object[] arguments) =>
        string.Format(CultureInfo.CurrentUICulture, Sentences.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), arguments);
}
