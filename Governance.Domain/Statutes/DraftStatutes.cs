using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Starts a version of the statutes.</summary>
/// <param name="Articles">Null to take over those of the version that it is based on.</param>
/// <param name="Rules">Null to take over those of the version that it is based on.</param>
public sealed record DraftStatutes(
    StatutesVersionId Version, string Title, StatutesVersionId? BasedOn, IReadOnlyList<Article>? Articles, IReadOnlyList<Rule>? Rules, EffectiveTime On)
{
    public Decision Decide(Timeline<StatutesVersions> statutes)
    {
        var versions = statutes.Latest;
        var source = BasedOn is { } id ? versions.Find(id) : null;
        if (BasedOn is not null && source is null)
            return new StatutesBaseNotFound();
        var articles = Articles ?? source?.Articles ?? [];
        var rules = Rules ?? source?.Rules ?? [];
        if ((Texts.Name("title", Title) ?? articles.Select(Drafting.Fault).FirstOrDefault(f => f is not null)) is { } wrong)
            return wrong;
        if (articles.GroupBy(a => a.Number).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return new ArticleTwice(twice.Key);
        if (RulesInForce.Fault(rules) is { } fault)
            return fault;

        return versions.Find(Version) switch
        {
            null => statutes.Accept(On, new StatutesDrafted(Version, Title, articles, rules, BasedOn)),
            StatutesVersion.Draft known when known.Title == Title && known.BasedOn == BasedOn
                && known.Articles.SequenceEqual(articles) && Drafting.SameRules(known.Rules, rules) => Decision.NoChange,
            var known => new StatutesVersionAlreadyDrafted(known.Title),
        };
    }
}
