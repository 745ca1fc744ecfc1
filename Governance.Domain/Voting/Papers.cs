using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>What a paper says. Not voting is no paper, and a fifth count.</summary>
public enum Choice
{
    For,
    Against,
    Abstain,
    Blank,

    /// <summary>A paper that cannot be counted; never cast on purpose.</summary>
    Null,
}

/// <summary>So many papers, of so much weight together.</summary>
public sealed record Tally(long Heads, Fraction Weight)
{
    public static Tally Zero { get; } = new(0, Fraction.Zero);

    public static Tally operator +(Tally a, Tally b) => new(a.Heads + b.Heads, a.Weight + b.Weight);

    public static Tally operator -(Tally a, Tally b) => new(a.Heads - b.Heads, a.Weight - b.Weight);
}

/// <summary>Papers that are alike.</summary>
/// <param name="Weight">Of each paper, above zero.</param>
/// <param name="Count">How many, at least one.</param>
/// <param name="College">Null for an elector of no college.</param>
public sealed record PaperGroup(Choice Choice, Fraction Weight, long Count, string? College = null);

public sealed record PresenceTally(Presence Presence, Tally Tally);

/// <summary>The part of the roll that belongs to one college, or to none.</summary>
/// <param name="Members">Everybody on the roll.</param>
/// <param name="Weight">What the college weighs beside the others where results are normalised.</param>
/// <param name="Presence">
/// Who takes part and how, who cast a paper included; null in a vote by correspondence, where whoever cast a paper takes part.
/// </param>
/// <param name="College">Null for electors of no college.</param>
public sealed record RollGroup(Tally Members, Fraction Weight, IReadOnlyList<PresenceTally>? Presence = null, string? College = null);

/// <summary>The rules that a motion is judged by.</summary>
public sealed record MotionRules(
    StatutesVersionId? Statutes,
    Applied<QuorumRule> Quorum,
    Applied<MajorityRule> Majority,
    Applied<CollegesRule> Colleges,
    Applied<TieRule> Tie);
