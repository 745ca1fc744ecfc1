using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

internal static class Weights
{
    /// <summary>
    /// The factor that makes fractional weights the least whole numbers in the same proportion; one where all are whole already, so that
    /// a paper of weight w is worth w papers.
    /// </summary>
    public static Fraction Factor(IEnumerable<Fraction> weights)
    {
        var (denominators, numerators) = (BigInteger.One, BigInteger.Zero);
        foreach (var weight in weights)
        {
            denominators *= weight.Denominator / BigInteger.GreatestCommonDivisor(denominators, weight.Denominator);
            numerators = BigInteger.GreatestCommonDivisor(numerators, weight.Numerator);
        }

        return denominators.IsOne ? Fraction.One : new(denominators, numerators);
    }
}
