using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <param name="Number">As the statutes number it, such as « 12 » or « 12 bis »; unique in a version.</param>
public sealed record Article(string Number, string Heading, string Text);

/// <summary>A version of the statutes is drafted, whole. Stream <c>statutes</c>, which holds all versions of the association.</summary>
/// <param name="Articles">In their order.</param>
/// <param name="BasedOn">The version that it starts from; null for the first.</param>
public sealed record StatutesDrafted(
    StatutesVersionId Version, string Title, IReadOnlyList<Article> Articles, IReadOnlyList<Rule> Rules, StatutesVersionId? BasedOn = null) : IEvent;

/// <summary>An article of a draft reads so from here on; one that was not there joins at the end.</summary>
public sealed record ArticleAmended(StatutesVersionId Version, Article Article) : IEvent;

public sealed record ArticleRepealed(StatutesVersionId Version, string Number) : IEvent;

/// <summary>A draft carries a rule from here on, in the place of the one of the same kind and scope.</summary>
public sealed record RuleSet(StatutesVersionId Version, Rule Rule) : IEvent;

public sealed record RuleRemoved(StatutesVersionId Version, RuleKind Kind, RuleScope Scope) : IEvent;

/// <summary>A draft is adopted and can no longer be changed.</summary>
/// <param name="InForceFrom">The first instant at which it holds, not before its adoption.</param>
public sealed record StatutesAdopted(StatutesVersionId Version, EffectiveTime InForceFrom, DecisionReference? Decision = null) : IEvent;

public static class StatutesEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(StatutesDrafted), typeof(ArticleAmended), typeof(ArticleRepealed), typeof(RuleSet), typeof(RuleRemoved), typeof(StatutesAdopted),
    ];
}
