using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <summary>Retains a subject that was discussed.</summary>
/// <param name="Decision">The ballot that did.</param>
public sealed record ValidateSubject(DecisionReference Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) => contribution.Step(On, new SubjectValidated(Decision), ContributionStage.Discussed);
}
