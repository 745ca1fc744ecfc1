using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <param name="To">To whom of the funder, in words.</param>
public sealed record PresentContribution(string To, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution) =>
        Texts.Text("to", To) is { } wrong ? wrong : contribution.Step(On, new ContributionPresented(To), ContributionStage.Debated);
}
