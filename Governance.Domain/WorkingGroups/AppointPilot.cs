using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.WorkingGroups;

/// <summary>A centre of the group leads its work, alone or with others.</summary>
public sealed record AppointPilot(MemberId Centre, PilotRole Role, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group, Timeline<Member> centre) => group.At(On) switch
    {
        WorkingGroup.Active known when known.Pilots.TryGetValue(Centre, out var role) && role == Role => Decision.NoChange,
        WorkingGroup.Active known when !known.Centres.Contains(Centre) => new CentreNotInGroup(known.Name),
        WorkingGroup.Active when !centre.At(On).IsMember => new CentreIsNotAMember(),
        WorkingGroup.Active => group.Accept(On, new PilotAppointed(Centre, Role)),
        _ => group.NotActive(On),
    };
}
