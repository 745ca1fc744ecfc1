using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Whether a vote is secret because it was demanded, with its working.</summary>
/// <param name="Demanding">Of those taking part, how many demand it.</param>
/// <param name="Threshold">How many must; null when no number of them can demand it.</param>
/// <param name="Secret">It is held in secret, demanded or not.</param>
public sealed record SecrecyDemand(string Article, long Demanding, long TakingPart, bool ByChair, Fraction? Share, Fraction? Threshold, bool Secret)
{
    /// <summary>The least number of people that reaches the threshold, and somebody at that; null when no number can demand it.</summary>
    public long? Least => Threshold is { } threshold ? (long)System.Numerics.BigInteger.Max(1, (threshold.Numerator + threshold.Denominator - 1) / threshold.Denominator) : null;

    /// <param name="byChair">Whoever presides demands it.</param>
    /// <exception cref="ArgumentOutOfRangeException">More demand it than take part, or fewer than none.</exception>
    public static SecrecyDemand Judge(Applied<SecrecyRule> rule, long demanding, long takingPart, bool byChair)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(demanding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(demanding, takingPart);
        var share = rule.Content.OnDemandOf;
        var threshold = share * (Fraction)takingPart;
        // A share of zero lets any single one demand it; nobody demanding is no demand, whatever the share.
        var demanded = (demanding > 0 && threshold is { } least && demanding >= least) || (byChair && rule.Content.OnDemandOfChair);
        return new(rule.Article, demanding, takingPart, byChair, share, threshold, rule.Content.Form == VoteForm.Secret || demanded);
    }
}
