using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The lines of work of the roadmaps: how far each is, who leads it, what was last reported. Their steps are <see cref="Milestones"/>.</summary>
public sealed class Workstreams : TimelineModel<Workstreams.Workstream>
{
    internal const string Stored = "workstreams_3";

    /// <summary>What was last said of it.</summary>
    public sealed record Report(EffectiveTime On, string Text, Assessment Assessment, string? NextStep = null);

    /// <param name="Rank">Priority from 1, the first; null while not prioritised.</param>
    /// <param name="Since">When it came to its stage.</param>
    /// <param name="Proposed">When it was put forward.</param>
    /// <param name="Began">When the work began; null while it has not.</param>
    /// <param name="Decision">The ballot that adopted it.</param>
    /// <param name="Start">Meant to be started by the end of this period.</param>
    /// <param name="End">Meant to be completed by the end of this period.</param>
    /// <param name="Groups">The working groups that carry it, beside whoever leads.</param>
    /// <param name="Remark">Why it is paused or abandoned, what came of it.</param>
    public sealed record Workstream(
        WorkstreamId Id, RoadmapId Roadmap, string Title, string? Description, WorkstreamStage Stage, EffectiveTime Since, EffectiveTime Proposed,
        EffectiveTime? Began, int? Rank, BallotId? Decision, EffectiveTime? Start, EffectiveTime? End, MemberId? LeadMember, WorkingGroupId? LeadGroup,
        IReadOnlyList<WorkingGroupId> Groups, Report? LastReport, string? Remark);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["workstream"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(WorkstreamProposed), typeof(WorkstreamPrioritised), typeof(WorkstreamAdopted), typeof(WorkstreamScheduled), typeof(LeadAssigned),
        typeof(WorkstreamStarted), typeof(ProgressReported), typeof(WorkstreamPaused), typeof(WorkstreamResumed), typeof(WorkstreamCompleted),
        typeof(WorkstreamAbandoned), typeof(GroupsAssigned),
    ];

    public override IReadOnlyList<string> Indexes => ["(tenant, roadmap)"];

    public override Columns<Workstream> Columns { get; } = new Columns<Workstream>()
        .Uuid("roadmap", w => w.Roadmap.Value)
        .Text("title", w => w.Title)
        .Text("description", w => w.Description, optional: true)
        .Choice<WorkstreamStage>("stage", w => w.Stage)
        .Time("since", w => w.Since)
        .Time("proposed", w => w.Proposed)
        .Time("began", w => w.Began, optional: true)
        .Int32("rank", w => w.Rank, optional: true)
        .Uuid("decision", w => w.Decision?.Value, optional: true)
        .Time("planned_start", w => w.Start, optional: true)
        .Time("planned_end", w => w.End, optional: true)
        .Uuid("lead_member", w => w.LeadMember?.Value, optional: true)
        .Uuid("lead_group", w => w.LeadGroup?.Value, optional: true)
        .Uuids("carried_by", w => [.. w.Groups.Select(g => g.Value)])
        .Json("last_report", w => w.LastReport, optional: true)
        .Text("remark", w => w.Remark, optional: true);

    public override IEnumerable<Segment<Workstream>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Workstream), Evolve, w => w);

    private static Workstream? Evolve(Workstream? w, Recorded e) => (w, e.Event) switch
    {
        (null, WorkstreamProposed p) => new(
            p.Workstream, p.Roadmap, p.Title, p.Description, WorkstreamStage.Proposed, e.On, e.On, null, null, null, null, null, null, null, [], null, null),
        (not null, WorkstreamPrioritised p) => w with { Rank = p.Rank },
        (not null, WorkstreamAdopted a) => w with { Stage = WorkstreamStage.Adopted, Since = e.On, Decision = a.Decision.Ballot },
        (not null, WorkstreamScheduled s) => w with { Start = s.Start, End = s.End },
        (not null, LeadAssigned l) => w with { LeadMember = l.Member, LeadGroup = l.Group },
        (not null, GroupsAssigned g) => w with { Groups = g.Groups },
        (not null, WorkstreamStarted) => w with { Stage = WorkstreamStage.Underway, Since = e.On, Began = e.On, Remark = null },
        (not null, ProgressReported r) => w with { LastReport = new(e.On, r.Text, r.Assessment, r.NextStep) },
        (not null, WorkstreamPaused p) => w with { Stage = WorkstreamStage.Paused, Since = e.On, Remark = p.Reason },
        (not null, WorkstreamResumed r) => w with { Stage = WorkstreamStage.Underway, Since = e.On, Remark = r.Remark },
        (not null, WorkstreamCompleted c) => w with { Stage = WorkstreamStage.Completed, Since = e.On, Remark = c.Outcome },
        (not null, WorkstreamAbandoned a) => w with { Stage = WorkstreamStage.Abandoned, Since = e.On, Remark = a.Reason },
        _ => throw ImpossibleHistoryException.After((object?)w ?? "a workstream not proposed", e.Event, e.On),
    };

    private const string Selected =
        "key, roadmap, title, description, stage, since, since_precision, proposed, proposed_precision, began, began_precision, rank, decision, planned_start, planned_start_precision, planned_end, "
        + "planned_end_precision, lead_member, lead_group, carried_by, last_report, remark";

    /// <summary>The workstreams known at the view's moment, of all roadmaps: by rank, those without rank last, then by title.</summary>
    public static ValueTask<IReadOnlyList<Workstream>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} w where {AsOf.Of("w")} order by rank nulls last, title, key", Read, ct);

    /// <summary>One workstream, or null when it was not proposed yet at the view's moment.</summary>
    public static ValueTask<Workstream?> FindAsync(ReadView view, WorkstreamId workstream, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} w where {AsOf.Of("w")} and key = @workstream", Read, ct, ("workstream", workstream.Value));

    private static Workstream Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<WorkstreamId>(0), r.Id<RoadmapId>(1), r.GetString(2), r.TextOrNull(3), r.Choice<WorkstreamStage>(4), r.Time(5), r.Time(7),
        r.TimeOrNull(9), r.Int32OrNull(11), r.IdOrNull<BallotId>(12), r.TimeOrNull(13), r.TimeOrNull(15), r.IdOrNull<MemberId>(17),
        r.IdOrNull<WorkingGroupId>(18), r.Ids<WorkingGroupId>(19), r.JsonOrNull<Report>(20), r.TextOrNull(21));
}
