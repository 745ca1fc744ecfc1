using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Contributions;

/// <summary>Takes in what a centre sees on its territory, in the place of what it said before.</summary>
public sealed record CollectObservation(MemberId Centre, string Observation, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution, Timeline<Member> centre)
    {
        if (Texts.Text("observation", Observation) is { } wrong)
            return wrong;
        var step = contribution.Step(On, new ObservationCollected(Centre, Observation), ContributionStage.Validated, ContributionStage.Observed);
        return step is Decision.Accepted && !centre.At(On).IsMember ? new ObserverNotAMember() : step;
    }
}
