using Governance.Api.Search;
using Xunit;

namespace Governance.Tests.Api.Search;

public sealed class MarkedTests
{
    [Theory]
    [InlineData('\'')]
    [InlineData('\u2019')]
    public void A_part_of_a_text_does_not_end_inside_an_elided_word(char apostrophe)
    {
        // The elided letter is the last that fits.
        var text = "collège " + string.Concat(Enumerable.Repeat("voix ", 46)) + $"s{apostrophe}additionnent et comptent ensemble";

        var part = string.Concat(Marked.Part(text, word => word == "collège").Select(piece => piece.Text));

        Assert.EndsWith("voix …", part, StringComparison.Ordinal);
    }
}
