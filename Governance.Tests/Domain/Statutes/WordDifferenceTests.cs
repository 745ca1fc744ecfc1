using FsCheck;
using FsCheck.Fluent;
using Governance.Domain.Statutes;
using Xunit;

namespace Governance.Tests.Domain.Statutes;

/// <summary>How a text became another, by word.</summary>
public sealed class WordDifferenceTests
{
    [Theory]
    [InlineData("Le siège est à Paris.", "Le siège est à Lyon.", "Le siège est à [-Paris-][+Lyon+].")]
    [InlineData("Le bureau se réunit chaque mois.", "Le bureau se réunit deux fois chaque mois.", "Le bureau se réunit [+deux fois +]chaque mois.")]
    [InlineData("élu par le conseil national", "élu par son assemblée générale", "élu par [-le conseil national-][+son assemblée générale+]")]
    [InlineData("Nom, objet, siège", "Nom objet, siège", "Nom[-,-] objet, siège")]
    [InlineData("Un.\nDeux.", "Un.\nDeux.\nTrois.", "Un.\nDeux.[+\nTrois.+]")]
    [InlineData("", "Tout est neuf", "[+Tout est neuf+]")]
    [InlineData("Rien ne reste", "", "[-Rien ne reste-]")]
    [InlineData("Le même", "Le même", "Le même")]
    public void Words_taken_out_and_put_in_are_told_and_the_others_stay(string before, string after, string told) =>
        Assert.Equal(told, string.Concat(WordDifference.Of(before, after).Select(run => run.Change switch
        {
            Change.Removed => $"[-{run.Text}-]",
            Change.Added => $"[+{run.Text}+]",
            _ => run.Text,
        })));

    [Fact]
    public void Whatever_the_two_texts_each_can_be_read_from_what_is_told()
    {
        var texts = Gen.Elements("le", "la", "les", " ", "  ", ",", "\n", "bureau", "conseil", "d'", "1").ListOf().Select(words => string.Concat(words)).ToArbitrary();
        Prop.ForAll(texts, texts, (before, after) =>
        {
            var runs = WordDifference.Of(before, after);
            return string.Concat(runs.Where(r => r.Change != Change.Added).Select(r => r.Text)) == before
                && string.Concat(runs.Where(r => r.Change != Change.Removed).Select(r => r.Text)) == after
                && runs.All(r => r.Text.Length > 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_long_texts_that_have_nothing_in_common_are_told_as_one_that_goes_and_one_that_comes()
    {
        var (before, after) = (string.Join(' ', Enumerable.Range(0, 5_000)), string.Join(' ', Enumerable.Range(10_000, 5_000)));
        Assert.Equal([new(Change.Removed, before), new(Change.Added, after)], WordDifference.Of(before, after));
    }
}
