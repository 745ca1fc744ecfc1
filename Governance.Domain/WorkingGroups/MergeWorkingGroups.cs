using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.WorkingGroups;

/// <summary>Two groups go on as a new one; both are closed by it.</summary>
/// <param name="KeepsCentres">The centres of both take part in the new one from then on; who leads it is appointed anew.</param>
public sealed record MergeWorkingGroups(WorkingGroupId Into, string Name, string? Mission, EffectiveTime On, bool KeepsCentres = false)
{
    /// <param name="members">Those of <see cref="CentresGoingOn.Of"/> both groups, in its order; who is no member any more does not go on.</param>
    public Decision Decide(
        Timeline<WorkingGroup> left, Timeline<WorkingGroup> right, Timeline<WorkingGroup> into, IReadOnlyList<Timeline<Member>>? members = null)
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
                into.Accept(
                    On,
                    [
                        new WorkingGroupCreated(Into, Name, GroupOrigin.Merger, [a.Id, b.Id], Mission),
                        .. KeepsCentres ? CentresGoingOn.Join(CentresGoingOn.Of(On, left, right), members, On) : [],
                    ])),
            (WorkingGroup.Active, WorkingGroup.Active, _) => new WorkingGroupAlreadyCreated(Name),
            (WorkingGroup.Active, _, _) => right.NotActive(On),
            _ => left.NotActive(On),
        };
    }
}
