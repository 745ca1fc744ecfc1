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
    /// <param name="electors">With who is there, in a meeting.</param>
    public static Refusal? Forbidden(Contest? contest, BallotRules rules, IEnumerable<Elector> electors) =>
        contest is { Question.Method: Consent } ? new SecretConsent(rules.Secrecy.Article)
        // Statutes that say both are not adopted; a secret vote that is demanded can still meet the other.
        : contest is null && rules.Tie.Content.Break == TieBreak.CastingVote ? new SecretBallotWithCastingVote(rules.Tie.Article)
        : SinglesOut(rules, electors);

    /// <summary>
    /// Why the roll cannot vote in secret: people who can vote, with the same weight and in the same college where that is counted, are fewer than the rule's
    /// smallest group; or one of them alone is there, in a meeting. Null when nobody is singled out.
    /// </summary>
    private static SecretBallotSinglesOut? SinglesOut(BallotRules rules, IEnumerable<Elector> electors)
    {
        var least = Math.Max(NobodyAlone, rules.Secrecy.Content.SmallestGroup);
        // Whoever declared an interest casts no paper, and two papers of one person are as much that person's as one.
        var groups = electors.Where(e => !e.Barred).GroupBy(e => (e.Weight, College: CollegeTold(rules, e))).Select(g => (g.Key.Weight, People: People(g), There: People(g.Where(e => e.Present is not null))))
            .DefaultIfEmpty().ToList();
        return groups.MinBy(g => g.People) is var smallest && smallest.People < least ? new SecretBallotSinglesOut(smallest.People, smallest.Weight, least, rules.Secrecy.Article)
            : groups.Find(g => g.There == 1) is { There: 1 } alone ? new SecretBallotSinglesOut(1, alone.Weight, NobodyAlone, rules.Secrecy.Article)
            : null;
    }

    private static int People(IEnumerable<Elector> electors) => electors.Select(e => e.Person).Distinct().Count();
}
