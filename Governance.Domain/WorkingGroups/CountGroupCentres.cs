using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Says how many centres take part, where a document gives the number and not the names.</summary>
public sealed record CountGroupCentres(int Centres, EffectiveTime On)
{
    public const int Most = 100_000;

    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if (Texts.Number("centres", Centres, 0, Most) is { } wrong)
            return wrong;
        return group.At(On) switch
        {
            WorkingGroup.Active known when known.Counted == Centres => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, new WorkingGroupCentresCounted(Centres)),
            _ => group.NotActive(On),
        };
    }
}
