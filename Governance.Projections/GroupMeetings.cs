using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The meetings that working groups held, with their page of the logbook.</summary>
public sealed class GroupMeetings : TimelineModel<GroupMeetings.Meeting>
{
    private const string Stored = "group_meetings_2";

    /// <param name="Event">The event that tells of it.</param>
    /// <param name="Held">The meeting that was held here; null for one that was noted afterwards.</param>
    public sealed record Meeting(
        EventId Event, WorkingGroupId Group, EffectiveTime On, bool InPerson, IReadOnlyList<MemberId> Centres, string? Place, string? Logbook, MeetingId? Held = null);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["working-group"];

    public override IReadOnlyList<Type> Events => [typeof(WorkingGroupMet)];

    public override IReadOnlyList<string> Indexes => ["(tenant, working_group)"];

    public override Columns<Meeting> Columns { get; } = new Columns<Meeting>()
        .Uuid("working_group", m => m.Group.Value)
        .Time("held", m => m.On)
        .Bool("in_person", m => m.InPerson)
        .Uuids("centres", m => [.. m.Centres.Select(c => c.Value)])
        .Text("place", m => m.Place, optional: true)
        .Text("logbook", m => m.Logbook, optional: true)
        .Uuid("meeting", m => m.Held?.Value, optional: true);

    public override IEnumerable<Segment<Meeting>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        foreach (var e in history)
        {
            if (e.Event is WorkingGroupMet met)
            {
                yield return new(
                    e.Id.Value, e.On.Instant, null,
                    new(e.Id, new WorkingGroupId(e.Stream.Thing()), e.On, met.InPerson, met.Centres, met.Place, met.Logbook, met.Meeting));
            }
        }
    }

    private const string Selected = "key, working_group, held, held_precision, in_person, centres, place, logbook, meeting";

    /// <summary>The meetings of one group held by the view's moment, latest first.</summary>
    public static ValueTask<IReadOnlyList<Meeting>> OfGroupAsync(ReadView view, WorkingGroupId group, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and working_group = @group order by held desc, key",
        Read,
        ct,
        ("group", group.Value));

    /// <summary>The meetings of all groups held by the view's moment, latest first.</summary>
    public static ValueTask<IReadOnlyList<Meeting>> ListAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} order by held desc, key", Read, ct);

    private static Meeting Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<EventId>(0), r.Id<WorkingGroupId>(1), r.Time(2), r.GetBoolean(4), r.Ids<MemberId>(5), r.TextOrNull(6), r.TextOrNull(7), r.IdOrNull<MeetingId>(8));
}
