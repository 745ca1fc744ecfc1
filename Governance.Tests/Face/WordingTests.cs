using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>Dates, numbers, durations and fractions in the words of the interface.</summary>
public sealed class WordingTests
{
    private const string Space = "\u00a0";

    private const string Narrow = "\u202f";

    private static string In(string language, Func<string> words)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return words();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("La moitié des membres.", "8", "La moitié des membres (art. 8).")]
    [InlineData("Une phrase. Puis une autre.", "art. 12", "Une phrase. Puis une autre (art. 12).")]
    [InlineData("Majorité", "8", "Majorité (art. 8)")]
    [InlineData("La moitié des membres.", null, "La moitié des membres.")]
    public void A_sentence_names_its_article_before_its_full_stop(string sentence, string? article, string expected) =>
        Assert.Equal(expected, In("fr-FR", () => Governance.Api.Kernel.Wording.Under(article, sentence)));

    [Theory]
    [InlineData("fr-FR", "2023-10-14", Precision.Day, "14 octobre 2023")]
    [InlineData("fr-FR", "2024-03-01", Precision.Day, "1er mars 2024")]
    [InlineData("fr-FR", "2023-10-01", Precision.Month, "octobre 2023")]
    [InlineData("fr-FR", "2024-04-01", Precision.Quarter, "2e trimestre 2024")]
    [InlineData("fr-FR", "2024-03-31", Precision.Quarter, "1er trimestre 2024")]
    [InlineData("fr-FR", "2018-01-01", Precision.HalfYear, "1er semestre 2018")]
    [InlineData("fr-FR", "2018-07-01", Precision.HalfYear, "2e semestre 2018")]
    [InlineData("fr-FR", "2018-06-30", Precision.HalfYear, "1er semestre 2018")]
    [InlineData("fr-FR", "2009-01-01", Precision.Year, "2009")]
    [InlineData("en-GB", "2023-10-14", Precision.Day, "14 October 2023")]
    [InlineData("en-GB", "2024-04-01", Precision.Quarter, "2nd quarter of 2024")]
    [InlineData("en-GB", "2018-01-01", Precision.HalfYear, "1st half of 2018")]
    public void A_date_is_written_as_closely_as_it_is_known(string language, string date, Precision precision, string words) =>
        Assert.Equal(words, In(language, () => DateWording.Known(DateOnly.Parse(date, CultureInfo.InvariantCulture), precision)));

    [Theory]
    [InlineData("fr-FR", "2024-03-21", "2024-03-22", "du 21 au 22 mars 2024")]
    [InlineData("fr-FR", "2024-03-30", "2024-04-01", "du 30 mars au 1er avril 2024")]
    [InlineData("fr-FR", "2023-12-30", "2024-01-02", "du 30 décembre 2023 au 2 janvier 2024")]
    [InlineData("fr-FR", "2024-03-21", "2024-03-21", "le 21 mars 2024")]
    [InlineData("en-GB", "2024-03-21", "2024-03-22", "21 to 22 March 2024")]
    public void A_span_of_days_says_nothing_twice(string language, string from, string to, string words) =>
        Assert.Equal(words, In(language, () => DateWording.Span(
            DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture))));

    [Fact]
    public void A_moment_is_told_on_the_clocks_of_the_association()
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var instant = new DateTimeOffset(2023, 12, 31, 23, 5, 0, TimeSpan.Zero);
        Assert.Equal($"1er janvier 2024 à 0{Space}h{Space}05", In("fr-FR", () => DateWording.Moment(instant, paris)));
        Assert.Equal("1 January 2024 at 00:05", In("en-GB", () => DateWording.Moment(instant, paris)));
    }

    [Theory]
    [InlineData("fr-FR", 0, "0 siège")]
    [InlineData("fr-FR", 1, "1 siège")]
    [InlineData("fr-FR", 2, "2 sièges")]
    [InlineData("en-GB", 0, "0 sièges")]
    [InlineData("en-GB", 1, "1 siège")]
    [InlineData("en-GB", 2, "2 sièges")]
    public void French_says_nought_in_the_singular_and_English_in_the_plural(string language, long count, string words) =>
        Assert.Equal(words.Replace(" ", Space, StringComparison.Ordinal), In(language, () => CountWording.Counted(count, "siège", "sièges")));

    [Fact]
    public void Thousands_are_parted_without_breaking_the_line()
    {
        Assert.Equal($"1{Narrow}234{Narrow}567", In("fr-FR", () => CountWording.Number(1234567)));
        Assert.Equal("\u22121,234", In("en-GB", () => CountWording.Number(-1234)));
    }

    [Theory]
    [InlineData("fr-FR", 1, 2, "la moitié")]
    [InlineData("fr-FR", 2, 3, "deux tiers")]
    [InlineData("en-GB", 2, 3, "two thirds")]
    [InlineData("fr-FR", 17, 30, "17/30")]
    public void A_fraction_is_said_as_statutes_say_it(string language, long numerator, long denominator, string words) =>
        Assert.Equal(words, In(language, () => FractionWording.InWords(numerator, denominator)));

    [Fact]
    public void A_share_is_rounded_down_so_that_it_never_claims_a_threshold()
    {
        Assert.Equal($"66{Space}%", In("fr-FR", () => FractionWording.Percent(669, 1000)));
        Assert.Equal("–", In("fr-FR", () => FractionWording.Percent(0, 0)));
    }

    [Theory]
    [InlineData("fr-FR", 52 * 60, "2 jours et 4 heures")]
    [InlineData("fr-FR", 45, "45 minutes")]
    [InlineData("fr-FR", 61, "1 heure et 1 minute")]
    [InlineData("fr-FR", 9 * 24 * 60 + 61, "9 jours")]
    [InlineData("fr-FR", 0, "moins d’une minute")]
    [InlineData("en-GB", 52 * 60, "2 days and 4 hours")]
    public void A_duration_is_told_in_its_two_largest_units(string language, int minutes, string words) =>
        Assert.Equal(words, In(language, () => DurationWording.InWords(TimeSpan.FromMinutes(minutes))).Replace(Space, " ", StringComparison.Ordinal));

    [Theory]
    [InlineData("fr-FR", "2024-11-30", "2026-11-26", "1 an et 11 mois")]
    [InlineData("fr-FR", "2025-01-31", "2025-02-28", "28 jours")]
    [InlineData("fr-FR", "2025-01-31", "2025-03-31", "2 mois")]
    [InlineData("fr-FR", "2024-11-26", "2026-11-26", "2 ans")]
    [InlineData("fr-FR", "2026-11-25", "2026-11-26", "1 jour")]
    [InlineData("en-GB", "2025-06-30", "2026-11-26", "1 year and 4 months")]
    public void From_a_day_to_another_is_told_on_the_calendar(string language, string from, string to, string words) => Assert.Equal(
        words,
        In(language, () => DurationWording.Between(DateReading.Read(from)!.Value, DateReading.Read(to)!.Value)).Replace(Space, " ", StringComparison.Ordinal));

    [Fact]
    public void French_marks_never_start_a_line() =>
        Assert.Equal($"«{Space}Pourquoi{Space}?{Space}»{Space}: oui{Space}; 12:30", Typography.French("« Pourquoi ? » : oui ; 12:30"));

    [Theory]
    [InlineData("2023-10-14")]
    [InlineData("14/10/2023")]
    [InlineData(" 14.10.2023 ")]
    [InlineData("14-10-2023")]
    public void A_date_is_read_as_people_type_it(string text) =>
        Assert.Equal(new DateOnly(2023, 10, 14), DateReading.Read(text));

    [Theory]
    [InlineData("fr-FR", 12_000, "120 €")]
    [InlineData("fr-FR", 125_050, "1 250,50 €")]
    [InlineData("fr-FR", 5, "0,05 €")]
    [InlineData("en-GB", 125_005, "€1,250.05")]
    [InlineData("en-GB", -100, "\u2212€1")]
    public void Money_is_told_to_the_cent(string language, int cents, string words) =>
        Assert.Equal(words, In(language, () => MoneyWording.Euros(cents)).Replace(Space, " ", StringComparison.Ordinal).Replace(Typography.NarrowNoBreakSpace, " ", StringComparison.Ordinal));

    [Theory]
    [InlineData("120", 12_000)]
    [InlineData("1 250,5 €", 125_050)]
    [InlineData("€0.05", 5)]
    [InlineData("0", null)]
    [InlineData("12,345", null)]
    [InlineData("1,2,3", null)]
    [InlineData("12,", null)]
    [InlineData("-3", null)]
    [InlineData("99999999", null)]
    [InlineData("cent", null)]
    public void An_amount_is_read_as_people_type_it(string text, int? cents) => Assert.Equal(cents, MoneyWording.ReadCents(text));

    [Theory]
    [InlineData("31/02/2023")]
    [InlineData("10/14/2023")]
    [InlineData("hier")]
    [InlineData("")]
    public void What_is_no_date_is_not_guessed(string text) => Assert.Null(DateReading.Read(text));
}
