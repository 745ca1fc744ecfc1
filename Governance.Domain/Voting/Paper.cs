using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>What a paper says in any method but the motion: a closed set, told apart in JSON by <c>paper</c>.</summary>
/// <remarks>
/// A paper with nothing on it (no choice, no rank, no grade, no point) is a blank one. One that names only withdrawn options
/// cannot be counted any more and is null.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "paper")]
[JsonDerivedType(typeof(Choices), "choices")]
[JsonDerivedType(typeof(Ranking), "ranking")]
[JsonDerivedType(typeof(Grades), "grades")]
[JsonDerivedType(typeof(Points), "points")]
[JsonDerivedType(typeof(Consents), "consents")]
[JsonDerivedType(typeof(Objects), "objects")]
[JsonDerivedType(typeof(StandsAside), "stands-aside")]
[JsonDerivedType(typeof(Abstains), "abstains")]
[JsonDerivedType(typeof(Blank), "blank")]
[JsonDerivedType(typeof(Null), "null")]
public abstract record Paper
{
    private Paper() { }

    /// <summary>The options chosen, in any order: plurality and approval.</summary>
    public sealed record Choices(IReadOnlyList<string> Options) : Paper;

    /// <summary>Groups of options from best to worst, those of a group equal; options not named come last and equal.</summary>
    public sealed record Ranking(IReadOnlyList<IReadOnlyList<string>> Groups) : Paper;

    /// <summary>A grade for each option named; the others get the worst.</summary>
    public sealed record Grades(IReadOnlyList<OptionGrade> Given) : Paper;

    /// <summary>Whole points for each option named, that add up to what each elector shares.</summary>
    public sealed record Points(IReadOnlyList<OptionPoints> Given) : Paper;

    public sealed record Consents : Paper;

    /// <param name="Reason">Asked for: a paper without one is refused.</param>
    public sealed record Objects(string? Reason) : Paper;

    /// <summary>Neither consents nor stands in the way.</summary>
    public sealed record StandsAside : Paper;

    /// <summary>Takes part and says so, without a paper in the count.</summary>
    public sealed record Abstains : Paper;

    public sealed record Blank : Paper;

    /// <summary>A paper that cannot be counted; never cast on purpose.</summary>
    public sealed record Null : Paper;
}

public sealed record OptionGrade(string Option, string Grade);

public sealed record OptionPoints(string Option, int Points);

/// <summary>Papers that say the same and weigh the same.</summary>
/// <param name="Count">How many, 1 to 10^12.</param>
/// <param name="Weight">Of each, above zero.</param>
/// <param name="College">Null for electors of no college.</param>
public sealed record PapersAlike(Paper Paper, long Count, Fraction Weight, string? College = null);
