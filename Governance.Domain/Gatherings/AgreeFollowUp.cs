using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>The gathering agrees that something is to follow.</summary>
/// <param name="Kind">What it will start.</param>
public sealed record AgreeFollowUp(FollowUpId FollowUp, string Title, FollowUpKind Kind, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering)
    {
        if (Texts.Name("title", Title) is { } wrong)
            return wrong;
        return gathering.At(On) switch
        {
            Gathering.Planned planned when planned.FollowUps.Any(f => f.Title == Title && f.Kind == Kind) => Decision.NoChange,
            Gathering.Planned => gathering.Accept(On, new FollowUpAgreed(FollowUp, Title, Kind)),
            _ => gathering.NotPlanned(On),
        };
    }
}
