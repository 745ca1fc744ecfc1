using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Api.WorkingGroups;

public sealed record NamedGroup(WorkingGroupId Id, string Name);

public sealed record GroupPilot(NamedMember Centre, PilotRole Role, EffectiveTime Since);

/// <summary>Meetings of a year: how many are planned, how many were held.</summary>
public sealed record MeetingYear(int Year, int? AtLeast, int? AtMost, int Held, string? Remark);

/// <param name="IsLate">Due before the moment looked at, and not published.</param>
public sealed record GroupOutput(string Title, EffectiveTime? Due, string? Description, EffectiveTime? Published, string? Reference, bool IsLate);

public sealed record GroupMeeting(EventId Event, EffectiveTime On, bool InPerson, IReadOnlyList<NamedMember> Centres, string? Place, string? Logbook);

/// <summary>A working group at one moment.</summary>
/// <param name="Centres">How many centres take part: those known by name, or the number given.</param>
/// <param name="From">The groups that it continues.</param>
/// <param name="Into">The group that it goes on in.</param>
/// <param name="Years">Every year that has meetings planned or held, latest first.</param>
public sealed record GroupSummary(
    WorkingGroupId Id, string Name, string? Mission, Projections.WorkingGroups.Stage Stage, EffectiveTime Since, GroupOrigin Origin,
    IReadOnlyList<NamedGroup> From, NamedGroup? Into, EffectiveTime? Ended, string? Reason, int Centres, IReadOnlyList<NamedMember> NamedCentres,
    IReadOnlyList<GroupPilot> Pilots, IReadOnlyList<MeetingYear> Years, IReadOnlyList<GroupOutput> Outputs);

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
        var centres = await names.OfAsync(view, Centres(group).Concat(meetings.SelectMany(m => m.Centres)), ct);
        return new(
            Summary(group, groups, meetings, centres, view.AsOf.Instant, zone),
            [.. meetings.Select(m => new GroupMeeting(m.Event, m.On, m.InPerson, ByName(m.Centres.Select(c => centres[c])), m.Place, m.Logbook))]);
    }

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
        var held = meetings.GroupBy(m => LocalTime.DayOf(m.On.Instant, zone).Year).ToDictionary(y => y.Key, y => y.Count());
        return new(
            group.Id, group.Name, group.Mission, group.Stage, group.Since, group.Origin, [.. group.From.Select(Named).OfType<NamedGroup>()],
            group.Into is { } into ? Named(into) : null, group.Ended, group.Reason, group.CentreCount, ByName(group.Centres.Select(c => centres[c])),
            [.. group.Pilots.Select(p => new GroupPilot(centres[p.Centre], p.Role, p.Since))],
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
                        o.Title, o.Due, o.Description, o.Published, o.Reference,
                        group.Stage == Projections.WorkingGroups.Stage.Active && o.Published is null && o.Due is { } due && due.PeriodEnd(zone) <= instant)),
            ]);

        NamedGroup? Named(WorkingGroupId id) => all.FirstOrDefault(g => g.Id == id) is { } other ? new(id, other.Name) : null;
    }
}
