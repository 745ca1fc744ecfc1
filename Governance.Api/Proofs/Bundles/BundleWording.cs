using System.Globalization;
using System.Resources;

namespace Governance.Api.Proofs.Bundles;

/// <summary>Sentences of export and verification, in the language of the process.</summary>
internal static class BundleWording
{
    private static readonly ResourceManager Sentences = new("Governance.Api.Proofs.Bundles.Bundle", typeof(BundleWording).Assembly);

    /// <summary>What a bundle says of itself to whoever opens it, in both languages.</summary>
    public static string Readme(string name, long size, string origin) => string.Join('\n', Languages.Select(language => string.Format(
        language, Sentences.GetString("readme", language)!, name, size, origin))) + "\n";

    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("fr"), CultureInfo.GetCultureInfo("en")];

    public static string Say(string key, params object?[] arguments) =>
        string.Format(CultureInfo.CurrentUICulture, Sentences.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), arguments);
}
