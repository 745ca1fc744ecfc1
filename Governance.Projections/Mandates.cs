using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Who holds what in which body, on any date. A mandate beyond its term shows only where it is held over.</summary>
public sealed class Mandates : TimelineModel<Mandates.Mandate>
{
    internal const string Stored = "mandates_4";

    /// <param name="Member">The member that the person represents.</param>
    /// <param name="College">The college that delegates the person; null when none does, and in the college itself.</param>
    /// <param name="TermEnds">The first instant after the term.</param>
    /// <param name="Terms">How many terms it has run, the present one included; an interim counts none.</param>
    /// <param name="InHoldover">The term is over and the holder stays until replaced.</param>
    /// <param name="Decision">The vote that it rests on: that of its last term, the one that ratified it, or the last that names one; null when none does.</param>
    /// <param name="Ends">When it came, or will come, to an end other than its term's, as far as is known.</param>
    public sealed record Mandate(
        MandateId Id, BodyId Body, PersonId Person, MemberId? Member, BodyId? College, Office Office, EffectiveTime Since, EffectiveTime? TermEnds,
        int Terms, bool Holdover, bool InHoldover, bool AwaitingRatification, bool CoOpted, bool Interim, EffectiveTime? Ends, EndReason? Reason,
        BallotId? Decision);

    /// <summary>A mandate over its whole life, as far as is known.</summary>
    /// <param name="Until">The first instant at which it is no longer held; null when no end is foreseen.</param>
    public sealed record Tenure(Mandate Mandate, DateTimeOffset? Until);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["body"];

    public override IReadOnlyList<Type> Events => [typeof(MandateAppointed), typeof(MandateRatified), typeof(MandateRenewed), typeof(MandateEnded), typeof(FirstTermDrawn)];

    public override IReadOnlyList<string> Indexes => ["(tenant, body)", "(tenant, person)", "(tenant, member)"];

    public override Columns<Mandate> Columns { get; } = new Columns<Mandate>()
        .Uuid("body", m => m.Body.Value)
        .Uuid("person", m => m.Person.Value)
        .Uuid("member", m => m.Member?.Value, optional: true)
        .Uuid("college", m => m.College?.Value, optional: true)
        .Choice<Office>("office", m => m.Office)
        .Time("since", m => m.Since)
        .Time("term_ends", m => m.TermEnds, optional: true)
        .Int32("terms", m => m.Terms)
        .Bool("holdover", m => m.Holdover)
        .Bool("in_holdover", m => m.InHoldover)
        .Bool("awaiting_ratification", m => m.AwaitingRatification)
        .Bool("co_opted", m => m.CoOpted)
        .Bool("interim", m => m.Interim)
        .Time("ends", m => m.Ends, optional: true)
        .Choice<EndReason>("reason", m => m.Reason, optional: true)
        .Uuid("decision", m => m.Decision?.Value, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        MandateAppointed e => e.Mandate.Value,
        MandateRatified e => e.Mandate.Value,
        MandateRenewed e => e.Mandate.Value,
        MandateEnded e => e.Mandate.Value,
        FirstTermDrawn e => e.Mandate.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Mandate>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        // The end that is known shows all along, so that a reader of any day sees until when a seat is taken.
        EffectiveTime? ends = null;
        EndReason? reason = null;
        foreach (var e in history)
        {
            if (e.Event is MandateEnded ended)
                (ends, reason) = (e.On, ended.Reason);
        }

        foreach (var segment in Segments.Of(Part(history[0].Event), history, default(Mandate), Evolve, m => m))
        {
            var row = segment with { Row = segment.Row with { Ends = ends, Reason = reason } };
            foreach (var piece in row.CutAt(row.Row.TermEnds?.Instant, row.Row.Holdover ? row.Row with { InHoldover = true } : null))
                yield return piece;
        }
    }

    private static Mandate? Evolve(Mandate? m, Recorded e) => (m, e.Event) switch
    {
        (null, MandateAppointed a) => new(
            a.Mandate, new BodyId(e.Stream.Thing()), a.Person, a.Member, a.College, a.Office, e.On, a.TermEnds, a.Interim ? 0 : 1, a.Holdover, false,
            a.CoOpted, a.CoOpted, a.Interim, null, null, a.Decision?.Ballot),
        (not null, MandateRatified r) => m with { AwaitingRatification = false, Decision = r.Decision?.Ballot ?? m.Decision },
        (not null, MandateRenewed r) => m with { TermEnds = r.TermEnds, Terms = m.Terms + 1, Interim = false, Decision = r.Decision?.Ballot ?? m.Decision },
        (not null, FirstTermDrawn d) => m with { TermEnds = d.TermEnds },
        (not null, MandateEnded) => null,
        _ => throw ImpossibleHistoryException.After((object?)m ?? "no mandate", e.Event, e.On),
    };

    private const string Selected =
        "m.key, m.body, m.person, m.member, m.college, m.office, m.since, m.since_precision, m.term_ends, m.term_ends_precision, m.terms, m.holdover, "
        + "m.in_holdover, m.awaiting_ratification, m.co_opted, m.interim, m.ends, m.ends_precision, m.reason, m.decision";

    // A dissolved body has no row, and no mandate is held in it.
    private static readonly string InBodiesThatStand =
        $"read.{Stored} m join read.{Bodies.Stored} b on b.tenant = m.tenant and b.key = m.body and {AsOf.Of("b")} where {AsOf.Of("m")}";

    private const string ByOffice =
        "order by m.body, array_position(array['president', 'co-president', 'vice-president', 'treasurer', 'deputy-treasurer', 'secretary', "
        + "'deputy-secretary', 'auditor', 'coordinator', 'seat'], m.office), m.since, m.key";

    /// <summary>Every mandate held at the view's moment, body by body, offices first.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> ListAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from {InBodiesThatStand} {ByOffice}", Read, ct);

    /// <summary>How many mandates are held in each body at the view's moment.</summary>
    public static async ValueTask<IReadOnlyDictionary<BodyId, int>> CountByBodyAsync(ReadView view, CancellationToken ct = default) => (await view.Database.ListAsync(
        view, $"select m.body, count(*)::int from {InBodiesThatStand} group by m.body", r => (r.Id<BodyId>(0), r.GetInt32(1)), ct).ConfigureAwait(false)).ToDictionary();

    /// <summary>Those of the co-opted that await ratification at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> AwaitingRatificationAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from {InBodiesThatStand} and m.awaiting_ratification {ByOffice}", Read, ct);

    /// <summary>
    /// Those that rest, then or later, on a vote which is annulled at the view's moment, held then or to begin later, and have not ended: each as it first rests on one.
    /// </summary>
    /// <param name="among">Of which; null for all.</param>
    public static ValueTask<IReadOnlyList<Mandate>> ContestedAsync(ReadView view, IEnumerable<MandateId>? among = null, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from (
            select distinct on (m.key) m.* from read.{Stored} m
            where {AsOf.KnownOf("m")} and (upper_inf(m.effective) or upper(m.effective) > @instant) and (@among::uuid[] is null or m.key = any(@among))
                and exists (select 1 from read.{Ballots.Stored} v where {AsOf.Of("v")} and v.key = m.decision and v.stage = 'annulled')
            order by m.key, lower(m.effective)) m
        join read.{Bodies.Stored} b on b.tenant = m.tenant and b.key = m.body and {AsOf.Of("b")} {ByOffice}
        """,
        Read,
        ct,
        ("among", among?.Select(m => m.Value).Distinct().ToArray()));

    /// <summary>Who sits in a body: offices first, then the longest in office.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> InBodyAsync(ReadView view, BodyId body, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from {InBodiesThatStand} and m.body = @body {ByOffice}", Read, ct, ("body", body.Value));

    /// <summary>What a person holds at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> OfPersonAsync(ReadView view, PersonId person, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from {InBodiesThatStand} and m.person = @person {ByOffice}", Read, ct, ("person", person.Value));

    /// <summary>What people hold at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> OfPeopleAsync(ReadView view, IEnumerable<PersonId> people, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from {InBodiesThatStand} and m.person = any(@people) {ByOffice}", Read, ct, ("people", people.Select(p => p.Value).Distinct().ToArray()));

    /// <summary>Who holds one of some offices at the view's moment, body by body.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> OfOfficesAsync(ReadView view, IEnumerable<Office> offices, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from {InBodiesThatStand} and m.office = any(@offices) {ByOffice}", Read, ct, ("offices", offices.Select(Choices<Office>.Name).ToArray()));

    /// <summary>Those of these mandates that are held at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> ManyAsync(ReadView view, IEnumerable<MandateId> mandates, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from {InBodiesThatStand} and m.key = any(@keys) {ByOffice}", Read, ct, ("keys", mandates.Select(m => m.Value).Distinct().ToArray()));

    /// <summary>The mandates that represent a member at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> OfMemberAsync(ReadView view, MemberId member, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from {InBodiesThatStand} and m.member = @member {ByOffice}", Read, ct, ("member", member.Value));

    /// <summary>Mandates held at the view's moment whose term, or known end, comes before an instant; those in holdover too. Soonest first.</summary>
    public static ValueTask<IReadOnlyList<Mandate>> EndingBeforeAsync(ReadView view, DateTimeOffset instant, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"select {Selected} from {InBodiesThatStand} and least(m.term_ends, m.ends) < @before order by least(m.term_ends, m.ends), m.key",
            Read,
            ct,
            ("before", instant.UtcDateTime));

    /// <summary>Every mandate that a person is known to have held or to be going to hold, latest first, each as it stands at its end.</summary>
    public static ValueTask<IReadOnlyList<Tenure>> HistoryOfPersonAsync(ReadView view, PersonId person, CancellationToken ct = default) =>
        TenuresAsync(view, "m.person = @of", person.Value, ct);

    /// <summary>Every mandate known in a body, latest first, each as it stands at its end.</summary>
    public static ValueTask<IReadOnlyList<Tenure>> HistoryOfBodyAsync(ReadView view, BodyId body, CancellationToken ct = default) =>
        TenuresAsync(view, "m.body = @of", body.Value, ct);

    /// <summary>Every mandate known to represent a member, latest first, each as it stands at its end.</summary>
    public static ValueTask<IReadOnlyList<Tenure>> HistoryOfMemberAsync(ReadView view, MemberId member, CancellationToken ct = default) =>
        TenuresAsync(view, "m.member = @of", member.Value, ct);

    /// <summary>Everybody who is known to have a mandate: whether one of theirs has no end, and otherwise the last end of all.</summary>
    public static async ValueTask<IReadOnlyDictionary<PersonId, (bool Endless, DateTimeOffset? Ended)>> EndsOfPeopleAsync(ReadView view, CancellationToken ct = default)
    {
        var ends = await view.Database.ListAsync(
            view,
            $"""
            select person, bool_or(until is null), max(until) from (
                select distinct on (m.key) m.person, upper(m.effective) as until from read.{Stored} m
                where {AsOf.KnownOf("m")} order by m.key, lower(m.effective) desc) m
            group by person
            """,
            r => (Person: r.Id<PersonId>(0), Endless: r.GetBoolean(1), Ended: r.InstantOrNull(2)),
            ct).ConfigureAwait(false);
        return ends.ToDictionary(e => e.Person, e => (e.Endless, e.Ended));
    }

    private static ValueTask<IReadOnlyList<Tenure>> TenuresAsync(ReadView view, string condition, Guid of, CancellationToken ct) => view.Database.ListAsync(
        view,
        $"""
        select {Selected}, m.until from (
            select distinct on (m.key) m.*, upper(m.effective) as until from read.{Stored} m
            where {AsOf.KnownOf("m")} and {condition} order by m.key, lower(m.effective) desc) m
        order by m.since desc, m.key
        """,
        r => new Tenure(Read(r), r.InstantOrNull(20)),
        ct,
        ("of", of));

    private static Mandate Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<MandateId>(0), r.Id<BodyId>(1), r.Id<PersonId>(2), r.IdOrNull<MemberId>(3), r.IdOrNull<BodyId>(4), r.Choice<Office>(5), r.Time(6),
        r.TimeOrNull(8), r.GetInt32(10), r.GetBoolean(11), r.GetBoolean(12), r.GetBoolean(13), r.GetBoolean(14), r.GetBoolean(15), r.TimeOrNull(16),
        r.ChoiceOrNull<EndReason>(18), r.IdOrNull<BallotId>(19));
}
