using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <summary>A subject is not worked on, or not any more; what is published stays.</summary>
/// <param name="Decision">The ballot behind it; one that rejected the subject will do.</param>
public sealed record SetContributionAside(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) => Texts.Text("reason", Reason) is { } wrong
        ? wrong
        : contribution.Step(
            On, new ContributionSetAside(Reason, Decision), ContributionStage.Proposed, ContributionStage.Discussed, ContributionStage.Validated, ContributionStage.Observed,
            ContributionStage.Analysed, ContributionStage.Debated, ContributionStage.Presented);
}
