using Microsoft.Extensions.Localization;

namespace Governance.Api.Face.Wording;

/// <summary>
/// The localizer that pages receive: the .resx texts, with French spacing set as they are read, so that whoever writes
/// a text types ordinary spaces.
/// </summary>
public sealed class SpacedLocalizer<T>(IStringLocalizerFactory factory) : IStringLocalizer<T>
{
    private readonly IStringLocalizer texts = factory.Create(typeof(T));

    public LocalizedString this[string name] => Spaced(texts[name]);

    public LocalizedString this[string name, params object[] arguments] => Spaced(texts[name, arguments]);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        texts.GetAllStrings(includeParentCultures).Select(Spaced);

    private static LocalizedString Spaced(LocalizedString text) =>
        new(text.Name, Typography.Spaced(text.Value), text.ResourceNotFound, text.SearchedLocation);
}
