using Governance.Projections;
using Xunit;

namespace Governance.Tests.Projections;

/// <summary>What somebody typed to search, read.</summary>
public sealed class SearchWordsTests
{
    private static string Read(string typed) => string.Join(' ', SearchWords.Read(typed)!.Terms.Select(term =>
        (term.Without ? "not:" : "") + (term.Phrase ? $"[{term.Text}]" : term.Text) + (term.Begun ? "…" : "")));

    [Theory]
    [InlineData("assemblée générale", "assemblée générale…")]
    [InlineData("assemblée générale ", "assemblée générale")]
    [InlineData("l’assemblée", "l assemblée…")]
    [InlineData("\"assemblée générale\" 2024", "[assemblée générale] 2024…")]
    [InlineData("« feuille de route »", "[feuille de route]")]
    [InlineData("“feuille de route", "[feuille de route]")]
    [InlineData("vote -secret", "vote not:secret")]
    [InlineData("vote -\"bulletin secret\"", "vote not:[bulletin secret]")]
    [InlineData("mi-temps", "mi temps…")]
    [InlineData("vote - secret", "vote secret…")]
    [InlineData("ag", "ag")]
    [InlineData("vote vote", "vote vote…")]
    [InlineData("   ", "")]
    [InlineData("& | ! ( ) : * ' \\ -", "")]
    [InlineData("\" \" \"", "")]
    [InlineData("a\0b", "a b")]
    public void Words_phrases_and_what_is_not_wanted_are_told_apart_and_nothing_typed_is_wrong(string typed, string read) => Assert.Equal(read, Read(typed));

    [Fact]
    public void What_is_longer_than_two_hundred_characters_is_not_read()
    {
        Assert.NotNull(SearchWords.Read(new string('a', 200)));
        Assert.Null(SearchWords.Read(new string('a', 201)));
    }

    [Theory]
    [InlineData("héloïse", "Héloïse Bréhal", true)]
    [InlineData("HELOISE", "Héloïse Bréhal", true)]
    [InlineData("brehal heloise", "Héloïse Bréhal", true)]
    [InlineData("bré", "Héloïse Bréhal", true)]
    [InlineData("bré ", "Héloïse Bréhal", false)]
    [InlineData("br", "Héloïse Bréhal", false)]
    [InlineData("hal", "Héloïse Bréhal", false)]
    [InlineData("héloïse -bréhal", "Héloïse Bréhal", false)]
    [InlineData("-martin", "Héloïse Bréhal", false)]
    [InlineData("\"héloïse bréhal\"", "Héloïse Bréhal", true)]
    [InlineData("d'arc", "Jehanne d’Arc", true)]
    [InlineData("loeuvre", "Lœuvre", true)]
    public void A_name_is_found_by_its_words_in_any_order_without_accents_and_by_the_beginning_of_the_last_word_typed(string typed, string name, bool found) =>
        Assert.Equal(found, SearchWords.Read(typed)!.AreIn(name));
}
