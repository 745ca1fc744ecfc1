using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Takes a rule out of a draft: a wider one or the default holds in its place, if that agrees with the rest.</summary>
public sealed record RemoveRule(StatutesVersionId Version, RuleKind Rule, RuleScope Scope, EffectiveTime On)
{
    public Decision Decide(Timeline<StatutesVersions> statutes) => statutes.OfDraft(Version, draft =>
    {
        var left = draft.Rules.RemoveAll(r => StatutesVersions.Is(r, Rule, Scope));
        if (left.Count == draft.Rules.Count)
            return new RuleNotFound(Rule);
        return RulesInForce.Fault(left) is { } fault ? fault : statutes.Accept(On, new RuleRemoved(Version, Rule, Scope));
    });
}
