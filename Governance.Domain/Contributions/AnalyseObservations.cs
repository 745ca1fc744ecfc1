using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <param name="Findings">What the observations say, read across each other.</param>
public sealed record AnalyseObservations(string Findings, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) =>
        Texts.Text("findings", Findings) is { } wrong ? wrong : contribution.Step(On, new ObservationsAnalysed(Findings), ContributionStage.Observed);
}
