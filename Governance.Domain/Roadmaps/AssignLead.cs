using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Roadmaps;

/// <summary>Has a centre, a working group, or both lead the workstream.</summary>
public sealed record AssignLead(MemberId? Member, WorkingGroupId? Group, EffectiveTime On)
{
    /// <param name="member">The centre named; null when none is.</param>
    /// <param name="group">The group named; null when none is.</param>
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Member>? member, Timeline<WorkingGroup>? group)
    {
        if (Member is null && Group is null)
            return new LeadMissing();
        if ((Member is not null && member?.At(On).IsMember != true) || (Group is not null && group?.At(On) is not WorkingGroup.Active))
            return new LeadNotThere();
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.LeadMember == Member && w.Plan.LeadGroup == Group => Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new LeadAssigned(Member, Group)),
            _ => workstream.Stands(On),
        };
    }
}
