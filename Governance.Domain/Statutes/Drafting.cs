using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>What every change of a draft checks.</summary>
internal static class Drafting
{
    public const int ArticleLength = 100_000;

    public static Refusal? Fault(Article article) =>
        Texts.Check("number", article.Number, 1, 40, lines: false)
        ?? Texts.Check("heading", article.Heading, 0, Texts.NameLength, lines: false)
        ?? Texts.Check("text", article.Text, 0, ArticleLength, lines: true);

    /// <summary>Gives the draft to a change, or the refusal when there is none to change.</summary>
    public static Decision OfDraft(this Timeline<StatutesVersions> statutes, StatutesVersionId id, Func<StatutesVersion.Draft, Decision> change) =>
        statutes.Latest.Find(id) switch
        {
            StatutesVersion.Draft draft => change(draft),
            StatutesVersion.Adopted adopted => new StatutesAlreadyAdopted(adopted.Title, adopted.On),
            _ => new StatutesVersionNotFound(),
        };

    public static bool SameRules(IReadOnlyList<Rule> left, IReadOnlyList<Rule> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.SaysTheSameAs(pair.Second));
}
