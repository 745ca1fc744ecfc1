using System.Globalization;
using Governance.Domain.Kernel;

namespace Governance.Api.Voting;

/// <summary>Lengths of a drawing from exact votes, by whole numbers: votes have no bound that the numbers of a chart could hold.</summary>
public sealed record Scale(Fraction Full)
{
    private const int Parts = 1_000_000;

    /// <summary>The scale on which the largest of these fills the width.</summary>
    public static Scale Of(IEnumerable<Fraction> values) => new(values.Append(Fraction.Zero).Max());

    /// <summary>Millionths of the width.</summary>
    public long Bar(Fraction value)
    {
        if (Full <= Fraction.Zero)
            return 0;
        var share = value / Full * new Fraction(Parts, 1);
        return (long)(share.Numerator / share.Denominator);
    }

    /// <summary>Millionths that a full bar has.</summary>
    public const long Whole = Parts;

    /// <summary>« 12.5% », for an attribute.</summary>
    public string Percent(Fraction value)
    {
        var tenths = Bar(value) * 1000 / Parts;
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}%");
    }
}
