using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.WorkingGroups;

/// <summary>A group goes on as a new one, with another name and mission; the old one is closed by it.</summary>
/// <param name="Into">The new group.</param>
/// <param name="KeepsCentres">The centres of the old group take part in the new one from then on; who leads it is appointed anew.</param>
public sealed record TransformWorkingGroup(WorkingGroupId Into, string Name, string? Mission, EffectiveTime On, bool KeepsCentres = false)
{
    /// <param name="members">Those of <see cref="CentresGoingOn.Of"/> the old group, in its order; who is no member any more does not go on.</param>
    public Decision Decide(Timeline<WorkingGroup> old, Timeline<WorkingGroup> @new, IReadOnlyList<Timeline<Member>>? members = null)
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
                @new.Accept(
                    On,
                    [
                        new WorkingGroupCreated(Into, Name, GroupOrigin.Transformation, [group.Id], Mission),
                        .. KeepsCentres ? CentresGoingOn.Join(CentresGoingOn.Of(On, old), members, On) : [],
                    ])),
            (WorkingGroup.Active, _) => new WorkingGroupAlreadyCreated(Name),
            _ => old.NotActive(On),
        };
    }
}
