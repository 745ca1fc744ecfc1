using System.Globalization;
using System.Resources;

namespace Governance.Api.Face.Wording;

/// <summary>Texts of a .resx outside pages, by their keys, in the language of the request or the process.</summary>
/// <param name="name">Of the resource, as the assembly has it: <c>Governance.Api.Access.Access</c>.</param>
internal sealed class TextResource(string name)
{
    private readonly ResourceManager _texts = new(name, typeof(TextResource).Assembly);

    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string Say(string key, params object?[] arguments) => Say(CultureInfo.CurrentUICulture, key, arguments);

    /// <summary>The same in a language of the caller's choice.</summary>
    public string Say(CultureInfo language, string key, params object?[] arguments) =>
        string.Format(language, _texts.GetString(key, language) ?? throw new MissingManifestResourceException(key), arguments);

    /// <summary>The text <c>key.One</c> or <c>key.Other</c> with the number in its {0}; further values follow as {1}...</summary>
    public string Count(string key, long count, params object?[] more) => Say(key + (CountWording.IsSingular(count) ? ".One" : ".Other"), [CountWording.Number(count), .. more]);
}
