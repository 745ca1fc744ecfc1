using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <param name="Summary">What was said, in sum.</param>
public sealed record DiscussSubject(string Summary, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) =>
        Texts.Text("summary", Summary) is { } wrong ? wrong : contribution.Step(On, new SubjectDiscussed(Summary), ContributionStage.Proposed, ContributionStage.Discussed);
}
