using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Two groups go on as a new one; both are closed by it.</summary>
public sealed record MergeWorkingGroups(WorkingGroupId Into, string Name, string? Mission, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> left, Timeline<WorkingGroup> right, Timeline<WorkingGroup> into)
    {
        if ((Texts.Name("name", Name) ?? Texts.OptionalText("mission", Mission)) is { } wrong)
            return wrong;
        if (left.Stream == right.Stream || into.Stream == left.Stream || into.Stream == right.Stream)
            return new GroupMergedIntoItself();
        return (left.At(On), right.At(On), into.Latest) switch
        {
            (WorkingGroup.Merged a, WorkingGroup.Merged b, _) when a.Into == Into && b.Into == Into => Decision.NoChange,
            (WorkingGroup.Active a, WorkingGroup.Active b, WorkingGroup.Unknown) => Decision.All(
                left.Accept(On, new WorkingGroupMerged(Into)),
                right.Accept(On, new WorkingGroupMerged(Into)),
                into.Accept(On, new WorkingGroupCreated(Into, Name, GroupOrigin.Merger, [a.Id, b.Id], Mission))),
            (WorkingGroup.Active, WorkingGroup.Active, _) => new WorkingGroupAlreadyCreated(Name),
            (WorkingGroup.Active, _, _) => right.NotActive(On),
            _ => left.NotActive(On),
        };
    }
}
