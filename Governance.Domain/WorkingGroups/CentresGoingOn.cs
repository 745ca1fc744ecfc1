using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.WorkingGroups;

/// <summary>The centres of groups that go on as a new one.</summary>
public static class CentresGoingOn
{
    /// <summary>The centres that take part in one of some groups or in several at an instant.</summary>
    public static IReadOnlyList<MemberId> Of(EffectiveTime on, params IReadOnlyList<Timeline<WorkingGroup>> groups) =>
        [.. groups.SelectMany(group => group.At(on) is WorkingGroup.Active active ? active.Centres : []).Distinct().OrderBy(c => c.Value)];

    /// <summary>Each joins the new group who is a member still.</summary>
    /// <param name="members">Those of the centres, in their order; null where none is to go on.</param>
    internal static IEnumerable<IEvent> Join(IReadOnlyList<MemberId> centres, IReadOnlyList<Timeline<Member>>? members, EffectiveTime on) =>
        centres.Zip(members ?? []).Where(c => c.Second.At(on).IsMember).Select(c => new WorkingGroupJoined(c.First));
}
