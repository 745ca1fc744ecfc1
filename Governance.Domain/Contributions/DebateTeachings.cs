using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <param name="Teachings">What the network takes from the debate.</param>
public sealed record DebateTeachings(string Teachings, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) =>
        Texts.Text("teachings", Teachings) is { } wrong ? wrong : contribution.Step(On, new TeachingsDebated(Teachings), ContributionStage.Analysed, ContributionStage.Debated);
}
