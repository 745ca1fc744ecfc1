using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>Contrast of the tokens, computed as WCAG 2.2 defines it (relative luminance, 1.4.3, 1.4.6 and 1.4.11).</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Grounds = ["paper", "raised", "sunk", "elsewhere-paper", "elsewhere-ground"];

    private static readonly Dictionary<string, (string Light, string Dark)> Tokens = Token()
        .Matches(File.ReadAllText(Path.Combine(Checkout.Root, "Governance.Api/Face/wwwroot/site.css")))
        .ToDictionary(match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value));

    /// <summary>Ink, ground and the ratio that the pair must reach.</summary>
    public static TheoryData<string, string, double> Pairs()
    {
        var pairs = new TheoryData<string, string, double>();
        foreach (var ground in Grounds)
        {
            pairs.Add("ink", ground, 7);
            foreach (var ink in new[] { "ink-soft", "accent", "accent-strong", "late", "refused" })
                pairs.Add(ink, ground, 4.5);
            pairs.Add("edge", ground, 3);
        }
        foreach (var ground in new[] { "accent-ground", "late-ground", "refused-ground" })
            pairs.Add("ink", ground, 7);
        foreach (var ground in new[] { "accent", "accent-strong" })
            pairs.Add("on-accent", ground, 4.5);
        pairs.Add("ink-soft", "accent-ground", 4.5);
        pairs.Add("ink-soft", "late-ground", 4.5);
        pairs.Add("ink-soft", "refused-ground", 4.5);
        pairs.Add("late", "late-ground", 4.5);
        pairs.Add("refused", "refused-ground", 4.5);
        pairs.Add("accent-strong", "accent-ground", 4.5);
        pairs.Add("document-ink", "document", 7);
        pairs.Add("ink-soft", "document", 4.5);
        pairs.Add("accent", "document", 4.5);
        pairs.Add("elsewhere-ground", "elsewhere", 4.5);
        pairs.Add("elsewhere", "raised", 4.5);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_read_stands_out_by_day_and_by_night(string ink, string ground, double least)
    {
        var (light, dark) = (Ratio(Tokens[ink].Light, Tokens[ground].Light), Ratio(Tokens[ink].Dark, Tokens[ground].Dark));
        Assert.True(light >= least, $"light: {ink} on {ground} is {light:0.00}, {least} is needed");
        Assert.True(dark >= least, $"dark: {ink} on {ground} is {dark:0.00}, {least} is needed");
    }

    [Fact]
    public void Black_on_white_is_twenty_one_to_one() => Assert.Equal(21, Ratio("#000000", "#ffffff"), 6);

    private static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var channels = Enumerable.Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex(@"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")]
    private static partial Regex Token();
}
