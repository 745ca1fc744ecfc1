using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>One version of the statutes: its articles and the rules that it carries.</summary>
public abstract record StatutesVersion
{
    private StatutesVersion(StatutesVersionId id, string title, ImmutableList<Article> articles, ImmutableList<Rule> rules, StatutesVersionId? basedOn) =>
        (Id, Title, Articles, Rules, BasedOn) = (id, title, articles, rules, basedOn);

    public StatutesVersionId Id { get; }

    public string Title { get; }

    public ImmutableList<Article> Articles { get; init; }

    public ImmutableList<Rule> Rules { get; init; }

    public StatutesVersionId? BasedOn { get; }

    public sealed record Draft : StatutesVersion
    {
        public Draft(StatutesVersionId id, string title, IEnumerable<Article> articles, IEnumerable<Rule> rules, StatutesVersionId? basedOn)
            : base(id, title, [.. articles], [.. rules], basedOn) { }
    }

    /// <summary>Never changed again.</summary>
    public sealed record Adopted : StatutesVersion
    {
        public Adopted(Draft draft, EffectiveTime on, EffectiveTime inForceFrom, DecisionReference? decision)
            : base(draft.Id, draft.Title, draft.Articles, draft.Rules, draft.BasedOn) => (On, InForceFrom, Decision) = (on, inForceFrom, decision);

        /// <summary>When it was adopted.</summary>
        public EffectiveTime On { get; }

        public EffectiveTime InForceFrom { get; }

        public DecisionReference? Decision { get; }
    }
}

/// <summary>All versions of the statutes of one association, in the order of their drafting.</summary>
public sealed record StatutesVersions(ImmutableList<StatutesVersion> All) : IState<StatutesVersions>
{
    public static StatutesVersions Initial { get; } = new([]);

    public static StreamId Stream { get; } = new("statutes");

    public StatutesVersion? Find(StatutesVersionId id) => All.Find(v => v.Id == id);

    /// <summary>Adopted versions, in the order in which they come into force.</summary>
    public IReadOnlyList<StatutesVersion.Adopted> Adopted =>
        [.. All.OfType<StatutesVersion.Adopted>().OrderBy(v => v.InForceFrom.Instant).ThenBy(v => v.On.Instant)];

    /// <summary>The version in force at an instant; null before the first.</summary>
    public StatutesVersion.Adopted? InForceAt(DateTimeOffset instant) => Adopted.LastOrDefault(v => v.InForceFrom.Instant <= instant);

    /// <summary>The rules that a decision taken at an instant is judged under; defaults where there are no statutes.</summary>
    public RulesInForce RulesAt(DateTimeOffset instant) =>
        InForceAt(instant) is { } version ? new(version.Id, version.Rules) : RulesInForce.Defaults;

    public StatutesVersions Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        StatutesDrafted e when Find(e.Version) is null =>
            new(All.Add(new StatutesVersion.Draft(e.Version, e.Title, e.Articles, e.Rules, e.BasedOn))),
        ArticleAmended e when Find(e.Version) is StatutesVersion.Draft draft => With(draft, draft with { Articles = Put(draft.Articles, e.Article) }),
        ArticleRepealed e when Find(e.Version) is StatutesVersion.Draft draft && draft.Articles.Exists(a => a.Number == e.Number) =>
            With(draft, draft with { Articles = draft.Articles.RemoveAll(a => a.Number == e.Number) }),
        RuleSet e when Find(e.Version) is StatutesVersion.Draft draft => With(draft, draft with { Rules = Put(draft.Rules, e.Rule) }),
        RuleRemoved e when Find(e.Version) is StatutesVersion.Draft draft && draft.Rules.Exists(r => Is(r, e.Kind, e.Scope)) =>
            With(draft, draft with { Rules = draft.Rules.RemoveAll(r => Is(r, e.Kind, e.Scope)) }),
        StatutesAdopted e when Find(e.Version) is StatutesVersion.Draft draft =>
            With(draft, new StatutesVersion.Adopted(draft, on, e.InForceFrom, e.Decision)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    internal static ImmutableList<Rule> Put(ImmutableList<Rule> rules, Rule rule) =>
        rules.FindIndex(rule.Replaces) is >= 0 and var at ? rules.SetItem(at, rule) : rules.Add(rule);

    internal static bool Is(Rule rule, RuleKind kind, RuleScope scope) => rule.Content.Kind == kind && rule.Scope == scope;

    private static ImmutableList<Article> Put(ImmutableList<Article> articles, Article article) =>
        articles.FindIndex(a => a.Number == article.Number) is >= 0 and var at ? articles.SetItem(at, article) : articles.Add(article);

    private StatutesVersions With(StatutesVersion was, StatutesVersion now) => new(All.Replace(was, now));
}
