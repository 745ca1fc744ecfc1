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

    /// <param name="Registrations">By their days.</param>
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
        /// <param name="queue">Registrations in the order in which they were recorded, whatever days they are dated.</param>
        public IReadOnlyList<RegistrationId> MovingUp(IEnumerable<RegistrationId> queue)
        {
            var (moving, free) = (new List<RegistrationId>(), Plan.Capacity is { } capacity ? capacity - Taken : int.MaxValue);
            var waiting = Registrations.Where(r => r.Waiting).ToDictionary(r => r.Id);
            foreach (var id in queue)
            {
                if (!waiting.TryGetValue(id, out var one))
                    continue;
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

    /// <summary>
    /// Whether a session is on the days of a gathering. Of one whose month alone is known, any day of the month can be one of its days.
    /// </summary>
    /// <param name="gathering">Its first day, or the month or year.</param>
    public static bool IsOnItsDays(EffectiveTime gathering, int days, EffectiveTime starts, EffectiveTime ends, TimeZoneInfo zone)
    {
        var first = LocalTime.DayOf(gathering.Instant, zone);
        var last = (gathering.Precision is Precision.Instant or Precision.Day ? first : LocalTime.LastDayOf(gathering, zone)).AddDays(days - 1);
        return LocalTime.StartOf(first, zone) <= starts.Instant && ends.Instant <= LocalTime.EndOf(last, zone);
    }

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

/// <summary>Every gathering that the association plans or has planned: one stream that planning another moves, so that an edition is planned once.</summary>
public sealed record RegisterOfGatherings(ImmutableHashSet<GatheringId> Gatherings) : IState<RegisterOfGatherings>
{
    public static RegisterOfGatherings Initial { get; } = new([]);

    public static StreamId Stream { get; } = new("gatherings");

    public RegisterOfGatherings Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        GatheringListed e => new(Gatherings.Add(e.Gathering)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
