using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What the papers of a secret ballot must tell of their electors to be counted, and no more than that.</summary>
public static class SecretBallot
{
    // Whatever a rule says, somebody alone is singled out.
    private const int NobodyAlone = 2;

    /// <summary>Whether the rules count by college; where they do not, no paper tells its college and no tally is broken down.</summary>
    public static bool CountsByCollege(BallotRules rules) =>
        rules.Colleges.Content.Mode != CollegeMode.Pooled || rules.Quorum.Content.Extent is QuorumExtent.SomeColleges or QuorumExtent.EachCollege;

    /// <summary>The college that an elector's paper tells.</summary>
    public static BodyId? CollegeTold(BallotRules rules, Elector elector) => CountsByCollege(rules) ? elector.College : null;

    /// <summary>What stands against voting on it in secret; null when nothing does.</summary>
    /// <param name="contest">Null for a motion.</param>
    public static Refusal? Forbidden(Contest? contest, BallotRules rules, IEnumerable<Elector> electors) =>
        contest is { Question.Method: Consent } ? new SecretConsent(rules.Secrecy.Article)
        // Statutes that say both are not adopted; a secret vote that is demanded can still meet the other.
        : contest is null && rules.Tie.Content.Break == TieBreak.CastingVote ? new SecretBallotWithCastingVote(rules.Tie.Article)
        : SinglesOut(rules, electors);

    /// <summary>
    /// Why the roll cannot vote in secret: electors of the same weight, and of the same college where that is counted, are fewer than the rule's
    /// smallest group. Null when nobody is singled out.
    /// </summary>
    private static SecretBallotSinglesOut? SinglesOut(BallotRules rules, IEnumerable<Elector> electors)
    {
        var least = Math.Max(NobodyAlone, rules.Secrecy.Content.SmallestGroup);
        var smallest = electors.GroupBy(e => (e.Weight, College: CollegeTold(rules, e))).Select(g => (g.Key.Weight, Electors: g.Count())).MinBy(g => g.Electors);
        return smallest.Electors < least ? new SecretBallotSinglesOut(smallest.Electors, smallest.Weight, least, rules.Secrecy.Article) : null;
    }
}
