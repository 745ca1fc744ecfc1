using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Who is to come to a gathering, or came: people of the network one by one, guests of other organisations by their number.</summary>
public sealed class GatheringRegistrations : TimelineModel<GatheringRegistrations.Registration>
{
    private const string Stored = "gathering_registrations_1";

    /// <summary>The events that one registration is told by.</summary>
    public static IReadOnlyList<Type> OfRegistrations { get; } = [typeof(GuestsRegistered), typeof(RegistrationCancelled), typeof(GuestsMovedUp), typeof(GuestsAttended)];

    /// <param name="Order">Grows in the order in which registrations were recorded, whatever days they are dated: who waits moves up in it.</param>
    /// <param name="Present">How many came; null when nobody said.</param>
    public sealed record Registration(
        RegistrationId Id, GatheringId Gathering, GuestKind Kind, int Places, bool Waiting, PersonId? Person, string? Organisation, EffectiveTime Registered, long Order,
        int? Present);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["gathering"];

    public override IReadOnlyList<Type> Events => OfRegistrations;

    public override IReadOnlyList<string> Indexes => ["(tenant, gathering)"];

    public override Columns<Registration> Columns { get; } = new Columns<Registration>()
        .Uuid("gathering", r => r.Gathering.Value)
        .Choice<GuestKind>("kind", r => r.Kind)
        .Int32("places", r => r.Places)
        .Bool("waiting", r => r.Waiting)
        .Uuid("person", r => r.Person?.Value, optional: true)
        .Text("organisation", r => r.Organisation, optional: true)
        .Time("registered", r => r.Registered)
        .Int64("came", r => r.Order)
        .Int32("present", r => r.Present, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        GuestsRegistered e => e.Registration.Value,
        RegistrationCancelled e => e.Registration.Value,
        GuestsMovedUp e => e.Registration.Value,
        GuestsAttended e => e.Registration.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Registration>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Part(history[0].Event), history, default(Registration), Evolve, r => r);

    private static Registration? Evolve(Registration? r, Recorded e) => (r, e.Event) switch
    {
        (null, GuestsRegistered g) => new(g.Registration, new(e.Stream.Thing()), g.Kind, g.Places, g.Waiting, g.Person, g.Organisation, e.On, e.Position, null),
        (not null, RegistrationCancelled) => null,
        (not null, GuestsMovedUp) => r with { Waiting = false },
        (not null, GuestsAttended a) => r with { Present = a.Present },
        _ => throw ImpossibleHistoryException.After((object?)r ?? "nobody registered", e.Event, e.On),
    };

    private const string Selected = "key, gathering, kind, places, waiting, person, organisation, registered, registered_precision, came, present";

    /// <summary>Those of one gathering in the order in which they were recorded: who waits moves up in it.</summary>
    public static ValueTask<IReadOnlyList<Registration>> OfGatheringAsync(ReadView view, GatheringId gathering, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} r where {AsOf.Of("r")} and gathering = @gathering order by came", Read, ct, ("gathering", gathering.Value));

    /// <summary>Those of one person to all gatherings, the first registered first, with when each was cancelled: null while it stands.</summary>
    public static ValueTask<IReadOnlyList<(Registration Registration, DateTimeOffset? Cancelled)>> OfPersonAsync(ReadView view, PersonId person, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected}, cancelled from (
            select distinct on (key) r.*, case when upper(r.effective) <= @instant then upper(r.effective) end as cancelled from read.{Stored} r
            where {AsOf.KnownOf("r")} and lower(r.effective) <= @instant and person = @person order by key, lower(r.effective) desc) r
        order by registered, came
        """,
        r => (Read(r), r.IsDBNull(11) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(11)),
        ct,
        ("person", person.Value));

    /// <summary>Those of all gatherings, each in the order in which they were recorded.</summary>
    public static async ValueTask<ILookup<GatheringId, Registration>> ListAsync(ReadView view, CancellationToken ct = default) => (await view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} r where {AsOf.Of("r")} order by came", Read, ct).ConfigureAwait(false)).ToLookup(r => r.Gathering);

    private static Registration Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<RegistrationId>(0), r.Id<GatheringId>(1), r.Choice<GuestKind>(2), r.GetInt32(3), r.GetBoolean(4), r.IdOrNull<PersonId>(5), r.TextOrNull(6),
        r.Time(7), r.GetInt64(9), r.Int32OrNull(10));
}
