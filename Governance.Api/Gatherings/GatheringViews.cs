using Governance.Api.Access;
using Governance.Api.Calendars;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Api.WorkingGroups;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Stage = Governance.Projections.Gatherings.Stage;

namespace Governance.Api.Gatherings;

/// <summary>Guests of one kind, by places.</summary>
/// <param name="Present">How many came; null when nobody said of any.</param>
public sealed record GuestCount(GuestKind Kind, bool Invited, int Registered, int Waiting, int? Present);

/// <summary>A registration as those who keep it see it.</summary>
/// <param name="Person">Of the network; null for guests of an organisation.</param>
/// <param name="Rank">Place on the waiting list, from 1; null when not waiting.</param>
public sealed record GuestLine(
    RegistrationId Id, GuestKind Kind, NamedPerson? Person, string? Organisation, int Places, int? Rank, EffectiveTime Registered, int? Present);

public sealed record GroupReview(NamedGroup Group, string Findings, EffectiveTime On);

/// <summary>A gathering at one moment, its guests counted.</summary>
/// <param name="Registered">Places taken.</param>
/// <param name="Present">How many came; null when nobody said of any.</param>
public sealed record GatheringSummary(
    GatheringId Id, int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity, Stage Stage, string? Reason, int Registered, int Waiting,
    int? Present);

/// <summary>A gathering with its programme, guests, reviews and what follows.</summary>
/// <param name="Registrations">In the order in which they came; null to whoever does not keep them: guests are then only counted.</param>
public sealed record GatheringDossier(
    GatheringSummary Gathering, IReadOnlyList<Projections.Gatherings.Session> Sessions, IReadOnlyList<GuestCount> Guests, IReadOnlyList<GroupReview> Reviews,
    IReadOnlyList<Projections.Gatherings.Agreed> FollowUps, IReadOnlyList<GuestLine>? Registrations);

/// <summary>Every gathering known at one moment, the latest edition first.</summary>
public sealed record GatheringRegister(IReadOnlyList<GatheringSummary> Gatherings)
{
    public static async ValueTask<GatheringRegister> AtAsync(ReadView view, CancellationToken ct)
    {
        var registrations = await Projections.GatheringRegistrations.ListAsync(view, ct);
        return new([.. (await Projections.Gatherings.ListAsync(view, ct)).Select(g => Summary(g, [.. registrations[g.Id]]))]);
    }

    /// <summary>Null when it was not planned yet at the view's moment.</summary>
    /// <param name="people">Null counts guests and names nobody.</param>
    public static async ValueTask<GatheringDossier?> OneAsync(ReadView view, GatheringId id, PersonNames? people, CancellationToken ct)
    {
        if (await Projections.Gatherings.FindAsync(view, id, ct) is not { } gathering)
            return null;
        var registrations = await Projections.GatheringRegistrations.OfGatheringAsync(view, id, ct);
        var groups = (await Projections.WorkingGroups.ListAsync(view, ct)).ToDictionary(g => g.Id, g => g.Name);
        return new(
            Summary(gathering, registrations),
            gathering.Sessions,
            [
                .. Enum.GetValues<GuestKind>().Where(k => gathering.Invited.Contains(k) || registrations.Any(r => r.Kind == k)).Select(kind => new GuestCount(
                    kind, gathering.Invited.Contains(kind), Places(registrations.Where(r => r.Kind == kind), waiting: false), Places(registrations.Where(r => r.Kind == kind), waiting: true),
                    Present(registrations.Where(r => r.Kind == kind)))),
            ],
            [.. gathering.Reviews.Select(r => new GroupReview(new(r.Group, groups.GetValueOrDefault(r.Group, "–")), r.Findings, r.On)).OrderBy(r => r.Group.Name, StringComparer.CurrentCulture)],
            gathering.FollowUps,
            people is null ? null : await LinesAsync(view, registrations, people, ct));
    }

    /// <summary>Whether the actor keeps the list of those registered: nobody else is shown who they are.</summary>
    public static PersonNames? NamesFor(RequestScope scope, PersonNames people) => scope.Actor.May(Permission.KeepGroups) ? people : null;

    /// <summary>Whether a session is on the days of its gathering; of one that was moved it may not be any more.</summary>
    public static bool IsOnItsDays(Projections.Gatherings.Session session, EffectiveTime starts, int days, TimeZoneInfo zone) =>
        Domain.Gatherings.Gathering.IsOnItsDays(starts, days, session.Starts, session.Ends, zone);

    /// <summary>The programme as entries of calendars: its sessions on its days, or the days as a whole while there are none.</summary>
    /// <param name="address">Of the gathering's page.</param>
    /// <returns>None when neither a session nor the day is known.</returns>
    public static IReadOnlyList<CalendarEntry> Calendar(Projections.Gatherings.Gathering gathering, string? address, TimeZoneInfo zone)
    {
        var off = gathering.Stage == Stage.Cancelled;
        if (gathering.Sessions.Where(s => IsOnItsDays(s, gathering.Starts, gathering.Days, zone)).ToList() is { Count: > 0 } sessions)
        {
            return
            [
                .. sessions.Select(s => new CalendarEntry(
                    s.Id.ToString(), $"{s.Title} ({gathering.Title})", s.Starts, s.Ends, s.Room is null ? gathering.Place : $"{s.Room}, {gathering.Place}", null, gathering.Changes,
                    gathering.Changed, off, address)),
            ];
        }

        var first = LocalTime.DayOf(gathering.Starts.Instant, zone);
        return gathering.Starts.Precision is Precision.Day or Precision.Instant
            ? [new(gathering.Id.ToString(), gathering.Title, EffectiveTime.On(first, zone), EffectiveTime.On(first.AddDays(gathering.Days), zone), gathering.Place, null, gathering.Changes, gathering.Changed, off, address)]
            : [];
    }

    private static GatheringSummary Summary(Projections.Gatherings.Gathering g, IReadOnlyList<Projections.GatheringRegistrations.Registration> registrations) => new(
        g.Id, g.Edition, g.Title, g.Place, g.Starts, g.Days, g.Capacity, g.Stage, g.Reason, Places(registrations, waiting: false), Places(registrations, waiting: true),
        Present(registrations));

    private static int Places(IEnumerable<Projections.GatheringRegistrations.Registration> registrations, bool waiting) =>
        registrations.Where(r => r.Waiting == waiting).Sum(r => r.Places);

    private static int? Present(IEnumerable<Projections.GatheringRegistrations.Registration> registrations) =>
        registrations.Where(r => r.Present is not null).Aggregate(default(int?), (sum, r) => (sum ?? 0) + r.Present);

    private static async ValueTask<IReadOnlyList<GuestLine>> LinesAsync(
        ReadView view, IReadOnlyList<Projections.GatheringRegistrations.Registration> registrations, PersonNames people, CancellationToken ct)
    {
        var names = await people.OfAsync(view, registrations.Select(r => r.Person).OfType<PersonId>(), ct);
        var waiting = registrations.Where(r => r.Waiting).Select((r, i) => (r.Id, Rank: i + 1)).ToDictionary(r => r.Id, r => r.Rank);
        return
        [
            .. registrations.Select(r => new GuestLine(
                r.Id, r.Kind, r.Person is { } person ? names[person] : null, r.Organisation, r.Places, waiting.TryGetValue(r.Id, out var rank) ? rank : null, r.Registered, r.Present)),
        ];
    }
}
