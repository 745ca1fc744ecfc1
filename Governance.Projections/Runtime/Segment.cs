using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>A row that holds over <c>[From, To)</c> of effective time.</summary>
/// <param name="Key">Which thing the row tells of; two segments of one key never overlap.</param>
/// <param name="To">The first instant at which it no longer holds; null when no end is foreseen.</param>
public readonly record struct Segment<TRow>(Guid Key, DateTimeOffset From, DateTimeOffset? To, TRow Row);

/// <summary>The usual ways from a history to segments.</summary>
public static class Segments
{
    /// <summary>One thing whose row is a function of its state: a segment from each instant at which something takes effect to the next.</summary>
    /// <param name="row">The row of a state; null where there is none (not yet, or no more).</param>
    public static IEnumerable<Segment<TRow>> Of<TState, TRow>(Guid key, IReadOnlyList<Recorded> history, Func<TState, TRow?> row)
        where TState : class, IState<TState>
        where TRow : class =>
        Of(key, history, TState.Initial, static (state, e) => state.Evolve(e.Event, e.On), row);

    /// <summary>As above, with a fold of the read model's own.</summary>
    public static IEnumerable<Segment<TRow>> Of<TState, TRow>(
        Guid key, IReadOnlyList<Recorded> history, TState initial, Func<TState, Recorded, TState> evolve, Func<TState, TRow?> row)
        where TRow : class
    {
        var state = initial;
        for (var i = 0; i < history.Count; i++)
        {
            state = evolve(state, history[i]);
            var from = history[i].On.Instant;
            DateTimeOffset? to = i + 1 < history.Count ? history[i + 1].On.Instant : null;

            // Of all that takes effect at one instant only the outcome was ever true.
            if (to != from && row(state) is { } present)
                yield return new(key, from, to, present);
        }
    }

    /// <summary>Cuts a segment at an instant that can be foreseen, such as the end of a term.</summary>
    /// <param name="after">The row from that instant on; null when there is none.</param>
    public static IEnumerable<Segment<TRow>> CutAt<TRow>(this Segment<TRow> segment, DateTimeOffset? at, TRow? after)
        where TRow : class
    {
        if (at is not { } instant || (segment.To is { } to && to <= instant))
        {
            yield return segment;
            yield break;
        }

        if (segment.From < instant)
            yield return segment with { To = instant };
        if (after is not null)
            yield return segment with { From = segment.From < instant ? instant : segment.From, Row = after };
    }
}
