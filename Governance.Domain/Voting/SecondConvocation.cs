namespace Governance.Domain.Voting;

/// <summary>What stands against a second meeting after one without quorum.</summary>
public enum SecondConvocationFault
{
    /// <summary>The statutes do not provide for one: silence is no waiver of the quorum.</summary>
    NotAllowed,
    TooSoon,

    /// <summary>The first meeting decided it while it had its quorum.</summary>
    AlreadyDecided,

    /// <summary>Something joined the agenda.</summary>
    OtherAgenda,
}

/// <summary>A second meeting held against the rule, with its working.</summary>
/// <param name="GapDays">Days from the first meeting to the second, that of the second included.</param>
/// <param name="Earliest">The first day on which the second can be held; null when none can.</param>
/// <param name="Added">Items of the second agenda that the first did not have.</param>
/// <param name="Decided">Items of the second agenda that the first decided.</param>
/// <param name="Fault">Null when the second meeting can decide under <see cref="Quorum"/>.</param>
/// <param name="Quorum">The quorum of the second meeting: its own, none, or that of any meeting where no second one is provided for.</param>
public sealed record SecondConvocation(
    string Article, DateOnly First, DateOnly Second, int GapDays, int NeededDays, DateOnly? Earliest, IReadOnlyList<string> Added, IReadOnlyList<string> Decided,
    SecondConvocationFault? Fault, Applied<QuorumRule> Quorum)
{
    /// <param name="ordinary">The quorum of any meeting of the body for this kind of decision.</param>
    /// <param name="first">The day of the meeting without quorum, in the association's time zone.</param>
    /// <param name="decidedBefore">What the first meeting decided before it lost its quorum, of its agenda.</param>
    public static SecondConvocation Judge(
        Applied<SecondConvocationRule> rule, Applied<QuorumRule> ordinary, DateOnly first, DateOnly second, IReadOnlyList<string> firstAgenda,
        IReadOnlyList<string> secondAgenda, IReadOnlyList<string>? decidedBefore = null)
    {
        var content = rule.Content;
        var gap = second.DayNumber - first.DayNumber;
        List<string> added = [.. secondAgenda.Except(firstAgenda, StringComparer.Ordinal)];
        List<string> decided = [.. secondAgenda.Intersect(decidedBefore ?? [], StringComparer.Ordinal)];
        SecondConvocationFault? fault = !content.Allowed ? SecondConvocationFault.NotAllowed
            : gap < content.MinimumGapDays || gap < 1 ? SecondConvocationFault.TooSoon
            : decided.Count > 0 ? SecondConvocationFault.AlreadyDecided
            : content.SameAgenda && added.Count > 0 ? SecondConvocationFault.OtherAgenda
            : null;
        return new(
            rule.Article, first, second, gap, content.MinimumGapDays, content.Allowed ? first.AddDays(Math.Max(content.MinimumGapDays, 1)) : null, added, decided, fault,
            QuorumOf(rule, ordinary));
    }

    /// <summary>Which quorum a second meeting needs. The majority is that of any meeting: only the quorum changes.</summary>
    public static Applied<QuorumRule> QuorumOf(Applied<SecondConvocationRule> rule, Applied<QuorumRule> ordinary) =>
        rule.Content.Allowed ? new(rule.Article, rule.Content.Quorum ?? QuorumRule.None) : ordinary;
}
