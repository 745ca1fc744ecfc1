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

/// <summary>
/// One stream as a decision reads it: what is not retracted, ordered by (effective, position), and its state at any instant.
/// </summary>
public sealed class Timeline<TState> where TState : class, IState<TState>
{
    private readonly IReadOnlyList<Recorded> _recorded;
    private readonly List<Recorded> _ordered;

    public Timeline(StreamId stream, long version, IReadOnlyList<Recorded> recorded)
    {
        Stream = stream;
        Version = version;
        _recorded = recorded;
        _ordered = History.Effective(recorded);
    }

    public StreamId Stream { get; }

    /// <summary>The version read: the number of events in the stream, 0 when it does not exist.</summary>
    public long Version { get; }

    /// <summary>Every event recorded, retracted ones too, in the order of recording.</summary>
    public IReadOnlyList<Recorded> Recorded => _recorded;

    /// <summary>The state after all that is known, what takes effect later included.</summary>
    public TState Latest => History.Fold<TState>(_ordered);

    /// <summary>The state at an instant: all that took effect at or before it.</summary>
    public TState At(DateTimeOffset instant) => History.Fold<TState>(_ordered.TakeWhile(e => e.On.Instant <= instant));

    /// <summary>The state at the time of a command, after everything effective at the same instant.</summary>
    public TState At(EffectiveTime on) => At(on.Instant);

    /// <summary>Events for this stream at one instant: accepted, or refused when they do not fit into its history.</summary>
    public Decision Accept(EffectiveTime on, params IReadOnlyList<IEvent> events)
    {
        List<Fact> facts = [.. events.Select(e => new Fact(Stream, e, on))];
        return Refuses(facts) is { } impossible ? impossible : Decision.Accept(facts);
    }

    /// <summary>
    /// Whether the facts fit into this stream at their effective times, what was recorded as later included.
    /// </summary>
    /// <returns>The refusal that names what stands in the way, or null when they fit.</returns>
    public ImpossibleInHistory? Refuses(IReadOnlyList<Fact> facts)
    {
        var next = _recorded.Count == 0 ? 1 : _recorded.Max(e => e.Position) + 1;
        var added = facts.Where(f => f.Stream == Stream)
            .Select((f, i) => new Recorded(default, Stream, Version + i + 1, next + i, f.Event, f.On, default));
        try
        {
            History.Fold<TState>(History.Effective([.. _recorded, .. added]));
            return null;
        }
        catch (ImpossibleHistoryException impossible)
        {
            return new ImpossibleInHistory(impossible.Event, impossible.State, impossible.On);
        }
    }
}

/// <summary>The one place where events become states: retractions taken out, ordered by (effective, position).</summary>
public static class History
{
    public static List<Recorded> Effective(IReadOnlyList<Recorded> recorded)
    {
        var retracted = recorded.Select(e => e.Event).OfType<FactRetracted>().Select(r => r.Retracted).ToHashSet();
        return [.. recorded
            .Where(e => e.Event is not FactRetracted && !retracted.Contains(e.Id))
            .OrderBy(e => e.On.Instant).ThenBy(e => e.Position)];
    }

    public static TState Fold<TState>(IEnumerable<Recorded> ordered) where TState : class, IState<TState> =>
        ordered.Aggregate(TState.Initial, (state, e) => state.Evolve(e.Event, e.On));
}
