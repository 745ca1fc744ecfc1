using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.SharedTools;

public sealed record JoinSharedTool(MemberId Centre, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool, Timeline<Member> centre) => tool.At(On) switch
    {
        SharedTool.InUse known when known.Centres.Contains(Centre) => Decision.NoChange,
        SharedTool.InUse when !centre.At(On).IsMember => new TakerIsNotAMember(),
        SharedTool.InUse => tool.Accept(On, new SharedToolJoined(Centre)),
        _ => tool.NotInUse(On),
    };
}
