using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>A part of the roll and the papers that came from it.</summary>
internal sealed record Attendance(RollGroup Roll, Tally Papers)
{
    public string? College => Roll.College;

    public Tally TakingPart(IReadOnlyList<Presence> counted) => Roll.Presence is null
        ? Papers
        : Roll.Presence.Where(p => counted.Count == 0 || counted.Contains(p.Presence)).Aggregate(Tally.Zero, (sum, p) => sum + p.Tally);
}

/// <summary>Whether enough take part, by any method.</summary>
internal static class Quorum
{
    /// <summary>A quorum of the whole roll or of so many colleges; that of each college is <see cref="Missing"/>'s.</summary>
    public static bool IsReached(Applied<QuorumRule> quorum, IReadOnlyList<Attendance> roll, List<Step> steps)
    {
        var (article, rule) = (quorum.Article, quorum.Content);
        switch (rule.Extent)
        {
            case QuorumExtent.Whole:
                var whole = Check(
                    quorum, roll.Aggregate(Tally.Zero, (sum, g) => sum + g.Roll.Members),
                    roll.Aggregate(Tally.Zero, (sum, g) => sum + g.TakingPart(rule.Counted)), null);
                steps.Add(whole);
                return whole.Reached;

            case QuorumExtent.SomeColleges:
                var each = roll.Where(g => g.College is not null && g.Roll.Members.Heads > 0).Select(g => Check(quorum, g)).ToList();
                steps.AddRange(each);
                var with = new CollegesWithQuorum(
                    article, each.Count(c => c.Reached), rule.Colleges ?? 1, roll.Count(g => g.College is not null),
                    each.Count(c => c.Reached) >= (rule.Colleges ?? 1));
                steps.Add(with);
                return with.Reached;

            case QuorumExtent.EachCollege:
                // Each by itself, with what is missing.
                return true;

            default:
                steps.Add(new QuorumNotRequired(article));
                return true;
        }
    }

    /// <summary>Finds the colleges that are empty or without quorum, where either matters.</summary>
    /// <returns>For each part of the roll, whether it is missing and to be treated as the rule on colleges says.</returns>
    public static bool[] Missing(Applied<QuorumRule> quorum, Applied<CollegesRule> colleges, IReadOnlyList<Attendance> roll, List<Step> steps)
    {
        var missing = new bool[roll.Count];
        var eachQuorum = quorum.Content.Extent == QuorumExtent.EachCollege;
        if (!eachQuorum && colleges.Content.Mode == CollegeMode.Pooled)
            return missing;

        for (var i = 0; i < roll.Count; i++)
        {
            MissingReason? reason = null;
            if (roll[i].Roll.Members.Heads == 0)
            {
                reason = MissingReason.Empty;
            }
            else if (eachQuorum)
            {
                var check = Check(quorum, roll[i]);
                steps.Add(check);
                reason = check.Reached ? null : MissingReason.NoQuorum;
            }

            missing[i] = reason is not null;
            if (reason is { } why)
                steps.Add(new CollegeMissing(colleges.Article, why, colleges.Content.Missing, roll[i].College));
        }

        return missing;
    }

    private static QuorumChecked Check(Applied<QuorumRule> quorum, Attendance part) =>
        Check(quorum, part.Roll.Members, part.TakingPart(quorum.Content.Counted), part.College);

    private static QuorumChecked Check(Applied<QuorumRule> quorum, Tally total, Tally takingPart, string? college)
    {
        var rule = quorum.Content;
        var (all, part) = rule.Measure == QuorumMeasure.Members
            ? ((Fraction)total.Heads, (Fraction)takingPart.Heads)
            : (total.Weight, takingPart.Weight);
        var share = rule.Share ?? Fraction.Zero;
        var threshold = Round(share * all, rule.Rounding) + (rule.PlusOne ? Fraction.One : Fraction.Zero);
        return new(quorum.Article, rule.Measure, all, part, share, rule.Comparison, threshold, rule.Comparison.Holds(part, threshold), college);
    }

    private static Fraction Round(Fraction value, Rounding rounding) => rounding switch
    {
        Rounding.Down => new(Floor(value), 1),
        Rounding.Up => new(-Floor(Fraction.Zero - value), 1),
        _ => value,
    };

    private static BigInteger Floor(Fraction value) =>
        BigInteger.DivRem(value.Numerator, value.Denominator, out var rest) - (rest.Sign < 0 ? 1 : 0);
}
