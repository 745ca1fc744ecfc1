using System.Globalization;
using Governance.Api.Face.Wording;

namespace Governance.Api.Proofs.Bundles;

/// <summary>Sentences of export and verification, in the language of the process.</summary>
internal static class BundleWording
{
    private static readonly TextResource Sentences = new("Governance.Api.Proofs.Bundles.Bundle");

    /// <summary>What a bundle says of itself to whoever opens it, in both languages.</summary>
    public static string Readme(string name, long size, string origin) => string.Join('\n', Languages.Select(language => Sentences.Say(language, "readme", name, size, origin))) + "\n";

    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("fr"), CultureInfo.GetCultureInfo("en")];

    public static string Say(string key, params object?[] arguments) => Sentences.Say(key, arguments);

    /// <summary>The sentence <c>key.One</c> or <c>key.Other</c> with the number in its {0}; further values follow as {1}...</summary>
    public static string Count(string key, long count, params object?[] more) => Sentences.Count(key, count, more);
}
