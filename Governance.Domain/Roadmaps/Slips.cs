using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>Something that runs late on a workstream, and since when.</summary>
public abstract record Slip(DateTimeOffset Since);

public sealed record MilestoneOverdue(MilestoneId Milestone, string Title, EffectiveTime Due, DateTimeOffset Since) : Slip(Since);

/// <summary>Meant to be started, adopted or not, and it is not.</summary>
public sealed record NotStarted(EffectiveTime Planned, DateTimeOffset Since) : Slip(Since);

public sealed record NotCompleted(EffectiveTime Planned, DateTimeOffset Since) : Slip(Since);

/// <summary>Under way and nobody has reported for longer than agreed.</summary>
/// <param name="LastReport">Null when there never was one.</param>
public sealed record NotReported(EffectiveTime? LastReport, DateTimeOffset Since) : Slip(Since);

/// <summary>The last report itself says that it is late.</summary>
public sealed record ReportedLate(string Text, DateTimeOffset Since) : Slip(Since);

/// <summary>It waits for another workstream that runs late itself.</summary>
/// <param name="Since">When that began to slip; when it was said that this one waits, if that came later.</param>
public sealed record PrerequisiteLate(WorkstreamId Prerequisite, string Title, DateTimeOffset Since) : Slip(Since);

/// <summary>It waits for another workstream that was given up: nothing will come of waiting.</summary>
public sealed record PrerequisiteAbandoned(WorkstreamId Prerequisite, string Title, DateTimeOffset Since) : Slip(Since);

/// <summary>What slips, and why.</summary>
public static class Slips
{
    public const int DaysBetweenReports = 90;

    /// <summary>
    /// What slips at an instant, longest first, for a workstream as it is then. A period is over at its end: a milestone due
    /// in « 2024-Q1 » is late from 1 April. One that is paused owes no report, but keeps its milestones.
    /// </summary>
    public static IReadOnlyList<Slip> Of(Workstream workstream, DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (workstream is not Workstream.Live { Plan: var plan })
            return [];
        var slips = new List<Slip>();
        slips.AddRange(plan.Milestones
            .Where(m => m.Reached is null)
            .Select(m => new MilestoneOverdue(m.Id, m.Title, m.Due, m.Due.PeriodEnd(zone))));
        if (plan.Schedule is { } schedule)
        {
            if (workstream is Workstream.Proposed or Workstream.Adopted)
                slips.Add(new NotStarted(schedule.Start, schedule.Start.PeriodEnd(zone)));
            if (schedule.End is { } end)
                slips.Add(new NotCompleted(end, end.PeriodEnd(zone)));
        }

        if (workstream is Workstream.Underway underway)
        {
            var last = plan.LastReport?.On;
            var from = LocalTime.DayOf((last ?? underway.Since).Instant, zone);
            slips.Add(new NotReported(last, LocalTime.StartOf(from.AddDays(DaysBetweenReports + 1), zone)));
            if (plan.LastReport is { Assessment: Assessment.Late } late)
                slips.Add(new ReportedLate(late.Text, late.On.Instant));
        }

        return [.. slips.Where(s => s.Since <= instant).OrderBy(s => s.Since)];
    }

    /// <summary>
    /// What slips of each workstream at an instant, as <see cref="Of(Workstream, DateTimeOffset, TimeZoneInfo)"/> has it, and what comes to it from those it waits for,
    /// through any number of them. A report that is missing makes nobody else late; who waits for a milestone is late by what keeps that milestone.
    /// </summary>
    /// <param name="workstreams">All of the association, as they are then.</param>
    public static IReadOnlyDictionary<WorkstreamId, IReadOnlyList<Slip>> Of(
        IReadOnlyList<Workstream.Known> workstreams, IEnumerable<Dependency> dependencies, DateTimeOffset instant, TimeZoneInfo zone)
    {
        var known = workstreams.ToDictionary(w => w.Plan.Id);
        var waits = dependencies.ToLookup(d => d.Workstream);
        var slips = new Dictionary<WorkstreamId, IReadOnlyList<Slip>>();
        foreach (var workstream in workstreams)
            Find(workstream);
        return slips;

        IReadOnlyList<Slip> Find(Workstream.Known workstream)
        {
            if (slips.TryGetValue(workstream.Plan.Id, out var found))
                return found;
            var own = slips[workstream.Plan.Id] = Of(workstream, instant, zone);
            return slips[workstream.Plan.Id] = workstream is Workstream.Live
                ? [.. own.Concat(waits[workstream.Plan.Id].Select(FromPrerequisite).OfType<Slip>()).OrderBy(s => s.Since)]
                : own;
        }

        Slip? FromPrerequisite(Dependency dependency)
        {
            if (!known.TryGetValue(dependency.Prerequisite, out var prerequisite) || dependency.IsMetBy(prerequisite))
                return null;
            var (id, title, from) = (prerequisite.Plan.Id, prerequisite.Plan.Title, dependency.Since.Instant);
            if (prerequisite is Workstream.Abandoned abandoned)
                return new PrerequisiteAbandoned(id, title, abandoned.On.Instant > from ? abandoned.On.Instant : from);
            return Find(prerequisite).FirstOrDefault(s => Delays(s, dependency.Milestone)) is { } late
                ? new PrerequisiteLate(id, title, late.Since > from ? late.Since : from)
                : null;
        }
    }

    private static bool Delays(Slip slip, MilestoneId? milestone) => slip switch
    {
        NotReported => false,
        MilestoneOverdue overdue => milestone is null || overdue.Milestone == milestone,
        NotCompleted => milestone is null,
        _ => true,
    };
}
