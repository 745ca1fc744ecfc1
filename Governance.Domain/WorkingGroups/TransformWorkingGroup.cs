using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>A group goes on as a new one, with another name and mission; the old one is closed by it.</summary>
/// <param name="Into">The new group.</param>
public sealed record TransformWorkingGroup(WorkingGroupId Into, string Name, string? Mission, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> old, Timeline<WorkingGroup> @new)
    {
        if ((Texts.Name("name", Name) ?? Texts.OptionalText("mission", Mission)) is { } wrong)
            return wrong;
        if (old.Stream == @new.Stream)
            return new GroupMergedIntoItself();
        return (old.At(On), @new.Latest) switch
        {
            (WorkingGroup.Succeeded gone, _) when gone.By == Into => Decision.NoChange,
            (WorkingGroup.Active group, WorkingGroup.Unknown) => Decision.All(
                old.Accept(On, new WorkingGroupSucceeded(Into)),
                @new.Accept(On, new WorkingGroupCreated(Into, Name, GroupOrigin.Transformation, [group.Id], Mission))),
            (WorkingGroup.Active, _) => new WorkingGroupAlreadyCreated(Name),
            _ => old.NotActive(On),
        };
    }
}
