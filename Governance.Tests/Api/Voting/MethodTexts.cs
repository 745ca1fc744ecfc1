using System.Globalization;
using Governance.Api.Face.Wording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace Governance.Tests.Api.Voting;

/// <summary>The words of methods as pages get them; a word that is not there fails the test.</summary>
internal sealed class MethodTexts<T> : IStringLocalizer<T>
{
    private readonly SpacedLocalizer<T> _texts = new(
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizerFactory>());

    /// <summary>Whether there is such a word: of two that would do, the first may not be.</summary>
    public bool Has(string name) => !_texts[name].ResourceNotFound;

    public LocalizedString this[string name] => Found(_texts[name]);

    public LocalizedString this[string name, params object[] arguments] => Found(_texts[name, arguments]);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => _texts.GetAllStrings(includeParentCultures);

    private static LocalizedString Found(LocalizedString text)
    {
        Assert.False(text.ResourceNotFound, $"No text {text.Name} in {CultureInfo.CurrentUICulture}.");
        return text;
    }
}

/// <summary>Speaks one language for a while.</summary>
internal sealed class Speaking : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public Speaking(string language) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    public void Dispose() => CultureInfo.CurrentUICulture = _before;
}
