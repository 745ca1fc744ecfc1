namespace Governance.Domain.Kernel;

/// <summary>A thing that happened. Events are records of facts and acts; once stored, name and shape are a contract.</summary>
public interface IEvent;

/// <summary>The name of a stream inside one association, such as <c>member:0190…</c>. Each area makes its own.</summary>
public readonly record struct StreamId(string Value)
{
    /// <summary>The part before the colon: the kind of thing the stream tells of.</summary>
    public string Kind => Value.IndexOf(':', StringComparison.Ordinal) is >= 0 and var end ? Value[..end] : Value;

    public override string ToString() => Value;
}

/// <summary>An event that a decision wants recorded: on which stream, and from when it holds.</summary>
public sealed record Fact(StreamId Stream, IEvent Event, EffectiveTime On);

/// <summary>An event as it was recorded.</summary>
/// <param name="Position">Place in the order in which the system learnt of things; from 1, no gaps.</param>
/// <param name="Version">Place in its own stream; from 1, no gaps.</param>
/// <param name="RecordedAt">When the system learnt of it, UTC.</param>
public sealed record Recorded(EventId Id, StreamId Stream, long Version, long Position, IEvent Event, EffectiveTime On, DateTimeOffset RecordedAt);

/// <summary>
/// Takes back a fact that was entered by mistake: the later event names the earlier one, which is then left out of every
/// state as known from here on. Acts (a ballot opened, a result proclaimed) are not retracted but annulled.
/// </summary>
/// <param name="Retracted">The event taken back, of the same stream.</param>
public sealed record FactRetracted(EventId Retracted, string Reason) : IEvent;

/// <summary>
/// An act, as against a fact: it stores the inputs it was judged on, is never derived again, and cannot be retracted.
/// </summary>
public interface IAct : IEvent;
