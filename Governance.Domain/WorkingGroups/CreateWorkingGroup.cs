using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record CreateWorkingGroup(WorkingGroupId Group, string Name, string? Mission, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if ((Texts.Name("name", Name) ?? Texts.OptionalText("mission", Mission)) is { } wrong)
            return wrong;
        return group.Latest switch
        {
            WorkingGroup.Unknown => group.Accept(On, new WorkingGroupCreated(Group, Name, GroupOrigin.New, [], Mission)),
            WorkingGroup.Active known when known.Name == Name && known.Mission == Mission => Decision.NoChange,
            _ => new WorkingGroupAlreadyCreated(Name),
        };
    }
}
