using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What happened: every event, with who, when, from what, and the things that it touches.</summary>
public sealed class AuditHistory : EventModel<AuditHistory.Entry>
{
    private const string Stored = "audit_history_2";

    private static readonly string FactRetracted = EventCatalogue.NameOf(typeof(FactRetracted));

    /// <param name="Position">Place in the whole log.</param>
    /// <param name="Index">Place among the association's own events: its leaf in the proof.</param>
    /// <param name="Stream">The thing it happened to, such as <c>member:{id}</c>.</param>
    /// <param name="Kind">Stored name of the event, such as <c>member_admitted</c>.</param>
    /// <param name="Retracts">The event that this one takes back.</param>
    /// <param name="Touches">Every identifier that it names: people, bodies, members, workstreams, ballots...</param>
    /// <param name="Data">The event as stored, without sealed texts, and without the choice of a vote.</param>
    /// <param name="Whole">Nothing was left out of <paramref name="Data"/>.</param>
    /// <param name="Retracted">Taken back by a later event, as far as is known.</param>
    public sealed record Entry(
        long Position, long Index, EventId Event, string Stream, string Kind, EffectiveTime On, DateTimeOffset RecordedAt, string Actor, string? OnBehalfOf,
        string Command, string? Source, bool Transcribed, bool Illustrative, StatutesVersionId? StatutesVersion, string? Correlation, string? Causation,
        EventId? Retracts, IReadOnlyList<Guid> Touches, ReadOnlyMemory<byte> Data, bool Whole, bool Retracted = false)
    {
        /// <summary>The event itself; null when something was left out of it, which <see cref="Data"/> tells the rest of.</summary>
        public IEvent? Read(EventCatalogue catalogue) => Whole ? catalogue.Read(Kind, Data.Span) : null;
    }

    /// <summary>What to look for; nothing given means everything.</summary>
    /// <param name="Touching">
    /// Identifiers of people, bodies, members, things: an event must name all of them, or take back an event that does.
    /// </param>
    /// <param name="Kinds">Stored names of events: one of them.</param>
    /// <param name="From">First instant of effective time.</param>
    /// <param name="To">Last instant of effective time.</param>
    /// <param name="Actor">Who gave the command.</param>
    /// <param name="Correlation">One command or job, with all that followed from it.</param>
    /// <param name="Things">What begins the names of streams, such as <c>member</c>: one of them.</param>
    /// <param name="Statutes">The version of the statutes that the command was judged under.</param>
    /// <param name="RecordedFrom">First instant of recorded time.</param>
    /// <param name="RecordedTo">Last instant of recorded time.</param>
    /// <param name="Of">Things whose own streams are meant, each of which has an identifier: one of them.</param>
    /// <param name="Decided">Those alone that name a decision behind them and that nothing takes back.</param>
    public sealed record Filter(
        IReadOnlyList<Guid>? Touching = null, IReadOnlyList<string>? Kinds = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
        string? Actor = null, string? Correlation = null, IReadOnlyList<string>? Things = null, StatutesVersionId? Statutes = null, Words? Text = null,
        DateTimeOffset? RecordedFrom = null, DateTimeOffset? RecordedTo = null, IReadOnlyList<StreamId>? Of = null, bool Decided = false)
    {
        public static Filter None { get; } = new();

        /// <summary>What takes back an event that names the things, at the moment that <see cref="PreparedAsync"/> was asked of; null where it was not.</summary>
        internal Guid[]? Retractions { get; init; }

        internal bool LeavesNothingOut => Touching is not { Count: > 0 } && this with { Touching = null, Retractions = null } == None;
    }

    /// <summary>A text that an event must contain: in what it says, in its source, in the names of what it touches, or in the words it is told in.</summary>
    /// <param name="Named">Things whose name contains the text.</param>
    /// <param name="Told">Stored names of events that are told with it.</param>
    public sealed record Words(string Text, IReadOnlyList<Guid> Named, IReadOnlyList<string> Told);

    /// <summary>In which order events are told, latest first.</summary>
    public enum Order
    {
        /// <summary>As they took effect.</summary>
        Effective,

        /// <summary>As the system learnt of them.</summary>
        Recorded,
    }

    /// <summary>Where the next page begins. It carries the position that the first page was read at, so that pages fit together while events come in.</summary>
    /// <param name="KnownAt">Position that the first page was read at.</param>
    public readonly record struct Cursor(long KnownAt, DateTimeOffset Effective, long Position)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{KnownAt}-{Effective.UtcTicks / TimeSpan.TicksPerMicrosecond}-{Position}");

        /// <returns>False when the text is no cursor.</returns>
        public static bool TryParse(string? text, out Cursor cursor)
        {
            cursor = default;
            if (text?.Split('-') is not [var known, var effective, var position]
                || !long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var knownAt)
                || !long.TryParse(effective, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
                || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                || microseconds > DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond)
                return false;
            cursor = new(knownAt, new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), at);
            return true;
        }
    }

    /// <param name="Next">Where to go on; null at the end.</param>
    public sealed record Page(IReadOnlyList<Entry> Entries, Cursor? Next);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => [];

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant, position)", "(tenant, effective_at, position)", "(tenant, retracts) where retracts is not null", "using gin (touches)",
    ];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Int64("position", e => e.Position)
        .Int64("tenant_index", e => e.Index)
        .Text("stream", e => e.Stream)
        .Text("kind", e => e.Kind)
        .Time("effective_at", e => e.On)
        .Instant("recorded_at", e => e.RecordedAt)
        .Text("actor", e => e.Actor)
        .Text("on_behalf_of", e => e.OnBehalfOf, optional: true)
        .Text("command", e => e.Command)
        .Text("source", e => e.Source, optional: true)
        .Bool("transcribed", e => e.Transcribed)
        .Bool("illustrative", e => e.Illustrative)
        .Uuid("statutes_version", e => e.StatutesVersion?.Value, optional: true)
        .Text("correlation", e => e.Correlation, optional: true)
        .Text("causation", e => e.Causation, optional: true)
        .Uuid("retracts", e => e.Retracts?.Value, optional: true)
        .Uuids("touches", e => e.Touches)
        .RawJson("data", e => e.Data)
        .Bool("whole", e => e.Whole);

    public override Entry Row(StoredEvent e)
    {
        var headers = EventHeaders.Read(e.Headers.Span);
        using var data = JsonDocument.Parse(e.Data);
        var touches = new SortedSet<Guid>();
        var hidden = e.Stream.Split(':')[0] switch { "vote" => HiddenInVotes, "gathering" => HiddenInGatherings, _ => HiddenElsewhere };
        foreach (var part in e.Stream.Split(':').Skip(1))
        {
            if (Guid.TryParseExact(part, "D", out var thing))
                touches.Add(thing);
        }

        var whole = Touch(data.RootElement, hidden, touches);
        EventId? retracts = e.Type == FactRetracted ? new EventId(data.RootElement.GetProperty("retracted").GetGuid()) : null;
        return new(
            e.Position, e.TenantIndex, new EventId(e.Id), e.Stream, e.Type, headers.On, e.RecordedAt, headers.Actor, headers.OnBehalfOf, headers.Command,
            headers.Source, headers.Transcribed, headers.Illustrative, headers.StatutesVersion, e.CorrelationId, e.CausationId, retracts, [.. touches],
            whole ? e.Data : Without(hidden, data.RootElement), whole);
    }

    // Names of people are kept in one read model, which is not this one; what somebody voted is told by Votes, once the ballot is closed,
    // and who comes to a gathering by its register, to whoever keeps it.
    private static readonly string[] HiddenElsewhere = ["ciphertext"];
    private static readonly string[] HiddenInGatherings = ["ciphertext", "person", "organisation"];
    private static readonly string[] HiddenInVotes = ["ciphertext", "choice", "paper"];

    // Every identifier is a text of the one form that UUIDs are written in. What is hidden touches nothing: a paper names what was chosen.
    private static bool Touch(JsonElement json, string[] hidden, SortedSet<Guid> touches)
    {
        var whole = true;
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    whole &= !hidden.Contains(property.Name, StringComparer.Ordinal) && Touch(property.Value, hidden, touches);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    whole &= Touch(item, hidden, touches);
                break;
            case JsonValueKind.String when json.TryGetGuid(out var thing):
                touches.Add(thing);
                break;
        }

        return whole;
    }

    private static byte[] Without(string[] hidden, JsonElement json)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, hidden, json);
        return bytes.WrittenSpan.ToArray();

        static void Write(Utf8JsonWriter writer, string[] hidden, JsonElement json)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    foreach (var property in json.EnumerateObject().Where(p => !hidden.Contains(p.Name, StringComparer.Ordinal)))
                    {
                        writer.WritePropertyName(property.Name);
                        Write(writer, hidden, property.Value);
                    }

                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var item in json.EnumerateArray())
                        Write(writer, hidden, item);
                    writer.WriteEndArray();
                    break;
                default:
                    json.WriteTo(writer);
                    break;
            }
        }
    }

    private const string Selected =
        "a.position, a.tenant_index, a.key, a.stream, a.kind, a.effective_at, a.effective_at_precision, a.recorded_at, a.actor, a.on_behalf_of, a.command, "
        + "a.source, a.transcribed, a.illustrative, a.statutes_version, a.correlation, a.causation, a.retracts, a.touches, a.data, a.whole";

    private static readonly string TakenBack =
        $"exists (select from read.{Stored} r where {AsOf.KnownOf("r")} and r.retracts is not null and r.retracts = a.key)";

    private static readonly string Matching =
        $"""
        {AsOf.Of("a")} and (a.touches @> @touching or a.key = any(@retractions)) and (@kinds::text[] is null or a.kind = any(@kinds))
        and (@from::timestamptz is null or a.effective_at >= @from) and (@to::timestamptz is null or a.effective_at <= @to)
        and (@actor::text is null or a.actor = @actor) and (@correlation::text is null or a.correlation = @correlation)
        and (@things::text[] is null or split_part(a.stream, ':', 1) = any(@things))
        and (@statutes::uuid is null or a.statutes_version = @statutes)
        and (@streams::text[] is null or a.touches && @of and a.stream = any(@streams))
        and (not @decided or a.data ->> 'decision' is not null and not {TakenBack})
        and (@recorded_from::timestamptz is null or a.recorded_at >= @recorded_from) and (@recorded_to::timestamptz is null or a.recorded_at <= @recorded_to)
        and (@pattern::text is null or a.touches && @named or a.kind = any(@told) or {Names.Folded("a.source")} like @pattern
            or (a.kind <> all(@untold) and {Names.Folded("a.data::text")} like @pattern))
        """;

    // A search for a choice would tell what was voted while the ballot is open.
    private static readonly string[] Untold = [EventCatalogue.NameOf(typeof(VoteCast)), EventCatalogue.NameOf(typeof(VoteChanged)), EventCatalogue.NameOf(typeof(PaperEntered))];

    /// <summary>Whether events of this kind say what somebody voted, which is told once the ballot is closed.</summary>
    public static bool SaysAVote(string kind) => Untold.Contains(kind, StringComparer.Ordinal);

    /// <summary>A filter for several questions of one view: what they need beforehand is looked up once for all of them.</summary>
    public static async ValueTask<Filter> PreparedAsync(ReadView view, Filter filter, CancellationToken ct = default) =>
        filter with { Retractions = await RetractionsAsync(view, filter, ct).ConfigureAwait(false) };

    /// <summary>A page of what happened up to the view's moment, latest first.</summary>
    /// <param name="after">The cursor of the page before.</param>
    /// <param name="size">Entries at most, from 1.</param>
    public static async ValueTask<Page> PageAsync(
        ReadView view, Filter filter, Order order, Cursor? after, int size, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var at = view with { AsOf = view.AsOf with { Position = Math.Min(view.AsOf.Position, after?.KnownAt ?? long.MaxValue) } };
        var (beyond, sorted) = order == Order.Effective
            ? ("(a.effective_at, a.position) < (@effective, @before)", "a.effective_at desc, a.position desc")
            : ("a.position < @before", "a.position desc");
        var rows = await view.Database.ListAsync(
            at,
            $"""
            select {Selected}, {TakenBack} from read.{Stored} a
            where {Matching} {(after is null ? "" : "and " + beyond)} order by {sorted} limit @limit
            """,
            Read,
            ct,
            [.. await ParametersAsync(at, filter, ct).ConfigureAwait(false), ("effective", after?.Effective.UtcDateTime ?? DateTime.UnixEpoch), ("before", after?.Position ?? 0), ("limit", size + 1L)])
            .ConfigureAwait(false);
        if (rows.Count <= size)
            return new(rows, null);
        var last = rows[size - 1];
        return new([.. rows.Take(size)], new Cursor(at.AsOf.Position, last.On.Instant, last.Position));
    }

    /// <summary>All of what happened up to the view's moment, latest first, page by page.</summary>
    public static async IAsyncEnumerable<Page> PagesAsync(ReadView view, Filter filter, Order order, [EnumeratorCancellation] CancellationToken ct = default)
    {
        const int size = 500;
        var prepared = filter.Retractions is null ? await PreparedAsync(view, filter, ct).ConfigureAwait(false) : filter;
        Cursor? after = null;
        do
        {
            var page = await PageAsync(view, prepared, order, after, size, ct).ConfigureAwait(false);
            yield return page;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>The same in one list, where it is known to be short.</summary>
    public static async ValueTask<IReadOnlyList<Entry>> AllAsync(ReadView view, Filter filter, Order order, CancellationToken ct = default)
    {
        var all = new List<Entry>();
        await foreach (var page in PagesAsync(view, filter, order, ct).ConfigureAwait(false))
            all.AddRange(page.Entries);
        return all;
    }

    /// <summary>How many events match, up to the view's moment.</summary>
    public static async ValueTask<long> CountAsync(ReadView view, Filter filter, CancellationToken ct = default) => filter.LeavesNothingOut
        ? await EventsAsync(view, ct).ConfigureAwait(false)
        : (await view.Database.ListAsync(view, $"select count(*) from read.{Stored} a where {Matching}", r => r.GetInt64(0), ct, await ParametersAsync(view, filter, ct).ConfigureAwait(false))
            .ConfigureAwait(false))[0];

    /// <summary>One event, or null when it is not known at the view's position; its effective time does not matter.</summary>
    public static ValueTask<Entry?> FindAsync(ReadView view, EventId id, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected}, {TakenBack} from read.{Stored} a where {AsOf.KnownOf("a")} and a.key = @id", Read, ct, ("id", id.Value));

    /// <summary>Those of these events that are known at the view's moment, in the order asked.</summary>
    public static async ValueTask<IReadOnlyList<Entry>> ManyAsync(ReadView view, IReadOnlyList<EventId> ids, CancellationToken ct = default)
    {
        var known = (await view.Database.ListAsync(
            view, $"select {Selected}, {TakenBack} from read.{Stored} a where {AsOf.KnownOf("a")} and a.key = any(@ids)", Read, ct, ("ids", ids.Select(id => id.Value).ToArray()))
            .ConfigureAwait(false)).ToDictionary(entry => entry.Event);
        return [.. ids.Where(known.ContainsKey).Select(id => known[id])];
    }

    /// <summary>The kinds of event that there are up to the view's moment, with how many of each, most frequent first: what a filter offers.</summary>
    public static ValueTask<IReadOnlyList<(string Kind, long Events)>> KindsAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select a.kind, count(*) from read.{Stored} a where {AsOf.Of("a")} group by a.kind order by count(*) desc, a.kind",
        r => (r.GetString(0), r.GetInt64(1)),
        ct);

    /// <summary>What an auditor looks at first: how many events there are up to the view's moment, and of what make.</summary>
    /// <param name="Transcribed">History from before the system.</param>
    /// <param name="Retractions">Events that take another one back.</param>
    /// <param name="Kinds">As <see cref="KindsAsync"/> gives them.</param>
    /// <param name="Things">Of each kind of thing (what begins the names of streams) how many events, most frequent first.</param>
    /// <param name="Delays">
    /// How many events were recorded within a day of their effect (or ahead of it), within a week, a month, a quarter, a year, and later: one count for each band, transcribed
    /// history left out. What is known to the month or the year only counts from its first instant.
    /// </param>
    public sealed record Makeup(
        long Events, long Transcribed, long Illustrative, long Retractions, IReadOnlyList<(string Kind, long Events)> Kinds, IReadOnlyList<(string Thing, long Events)> Things,
        IReadOnlyList<long> Delays);

    /// <summary>Days between an event's effect and its recording, at which the bands of <see cref="Makeup.Delays"/> end.</summary>
    public static IReadOnlyList<int> DelayDays { get; } = [1, 7, 30, 90, 365];

    /// <summary>The make of the history: its events are gone through once for all that is counted.</summary>
    public static async ValueTask<Makeup> MakeupAsync(ReadView view, CancellationToken ct = default)
    {
        var counted = await view.Database.ListAsync(
            view,
            $"""
            with alike as materialized (
                select a.kind, split_part(a.stream, ':', 1) as thing, a.transcribed, a.illustrative, a.retracts is not null as retracts, case when not a.transcribed then
                    width_bucket(extract(epoch from a.recorded_at - a.effective_at)::numeric / 86400, array[{string.Join(", ", DelayDays)}]::numeric[]) end as band, count(*) as events
                from read.{Stored} a where {AsOf.Of("a")} group by 1, 2, 3, 4, 5, 6)
            select 'kind' as counts, kind as named, sum(events)::int8 as events from alike group by kind
            union all select 'thing', thing, sum(events)::int8 from alike group by thing
            union all select 'band', band::text, sum(events)::int8 from alike where not transcribed group by band
            union all select 'transcribed', '', sum(events)::int8 from alike where transcribed having count(*) > 0
            union all select 'illustrative', '', sum(events)::int8 from alike where illustrative having count(*) > 0
            union all select 'retracts', '', sum(events)::int8 from alike where retracts having count(*) > 0
            order by counts, events desc, named
            """,
            r => (Counts: r.GetString(0), Named: r.GetString(1), Events: r.GetInt64(2)),
            ct).ConfigureAwait(false);
        IReadOnlyList<(string, long)> Of(string counts) => [.. counted.Where(c => c.Counts == counts).Select(c => (c.Named, c.Events))];
        var delays = new long[DelayDays.Count + 1];
        foreach (var (band, events) in Of("band"))
            delays[int.Parse(band, CultureInfo.InvariantCulture)] = events;
        return new(
            Of("kind").Sum(kind => kind.Item2), Of("transcribed").Sum(c => c.Item2), Of("illustrative").Sum(c => c.Item2), Of("retracts").Sum(c => c.Item2), Of("kind"), Of("thing"), delays);
    }

    /// <summary>How many events hold by the view's moment. Today it costs no more than what takes effect later: positions tell how many are recorded.</summary>
    public static async ValueTask<long> EventsAsync(ReadView view, CancellationToken ct = default) =>
        await RecordedAsync(view, ct).ConfigureAwait(false) - (await view.Database.ListAsync(
            view, $"select count(*) from read.{Stored} a where {AsOf.KnownOf("a")} and a.effective_at > @instant", r => r.GetInt64(0), ct).ConfigureAwait(false))[0];

    /// <summary>How many events the association has recorded by the view's position, those that take effect later included.</summary>
    public static async ValueTask<long> RecordedAsync(ReadView view, CancellationToken ct = default) => (await view.Database.ListAsync(
        view, $"select coalesce((select a.tenant_index from read.{Stored} a where {AsOf.KnownOf("a")} order by a.position desc limit 1), 0)", r => r.GetInt64(0), ct)
        .ConfigureAwait(false))[0];

    /// <summary>Events of one kind that made two views of a thing differ.</summary>
    /// <param name="Thing">What they name; of a retraction, what the event taken back names.</param>
    /// <param name="Kind">Stored name of the events; of a retraction, that of the event taken back.</param>
    /// <param name="Count">How many there are.</param>
    /// <param name="Latest">The latest recorded first, at most as many as were asked for; in place of one that was taken back between, its retraction.</param>
    public sealed record Difference(Guid Thing, string Kind, long Count, IReadOnlyList<(EventId Event, long Position)> Latest);

    /// <summary>
    /// The events that count in one of two views of an association and not in the other, as far as they name one of some things: what took effect
    /// between, what was recorded between, what was taken back between. All are counted; of each thing and kind the latest are given.
    /// </summary>
    /// <param name="streams">Streams of which there is one in an association, such as <c>association</c>: their events need not name it, and are told of it.</param>
    /// <param name="most">Events given of each thing and kind.</param>
    public static async ValueTask<IReadOnlyList<Difference>> BetweenAsync(
        ReadView before, ReadView after, IReadOnlyCollection<Guid> things, IReadOnlyCollection<string> streams, int most, CancellationToken ct = default)
    {
        if (things.Count == 0 && streams.Count == 0)
            return [];
        var (one, other) = (before.AsOf, after.AsOf);
        var (first, last) = one.Instant < other.Instant ? (one.Instant, other.Instant) : (other.Instant, one.Instant);
        static string Counts(string instant, string known) => $"(e.effective_at <= {instant} and e.position <= {known} and (r.position is null or r.position > {known}))";
        // Each thing touched is looked up among those asked for: two arrays that overlap would be compared member by member.
        return await before.Database.ListAsync(
            $"""
            with candidates as (
                select a.key from read.{Stored} a where a.tenant = @tenant and a.retracts is null and (exists (select from unnest(a.touches) x where x = any(@things)) or a.stream = any(@streams))
                    and (a.effective_at > @first and a.effective_at <= @last or a.position > @low and a.position <= @high)
                union
                select a.retracts from read.{Stored} a where a.tenant = @tenant and a.retracts is not null and a.position > @low and a.position <= @high),
            counting as (
                select coalesce(r.key, e.key) as event, coalesce(r.position, e.position) as at, e.kind, e.touches, e.stream
                from candidates c join read.{Stored} e on e.tenant = @tenant and e.key = c.key
                left join lateral (
                    select t.key, t.position from read.{Stored} t where t.tenant = @tenant and t.retracts is not null and t.retracts = e.key and t.position <= @high
                    order by t.position limit 1) r on true
                where {Counts("@one", "@known_one")} <> {Counts("@other", "@known_other")})
            select t.thing, c.kind, count(*), (array_agg(c.event order by c.at desc))[1:@most], (array_agg(c.at order by c.at desc))[1:@most]
            from counting c cross join lateral (select unnest(c.touches) as thing union select @tenant where c.stream = any(@streams)) t
            where t.thing = any(@things) or t.thing = @tenant and c.stream = any(@streams)
            group by t.thing, c.kind order by max(c.at) desc, t.thing
            """,
            r => new Difference(
                r.GetGuid(0), r.GetString(1), r.GetInt64(2), [.. r.GetFieldValue<Guid[]>(3).Select(id => new EventId(id)).Zip(r.GetFieldValue<long[]>(4))]),
            ct,
            ("streams", streams.ToArray()), ("tenant", before.Association.Value), ("first", first.UtcDateTime), ("last", last.UtcDateTime), ("low", Math.Min(one.Position, other.Position)),
            ("high", Math.Max(one.Position, other.Position)), ("one", one.Instant.UtcDateTime), ("other", other.Instant.UtcDateTime), ("known_one", one.Position),
            ("known_other", other.Position), ("things", things.ToArray()), ("most", most)).ConfigureAwait(false);
    }

    // What takes an event back names that event and its stream alone: it is found by what the other names.
    private static async ValueTask<Guid[]> RetractionsAsync(ReadView view, Filter filter, CancellationToken ct) => filter.Touching is not { Count: > 0 } things ? [] :
    [
        .. await view.Database.ListAsync(
            view,
            $"""
            select a.key from read.{Stored} t join read.{Stored} a on a.tenant = t.tenant and a.retracts is not null and a.retracts = t.key
            where {AsOf.KnownOf("t")} and {AsOf.KnownOf("a")} and t.touches @> @touching
            """,
            r => r.GetGuid(0),
            ct,
            ("touching", things.ToArray())).ConfigureAwait(false),
    ];

    private static async ValueTask<(string, object?)[]> ParametersAsync(ReadView view, Filter filter, CancellationToken ct) =>
    [
        ("retractions", filter.Retractions ?? await RetractionsAsync(view, filter, ct).ConfigureAwait(false)),
        ("recorded_from", filter.RecordedFrom?.UtcDateTime), ("recorded_to", filter.RecordedTo?.UtcDateTime),
        ("touching", filter.Touching?.ToArray() ?? []), ("kinds", filter.Kinds?.ToArray()), ("from", filter.From?.UtcDateTime),
        ("to", filter.To?.UtcDateTime), ("actor", filter.Actor), ("correlation", filter.Correlation),
        ("things", filter.Things?.ToArray()), ("statutes", filter.Statutes?.Value),
        ("streams", filter.Of?.Select(s => s.Value).ToArray()), ("of", filter.Of?.Select(s => s.Thing()).ToArray() ?? []), ("decided", filter.Decided),
        ("pattern", filter.Text is { } text ? Names.Pattern(text.Text) : null),
        ("named", filter.Text?.Named.ToArray() ?? []), ("told", filter.Text?.Told.ToArray() ?? []), ("untold", Untold),
    ];

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.Id<EventId>(2), r.GetString(3), r.GetString(4), r.Time(5), r.Instant(7), r.GetString(8), r.TextOrNull(9),
        r.GetString(10), r.TextOrNull(11), r.GetBoolean(12), r.GetBoolean(13), r.IdOrNull<StatutesVersionId>(14), r.TextOrNull(15), r.TextOrNull(16),
        r.IdOrNull<EventId>(17), r.GetFieldValue<Guid[]>(18), r.GetFieldValue<byte[]>(19), r.GetBoolean(20), r.GetBoolean(21));
}
