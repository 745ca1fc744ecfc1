using System.Globalization;
using System.Numerics;

namespace Governance.Domain.Kernel;

/// <summary>An exact rational number in lowest terms, its denominator above zero.</summary>
public readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger _denominatorLessOne;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException();
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = (denominator / divisor) - 1;
    }

    public static Fraction Zero { get; } = new(0, 1);

    public static Fraction One { get; } = new(1, 1);

    public BigInteger Numerator { get; }

    // Kept less one so that the default value is 0/1, not 0/0.
    public BigInteger Denominator => _denominatorLessOne + 1;

    public static implicit operator Fraction(long value) => new(value, 1);

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);
    public static Fraction operator -(Fraction a, Fraction b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);
    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);
    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;
    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;
    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Reads « 3 », « 2/3 » or « -17/3 ».</summary>
    /// <param name="mostDigits">The bound of either number; what a person writes has no more than 40.</param>
    public static bool TryParse(string? text, out Fraction value, int mostDigits = 40)
    {
        value = default;
        var parts = (text ?? "").Split('/');
        if (parts.Length is 0 or > 2 || parts[0].Length > mostDigits || !BigInteger.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var numerator))
            return false;
        var denominator = BigInteger.One;
        if (parts.Length == 2 && (parts[1].Length > mostDigits || !BigInteger.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out denominator) || denominator.IsZero))
            return false;
        value = new(numerator, denominator);
        return true;
    }

    public override string ToString() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
