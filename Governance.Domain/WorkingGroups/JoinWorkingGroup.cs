using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.WorkingGroups;

public sealed record JoinWorkingGroup(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group, Timeline<Member> centre) => group.At(On) switch
    {
        WorkingGroup.Active known when known.Centres.Contains(Centre) => Decision.NoChange,
        WorkingGroup.Active when !centre.At(On).IsMember => new CentreIsNotAMember(),
        WorkingGroup.Active => group.Accept(On, new WorkingGroupJoined(Centre)),
        _ => group.NotActive(On),
    };
}
