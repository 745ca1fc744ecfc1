using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

public enum Change
{
    Same,
    Added,
    Removed,
    Changed,
}

/// <param name="Before">Null when added.</param>
/// <param name="After">Null when removed.</param>
public sealed record ArticleChange(string Number, Change Change, Article? Before, Article? After);

/// <param name="Before">Null when added.</param>
/// <param name="After">Null when removed.</param>
public sealed record RuleChange(RuleKind Kind, RuleScope Scope, Change Change, Rule? Before, Rule? After);

/// <summary>Two versions of the statutes side by side: every article and rule of either, also those that are the same.</summary>
/// <param name="Articles">In the order of the later version, with what was removed where it stood.</param>
/// <param name="Rules">By kind, then in the order of the later version.</param>
public sealed record StatutesComparison(IReadOnlyList<ArticleChange> Articles, IReadOnlyList<RuleChange> Rules)
{
    public static StatutesComparison Of(StatutesVersion before, StatutesVersion after) => new(Compare(before, after), CompareRules(before, after));

    private static List<ArticleChange> Compare(StatutesVersion before, StatutesVersion after)
    {
        var was = before.Articles.ToDictionary(a => a.Number);
        var rows = after.Articles.Select(a => was.GetValueOrDefault(a.Number) is { } old
            ? new ArticleChange(a.Number, old == a ? Change.Same : Change.Changed, old, a)
            : new ArticleChange(a.Number, Change.Added, null, a)).ToList();
        string? previous = null;
        foreach (var article in before.Articles)
        {
            if (after.Articles.All(a => a.Number != article.Number))
                rows.Insert(rows.FindIndex(r => r.Number == previous) + 1, new(article.Number, Change.Removed, article, null));
            previous = article.Number;
        }

        return rows;
    }

    private static List<RuleChange> CompareRules(StatutesVersion before, StatutesVersion after)
    {
        RuleChange Row(Rule rule, Rule? was, Rule? now) => new(
            rule.Content.Kind, rule.Scope,
            (was, now) switch
            {
                (null, _) => Change.Added,
                (_, null) => Change.Removed,
                var (old, young) => old.SaysTheSameAs(young) ? Change.Same : Change.Changed,
            },
            was, now);
        return
        [
            .. after.Rules.Select(r => Row(r, before.Rules.Find(r.Replaces), r))
                .Concat(before.Rules.Where(r => !after.Rules.Exists(r.Replaces)).Select(r => Row(r, r, null)))
                .OrderBy(r => r.Kind),
        ];
    }
}
