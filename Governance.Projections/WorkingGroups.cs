using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Working groups: who takes part, who pilots, what is planned and published, where each comes from and goes. What they held are <see cref="GroupMeetings"/>.</summary>
public sealed class WorkingGroups : TimelineModel<WorkingGroups.Group>
{
    private const string Stored = "working_groups_2";

    public enum Stage
    {
        Active,
        Succeeded,
        Merged,
        Closed,
    }

    /// <param name="Since">In this role.</param>
    /// <param name="Began">To lead, in whatever role.</param>
    public sealed record Pilot(MemberId Centre, PilotRole Role, EffectiveTime Since, EffectiveTime Began);

    /// <summary>A share of those who lead is renewed each year.</summary>
    public sealed record Rotation(Fraction Share, EffectiveTime Since);

    /// <summary>What the group works on with another one, as this group says.</summary>
    public sealed record Crossing(WorkingGroupId With, string Topic, EffectiveTime Since);

    /// <summary>Meetings meant to be held in a year.</summary>
    public sealed record Plan(int Year, int AtLeast, int AtMost, string? Remark = null);

    /// <param name="Event">The event that last told of it.</param>
    /// <param name="Due">Meant to be out by the end of this period.</param>
    public sealed record Output(
        string Title, EventId Event, EffectiveTime? Due = null, string? Description = null, EffectiveTime? Published = null, string? Reference = null);

    /// <param name="Since">When it was created.</param>
    /// <param name="From">The groups that it continues.</param>
    /// <param name="Into">The group that it goes on in, when succeeded or merged.</param>
    /// <param name="Ended">When it stopped being active.</param>
    /// <param name="Centres">Members that take part.</param>
    /// <param name="Counted">How many centres take part, where only the number is known.</param>
    /// <param name="Rotation">Null when nobody is renewed by rule.</param>
    public sealed record Group(
        WorkingGroupId Id, string Name, string? Mission, Stage Stage, EffectiveTime Since, GroupOrigin Origin, IReadOnlyList<WorkingGroupId> From,
        WorkingGroupId? Into, EffectiveTime? Ended, string? Reason, IReadOnlyList<MemberId> Centres, int? Counted, IReadOnlyList<Pilot> Pilots,
        IReadOnlyList<Plan> Plans, IReadOnlyList<Output> Outputs, Rotation? Rotation, IReadOnlyList<Crossing> Crossings)
    {
        /// <summary>How many centres take part: those known by name, or the number given.</summary>
        public int CentreCount => Math.Max(Centres.Count, Counted ?? 0);
    }

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["working-group"];

    public override IReadOnlyList<Type> Events => [.. WorkingGroupEvents.Types.Where(type => type != typeof(WorkingGroupMet))];

    public override Columns<Group> Columns { get; } = new Columns<Group>()
        .Text("name", g => g.Name)
        .Text("mission", g => g.Mission, optional: true)
        .Choice<Stage>("stage", g => g.Stage)
        .Time("since", g => g.Since)
        .Choice<GroupOrigin>("origin", g => g.Origin)
        .Uuids("continues", g => [.. g.From.Select(f => f.Value)])
        .Uuid("into_group", g => g.Into?.Value, optional: true)
        .Time("ended", g => g.Ended, optional: true)
        .Text("reason", g => g.Reason, optional: true)
        .Uuids("centres", g => [.. g.Centres.Select(c => c.Value)])
        .Int32("counted", g => g.Counted, optional: true)
        .Json("pilots", g => g.Pilots)
        .Json("plans", g => g.Plans)
        .Json("outputs", g => g.Outputs)
        .Json("rotation", g => g.Rotation, optional: true)
        .Json("crossings", g => g.Crossings);

    public override IReadOnlyList<string> Indexes => ["using gin (centres)"];

    public override IEnumerable<Segment<Group>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Group), Evolve, g => g);

    private static Group? Evolve(Group? g, Recorded e) => (g, e.Event) switch
    {
        (null, WorkingGroupCreated c) => new(
            c.Group, c.Name, c.Mission, Stage.Active, e.On, c.Origin, c.From, null, null, null, [], null, [], [], [], null, []),
        (not null, WorkingGroupRenamed r) => g with { Name = r.Name },
        (not null, WorkingGroupTransformed t) => g with { Name = t.Name, Mission = t.Mission },
        (not null, WorkingGroupSucceeded s) => g with { Stage = Stage.Succeeded, Into = s.By, Ended = e.On },
        (not null, WorkingGroupMerged m) => g with { Stage = Stage.Merged, Into = m.Into, Ended = e.On },
        (not null, WorkingGroupClosed c) => g with { Stage = Stage.Closed, Ended = e.On, Reason = c.Reason },
        (not null, WorkingGroupJoined j) => g with { Centres = [.. g.Centres.Append(j.Centre).OrderBy(c => c.Value)] },
        (not null, WorkingGroupLeft l) => g with { Centres = [.. g.Centres.Where(c => c != l.Centre)] },
        (not null, WorkingGroupCentresCounted c) => g with { Counted = c.Centres },
        (not null, PilotAppointed p) => g with
        {
            Pilots = [.. g.Pilots.Where(o => o.Centre != p.Centre).Append(new(p.Centre, p.Role, e.On, g.Pilots.FirstOrDefault(o => o.Centre == p.Centre)?.Began ?? e.On)).OrderBy(o => o.Role).ThenBy(o => o.Since).ThenBy(o => o.Centre.Value)],
        },
        (not null, PilotEnded p) => g with { Pilots = [.. g.Pilots.Where(o => o.Centre != p.Centre)] },
        (not null, MeetingsPlanned p) => g with
        {
            Plans = [.. g.Plans.Where(o => o.Year != p.Year).Append(new(p.Year, p.AtLeast, p.AtMost, p.Remark)).OrderBy(o => o.Year)],
        },
        (not null, OutputPlanned o) => g with { Outputs = With(g.Outputs, new(o.Title, e.Id, o.Due, o.Description)) },
        (not null, OutputPublished o) => g with
        {
            Outputs = With(g.Outputs, (g.Outputs.FirstOrDefault(p => p.Title == o.Title) ?? new(o.Title, e.Id)) with { Event = e.Id, Published = e.On, Reference = o.Reference }),
        },
        (not null, PilotRotationSet r) => g with { Rotation = r.Share == Fraction.Zero ? null : new(r.Share, e.On) },
        (not null, GroupsCrossed c) => g with { Crossings = [.. g.Crossings.Where(o => o.With != c.With), new(c.With, c.Topic, e.On)] },
        (not null, CrossingEnded c) => g with { Crossings = [.. g.Crossings.Where(o => o.With != c.With)] },
        _ => throw ImpossibleHistoryException.After((object?)g ?? "a group not created", e.Event, e.On),
    };

    private static IReadOnlyList<Output> With(IReadOnlyList<Output> outputs, Output output) =>
        [.. outputs.Where(o => o.Title != output.Title).Append(output).OrderBy(o => o.Title, StringComparer.Ordinal)];

    private const string Selected =
        "key, name, mission, stage, since, since_precision, origin, continues, into_group, ended, ended_precision, reason, centres, counted, pilots, plans, outputs, rotation, crossings";

    /// <summary>Every group known at the view's moment, active ones first, then by name.</summary>
    public static ValueTask<IReadOnlyList<Group>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} g where {AsOf.Of("g")} order by stage <> 'active', name, key", Read, ct);

    /// <summary>The active groups that a member takes part in, by name.</summary>
    public static ValueTask<IReadOnlyList<Group>> OfMemberAsync(ReadView view, MemberId member, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} g where {AsOf.Of("g")} and stage = 'active' and centres @> array[@member] order by name, key",
        Read,
        ct,
        ("member", member.Value));

    /// <summary>One group, or null when it did not exist yet at the view's moment.</summary>
    public static ValueTask<Group?> FindAsync(ReadView view, WorkingGroupId group, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} g where {AsOf.Of("g")} and key = @group", Read, ct, ("group", group.Value));

    /// <summary>Every group known at each of several instants, in their order.</summary>
    public static async ValueTask<IReadOnlyList<IReadOnlyList<Group>>> AtEachAsync(ReadView view, IReadOnlyList<DateTimeOffset> instants, CancellationToken ct = default)
    {
        var rows = await view.Database.ListAsync(
            view,
            $"""
            select {Selected}, i.n from unnest(@instants) with ordinality i(instant, n)
            join read.{Stored} g on {AsOf.KnownOf("g")} and g.effective @> i.instant order by i.n, name, key
            """,
            r => (Group: Read(r), At: (int)r.GetInt64(19) - 1),
            ct,
            ("instants", instants.Select(i => i.UtcDateTime).ToArray())).ConfigureAwait(false);
        var byInstant = rows.ToLookup(row => row.At, row => row.Group);
        return [.. instants.Select((_, i) => (IReadOnlyList<Group>)[.. byInstant[i]])];
    }

    private static Group Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<WorkingGroupId>(0), r.GetString(1), r.TextOrNull(2), r.Choice<Stage>(3), r.Time(4), r.Choice<GroupOrigin>(6), r.Ids<WorkingGroupId>(7),
        r.IdOrNull<WorkingGroupId>(8), r.TimeOrNull(9), r.TextOrNull(11), r.Ids<MemberId>(12), r.Int32OrNull(13), r.Json<IReadOnlyList<Pilot>>(14),
        r.Json<IReadOnlyList<Plan>>(15), r.Json<IReadOnlyList<Output>>(16),
        r.JsonOrNull<Rotation>(17), r.Json<IReadOnlyList<Crossing>>(18));
}
