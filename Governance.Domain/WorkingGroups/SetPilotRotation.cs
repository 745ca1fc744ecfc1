using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Says which share of those who lead the group is renewed each year; 0 leaves them in place.</summary>
public sealed record SetPilotRotation(Fraction Share, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if (Share < Fraction.Zero || Share > Fraction.One)
            return new RotationShareOutOfBounds();
        return group.At(On) switch
        {
            WorkingGroup.Active known when known.Rotation == Share => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, new PilotRotationSet(Share)),
            _ => group.NotActive(On),
        };
    }
}
