using Governance.Domain.Kernel;

namespace Governance.Domain.Statutes;

/// <summary>Takes an article out of a draft.</summary>
public sealed record RepealArticle(StatutesVersionId Version, string Number, EffectiveTime On)
{
    public Decision Decide(Timeline<StatutesVersions> statutes) =>
        statutes.OfDraft(Version, draft => draft.Articles.Exists(a => a.Number == Number)
            ? statutes.Accept(On, new ArticleRepealed(Version, Number))
            : new ArticleNotFound(Number));
}
