using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Whoever is to come: a person of the network, or so many guests of an organisation.</summary>
/// <param name="Present">How many came; null when nobody said.</param>
public sealed record Registration(RegistrationId Id, GuestKind Kind, int Places, bool Waiting, PersonId? Person, string? Organisation, int? Present);

public sealed record FollowUp(FollowUpId Id, string Title, FollowUpKind Kind, bool Started);

/// <summary>A gathering of the network, from its planning to its follow-ups.</summary>
public abstract record Gathering : IState<Gathering>
{
    private Gathering() { }

    public sealed record Unplanned : Gathering;

    /// <param name="Registrations">In the order in which they came.</param>
    /// <param name="Reviews">What was found of each working group.</param>
    public sealed record Planned(
        GatheringPlanned Plan,
        ImmutableHashSet<GuestKind> Invited,
        ImmutableDictionary<SessionId, SessionPlanned> Sessions,
        ImmutableList<Registration> Registrations,
        ImmutableDictionary<WorkingGroupId, string> Reviews,
        ImmutableList<FollowUp> FollowUps) : Gathering
    {
        /// <summary>Places taken by who does not wait.</summary>
        public int Taken => Registrations.Where(r => !r.Waiting).Sum(r => r.Places);

        /// <summary>Whether so many would have to wait: nobody overtakes who waits already.</summary>
        public bool MustWait(int places) => Plan.Capacity is not null && (Registrations.Any(r => r.Waiting) || !Fits(places));

        internal bool Fits(int places) => Plan.Capacity is not { } capacity || Taken + places <= capacity;

        /// <summary>Who moves up: in order, until the first for whom there is not room enough.</summary>
        public IReadOnlyList<RegistrationId> MovingUp()
        {
            var (moving, free) = (new List<RegistrationId>(), Plan.Capacity is { } capacity ? capacity - Taken : int.MaxValue);
            foreach (var one in Registrations.Where(r => r.Waiting))
            {
                if (one.Places > free)
                    break;
                free -= one.Places;
                moving.Add(one.Id);
            }

            return moving;
        }

        public Registration? Find(RegistrationId id) => Registrations.Find(r => r.Id == id);
    }

    public sealed record Cancelled(GatheringPlanned Plan) : Gathering;

    public static Gathering Initial { get; } = new Unplanned();

    public static StreamId Stream(GatheringId id) => new($"gathering:{id}");

    public Gathering Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unplanned, GatheringPlanned e) => new Planned(
            e, [], ImmutableDictionary<SessionId, SessionPlanned>.Empty, [], ImmutableDictionary<WorkingGroupId, string>.Empty, []),
        (Planned g, GatheringMoved e) => g with { Plan = g.Plan with { Place = e.Place, Starts = e.Starts, Days = e.Days } },
        (Planned g, GatheringCancelled) => new Cancelled(g.Plan),
        (Planned g, GatheringCapacityChanged e) => g with { Plan = g.Plan with { Capacity = e.Capacity } },
        (Planned g, GuestsInvited e) => g with { Invited = [.. e.Kinds] },
        (Planned g, SessionPlanned e) => g with { Sessions = g.Sessions.SetItem(e.Session, e) },
        (Planned g, SessionWithdrawn e) when g.Sessions.ContainsKey(e.Session) => g with { Sessions = g.Sessions.Remove(e.Session) },
        (Planned g, GuestsRegistered e) when g.Find(e.Registration) is null && (e.Waiting || g.Fits(e.Places))
            => g with { Registrations = g.Registrations.Add(new(e.Registration, e.Kind, e.Places, e.Waiting, e.Person, e.Organisation, null)) },
        (Planned g, RegistrationCancelled e) when g.Find(e.Registration) is { } one => g with { Registrations = g.Registrations.Remove(one) },
        (Planned g, GuestsMovedUp e) when g.Find(e.Registration) is { Waiting: true } one && g.Fits(one.Places)
            => g with { Registrations = g.Registrations.Replace(one, one with { Waiting = false }) },
        (Planned g, GuestsAttended e) when g.Find(e.Registration) is { } one
            => g with { Registrations = g.Registrations.Replace(one, one with { Present = e.Present }) },
        (Planned g, GroupReviewed e) => g with { Reviews = g.Reviews.SetItem(e.Group, e.Findings) },
        (Planned g, FollowUpAgreed e) when g.FollowUps.All(f => f.Id != e.FollowUp) => g with { FollowUps = g.FollowUps.Add(new(e.FollowUp, e.Title, e.Kind, false)) },
        (Planned g, FollowUpStarted e) when g.FollowUps.Find(f => f.Id == e.FollowUp) is { Started: false } one
            => g with { FollowUps = g.FollowUps.Replace(one, one with { Started = true }) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
