using Governance.Domain.Kernel;

namespace Governance.Domain.Colleges;

/// <summary>
/// A college (circle) exists from here on; it is a body, and is composed from the mandates on the same stream <c>body:{id}</c>.
/// </summary>
/// <param name="Weight">What its votes weigh beside the other colleges'; above zero.</param>
/// <param name="Seats">How many mandates it can have at once; null when nothing limits them.</param>
public sealed record CollegeConstituted(BodyId College, string Name, Fraction Weight, int? Seats = null, DecisionReference? Decision = null) : IDecided;

/// <summary>How the college works has been looked at; nothing changes by it.</summary>
/// <param name="RefinementWanted">The review asks for a refinement of its rules.</param>
public sealed record CollegeReviewed(string Findings, bool RefinementWanted) : IEvent;

/// <summary>Seats and weight are as given from here on.</summary>
public sealed record CollegeRefined(Fraction Weight, string Remark, int? Seats = null, DecisionReference? Decision = null) : IDecided;

public static class CollegeEvents
{
    public static IReadOnlyList<Type> Types { get; } = [typeof(CollegeConstituted), typeof(CollegeReviewed), typeof(CollegeRefined)];
}
