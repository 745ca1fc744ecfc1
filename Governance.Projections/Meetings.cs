using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;
using State = Governance.Domain.Meetings.Meeting;

namespace Governance.Projections;

/// <summary>Meetings: when, where, of whom and how far. What is inside one (who is there, what was said) is read from its own streams.</summary>
public sealed class Meetings : TimelineModel<Meetings.Meeting>
{
    internal const string Stored = "meetings_1";

    public enum Stage
    {
        Planned,
        Convened,
        InSession,
        Adjourned,
        Closed,
        WithoutQuorum,
        Cancelled,
    }

    /// <param name="Since">When it came to its stage.</param>
    /// <param name="Items">How many items are on the agenda.</param>
    /// <param name="Resolutions">How many texts were put to the vote.</param>
    /// <param name="Unsettled">Attendance recorded late that nobody has settled.</param>
    public sealed record Meeting(
        MeetingId Id, BodyId? Body, WorkingGroupId? Group, MeetingKind Kind, string Title, EffectiveTime Starts, string? Place, bool Remote, MeetingId? SecondOf,
        Stage Stage, EffectiveTime Since, int Items, int Resolutions, EffectiveTime? ConvenedOn, int Unsettled);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["meeting"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(MeetingPlanned), typeof(MeetingMoved), typeof(MeetingCancelled), typeof(AgendaItemAdded), typeof(AgendaItemWithdrawn), typeof(MeetingConvened),
        typeof(MeetingOpened), typeof(QuorumNotReached), typeof(ResolutionProposed), typeof(ResolutionPutToVote), typeof(ResolutionReopened), typeof(ResolutionTranscribed), typeof(MeetingAdjourned), typeof(MeetingResumed), typeof(MeetingClosed),
        typeof(AttendanceIrregularityRaised), typeof(AttendanceIrregularityConfirmed),
    ];

    public override IReadOnlyList<string> Indexes => ["(tenant, body)", "(tenant, starts)"];

    public override Columns<Meeting> Columns { get; } = new Columns<Meeting>()
        .Uuid("body", m => m.Body?.Value, optional: true)
        .Uuid("working_group", m => m.Group?.Value, optional: true)
        .Choice<MeetingKind>("kind", m => m.Kind)
        .Text("title", m => m.Title)
        .Time("starts", m => m.Starts)
        .Text("place", m => m.Place, optional: true)
        .Bool("remote", m => m.Remote)
        .Uuid("second_of", m => m.SecondOf?.Value, optional: true)
        .Choice<Stage>("stage", m => m.Stage)
        .Time("since", m => m.Since)
        .Int32("items", m => m.Items)
        .Int32("resolutions", m => m.Resolutions)
        .Time("convened", m => m.ConvenedOn, optional: true)
        .Int32("unsettled", m => m.Unsettled);

    public override IEnumerable<Segment<Meeting>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var planned = history[0].On;
        return Segments.Of<State, Meeting>(history[0].Stream.Thing(), history, state => RowOf(state, planned));
    }

    private static Meeting? RowOf(State state, EffectiveTime planned) => state is not State.Known known ? null : new(
        known.Plan.Meeting, known.Plan.Body, known.Plan.Group, known.Plan.Kind, known.Plan.Title, known.Starts, known.Place, known.Remote, known.Plan.SecondOf,
        StageOf(known),
        known switch
        {
            State.Adjourned m => m.On,
            State.Closed m => m.On,
            State.InSession m => m.Since,
            State.WithoutQuorum m => m.On,
            State.Convened m => m.ConvenedOn!.Value,
            _ => planned,
        },
        known.Agenda.Count(i => i.Withdrawn is null), known.Resolutions.Count(r => r.Ballot is not null), known.ConvenedOn,
        known.Irregularities.Count(i => i.Confirmed is null));

    public static Stage StageOf(State.Known meeting) => meeting switch
    {
        State.Convened => Stage.Convened,
        State.InSession => Stage.InSession,
        State.Adjourned => Stage.Adjourned,
        State.Closed => Stage.Closed,
        State.WithoutQuorum => Stage.WithoutQuorum,
        State.Cancelled => Stage.Cancelled,
        _ => Stage.Planned,
    };

    private const string Selected =
        "key, body, working_group, kind, title, starts, starts_precision, place, remote, second_of, stage, since, since_precision, items, resolutions, convened, convened_precision, unsettled";

    /// <summary>Every meeting, the latest first.</summary>
    public static ValueTask<IReadOnlyList<Meeting>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} order by starts desc, key", Read, ct);

    /// <summary>Those of one body, the latest first.</summary>
    public static ValueTask<IReadOnlyList<Meeting>> OfBodyAsync(ReadView view, BodyId body, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and body = @body order by starts desc, key", Read, ct, ("body", body.Value));

    /// <summary>Those that are still to be held or under way, the soonest first.</summary>
    public static ValueTask<IReadOnlyList<Meeting>> AheadAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} m
        where {AsOf.Of("m")} and (stage in ('in-session', 'adjourned') or (stage in ('planned', 'convened') and starts >= @since)) order by starts, key
        """,
        Read,
        ct,
        ("since", view.AsOf.Instant.AddDays(-1)));

    public static ValueTask<Meeting?> FindAsync(ReadView view, MeetingId meeting, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and key = @key", Read, ct, ("key", meeting.Value));

    private static Meeting Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<MeetingId>(0), r.IdOrNull<BodyId>(1), r.IdOrNull<WorkingGroupId>(2), r.Choice<MeetingKind>(3), r.GetString(4), r.Time(5), r.TextOrNull(7),
        r.GetBoolean(8), r.IdOrNull<MeetingId>(9), r.Choice<Stage>(10), r.Time(11), r.GetInt32(13), r.GetInt32(14), r.TimeOrNull(15), r.GetInt32(17));
}
