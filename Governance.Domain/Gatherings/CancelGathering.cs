using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

public sealed record CancelGathering(string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return gathering.At(On) switch
        {
            Gathering.Cancelled => Decision.NoChange,
            Gathering.Planned => gathering.Accept(On, new GatheringCancelled(Reason)),
            _ => gathering.NotPlanned(On),
        };
    }
}
