using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>
/// The workstreams that run late at a view's moment, each with its reasons: a milestone overdue, not started or not completed when planned,
/// no report for too long, a last report that says so itself, another workstream that it waits for and that is late or given up.
/// </summary>
public static class WhatSlips
{
    public enum Reason
    {
        MilestoneOverdue,
        NotStarted,
        NotCompleted,
        NotReported,
        ReportedLate,
        PrerequisiteLate,
        PrerequisiteAbandoned,
    }

    /// <param name="Since">The first instant at which it was late, UTC.</param>
    /// <param name="Planned">When it was due: of a milestone, a start or an end.</param>
    /// <param name="Milestone">The milestone overdue; null for every other reason.</param>
    /// <param name="Text">Title of the milestone or of the prerequisite, or what the last report says.</param>
    /// <param name="LastReport">Of a report missing: when there last was one; null when there never was.</param>
    /// <param name="Prerequisite">The workstream that it waits for; null for every other reason.</param>
    public sealed record Slip(
        Reason Reason, DateTimeOffset Since, EffectiveTime? Planned = null, MilestoneId? Milestone = null, string? Text = null, EffectiveTime? LastReport = null,
        WorkstreamId? Prerequisite = null);

    /// <param name="Slips">At least one, longest first.</param>
    public sealed record Slipping(Workstreams.Workstream Workstream, IReadOnlyList<Slip> Slips);

    /// <summary>What slips at the view's moment, of all roadmaps: what has been late for longest first.</summary>
    /// <param name="zone">The association's clocks: they end days and quarters.</param>
    public static async ValueTask<IReadOnlyList<Slipping>> ListAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct = default)
    {
        var workstreams = await Workstreams.ListAsync(view, ct).ConfigureAwait(false);
        var milestones = (await Milestones.ListAsync(view, ct).ConfigureAwait(false)).ToLookup(m => m.Workstream);
        var dependencies = await Dependencies.ListAsync(view, ct).ConfigureAwait(false);
        return Of(workstreams, milestones, dependencies, view.AsOf.Instant, zone);
    }

    /// <summary>What slips of all workstreams: what has been late for longest first.</summary>
    /// <param name="workstreams">All of the association at one moment, with their milestones and dependencies at the same.</param>
    public static IReadOnlyList<Slipping> Of(
        IReadOnlyList<Workstreams.Workstream> workstreams, ILookup<WorkstreamId, Milestones.Milestone> milestones, IReadOnlyList<Dependency> dependencies,
        DateTimeOffset instant, TimeZoneInfo zone)
    {
        var slips = Slips.Of([.. workstreams.Select(w => State(w, milestones[w.Id]))], dependencies, instant, zone);
        return
        [
            .. workstreams
                .Select(w => new Slipping(w, [.. slips[w.Id].Select(Told)]))
                .Where(s => s.Slips.Count > 0)
                .OrderBy(s => s.Slips[0].Since),
        ];
    }

    /// <summary>A workstream as the domain has it, as far as its plan is concerned.</summary>
    public static Workstream.Known State(Workstreams.Workstream w, IEnumerable<Milestones.Milestone> milestones)
    {
        var plan = new WorkstreamPlan(w.Id, w.Roadmap, w.Title, w.Description, w.Rank)
        {
            Schedule = w.Start is { } start ? new Schedule(start, w.End) : null,
            LastReport = w.LastReport is { } report ? new ProgressReport(report.Text, report.Assessment, report.NextStep, report.On) : null,
            Milestones = [.. milestones.Select(m => new Milestone(m.Id, m.Title, m.Due, m.Reached, m.Moves))],
        };
        return w.Stage switch
        {
            WorkstreamStage.Proposed => new Workstream.Proposed(plan),
            WorkstreamStage.Adopted => new Workstream.Adopted(plan, w.Since),
            WorkstreamStage.Underway => new Workstream.Underway(plan, w.Began ?? w.Since),
            WorkstreamStage.Paused => new Workstream.Paused(plan, w.Began ?? w.Since, w.Since, w.Remark ?? ""),
            WorkstreamStage.Completed => new Workstream.Completed(plan, w.Since),
            _ => new Workstream.Abandoned(plan, w.Since, w.Remark ?? ""),
        };
    }

    private static Slip Told(Domain.Roadmaps.Slip slip) => slip switch
    {
        MilestoneOverdue s => new(Reason.MilestoneOverdue, s.Since, s.Due, s.Milestone, s.Title),
        NotStarted s => new(Reason.NotStarted, s.Since, s.Planned),
        NotCompleted s => new(Reason.NotCompleted, s.Since, s.Planned),
        NotReported s => new(Reason.NotReported, s.Since, LastReport: s.LastReport),
        ReportedLate s => new(Reason.ReportedLate, s.Since, Text: s.Text),
        PrerequisiteLate s => new(Reason.PrerequisiteLate, s.Since, Text: s.Title, Prerequisite: s.Prerequisite),
        PrerequisiteAbandoned s => new(Reason.PrerequisiteAbandoned, s.Since, Text: s.Title, Prerequisite: s.Prerequisite),
        _ => throw new ArgumentOutOfRangeException(nameof(slip)),
    };
}
