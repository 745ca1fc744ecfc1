using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Tests.Domain.Voting;

/// <summary>Words in which examples of motions are told.</summary>
internal static class Motions
{
    public static Fraction F(long numerator, long denominator) => new(numerator, denominator);

    public static MotionRules Rules(
        MajorityRule? majority = null, QuorumRule? quorum = null, CollegesRule? colleges = null, TieBreak tie = TieBreak.Rejected) => new(
        null,
        new("art. 10", quorum ?? QuorumRule.None),
        new("art. 12", majority ?? MajorityRule.MoreThanHalfExpressed),
        new("art. 7", colleges ?? CollegesRule.Pooled),
        new("art. 13", new TieRule(tie)));

    public static MajorityRule Share(long numerator, long denominator, Comparison comparison = Comparison.AtLeast, MajorityBase over = MajorityBase.Expressed) =>
        new(MajorityForm.Fraction, over, comparison, Share: F(numerator, denominator));

    public static MajorityRule HalfPlusOne { get; } = new(MajorityForm.HalfPlusOne, MajorityBase.Expressed);

    public static MajorityRule Relative { get; } = new(MajorityForm.Relative, MajorityBase.Expressed);

    public static RollGroup Members(long heads, string? college = null, long weight = 1) => new(new(heads, heads), weight, null, college);

    public static IEnumerable<PaperGroup> Papers(long @for = 0, long against = 0, long abstain = 0, long blank = 0, long @null = 0, string? college = null) =>
        new (Choice Choice, long Count)[]
        {
            (Choice.For, @for), (Choice.Against, against), (Choice.Abstain, abstain), (Choice.Blank, blank), (Choice.Null, @null),
        }.Where(p => p.Count > 0).Select(p => new PaperGroup(p.Choice, Fraction.One, p.Count, college));

    public static Outcome Judge(MotionRules rules, RollGroup roll, IEnumerable<PaperGroup> papers, Choice? chair = null) =>
        Motion.Judge(rules, [roll], [.. papers], chair);

    public static Outcome Judge(MotionRules rules, IReadOnlyList<RollGroup> roll, params IEnumerable<PaperGroup>[] papers) =>
        Motion.Judge(rules, roll, [.. papers.SelectMany(p => p)]);
}
