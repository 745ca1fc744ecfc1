using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;

namespace Governance.Api.Kernel.Commands;

/// <summary>
/// One deliberation of a command: what a use case reads, seals and names on its way to a decision. Every stream read through it is a condition of the append.
/// </summary>
/// <remarks>The first stream read is the one that <c>If-Match</c> and the answer's <c>ETag</c> speak of.</remarks>
public sealed class Deciding(
    CommandContext context, EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, bool fromMemory,
    TransparencyLog? tree = null)
{
    // Bounds what one round trip brings: a ballot may have a hundred thousand votes.
    private const int SettledAtOnce = 5_000;

    private readonly Dictionary<StreamId, StreamRead> _read = [];
    private readonly List<StreamRead> _order = [];

    public AssociationId Association => context.Association;

    public Actor Actor => context.Actor;

    /// <summary>The association's clocks.</summary>
    public TimeZoneInfo Zone => context.Zone;

    /// <summary>When the command is given.</summary>
    public DateTimeOffset Now => context.Now;

    /// <summary>From when what it asks holds.</summary>
    public EffectiveTime On => context.Effective ?? EffectiveTime.At(context.Now);

    /// <summary>True for what a document tells of.</summary>
    public bool IsTranscribed => context.Transcribed;

    /// <summary>The version of the statutes that the decision is judged under, stored with its events.</summary>
    public StatutesVersionId? StatutesVersion { get; set; }

    /// <summary>That of a fact which is judged under the statutes of its own day.</summary>
    public Dictionary<Fact, StatutesVersionId?> JudgedUnder { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The document that a fact comes from, where it is not that of all the others; such a fact is transcribed.</summary>
    public Dictionary<Fact, string> Sources { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What becomes of sealed papers with the decision, when it is accepted, or changes nothing else.</summary>
    public SealedPaperChange? Papers { get; set; }

    /// <summary>The boxes of secret ballots.</summary>
    public BallotBoxes Boxes => boxes;

    internal IReadOnlyList<StreamRead> Reads => _order;

    /// <summary>The identifiers made so far, by name.</summary>
    internal IReadOnlyDictionary<string, Guid> Made => context.Ids.Made;

    /// <summary>Keys of people who had none, that become theirs with the append.</summary>
    internal KeysToBe Keys { get; } = new();

    /// <summary>The texts that this deliberation sealed, which are others the next time.</summary>
    internal HashSet<string> SealedAnew { get; } = new(StringComparer.Ordinal);

    /// <summary>The version of a stream that was read.</summary>
    internal long VersionOf(StreamId stream) => _read[stream].Version;

    /// <summary>True when a stream was not read for this deliberation, but is as it was last known here.</summary>
    internal bool ReadFromMemory { get; private set; }

    internal bool HasRead(StreamId stream) => _read.ContainsKey(stream);

    /// <summary>What of the streams read stands against the facts; null when they fit.</summary>
    internal Refusal? Refuses(IReadOnlyList<Fact> facts)
    {
        // Looked up by stream: a file of thousands of lines writes to as many of them.
        var written = facts.ToLookup(fact => fact.Stream);
        foreach (var read in _order)
        {
            if (written.Contains(read.Stream) && read.Refuses([.. written[read.Stream]]) is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>Keeps the streams written as they are now that the facts are recorded.</summary>
    internal void Remember(IReadOnlyList<Fact> facts, IReadOnlyList<NewEvent> events, long firstPosition, DateTimeOffset recordedAt)
    {
        foreach (var written in Enumerable.Range(0, facts.Count).GroupBy(i => facts[i].Stream))
        {
            var read = _read[written.Key];
            var added = new List<Recorded>();
            var bytes = 0L;
            foreach (var i in written)
            {
                added.Add(new(EventId.Of(events[i].Id), read.Stream, read.Version + added.Count + 1, firstPosition + i, facts[i].Event, facts[i].On, recordedAt));
                bytes += events[i].Data.Length;
            }

            recent.Keep(Association, read.With(added, bytes));
        }
    }

    /// <summary>The tree of the association's log at the size at which it first holds an event; null while it does not reach so far.</summary>
    /// <param name="position">Of an event of the association.</param>
    public async ValueTask<(long Size, string Root)?> TreeHoldingAsync(long position, CancellationToken ct)
    {
        var association = Association.ToString();
        var size = await log.TenantIndexAtAsync(association, position, ct);
        if (tree is null || await tree.HeadAsync(association, ct) is not { } head || head.Size < size)
            return null;
        return (size, Convert.ToBase64String(await tree.RootAsync(association, size, ct)));
    }

    /// <summary>A new identifier, given back to the client under this name.</summary>
    public T NewId<T>(string name) where T : struct, IIdentifier<T> => T.Of(context.Ids.New(name));

    /// <summary>An identifier that the request brought along is given back to the client under this name, as one made for it.</summary>
    public void NameId<T>(string name, T id) where T : struct, IIdentifier<T> => context.Ids.Name(name, id.Value);

    /// <summary>Seals a personal text with the key of the person.</summary>
    /// <exception cref="PersonErasedException">The person was erased: nothing more is recorded of them.</exception>
    public async ValueTask<Sealed> SealAsync(PersonId person, string text, CancellationToken ct) => (await SealAllAsync([(person, text)], ct))[0];

    /// <summary>Seals many personal texts in one round trip, in their order.</summary>
    /// <exception cref="PersonErasedException">One of the people was erased.</exception>
    public async ValueTask<IReadOnlyList<Sealed>> SealAllAsync(IReadOnlyList<(PersonId Person, string Text)> texts, CancellationToken ct)
    {
        // Who only looks what would come of it needs nothing sealed.
        if (context.IsPreview)
            return [.. texts.Select(t => new Sealed(t.Person, "-"))];
        var ciphertexts = await vault.SealAllAsync(Association.ToString(), [.. texts.Select(t => (t.Person.Value, t.Text))], Keys, ct);
        SealedAnew.UnionWith(ciphertexts.OfType<string>());
        return [.. texts.Zip(ciphertexts, (t, ciphertext) => new Sealed(t.Person, ciphertext ?? throw new PersonErasedException(t.Person)))];
    }

    /// <summary>Personal texts in clear, in their order; null of who was erased.</summary>
    public ValueTask<IReadOnlyList<string?>> OpenAsync(IReadOnlyList<Sealed> texts, CancellationToken ct) =>
        vault.OpenAsync(Association.ToString(), [.. texts.Select(t => (t.Person.Value, t.Ciphertext))], ct);

    /// <summary>One stream.</summary>
    public async ValueTask<Timeline<T>> ReadAsync<T>(StreamId stream, CancellationToken ct) where T : class, IState<T>
    {
        await LoadAsync([stream], ct);
        return As<T>(stream);
    }

    /// <summary>Two streams, in one round trip.</summary>
    public async ValueTask<(Timeline<T1>, Timeline<T2>)> ReadAsync<T1, T2>(StreamId first, StreamId second, CancellationToken ct)
        where T1 : class, IState<T1> where T2 : class, IState<T2>
    {
        await LoadAsync([first, second], ct);
        return (As<T1>(first), As<T2>(second));
    }

    /// <summary>
    /// Two streams, of which the first is most often written for the first time: where it is not known here and the second is, it is taken to be new, and
    /// nothing is read. An append then finds out if it is not, and the decision is made again on what is read.
    /// </summary>
    public async ValueTask<(Timeline<T1>, Timeline<T2>)> ReadNewAsync<T1, T2>(StreamId first, StreamId second, CancellationToken ct)
        where T1 : class, IState<T1> where T2 : class, IState<T2>
    {
        if (fromMemory && !HasRead(first) && !HasRead(second) && recent.Find(Association, first) is null)
        {
            // Folded before it is shared: the roll of a ballot is long, and everybody comes at once.
            var known = recent.Find(Association, second) ?? await recent.OnceAsync(Association, second, async () =>
            {
                var read = (await ReadAfterAsync([StreamRead.Nothing(second)], CancellationToken.None))[0];
                _ = read.As<T2>().Latest;
                return read;
            }).WaitAsync(ct);
            ReadFromMemory = true;
            Add(StreamRead.Nothing(first));
            Add(known);
        }

        return await ReadAsync<T1, T2>(first, second, ct);
    }

    /// <summary>Three streams, in one round trip.</summary>
    public async ValueTask<(Timeline<T1>, Timeline<T2>, Timeline<T3>)> ReadAsync<T1, T2, T3>(
        StreamId first, StreamId second, StreamId third, CancellationToken ct)
        where T1 : class, IState<T1> where T2 : class, IState<T2> where T3 : class, IState<T3>
    {
        await LoadAsync([first, second, third], ct);
        return (As<T1>(first), As<T2>(second), As<T3>(third));
    }

    /// <summary>Four streams, in one round trip.</summary>
    public async ValueTask<(Timeline<T1>, Timeline<T2>, Timeline<T3>, Timeline<T4>)> ReadAsync<T1, T2, T3, T4>(
        StreamId first, StreamId second, StreamId third, StreamId fourth, CancellationToken ct)
        where T1 : class, IState<T1> where T2 : class, IState<T2> where T3 : class, IState<T3> where T4 : class, IState<T4>
    {
        await LoadAsync([first, second, third, fourth], ct);
        return (As<T1>(first), As<T2>(second), As<T3>(third), As<T4>(fourth));
    }

    /// <summary>Any number of streams of one kind, in one round trip, in the order asked.</summary>
    public async ValueTask<IReadOnlyList<Timeline<T>>> ReadAllAsync<T>(IReadOnlyList<StreamId> streams, CancellationToken ct) where T : class, IState<T>
    {
        await LoadAsync(streams, ct);
        return [.. streams.Select(As<T>)];
    }

    /// <summary>Every stream of a kind that the association has by now: one that begins meanwhile is missed, unless it moves a stream that was read before.</summary>
    public async ValueTask<IReadOnlyList<StreamId>> StreamsAsync(string kind, CancellationToken ct) =>
        [.. (await log.ListStreamsAsync(Association.ToString(), kind, ct)).Select(s => new StreamId(s.Stream))];

    /// <summary>What those streams hold.</summary>
    /// <seealso cref="StreamsAsync"/>
    public async ValueTask<IReadOnlyList<Timeline<T>>> ReadKindAsync<T>(string kind, CancellationToken ct) where T : class, IState<T> =>
        await ReadAllAsync<T>(await StreamsAsync(kind, ct), ct);

    /// <summary>Every body that the association has or had, colleges too; the register is read with them, so that none is missed.</summary>
    public async ValueTask<IReadOnlyList<Timeline<Body>>> ReadBodiesAsync(CancellationToken ct)
    {
        var register = await ReadAsync<RegisterOfBodies>(RegisterOfBodies.Stream, ct);
        return await ReadAllAsync<Body>([.. register.Latest.Bodies.Select(Body.Stream)], ct);
    }

    /// <summary>
    /// Streams that nothing can be added to any more, in the order asked. They are no condition of the append: a stream that this decision does read
    /// keeps them from moving.
    /// </summary>
    public async ValueTask<IReadOnlyList<Timeline<T>>> ReadSettledAsync<T>(IReadOnlyList<StreamId> streams, CancellationToken ct) where T : class, IState<T>
    {
        var read = new List<Timeline<T>>(streams.Count);
        foreach (var part in streams.Chunk(SettledAtOnce))
        {
            var slices = await log.ReadStreamsAsync(Association.ToString(), [.. part.Select(s => s.Value)], ct: ct);
            read.AddRange(part.Select(s => new Timeline<T>(s, slices[s.Value].Version, [.. slices[s.Value].Events.Select(catalogue.Recorded)])));
        }

        return read;
    }

    /// <summary>A stream as the log has it by now, whatever was read of it before: no condition of the append, which stays on what was read first.</summary>
    public async ValueTask<Timeline<T>> ReadAgainAsync<T>(StreamId stream, CancellationToken ct) where T : class, IState<T> =>
        (await ReadSettledAsync<T>([stream], ct))[0];

    /// <summary>The stream that an event of the association is on, which is not read by that; null when there is no such event.</summary>
    public async ValueTask<StreamId?> StreamOfAsync(EventId happened, CancellationToken ct) =>
        await log.FindEventAsync(Association.ToString(), happened.Value, ct) is { } stored ? new StreamId(stored.Stream) : null;

    /// <summary>An event of the association, which is no condition of the append; null when there is none.</summary>
    public async ValueTask<Recorded?> FindAsync(EventId happened, CancellationToken ct) =>
        await log.FindEventAsync(Association.ToString(), happened.Value, ct) is { } stored ? catalogue.Recorded(stored) : null;

    /// <summary>
    /// Whether anything is recorded of a thing, and of a part of it: the stream has an event that is the part, or names it. Of the association as a whole each of
    /// its events is a part. What was told once stays told: it is no condition of the append.
    /// </summary>
    public async ValueTask<bool> IsToldOfAsync(StreamId stream, Guid? part, CancellationToken ct)
    {
        var events = await log.ReadStreamAsync(Association.ToString(), stream.Value, ct: ct);
        if (part is not { } named || events.Count == 0)
            return events.Count > 0;
        var text = System.Text.Encoding.ASCII.GetBytes(named.ToString("D"));
        return events.Any(e => e.Id == named || e.Data.Span.IndexOf(text) >= 0)
            || (stream == Domain.Associations.Association.Stream && await log.FindEventAsync(Association.ToString(), named, ct) is not null);
    }

    /// <summary>The decision, or the refusal of one with facts that no decision carries. What was asked for it becomes a condition of the append.</summary>
    internal async ValueTask<Decision> FoundedAsync(Decision decision, CancellationToken ct) =>
        decision is Decision.Accepted { Facts: var facts } && await UnfoundedAsync(facts, ct) is [var (_, refusal), ..] ? refusal : decision;

    /// <summary>The facts that no decision carries, in their order, each with the reason.</summary>
    internal async ValueTask<IReadOnlyList<(Fact Fact, Refusal Why)>> UnfoundedAsync(IReadOnlyList<Fact> facts, CancellationToken ct)
    {
        var named = DecisionBasis.BallotsNamed(facts);
        if (named.Count == 0 && !facts.Any(DecisionBasis.NamesNone))
            return [];
        var statutes = await ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
        RulesInForce RulesOn(EffectiveTime on) => statutes.At(on).RulesAt(on.Instant);
        foreach (var fact in facts.Where(f => f.Event is IDecided { NeedsDecision: true }))
            JudgedUnder[fact] = RulesOn(fact.On).Version;
        var ballots = await ReadAllAsync<Ballot>([.. named.Select(Ballot.Stream)], ct);
        var recording = facts.Any(f => DecisionBasis.NamesNone(f) && IsFromDocument(f)) || ballots.Any(b => b.Latest is Ballot.Transcribed)
            ? await RecordingAsync(ct)
            : new Recording(null, Zone);
        var elsewhere = ballots.Select(b => DecisionBasis.TakenElsewhere(b.Latest, recording)).OfType<Ballot.Transcribed>().Select(b => b.Record).ToList();
        var documented = new HashSet<BallotId>();
        foreach (var (told, folder) in elsewhere.Zip(await ReadAllAsync<Folder>([.. elsewhere.Select(told => Folder.StreamOf(new(Ballot.Stream(told.Ballot))))], ct)))
        {
            if ((await ReadAllAsync<Document>([.. folder.Latest.Documents.Select(Document.Stream)], ct)).Any(document => document.Latest is Document.Kept))
                documented.Add(told.Ballot);
        }

        await LoadAsync([.. elsewhere.Select(told => told.Body).OfType<BodyId>().Select(Body.Stream)], ct);
        return [.. DecisionBasis.Unfounded(facts, new(ballots, As<Body>, RulesOn, recording, IsFromDocument, documented.Contains))];
    }

    /// <summary>Since when the association is recorded here.</summary>
    public async ValueTask<Recording> RecordingAsync(CancellationToken ct) => new(
        (await ReadAsync<Domain.Associations.Association>(Domain.Associations.Association.Stream, ct)).Recorded.FirstOrDefault(e => e.Event is AssociationFounded)?.RecordedAt, Zone);

    private bool IsFromDocument(Fact fact) => IsTranscribed || Sources.ContainsKey(fact);

    private async ValueTask LoadAsync(IReadOnlyList<StreamId> streams, CancellationToken ct)
    {
        var missing = streams.Distinct().Where(s => !_read.ContainsKey(s)).ToList();
        if (missing.Count == 0)
            return;
        if (fromMemory && missing.ConvertAll(s => recent.Find(Association, s)) is var kept && kept.TrueForAll(read => read is not null))
        {
            ReadFromMemory = true;
            foreach (var read in kept)
                Add(read!);
            return;
        }

        // What is remembered of a stream stays true, it may only be short of the latest.
        foreach (var read in await ReadAfterAsync(missing.ConvertAll(s => recent.Find(Association, s) ?? StreamRead.Nothing(s)), ct))
            Add(read);
    }

    /// <summary>Streams with what the log has beyond what is known of them.</summary>
    private async ValueTask<List<StreamRead>> ReadAfterAsync(List<StreamRead> known, CancellationToken ct)
    {
        var slices = await log.ReadStreamsAfterAsync(Association.ToString(), known.ConvertAll(read => new StreamVersion(read.Stream.Value, read.Version)), ct);
        return known.ConvertAll(read =>
        {
            if (slices[read.Stream.Value].Events is { Count: > 0 } events)
                recent.Keep(Association, read = read.With([.. events.Select(catalogue.Recorded)], events.Sum(e => (long)e.Data.Length)));
            return read;
        });
    }

    private void Add(StreamRead read)
    {
        _read.Add(read.Stream, read);
        _order.Add(read);
    }

    private Timeline<T> As<T>(StreamId stream) where T : class, IState<T> => _read[stream].As<T>();
}

/// <summary>One stream read for a decision, and the check that facts fit into its history. One that is kept is read by many at once.</summary>
internal sealed class StreamRead
{
    private readonly IReadOnlyList<Recorded> _recorded;
    private Timeline? _timeline;

    // What a stream, and an event beside its own texts, take in memory.
    private const int OfStream = 500, OfEvent = 200;

    private StreamRead(StreamId stream, long version, IReadOnlyList<Recorded> recorded, long weight) =>
        (Stream, Version, _recorded, Weight) = (stream, version, recorded, weight);

    private StreamRead(Timeline timeline, long weight)
        : this(timeline.Stream, timeline.Version, timeline.Recorded, weight) => _timeline = timeline;

    public StreamId Stream { get; }

    public long Version { get; }

    /// <summary>Its last event; null of an empty stream.</summary>
    public Recorded? Last => _recorded is [.., var last] ? last : null;

    /// <summary>A stream of which nothing is known.</summary>
    public static StreamRead Nothing(StreamId stream) => new(stream, 0, [], OfStream);

    /// <summary>About how many bytes it takes in memory.</summary>
    public long Weight { get; }

    public Timeline<T> As<T>() where T : class, IState<T>
    {
        if (Volatile.Read(ref _timeline) is Timeline<T> before)
            return before;
        var timeline = new Timeline<T>(Stream, Version, _recorded);
        Volatile.Write(ref _timeline, timeline);
        return timeline;
    }

    /// <summary>The stream with what was recorded next.</summary>
    public StreamRead With(IReadOnlyList<Recorded> added, long bytes) => Volatile.Read(ref _timeline) is { } timeline
        ? new(timeline.With(added), Weight + WeightOf(added.Count, bytes))
        : new(Stream, Version + added.Count, [.. _recorded, .. added], Weight + WeightOf(added.Count, bytes));

    public Refusal? Refuses(IReadOnlyList<Fact> facts) => _timeline?.Refuses(facts);

    // Texts are stored with a byte for most letters and kept in memory with two.
    private static long WeightOf(int events, long bytes) => (OfEvent * events) + (2 * bytes);
}

/// <summary>A personal text was to be recorded of somebody who was erased.</summary>
public sealed class PersonErasedException(PersonId person) : Exception($"Person {person} was erased.");

public static class StoredEvents
{
    /// <summary>A stored event as the domain reads it.</summary>
    public static Recorded Recorded(this EventCatalogue catalogue, StoredEvent stored) => new(
        EventId.Of(stored.Id),
        new StreamId(stored.Stream),
        stored.Version,
        stored.Position,
        catalogue.Read(stored.Type, stored.Data.Span),
        EventHeaders.Read(stored.Headers.Span).On,
        stored.RecordedAt);
}
