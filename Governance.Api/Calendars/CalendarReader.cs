using Governance.Api.Gatherings;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Domain.SharedTools;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Calendars;

/// <summary>What calendars are made of. What is known only to the month is in none: no day can be given for it.</summary>
/// <param name="pages">Address of the association's pages, such as <c>https://host/slug</c>.</param>
public sealed class CalendarReader(ReadView view, AssociationEntry association, string pages, IStringLocalizer<MeetingText> meetingText, IStringLocalizer<CalendarText> text)
{
    /// <summary>Weeks on duty shown ahead.</summary>
    public const int Weeks = 26;

    /// <summary>Meetings and gatherings of the association.</summary>
    public async ValueTask<IReadOnlyList<CalendarEntry>> EverythingAsync(CancellationToken ct) =>
    [
        .. (await Projections.Meetings.ListAsync(view, ct)).Where(IsPlaced).Select(OfMeeting),
        .. (await Projections.Gatherings.ListAsync(view, ct)).SelectMany(OfGathering),
    ];

    /// <summary>Meetings of one working group.</summary>
    public async ValueTask<IReadOnlyList<CalendarEntry>> OfGroupAsync(WorkingGroupId group, CancellationToken ct) =>
        [.. (await Projections.Meetings.ListAsync(view, ct)).Where(m => m.Group == group && IsPlaced(m)).Select(OfMeeting)];

    /// <summary>
    /// Meetings of the bodies that the person sits in, gatherings that the person has a place at, and weeks in which a member that the person represents keeps
    /// a shared tool: nothing of anybody else.
    /// </summary>
    public async ValueTask<IReadOnlyList<CalendarEntry>> DutiesAsync(PersonId person, CancellationToken ct)
    {
        var mandates = await Projections.Mandates.OfPersonAsync(view, person, ct);
        var bodies = mandates.Select(m => m.Body).ToHashSet();
        var within = (await Projections.Bodies.ListAsync(view, ct)).Where(b => bodies.Contains(b.Id) || b.Colleges.Any(bodies.Contains)).Select(b => b.Id).ToHashSet();
        var entries = (await Projections.Meetings.ListAsync(view, ct)).Where(m => m.Body is { } body && within.Contains(body) && IsPlaced(m)).Select(OfMeeting).ToList();
        var registrations = await Projections.GatheringRegistrations.ListAsync(view, ct);
        entries.AddRange((await Projections.Gatherings.ListAsync(view, ct)).Where(g => registrations[g.Id].Any(r => r.Person == person && !r.Waiting)).SelectMany(OfGathering));

        var centres = mandates.Select(m => m.Member).OfType<MemberId>().ToHashSet();
        var week = Rota.WeekOf(LocalTime.DayOf(view.AsOf.Instant, association.Zone));
        foreach (var tool in (await Projections.SharedTools.ListAsync(view, ct)).Where(t => t.Ended is null))
        {
            entries.AddRange(Enumerable.Range(0, Weeks).Select(i => week.AddDays(7 * i)).Where(w => tool.Rota.OnDuty(w) is { } centre && centres.Contains(centre)).Select(w => new CalendarEntry(
                $"{tool.Id}-{w:yyyyMMdd}", text["Duty", tool.Name], EffectiveTime.On(w, association.Zone), EffectiveTime.On(w.AddDays(7), association.Zone), null, null, 0,
                view.AsOf.Instant, Cancelled: false, $"{pages}/shared-tools#{tool.Id}")));
        }

        return entries;
    }

    private static bool IsPlaced(Projections.Meetings.Meeting meeting) => meeting.Starts.Precision is Precision.Instant or Precision.Day;

    private CalendarEntry OfMeeting(Projections.Meetings.Meeting m) => new(
        m.Id.ToString(), m.Title, m.Starts, null, MeetingWords.Where(m.Place, m.Remote, meetingText), null, 0, m.Since.Instant,
        m.Stage == Projections.Meetings.Stage.Cancelled, $"{pages}/meetings/{m.Id}");

    private IReadOnlyList<CalendarEntry> OfGathering(Projections.Gatherings.Gathering g) => GatheringRegister.Calendar(g, $"{pages}/gatherings/{g.Id}", association.Zone);
}
