namespace Governance.Domain.Mandates;

/// <summary>Two offices that one person cannot hold at the same time, in the same body or in two.</summary>
public sealed record IncompatibleOffices(Office One, Office Other);

/// <summary>What the statutes in force say of the mandates of a body. Unset rules limit nothing.</summary>
/// <param name="MaximumMonths">Longest term, in months; null for no limit.</param>
/// <param name="MaximumConsecutiveTerms">How many terms in a row a person can hold the same office in the body; null for no limit.</param>
/// <param name="Holdover">Once the term is over the holder stays until replaced.</param>
/// <param name="Seats">Most mandates at once; null leaves it to the body.</param>
/// <param name="SeveralMandatesAPerson">One person can hold several mandates in the body, such as for two members.</param>
/// <param name="RepresentativesOnly">Every mandate in the body represents a member.</param>
/// <param name="Incompatible">Offices that exclude each other.</param>
/// <param name="Article">Where the statutes say so; null for the defaults.</param>
public sealed record MandateTerms(
    int? MaximumMonths = null,
    int? MaximumConsecutiveTerms = null,
    bool Holdover = false,
    int? Seats = null,
    bool SeveralMandatesAPerson = false,
    bool RepresentativesOnly = false,
    IReadOnlyList<IncompatibleOffices>? Incompatible = null,
    string? Article = null)
{
    public static MandateTerms Default { get; } = new();

    internal bool Excludes(Office one, Office other) =>
        Incompatible?.Any(pair => (pair.One == one && pair.Other == other) || (pair.One == other && pair.Other == one)) == true;
}
