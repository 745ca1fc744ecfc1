using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Roadmaps;

/// <summary>Says which working groups carry the workstream, beside whoever leads it, in the place of those said before; none takes them away.</summary>
public sealed record AssignGroups(IReadOnlyList<WorkingGroupId> Groups, EffectiveTime On)
{
    /// <param name="groups">Those named.</param>
    public Decision Decide(Timeline<Workstream> workstream, IReadOnlyList<Timeline<WorkingGroup>> groups)
    {
        if (Groups.Distinct().Count() != Groups.Count)
            return new GroupNamedTwice();
        if (groups.Any(group => group.At(On) is not WorkingGroup.Active))
            return new GroupNotThere();
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.Groups.SequenceEqual(Groups) => Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new GroupsAssigned(Groups)),
            _ => workstream.Stands(On),
        };
    }
}
