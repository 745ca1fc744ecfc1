using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Kernel;

/// <summary>
/// Sentences of refusals and errors in the language of the request. They lie in <c>Kernel/Refusals/AREA.resx</c> (French) and
/// <c>AREA.en.resx</c>, AREA being the code up to its first dot, the key being the whole code: <c>ballot.closed</c> is in <c>ballot.resx</c>.
/// </summary>
/// <remarks>A key with <c>.title</c> added gives a short title; without one the status gives it.</remarks>
public static class Wording
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Areas = new(StringComparer.Ordinal);

    /// <summary>The sentence of a refusal: what, which rule, how to mend it.</summary>
    /// <exception cref="MissingManifestResourceException">No file for the area of this code.</exception>
    public static string Sentence(Refusal refusal) => Format(refusal.Code, refusal.Arguments);

    /// <summary>A sentence about the form of a request: key <c>shape.NAME</c>.</summary>
    public static string Shape(string name, params IReadOnlyList<object> arguments) => Format("shape." + name, arguments);

    /// <summary>A sentence of an answer that is no refusal of the domain: key <c>http.NAME</c>.</summary>
    public static string Http(string name, params IReadOnlyList<object> arguments) => Format("http." + name, arguments);

    /// <summary>« art. 12 », however the statutes number it, or that they say nothing.</summary>
    public static string Article(string article) =>
        article == RulesInForce.DefaultArticle ? Http("article-default")
        : article.StartsWith("art", StringComparison.OrdinalIgnoreCase) ? article
        : Http("article", article);

    /// <summary>A sentence with the article that it rests on, before its full stop; the sentence alone where that is null.</summary>
    public static string Under(string? article, string sentence) =>
        article is null ? sentence
        : sentence.EndsWith('.') ? $"{sentence[..^1]} ({Article(article)})."
        : $"{sentence} ({Article(article)})";

    /// <summary>The word for one of an enum's values, as sentences use it: key <c>name.TYPE.VALUE</c>.</summary>
    public static string Name(Enum value) => Argument(value, CultureInfo.CurrentUICulture).ToString()!;

    /// <summary>The sentence as written, with its placeholders, in one language; null when there is none.</summary>
    public static string? Template(string code, CultureInfo culture)
    {
        try
        {
            return Area(code).GetString(code, culture);
        }
        catch (MissingManifestResourceException)
        {
            return null;
        }
    }

    private static string Format(string code, IReadOnlyList<object> arguments)
    {
        var culture = CultureInfo.CurrentUICulture;
        var template = Area(code).GetString(code, culture) ?? throw new MissingManifestResourceException($"No sentence for {code}.");
        return string.Format(culture, template, [.. arguments.Select(argument => Argument(argument, culture))]);
    }

    private static object Argument(object argument, CultureInfo culture) => argument switch
    {
        DateTimeOffset instant => new Moment(instant),
        EffectiveTime on => new Moment(on.Instant),
        Cents money => MoneyWording.Euros(money.Amount),
        DateOnly day => DateWording.WithWeekday(day),
        Refusal why => Sentence(why),
        NamedArticle article => Article(article.Number),
        Enum value => Template("name." + EventCatalogue.NameOf(value.GetType()) + "." + value, culture) ?? value.ToString(),
        _ => argument,
    };

    /// <summary>A moment in a sentence: its day, or with <c>{0:t}</c> its hour and minute.</summary>
    private sealed record Moment(DateTimeOffset Instant) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? provider) => format == "t"
            ? DateWording.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(Instant, Paris).DateTime))
            : DateWording.WithWeekday(LocalTime.DayOf(Instant, Paris));
    }

    private static ResourceManager Area(string code) => Areas.GetOrAdd(
        code[..code.IndexOf('.', StringComparison.Ordinal)],
        area => new ResourceManager("Governance.Api.Kernel.Refusals." + area, typeof(Wording).Assembly));

    private static TimeZoneInfo Paris { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
}
