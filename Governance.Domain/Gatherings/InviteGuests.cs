using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Invites guests of these kinds, and no others any more; who is registered stays so.</summary>
public sealed record InviteGuests(IReadOnlyList<GuestKind> Kinds, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering) => gathering.At(On) switch
    {
        Gathering.Planned planned when planned.Invited.SetEquals(Kinds) => Decision.NoChange,
        Gathering.Planned => gathering.Accept(On, new GuestsInvited([.. Kinds.Distinct().Order()])),
        _ => gathering.NotPlanned(On),
    };
}
