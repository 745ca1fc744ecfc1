using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Kinds of guests of a gathering of the network.</summary>
public enum GuestKind
{
    /// <summary>The teams of members.</summary>
    MemberTeams,

    /// <summary>Members of the governing bodies.</summary>
    GoverningBodies,

    /// <summary>Partners who signed the reference framework.</summary>
    SignatoryPartners,

    /// <summary>The State's regional services.</summary>
    StateServices,
}

/// <summary>What a follow-up of a gathering can start.</summary>
public enum FollowUpKind
{
    /// <summary>A new version of the statutes, drafted from the one in force.</summary>
    Amendment,

    /// <summary>A workstream of the roadmap.</summary>
    Workstream,
}

/// <summary>A gathering is to be. Stream <c>gathering:{id}</c>.</summary>
/// <param name="Edition">Which one it is, from 1.</param>
/// <param name="Starts">The first day, or the month or year when no more is known.</param>
/// <param name="Days">How many days it lasts.</param>
/// <param name="Capacity">Places; null for no bound.</param>
public sealed record GatheringPlanned(GatheringId Gathering, int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity = null) : IEvent;

public sealed record GatheringMoved(string Place, EffectiveTime Starts, int Days) : IEvent;

public sealed record GatheringCancelled(string Reason) : IEvent;

public sealed record GatheringCapacityChanged(int? Capacity = null) : IEvent;

/// <summary>Guests of these kinds are invited, and no others.</summary>
public sealed record GuestsInvited(IReadOnlyList<GuestKind> Kinds) : IEvent;

/// <param name="Room">Two sessions are not held in one room at once; null when not said.</param>
public sealed record SessionPlanned(SessionId Session, string Title, EffectiveTime Starts, EffectiveTime Ends, string? Room = null) : IEvent;

public sealed record SessionWithdrawn(SessionId Session) : IEvent;

/// <summary>Somebody is to come. Of the network a person is named, of other organisations only how many come.</summary>
/// <param name="Person">Null for guests of an organisation.</param>
/// <param name="Organisation">Null for a person of the network.</param>
/// <param name="Waiting">True when there was no place left: in the order of coming they move up.</param>
public sealed record GuestsRegistered(
    RegistrationId Registration, GuestKind Kind, int Places, bool Waiting, PersonId? Person = null, string? Organisation = null) : IEvent;

public sealed record RegistrationCancelled(RegistrationId Registration) : IEvent;

/// <summary>A place came free for who was waiting first.</summary>
public sealed record GuestsMovedUp(RegistrationId Registration) : IEvent;

/// <param name="Present">How many of the registration came.</param>
public sealed record GuestsAttended(RegistrationId Registration, int Present) : IEvent;

/// <summary>The review (bilan) of a working group, as the gathering heard it.</summary>
public sealed record GroupReviewed(WorkingGroupId Group, string Findings) : IEvent;

public sealed record FollowUpAgreed(FollowUpId FollowUp, string Title, FollowUpKind Kind) : IEvent;

/// <param name="Version">The draft that an amendment started.</param>
/// <param name="Workstream">The workstream proposed.</param>
public sealed record FollowUpStarted(FollowUpId FollowUp, StatutesVersionId? Version = null, WorkstreamId? Workstream = null) : IEvent;

/// <summary>A gathering is one of those that the association plans or has planned. Stream <c>gatherings</c>, moved with the planning of each.</summary>
public sealed record GatheringListed(GatheringId Gathering) : IAct;

public static class GatheringEvents
{
    public static IReadOnlyList<Type> OfRegister { get; } = [typeof(GatheringListed)];

    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(GatheringPlanned), typeof(GatheringMoved), typeof(GatheringCancelled), typeof(GatheringCapacityChanged), typeof(GuestsInvited),
        typeof(SessionPlanned), typeof(SessionWithdrawn), typeof(GuestsRegistered), typeof(RegistrationCancelled), typeof(GuestsMovedUp),
        typeof(GuestsAttended), typeof(GroupReviewed), typeof(FollowUpAgreed), typeof(FollowUpStarted),
    ];
}
