using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Api.WorkingGroups;

public sealed record NamedGroup(WorkingGroupId Id, string Name);

/// <param name="Since">In this role.</param>
/// <param name="Began">To lead the group, in whatever role.</param>
/// <param name="Due">The year in which this pilot makes room for another; null without a rule.</param>
/// <param name="IsLate">That year is over.</param>
public sealed record GroupPilot(NamedMember Centre, PilotRole Role, EffectiveTime Since, EffectiveTime Began, int? Due, bool IsLate);

/// <summary>What two groups work on together.</summary>
public sealed record GroupCrossing(NamedGroup With, string Topic, EffectiveTime Since);

/// <param name="Share">The share of those who lead that is renewed each year.</param>
/// <param name="EachYear">How many that is of those who lead now.</param>
public sealed record GroupRotation(Fraction Share, int EachYear, EffectiveTime Since);

/// <summary>A year of a group: how many meetings are planned, how many were held.</summary>
/// <param name="Centres">How many centres took part at its end, or at the moment looked at; null in lists, and once the group has ended.</param>
/// <param name="Led">How many centres led the group then.</param>
public sealed record MeetingYear(int Year, int? AtLeast, int? AtMost, int Held, string? Remark, int? Centres = null, int? Led = null);

/// <param name="IsLate">Due before the moment looked at, and not published.</param>
/// <param name="Event">The event that last told of it: its evidence is attached there.</param>
public sealed record GroupOutput(string Title, EventId Event, EffectiveTime? Due, string? Description, EffectiveTime? Published, string? Reference, bool IsLate);

public sealed record GroupMeeting(EventId Event, EffectiveTime On, bool InPerson, IReadOnlyList<NamedMember> Centres, string? Place, string? Logbook);

/// <summary>A working group at one moment.</summary>
/// <param name="Centres">How many centres take part: those known by name, or the number given.</param>
/// <param name="From">The groups that it continues.</param>
/// <param name="Into">The group that it goes on in.</param>
/// <param name="Years">Every year that has meetings planned or held, latest first.</param>
public sealed record GroupSummary(
    WorkingGroupId Id, string Name, string? Mission, Projections.WorkingGroups.Stage Stage, EffectiveTime Since, GroupOrigin Origin,
    IReadOnlyList<NamedGroup> From, NamedGroup? Into, EffectiveTime? Ended, string? Reason, int Centres, IReadOnlyList<NamedMember> NamedCentres,
    IReadOnlyList<GroupPilot> Pilots, IReadOnlyList<MeetingYear> Years, IReadOnlyList<GroupOutput> Outputs,
    GroupRotation? Rotation, IReadOnlyList<GroupCrossing> Crossings);

/// <summary>A working group with the meetings it held.</summary>
public sealed record GroupDossier(GroupSummary Group, IReadOnlyList<GroupMeeting> Meetings);

/// <summary>Every working group known at one moment: active ones first.</summary>
public sealed record GroupRegister(IReadOnlyList<GroupSummary> Groups)
{
    public static async ValueTask<GroupRegister> AtAsync(ReadView view, MemberNames names, TimeZoneInfo zone, CancellationToken ct)
    {
        var groups = await Projections.WorkingGroups.ListAsync(view, ct);
        var meetings = (await Projections.GroupMeetings.ListAsync(view, ct)).ToLookup(m => m.Group);
        var centres = await names.OfAsync(view, groups.SelectMany(Centres), ct);
        return new([.. groups.OrderBy(g => g.Stage != Projections.WorkingGroups.Stage.Active).ThenBy(g => g.Name, StringComparer.CurrentCulture).Select(g => Summary(g, groups, meetings[g.Id], centres, view.AsOf.Instant, zone))]);
    }

    /// <summary>Null when it did not exist yet at the view's moment.</summary>
    public static async ValueTask<GroupDossier?> OneAsync(ReadView view, WorkingGroupId id, MemberNames names, TimeZoneInfo zone, CancellationToken ct)
    {
        var groups = await Projections.WorkingGroups.ListAsync(view, ct);
        if (groups.FirstOrDefault(g => g.Id == id) is not { } group)
            return null;
        var meetings = await Projections.GroupMeetings.OfGroupAsync(view, id, ct);
        var summary = Summary(group, groups, meetings, await names.OfAsync(view, Centres(group), ct), view.AsOf.Instant, zone);
        var centres = await names.OfAsync(view, meetings.SelectMany(m => m.Centres), ct);
        return new(
            summary with { Years = await EveryYearAsync(view, group, summary.Years, zone, ct) },
            [.. meetings.Select(m => new GroupMeeting(m.Event, m.On, m.InPerson, ByName(m.Centres.Select(c => centres[c])), m.Place, m.Logbook))]);
    }

    /// <summary>Every year in which the group was there, and any other that something is planned for, latest first.</summary>
    private static async ValueTask<IReadOnlyList<MeetingYear>> EveryYearAsync(
        ReadView view, Projections.WorkingGroups.Group group, IReadOnlyList<MeetingYear> known, TimeZoneInfo zone, CancellationToken ct)
    {
        var years = Years(group.Since, group.Ended, view.AsOf.Instant, zone);
        var then = await Projections.WorkingGroups.AtEachAsync(view, [.. years.Select(y => EndOf(y, view.AsOf.Instant, zone))], ct);
        var counts = years.Zip(then, (year, all) => (Year: year, Group: all.FirstOrDefault(g => g.Id == group.Id && g.Stage == Projections.WorkingGroups.Stage.Active)))
            .ToDictionary(y => y.Year, y => y.Group);
        return
        [
            .. known.Select(y => y.Year).Union(counts.Keys).OrderDescending().Select(year =>
                (known.FirstOrDefault(y => y.Year == year) ?? new MeetingYear(year, null, null, 0, null)) with
                {
                    Centres = counts.GetValueOrDefault(year)?.CentreCount,
                    Led = counts.GetValueOrDefault(year)?.Pilots.Count,
                }),
        ];
    }

    /// <summary>The years from a beginning to an end, or to the moment looked at.</summary>
    internal static IReadOnlyList<int> Years(EffectiveTime since, EffectiveTime? ended, DateTimeOffset instant, TimeZoneInfo zone)
    {
        var first = YearOf(since.Instant, zone);
        return [.. Enumerable.Range(first, Math.Max(0, YearOf(ended?.Instant ?? instant, zone) - first + 1))];
    }

    internal static int YearOf(DateTimeOffset instant, TimeZoneInfo zone) => LocalTime.DayOf(instant, zone).Year;

    /// <summary>The end of a year, no later than a moment.</summary>
    internal static DateTimeOffset EndOf(int year, DateTimeOffset latest, TimeZoneInfo zone) =>
        LocalTime.EndOf(new DateOnly(year, 12, 31), zone) is var end && end < latest ? end : latest;

    private static IEnumerable<MemberId> Centres(Projections.WorkingGroups.Group group) => group.Centres.Concat(group.Pilots.Select(p => p.Centre));

    private static IReadOnlyList<NamedMember> ByName(IEnumerable<NamedMember> members) => [.. members.OrderBy(m => m.Name, StringComparer.CurrentCulture)];

    private static GroupSummary Summary(
        Projections.WorkingGroups.Group group,
        IReadOnlyList<Projections.WorkingGroups.Group> all,
        IEnumerable<Projections.GroupMeetings.Meeting> meetings,
        IReadOnlyDictionary<MemberId, NamedMember> centres,
        DateTimeOffset instant,
        TimeZoneInfo zone)
    {
        var held = meetings.GroupBy(m => YearOf(m.On.Instant, zone)).ToDictionary(y => y.Key, y => y.Count());
        var year = YearOf(instant, zone);
        var turns = group is { Stage: Projections.WorkingGroups.Stage.Active, Rotation: { } rule }
            ? PilotRotation.Turns(rule.Share, YearOf(rule.Since.Instant, zone), [.. group.Pilots.Select(p => (p.Centre, YearOf(p.Began.Instant, zone)))])
            : [];
        return new(
            group.Id, group.Name, group.Mission, group.Stage, group.Since, group.Origin, [.. group.From.Select(Named).OfType<NamedGroup>()],
            group.Into is { } into ? Named(into) : null, group.Ended, group.Reason, group.CentreCount, ByName(group.Centres.Select(c => centres[c])),
            [
                .. group.Pilots.Select(p =>
                {
                    var due = turns.FirstOrDefault(t => t.Centre == p.Centre)?.Year;
                    return new GroupPilot(centres[p.Centre], p.Role, p.Since, p.Began, due, due < year);
                }),
            ],
            [
                .. group.Plans.Select(p => p.Year).Union(held.Keys).OrderDescending().Select(year =>
                {
                    var plan = group.Plans.FirstOrDefault(p => p.Year == year);
                    return new MeetingYear(year, plan?.AtLeast, plan?.AtMost, held.GetValueOrDefault(year), plan?.Remark);
                }),
            ],
            [
                .. group.Outputs
                    .OrderBy(o => o.Published is not null).ThenBy(o => o.Due?.Instant ?? DateTimeOffset.MaxValue).ThenBy(o => o.Title, StringComparer.CurrentCulture)
                    .Select(o => new GroupOutput(
                        o.Title, o.Event, o.Due, o.Description, o.Published, o.Reference,
                        group.Stage == Projections.WorkingGroups.Stage.Active && o.Published is null && o.Due is { } due && due.PeriodEnd(zone) <= instant)),
            ],
            group.Rotation is { } rotation ? new(rotation.Share, PilotRotation.EachYear(rotation.Share, group.Pilots.Count), rotation.Since) : null,
            [
                .. group.Crossings.Select(c => (c.With, c.Topic, c.Since))
                    .Concat(all.SelectMany(o => o.Crossings.Where(c => c.With == group.Id).Select(c => (With: o.Id, c.Topic, c.Since))))
                    .Select(c => Named(c.With) is { } with ? new GroupCrossing(with, c.Topic, c.Since) : null).OfType<GroupCrossing>(),
            ]);

        NamedGroup? Named(WorkingGroupId id) => all.FirstOrDefault(g => g.Id == id) is { } other ? new(id, other.Name) : null;
    }
}
