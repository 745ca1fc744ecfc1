using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Meetings;

/// <summary>
/// A meeting of a working group that was held counts among those that the group has held, on the day on which it was opened: once, also where somebody
/// has noted it beside. Its page of the logbook is what was noted of the debates.
/// </summary>
internal static class GroupMeetingHeld
{
    /// <param name="group">The working group that met; null where a body did.</param>
    public static Decision Count(Meeting.Held held, Timeline<Meeting> meeting, Timeline<WorkingGroup>? group, TimeZoneInfo zone)
    {
        var on = EffectiveTime.On(LocalTime.DayOf(held.Since.Instant, zone), zone);
        // A group that has ended since, or a day that is noted already, keeps no meeting from its closing.
        if (group?.At(on) is not WorkingGroup.Active active || group.Effective.Any(e => e.On == on && e.Event is WorkingGroupMet met && (met.Meeting is null || met.Meeting == held.Plan.Meeting)))
            return Decision.NoChange;
        return group.Accept(on, new WorkingGroupMet(
            held.Place is not null, [.. held.Centres.Where(active.Centres.Contains)], held.Place, Logbook(held, meeting), held.Plan.Meeting));
    }

    private static string? Logbook(Meeting.Held held, Timeline<Meeting> meeting)
    {
        var notes = meeting.Effective.Select(e => e.Event).OfType<DebateNoted>().Select(n => n.Item is { } item && held.Item(item) is { } under ? $"{under.Title} : {n.Text}" : n.Text).ToList();
        return notes.Count == 0 ? null : string.Join("\n", notes);
    }
}
