using Governance.Domain.Kernel;

namespace Governance.Domain.Colleges;

/// <summary>The body is not a college.</summary>
public sealed record NotACollege(string Name) : Refusal
{
    public override string Code => "college.not-a-college";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>A weight is above zero and at most a million, as a number or a fraction.</summary>
public sealed record WeightUnfit : Refusal
{
    public override string Code => "college.weight";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>More mandates are held than the seats asked for.</summary>
public sealed record FewerSeatsThanHolders(int Seats, int Holders) : Refusal
{
    public override string Code => "college.fewer-seats-than-holders";
    public override IReadOnlyList<object> Arguments => [Seats, Holders];
}

internal static class CollegeChecks
{
    public static Refusal? Weight(Fraction weight) =>
        weight > Fraction.Zero && weight.Numerator <= 1_000_000 && weight.Denominator <= 1_000_000 ? null : new WeightUnfit();
}
