using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Projections.Runtime;

/// <summary>
/// A table that is a pure function of the log. A model that changes takes a new number in its name and is built beside the old one.
/// </summary>
public abstract class ReadModel
{
    /// <summary>Name and number, such as <c>members_1</c>: the table in schema <c>read</c>, and the follower's checkpoint.</summary>
    public abstract string Name { get; }

    /// <summary>The table that queries read.</summary>
    public string Table => $"read.{Name}";

    /// <summary>What begins the names of the streams that it is made of, such as <c>member</c>; none at all means every stream.</summary>
    public abstract IReadOnlyList<string> StreamKinds { get; }

    /// <summary>Lists of columns to index beside those that every model has, each in the syntax of <c>create index</c>: <c>(tenant, body)</c>.</summary>
    public virtual IReadOnlyList<string> Indexes => [];

    /// <summary>Columns that the database makes of the others, as <c>create table</c> lists them after those.</summary>
    public virtual IReadOnlyList<string> GeneratedColumns => [];

    /// <summary>The columns beside those that every model has, as <c>create table</c> lists them.</summary>
    internal abstract IReadOnlyList<string> ColumnDefinitions { get; }

    /// <summary>False when a row depends on one event alone, so that what came before it in its stream need not be read again.</summary>
    internal virtual bool NeedsWholeStreams => true;

    internal bool Follows(StoredEvent e) => FollowsStream(e.Stream) && FollowsType(e.Type);

    internal bool FollowsStream(string stream)
    {
        foreach (var kind in StreamKinds)
        {
            if (stream.StartsWith(kind, StringComparison.Ordinal) && (stream.Length == kind.Length || stream[kind.Length] == ':'))
                return true;
        }

        return StreamKinds.Count == 0;
    }

    /// <summary>Stored names of the events that rows are made of; none at all means every event.</summary>
    public virtual IReadOnlyList<string> EventNames => [];

    internal abstract bool FollowsType(string type);

    internal abstract RowReplay Replay(EventCatalogue catalogue);
}

/// <summary>Gives the rows of one stream to a sink.</summary>
internal abstract class RowReplay
{
    /// <param name="stream">The events of one stream in order; all of them from the first when the model needs whole streams.</param>
    /// <param name="after">Rows opened and closed up to this position have been given before.</param>
    /// <exception cref="EventNotProjected">An event that cannot be read or folded.</exception>
    public abstract void Give(AssociationId association, IReadOnlyList<StoredEvent> stream, long after, IRowSink sink);
}

/// <summary>An event that a read model cannot take in: the history is not one that the domain can have written, or the model has a fault.</summary>
public sealed class EventNotProjected(string model, AssociationId association, string stream, long position, Exception cause)
    : Exception($"{model} cannot take in the event at position {position} of {stream}: {cause.Message}", cause)
{
    public string Model { get; } = model;

    public AssociationId Association { get; } = association;

    public long Position { get; } = position;
}

/// <summary>
/// A read model on both timelines. A row holds over a range of effective time, and was known over a range of positions; the rows known at any
/// position are <see cref="Rows"/> of the history recorded up to it, and nothing else.
/// </summary>
public abstract class TimelineModel<TRow> : ReadModel
{
    private HashSet<string>? _types;

    /// <summary>The events that rows are made of; retractions of them are taken care of.</summary>
    public abstract IReadOnlyList<Type> Events { get; }

    public abstract Columns<TRow> Columns { get; }

    /// <summary>
    /// Which part of its stream an event belongs to, where the rows of one part depend on its own events alone (one mandate of a body):
    /// a stream of many parts is then not folded whole for each event.
    /// </summary>
    public virtual Guid Part(IEvent @event) => Guid.Empty;

    /// <summary>The rows of one stream (of one part of it), ends that can be foreseen included. Pure.</summary>
    /// <param name="history">What is known and not retracted, at least one event, ordered by (effective, position).</param>
    public abstract IEnumerable<Segment<TRow>> Rows(AssociationId association, IReadOnlyList<Recorded> history);

    internal override IReadOnlyList<string> ColumnDefinitions => [.. Columns.All.Select(c => $"{c.Name} {c.Type}")];

    public override IReadOnlyList<string> EventNames => [.. Events.Select(EventCatalogue.NameOf)];

    internal override bool FollowsType(string type) =>
        (_types ??= [.. EventNames, EventCatalogue.NameOf(typeof(FactRetracted))]).Contains(type);

    internal override RowReplay Replay(EventCatalogue catalogue) => new TimelineReplay<TRow>(this, catalogue);
}

/// <summary>
/// A read model with one row for each event, which is never closed: the row holds from the event's effective time, and is known from its
/// position. Its key is the event's id.
/// </summary>
public abstract class EventModel<TRow> : ReadModel
{
    public abstract Columns<TRow> Columns { get; }

    /// <summary>The row of an event. Pure.</summary>
    public abstract TRow Row(StoredEvent stored);

    internal override IReadOnlyList<string> ColumnDefinitions => [.. Columns.All.Select(c => $"{c.Name} {c.Type}")];

    internal override bool NeedsWholeStreams => false;

    internal override bool FollowsType(string type) => true;

    internal override RowReplay Replay(EventCatalogue catalogue) => new EventReplay<TRow>(this);
}
