using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record RenameWorkingGroup(string Name, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if (Texts.Name("name", Name) is { } wrong)
            return wrong;
        return group.At(On) switch
        {
            WorkingGroup.Active known when known.Name == Name => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, new WorkingGroupRenamed(Name)),
            _ => group.NotActive(On),
        };
    }
}
