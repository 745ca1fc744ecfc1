using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The gatherings of the network: programme, guests invited, reviews, what follows. Who is registered are <see cref="GatheringRegistrations"/>.</summary>
public sealed class Gatherings : TimelineModel<Gatherings.Gathering>
{
    private const string Stored = "gatherings_1";

    public enum Stage
    {
        Planned,
        Cancelled,
    }

    public sealed record Session(SessionId Id, string Title, EffectiveTime Starts, EffectiveTime Ends, string? Room = null);

    public sealed record Review(WorkingGroupId Group, string Findings, EffectiveTime On);

    /// <param name="Version">The draft of the statutes that it started.</param>
    /// <param name="Workstream">The workstream that it started.</param>
    public sealed record Agreed(
        FollowUpId Id, string Title, FollowUpKind Kind, EffectiveTime On, EffectiveTime? Started = null, StatutesVersionId? Version = null, WorkstreamId? Workstream = null);

    /// <param name="Starts">The first day, or the month or year when no more is known.</param>
    /// <param name="Capacity">Places; null for no bound.</param>
    /// <param name="Reason">Why it was called off.</param>
    /// <param name="Changes">How many changes were made to what calendars show of it.</param>
    public sealed record Gathering(
        GatheringId Id, int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity, Stage Stage, string? Reason,
        IReadOnlyList<GuestKind> Invited, IReadOnlyList<Session> Sessions, IReadOnlyList<Review> Reviews, IReadOnlyList<Agreed> FollowUps, int Changes,
        DateTimeOffset Changed);

    /// <summary>Kept whole as JSON: guests are kinds, not people.</summary>
    private sealed record Lists(IReadOnlyList<GuestKind> Invited, IReadOnlyList<Session> Sessions, IReadOnlyList<Review> Reviews, IReadOnlyList<Agreed> FollowUps);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["gathering"];

    public override IReadOnlyList<Type> Events { get; } = [.. GatheringEvents.Types.Except(GatheringRegistrations.OfRegistrations)];

    public override Columns<Gathering> Columns { get; } = new Columns<Gathering>()
        .Int32("edition", g => g.Edition)
        .Text("title", g => g.Title)
        .Text("place", g => g.Place)
        .Time("starts", g => g.Starts)
        .Int32("days", g => g.Days)
        .Int32("capacity", g => g.Capacity, optional: true)
        .Choice<Stage>("stage", g => g.Stage)
        .Text("reason", g => g.Reason, optional: true)
        .Json("lists", g => new Lists(g.Invited, g.Sessions, g.Reviews, g.FollowUps))
        .Int32("changes", g => g.Changes)
        .Instant("changed", g => g.Changed);

    public override IEnumerable<Segment<Gathering>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Gathering), Evolve, g => g);

    private static Gathering? Evolve(Gathering? g, Recorded e) => (g, e.Event) switch
    {
        (null, GatheringPlanned p) => new(p.Gathering, p.Edition, p.Title, p.Place, p.Starts, p.Days, p.Capacity, Stage.Planned, null, [], [], [], [], 0, e.RecordedAt),
        (not null, GatheringMoved m) => Shown(g, e) with { Place = m.Place, Starts = m.Starts, Days = m.Days },
        (not null, GatheringCancelled c) => Shown(g, e) with { Stage = Stage.Cancelled, Reason = c.Reason },
        (not null, GatheringCapacityChanged c) => g with { Capacity = c.Capacity },
        (not null, GuestsInvited i) => g with { Invited = i.Kinds },
        (not null, SessionPlanned s) => Shown(g, e) with
        {
            Sessions = [.. g.Sessions.Where(o => o.Id != s.Session).Append(new(s.Session, s.Title, s.Starts, s.Ends, s.Room)).OrderBy(o => o.Starts.Instant).ThenBy(o => o.Title, StringComparer.Ordinal)],
        },
        (not null, SessionWithdrawn s) => Shown(g, e) with { Sessions = [.. g.Sessions.Where(o => o.Id != s.Session)] },
        (not null, GroupReviewed r) => g with { Reviews = [.. g.Reviews.Where(o => o.Group != r.Group), new(r.Group, r.Findings, e.On)] },
        (not null, FollowUpAgreed f) => g with { FollowUps = [.. g.FollowUps, new(f.FollowUp, f.Title, f.Kind, e.On)] },
        (not null, FollowUpStarted f) => g with
        {
            FollowUps = [.. g.FollowUps.Select(o => o.Id == f.FollowUp ? o with { Started = e.On, Version = f.Version, Workstream = f.Workstream } : o)],
        },
        _ => throw ImpossibleHistoryException.After((object?)g ?? "a gathering not planned", e.Event, e.On),
    };

    // Calendars take what has a higher number in the place of what they have.
    private static Gathering Shown(Gathering g, Recorded e) => g with { Changes = g.Changes + 1, Changed = e.RecordedAt > g.Changed ? e.RecordedAt : g.Changed };

    private const string Selected = "key, edition, title, place, starts, starts_precision, days, capacity, stage, reason, lists, changes, changed";

    /// <summary>Every gathering known at the view's moment, the latest edition first.</summary>
    public static ValueTask<IReadOnlyList<Gathering>> ListAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from read.{Stored} g where {AsOf.Of("g")} order by edition desc, starts desc, key", Read, ct);

    /// <summary>One gathering, or null when it was not planned yet at the view's moment.</summary>
    public static ValueTask<Gathering?> FindAsync(ReadView view, GatheringId gathering, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} g where {AsOf.Of("g")} and key = @gathering", Read, ct, ("gathering", gathering.Value));

    private static Gathering Read(Npgsql.NpgsqlDataReader r)
    {
        var lists = r.Json<Lists>(10);
        return new(
            r.Id<GatheringId>(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.Time(4), r.GetInt32(6), r.Int32OrNull(7), r.Choice<Stage>(8), r.TextOrNull(9),
            lists.Invited, lists.Sessions, lists.Reviews, lists.FollowUps, r.GetInt32(11), r.GetFieldValue<DateTimeOffset>(12));
    }
}
