using Governance.Domain.Kernel;

namespace Governance.Domain.Statutes;

/// <summary>Changes an article of a draft, or adds it.</summary>
public sealed record AmendArticle(StatutesVersionId Version, Article Article, EffectiveTime On)
{
    public Decision Decide(Timeline<StatutesVersions> statutes) =>
        Drafting.Fault(Article) is { } wrong
            ? wrong
            : statutes.OfDraft(Version, draft => draft.Articles.Contains(Article)
                ? Decision.NoChange
                : statutes.Accept(On, new ArticleAmended(Version, Article)));
}
