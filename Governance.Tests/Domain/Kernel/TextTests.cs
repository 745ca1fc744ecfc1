using Governance.Domain.Kernel;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Kernel;

public sealed class TextTests
{
    [Theory]
    [InlineData("Labo Cités")]
    [InlineData("\U0001F600")]
    public void A_name_of_any_script_is_kept(string name) => Assert.Null(Texts.Name("name", name));

    [Fact]
    public void A_name_has_one_to_two_hundred_characters()
    {
        Assert.Null(Texts.Name("name", new string('n', 200)));
        Assert.Equal(new TextOutOfBounds("name", 1, 200), Texts.Name("name", new string('n', 201)));
        Assert.Equal(new TextOutOfBounds("name", 1, 200), Texts.Name("name", "  "));
        Assert.Equal(new TextOutOfBounds("name", 1, 200), Texts.Name("name", null));
    }

    [Theory]
    [InlineData("nul\0")]
    [InlineData("two\nlines")]
    [InlineData("bell\u0007")]
    public void Characters_that_no_register_keeps_are_refused_in_a_name(string name) =>
        Assert.Equal(new TextUnreadable("name"), Texts.Name("name", name));

    // Apart from the others: metadata of attributes cannot carry half of a pair.
    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() => Assert.Equal(new TextUnreadable("name"), Texts.Name("name", "half \ud83d"));

    [Fact]
    public void A_text_may_have_lines() => Assert.Null(Texts.Text("text", "two\r\n\tlines"));

    [Fact]
    public void A_number_keeps_its_bounds()
    {
        Assert.Null(Texts.Number("rank", 1, 1, 10));
        Assert.Null(Texts.Number("rank", null, 1, 10));
        Assert.Equal(new NumberOutOfBounds("rank", 1, 10), Texts.Number("rank", 11, 1, 10));
        Assert.Equal(new NumberOutOfBounds("rank", 1, 10), Texts.Number("rank", 0, 1, 10));
    }

    [Theory]
    [InlineData("2024-03-31", "2024-04-01")]
    [InlineData("2024-03", "2024-04-01")]
    [InlineData("2018-Q2", "2018-07-01")]
    [InlineData("2018-H2", "2019-01-01")]
    [InlineData("2009", "2010-01-01")]
    public void A_period_is_over_as_the_next_one_begins(string period, string next) =>
        Assert.Equal(Time(next).Instant, Time(period).PeriodEnd(Paris));

    [Fact]
    public void An_instant_is_over_as_it_begins() =>
        Assert.Equal(Time("2024-03-31T10:00:00Z").Instant, Time("2024-03-31T10:00:00Z").PeriodEnd(Paris));
}
