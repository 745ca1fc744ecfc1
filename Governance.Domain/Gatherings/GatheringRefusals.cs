using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

public sealed record GatheringNotFound : Refusal
{
    public override string Code => "gathering.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record GatheringAlreadyPlanned(string Title) : Refusal
{
    public override string Code => "gathering.already-planned";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>An edition is planned once: one that was called off can be planned again.</summary>
public sealed record EditionPlannedAlready(int Edition, string Title) : Refusal
{
    public override string Code => "gathering.edition-planned";
    public override IReadOnlyList<object> Arguments => [Edition, Title];
}

public sealed record GatheringWasCancelled(string Title) : Refusal
{
    public override string Code => "gathering.cancelled";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Fewer places than were given out already.</summary>
public sealed record PlacesGivenOut(int Taken) : Refusal
{
    public override string Code => "gathering.places-given-out";
    public override IReadOnlyList<object> Arguments => [Taken];
}

/// <summary>A session has a beginning and an end, to the minute, on the days of the gathering.</summary>
public sealed record SessionOutsideItsDays : Refusal
{
    public override string Code => "gathering.session-outside";
}

public sealed record RoomTaken(string Title) : Refusal
{
    public override string Code => "gathering.room-taken";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record SessionNotFound : Refusal
{
    public override string Code => "gathering.session-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>A registration is of one person of the network, or of guests of an organisation.</summary>
public sealed record RegistrationOfWhom : Refusal
{
    public override string Code => "gathering.registration-of-whom";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record GuestsNotInvited(GuestKind Guests) : Refusal
{
    public override string Code => "gathering.not-invited";
    public override IReadOnlyList<object> Arguments => [Guests];
}

public sealed record AlreadyRegistered : Refusal
{
    public override string Code => "gathering.already-registered";
}

public sealed record RegistrationNotFound : Refusal
{
    public override string Code => "gathering.registration-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Whoever waits for a place has none to be present in.</summary>
public sealed record StillWaiting : Refusal
{
    public override string Code => "gathering.still-waiting";
}

/// <summary>Nobody is present at what has not begun.</summary>
public sealed record GatheringNotBegun(EffectiveTime Starts) : Refusal
{
    public override string Code => "gathering.not-begun";
    public override IReadOnlyList<object> Arguments => [Starts];
}

public sealed record FollowUpNotFound : Refusal
{
    public override string Code => "gathering.follow-up-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record FollowUpAlreadyStarted(string Title) : Refusal
{
    public override string Code => "gathering.follow-up-started";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>An amendment is drafted from the statutes in force, a workstream is proposed for a roadmap: without them it cannot start.</summary>
public sealed record NothingToStartFrom(FollowUpKind Starts) : Refusal
{
    public override string Code => "gathering.nothing-to-start-from";
    public override IReadOnlyList<object> Arguments => [Starts];
}

internal static class GatheringChecks
{
    /// <summary>Why nothing can be recorded of a gathering at an instant; only for one that is not planned then.</summary>
    public static Refusal NotPlanned(this Timeline<Gathering> gathering, EffectiveTime on) => (gathering.Latest, gathering.At(on)) switch
    {
        (Gathering.Unplanned, _) => new GatheringNotFound(),
        (_, Gathering.Unplanned) => BeforeItsBeginning.Of(BegunThing.Gathering, gathering, on),
        (_, Gathering.Cancelled gone) => new GatheringWasCancelled(gone.Plan.Title),
        (Gathering.Cancelled gone, _) => new GatheringWasCancelled(gone.Plan.Title),
        _ => throw new InvalidOperationException("The gathering is planned."),
    };

    /// <summary>Of these gatherings the one that is planned as an edition; null when none is.</summary>
    public static GatheringPlanned? Planning(this IEnumerable<Timeline<Gathering>> gatherings, int edition) =>
        gatherings.Select(g => (g.Latest as Gathering.Planned)?.Plan).FirstOrDefault(plan => plan?.Edition == edition);

    /// <summary>What frees places, with who moves up into them.</summary>
    public static Decision AcceptAndMoveUp(this Timeline<Gathering> gathering, EffectiveTime on, IEvent freeing)
    {
        List<Fact> facts = [new(gathering.Stream, freeing, on)];
        return gathering.Refuses(facts) is { } impossible ? impossible : Decision.Accept([.. facts, .. gathering.MovingUp(facts, on)]);
    }

    /// <summary>
    /// Who moves up once facts hold: in the order in which registrations were recorded, each from the later of the command's instant and their own
    /// registration's on; where what was dated otherwise leaves no room then, from the last instant known.
    /// </summary>
    public static IReadOnlyList<Fact> MovingUp(this Timeline<Gathering> gathering, IReadOnlyList<Fact> facts, EffectiveTime on)
    {
        var after = gathering.After(facts);
        if (after.Latest is not Gathering.Planned planned)
            return [];
        var queue = after.Effective.Where(e => e.Event is GuestsRegistered).OrderBy(e => e.Position).ToList();
        var since = queue.ToDictionary(e => ((GuestsRegistered)e.Event).Registration, e => e.On);
        var moving = new List<Fact>();
        foreach (var id in planned.MovingUp(queue.Select(e => ((GuestsRegistered)e.Event).Registration)))
        {
            var fact = new Fact(gathering.Stream, new GuestsMovedUp(id), since[id] > on ? since[id] : on);
            if (after.Refuses([fact]) is not null)
                fact = fact with { On = after.Effective[^1].On };
            moving.Add(fact);
            after = after.After([fact]);
        }

        return moving;
    }

    /// <summary>The gathering as it is now and was then; null when nothing can be recorded of it then.</summary>
    /// <remarks>Places are counted over all that is known: one recorded late does not take a place that is given out.</remarks>
    public static Gathering.Planned? Open(this Timeline<Gathering> gathering, EffectiveTime on) =>
        gathering.At(on) is Gathering.Planned ? gathering.Latest as Gathering.Planned : null;
}
