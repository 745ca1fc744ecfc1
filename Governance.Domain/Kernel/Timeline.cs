namespace Governance.Domain.Kernel;

/// <summary>A state that is folded from the events of one stream.</summary>
/// <typeparam name="TSelf">The closed set of records that the state can be.</typeparam>
public interface IState<TSelf> where TSelf : class, IState<TSelf>
{
    /// <summary>The state before the first event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state after one more event.</summary>
    /// <exception cref="ImpossibleHistoryException">The event cannot follow this state.</exception>
    TSelf Evolve(IEvent @event, EffectiveTime on);
}

/// <summary>A history that no sequence of accepted commands can have written.</summary>
public sealed class ImpossibleHistoryException(string state, string @event, DateTimeOffset on)
    : Exception($"{@event}, effective {on:O}, cannot follow {state}.")
{
    public string State { get; } = state;

    public string Event { get; } = @event;

    public DateTimeOffset On { get; } = on;

    public static ImpossibleHistoryException After(object state, IEvent @event, EffectiveTime on) =>
        new(state.GetType().Name, @event.GetType().Name, on.Instant);
}

/// <summary>One stream as a decision reads it, whatever its states are.</summary>
public abstract class Timeline
{
    private protected Timeline(StreamId stream, long version, AppendOnlyList<Recorded> recorded)
    {
        Stream = stream;
        Version = version;
        Known = recorded;
    }

    public StreamId Stream { get; }

    /// <summary>The version read: the number of events in the stream, 0 when it does not exist.</summary>
    public long Version { get; }

    /// <summary>Every event recorded, retracted ones too, in the order of recording.</summary>
    public IReadOnlyList<Recorded> Recorded => Known;

    private protected AppendOnlyList<Recorded> Known { get; }

    /// <summary>
    /// Whether the facts fit into this stream at their effective times, what was recorded as later included.
    /// </summary>
    /// <returns>The refusal that names what stands in the way, or null when they fit.</returns>
    public abstract ImpossibleInHistory? Refuses(IReadOnlyList<Fact> facts);

    /// <summary>The stream with what was recorded next; this one stays as it is, and the two share what they have in common.</summary>
    /// <param name="added">In the order of recording.</param>
    public abstract Timeline With(IReadOnlyList<Recorded> added);

    /// <summary>The stream as it will be once facts decided on it are recorded: for what is decided next in the same breath. Nothing is recorded yet.</summary>
    public abstract Timeline After(IReadOnlyList<Fact> facts);
}

/// <summary>
/// One stream as a decision reads it: what is not retracted, ordered by (effective, position), and its state at any instant.
/// Many threads may read one.
/// </summary>
public sealed class Timeline<TState> : Timeline where TState : class, IState<TState>
{
    private readonly History _history;
    private TState? _latest;

    public Timeline(StreamId stream, long version, IReadOnlyList<Recorded> recorded)
        : this(stream, version, new AppendOnlyList<Recorded>([.. recorded]), History.Of(recorded), null)
    {
    }

    private Timeline(StreamId stream, long version, AppendOnlyList<Recorded> recorded, History history, TState? latest)
        : base(stream, version, recorded)
    {
        _history = history;
        _latest = latest;
    }

    /// <summary>What holds of what is recorded: retracted events and retractions taken out, ordered by (effective, position).</summary>
    public IReadOnlyList<Recorded> Effective => _history.Ordered;

    /// <summary>The state after all that is known, what takes effect later included.</summary>
    public TState Latest => _latest ??= History.Fold<TState>(_history.Ordered);

    /// <summary>The state at an instant: all that took effect at or before it.</summary>
    public TState At(DateTimeOffset instant) =>
        _history.EndsBy(instant) ? Latest : History.Fold<TState>(_history.Ordered.TakeWhile(e => e.On.Instant <= instant));

    /// <summary>The state at the time of a command, after everything effective at the same instant.</summary>
    public TState At(EffectiveTime on) => At(on.Instant);

    /// <summary>Events for this stream at one instant: accepted, or refused when they do not fit into its history.</summary>
    public Decision Accept(EffectiveTime on, params IReadOnlyList<IEvent> events)
    {
        List<Fact> facts = [.. events.Select(e => new Fact(Stream, e, on))];
        return Refuses(facts) is { } impossible ? impossible : Decision.Accept(facts);
    }

    public override ImpossibleInHistory? Refuses(IReadOnlyList<Fact> facts)
    {
        var next = Known.Count == 0 ? 1 : Known[^1].Position + 1;
        var added = new List<Recorded>(facts.Count);
        foreach (var fact in facts)
        {
            if (fact.Stream == Stream)
                added.Add(new Recorded(default, Stream, Version + added.Count + 1, next + added.Count, fact.Event, fact.On, default));
        }

        try
        {
            // What comes last is one step from the latest state; what changes the past takes the whole fold again.
            if (_history.Continues(added))
                History.Fold(Latest, added);
            else
                History.Fold<TState>(History.Of([.. Known, .. added]).Ordered);
            return null;
        }
        catch (ImpossibleHistoryException impossible)
        {
            return new ImpossibleInHistory(impossible.Event, impossible.State, impossible.On);
        }
    }

    /// <summary>The stream as it was known when the log ended at a position.</summary>
    public Timeline<TState> KnownBy(long position) => Known.Count == 0 || Known[^1].Position <= position
        ? this
        : Known.TakeWhile(e => e.Position <= position).ToList() is var known ? new(Stream, known.Count, known) : this;

    public override Timeline<TState> After(IReadOnlyList<Fact> facts)
    {
        var next = Known.Count == 0 ? 1 : Known[^1].Position + 1;
        return With([.. facts.Where(f => f.Stream == Stream).Select((f, i) => new Recorded(default, Stream, Version + i + 1, next + i, f.Event, f.On, default))]);
    }

    public override Timeline<TState> With(IReadOnlyList<Recorded> added)
    {
        var known = Known.With(added);
        return _history.Continues(added)
            ? new(Stream, Version + added.Count, known, _history.With(added), _latest is { } latest ? History.Fold(latest, added) : null)
            : new(Stream, Version + added.Count, known, History.Of(known), null);
    }
}

/// <summary>The one place where events become states: retractions taken out, ordered by (effective, position).</summary>
public sealed class History
{
    private readonly AppendOnlyList<Recorded> _ordered;
    private readonly HashSet<EventId> _retracted;

    private History(AppendOnlyList<Recorded> ordered, HashSet<EventId> retracted)
    {
        _ordered = ordered;
        _retracted = retracted;
    }

    /// <summary>What holds, by (effective, position).</summary>
    public IReadOnlyList<Recorded> Ordered => _ordered;

    public static History Of(IReadOnlyList<Recorded> recorded)
    {
        var retracted = recorded.Select(e => e.Event).OfType<FactRetracted>().Select(r => r.Retracted).ToHashSet();
        return new(
            new([.. recorded
                .Where(e => e.Event is not FactRetracted && !retracted.Contains(e.Id))
                .OrderBy(e => e.On.Instant).ThenBy(e => e.Position)]),
            retracted);
    }

    /// <summary>The state after events that begin a history.</summary>
    /// <exception cref="ImpossibleHistoryException">One of them cannot follow the state before it.</exception>
    public static TState Fold<TState>(IEnumerable<Recorded> ordered) where TState : class, IState<TState> => Fold(TState.Initial, ordered);

    /// <summary>The state after events that follow a state.</summary>
    /// <exception cref="ImpossibleHistoryException">One of them cannot follow the state before it.</exception>
    public static TState Fold<TState>(TState state, IEnumerable<Recorded> ordered) where TState : class, IState<TState>
    {
        foreach (var e in ordered)
            state = state.Evolve(e.Event, e.On);
        return state;
    }

    /// <summary>True when nothing takes effect after the instant.</summary>
    internal bool EndsBy(DateTimeOffset instant) => _ordered.Count == 0 || _ordered[^1].On.Instant <= instant;

    /// <summary>True when what was recorded next only comes after what there is: no late fact, nothing retracted.</summary>
    internal bool Continues(IReadOnlyList<Recorded> added)
    {
        var last = _ordered.Count == 0 ? DateTimeOffset.MinValue : _ordered[^1].On.Instant;
        foreach (var e in added)
        {
            if (e.Event is FactRetracted || e.On.Instant < last || _retracted.Contains(e.Id))
                return false;
            last = e.On.Instant;
        }

        return true;
    }

    /// <summary>This history with what continues it.</summary>
    internal History With(IReadOnlyList<Recorded> added) => new(_ordered.With(added), _retracted);
}
