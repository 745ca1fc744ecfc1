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
}
