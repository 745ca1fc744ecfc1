using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Projections.Runtime;

/// <summary>Reads the events of a stream once, parts them, and replays each part that has something new.</summary>
internal sealed class TimelineReplay<TRow>(TimelineModel<TRow> model, EventCatalogue catalogue) : RowReplay
{
    private readonly RowHistory<TRow> _history = new(model);
    private readonly Dictionary<Guid, List<Recorded>> _parts = [];
    private readonly Dictionary<EventId, Guid> _partOf = [];

    public override void Give(AssociationId association, IReadOnlyList<StoredEvent> stream, long after, IRowSink sink)
    {
        _parts.Clear();
        _partOf.Clear();
        foreach (var e in stream)
        {
            if (model.FollowsType(e.Type))
                Take(association, e);
        }

        foreach (var part in _parts.Values)
        {
            if (part[^1].Position > after)
                _history.Replay(association, part, after, sink);
        }
    }

    private void Take(AssociationId association, StoredEvent stored)
    {
        Recorded recorded;
        Guid part;
        try
        {
            recorded = EventReader.Read(catalogue, stored);

            // A retraction belongs where the event that it takes back belongs; one of an event that this model does not follow, nowhere.
            if (recorded.Event is FactRetracted retraction)
            {
                if (!_partOf.TryGetValue(retraction.Retracted, out part))
                    return;
            }
            else
            {
                _partOf[recorded.Id] = part = model.Part(recorded.Event);
            }
        }
        catch (Exception e)
        {
            throw new EventNotProjected(model.Name, association, stored.Stream, stored.Position, e);
        }

        if (!_parts.TryGetValue(part, out var events))
            _parts[part] = events = [];
        events.Add(recorded);
    }
}

/// <summary>One row for each event.</summary>
internal sealed class EventReplay<TRow>(EventModel<TRow> model) : RowReplay
{
    private readonly RowWriter _bytes = new();

    public override void Give(AssociationId association, IReadOnlyList<StoredEvent> stream, long after, IRowSink sink)
    {
        foreach (var e in stream)
        {
            if (e.Position <= after)
                continue;
            long from;
            try
            {
                from = RowWriter.Microseconds(EventReader.EffectiveOf(e.Headers.Span).Instant);
                _bytes.Clear();
                var row = model.Row(e);
                foreach (var column in model.Columns.All)
                    column.Write(_bytes, row);
            }
            catch (Exception cause)
            {
                throw new EventNotProjected(model.Name, association, e.Stream, e.Position, cause);
            }

            sink.Row(association.Value, e.Id, from, null, e.Position, null, _bytes.Written);
        }
    }
}
