using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Gives a draft a rule, in the place of the one of the same kind and scope.</summary>
public sealed record SetRule(StatutesVersionId Version, Rule Rule, EffectiveTime On)
{
    public Decision Decide(Timeline<StatutesVersions> statutes) => statutes.OfDraft(Version, draft =>
    {
        if (Texts.Check("article", Rule.Article, 0, 80, lines: false) is { } wrong)
            return wrong;
        if (draft.Rules.Exists(r => r.SaysTheSameAs(Rule)))
            return Decision.NoChange;
        return RulesInForce.Fault(StatutesVersions.Put(draft.Rules, Rule)) is { } fault
            ? fault
            : statutes.Accept(On, new RuleSet(Version, Rule));
    });
}
