using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>Takes rows as they are found out. Spans are valid during the call only.</summary>
internal interface IRowSink
{
    /// <summary>A row first known at <paramref name="opened"/>, and no longer known from <paramref name="closed"/> on (null: still known).</summary>
    void Row(Guid tenant, Guid key, long from, long? to, long opened, long? closed, ReadOnlySpan<byte> columns);

    /// <summary>A row given before is no longer known from a position on.</summary>
    void Close(Guid tenant, Guid key, long from, long closed);
}

/// <summary>
/// The whole life of the rows of one part of a stream: after each event the rows are worked out again, those that changed are closed at its
/// position, those that are new are opened at it. So what a batch of events gives does not depend on where batches end.
/// </summary>
internal sealed class RowHistory<TRow>(TimelineModel<TRow> model)
{
    private readonly IReadOnlyList<Column<TRow>> _columns = model.Columns.All;
    private readonly List<Recorded> _ordered = [];
    private const int CompactFrom = 1 << 18;
    private RowWriter _bytes = new();
    private RowWriter _compacted = new();
    private List<OpenRow> _open = [];
    private List<OpenRow> _next = [];

    // Times in microseconds of PostgreSQL's epoch; columns are bytes of _bytes, none (Length 0) until they are needed.
    private record struct OpenRow(Guid Key, long From, long? To, TRow Row, int Offset, int Length, long Opened);

    /// <param name="recorded">The part's events in order of position, retractions of them included.</param>
    /// <param name="after">Rows opened and closed up to this position have been given before.</param>
    public void Replay(AssociationId association, IReadOnlyList<Recorded> recorded, long after, IRowSink sink)
    {
        _ordered.Clear();
        _open.Clear();
        _bytes.Clear();
        for (var i = 0; i < recorded.Count; i++)
        {
            Take(recorded[i]);
            if (i + 1 < recorded.Count && recorded[i + 1].Position <= after)
                continue;
            try
            {
                FoldAgain(association);
            }
            catch (Exception e)
            {
                throw new EventNotProjected(model.Name, association, recorded[i].Stream.Value, recorded[i].Position, e);
            }

            Give(association.Value, recorded[i].Position, after, sink);
        }

        foreach (var row in _open)
        {
            if (row.Opened > after)
                sink.Row(association.Value, row.Key, row.From, row.To, row.Opened, null, _bytes.Slice(row.Offset, row.Length));
        }
    }

    // As History.Of, one event at a time.
    private void Take(Recorded recorded)
    {
        if (recorded.Event is FactRetracted retraction)
        {
            _ordered.RemoveAll(e => e.Id == retraction.Retracted);
            return;
        }

        var at = _ordered.Count;
        while (at > 0 && _ordered[at - 1].On.Instant > recorded.On.Instant)
            at--;
        _ordered.Insert(at, recorded);
    }

    private void FoldAgain(AssociationId association)
    {
        _next.Clear();
        if (_ordered.Count == 0)
            return;
        foreach (var segment in model.Rows(association, _ordered))
        {
            var from = RowWriter.Microseconds(segment.From);
            long? to = segment.To is { } end ? RowWriter.Microseconds(end) : null;
            if (to <= from)
                throw new InvalidOperationException($"{model.Name}: a row of {segment.Key} ends at {segment.To:O}, before it begins.");
            _next.Add(new(segment.Key, from, to, segment.Row, 0, 0, 0));
        }

        if (_next.Count > 1)
        {
            _next.Sort(static (a, b) => a.Key.CompareTo(b.Key) is var byKey and not 0 ? byKey : a.From.CompareTo(b.From));
            Join();
        }
    }

    // Neighbours that say the same are one row: an event that changes nothing here leaves no trace here.
    private void Join()
    {
        var last = 0;
        for (var i = 1; i < _next.Count; i++)
        {
            var (before, row) = (_next[last], _next[i]);
            if (before.Key == row.Key && (before.To is not { } end || end > row.From))
                throw new InvalidOperationException($"{model.Name}: two rows of {row.Key} hold at once.");
            if (before.Key == row.Key && before.To == row.From && Same(ref before, ref row))
                _next[last] = before with { To = row.To };
            else
                (_next[last], _next[++last]) = (before, row);
        }

        _next.RemoveRange(last + 1, _next.Count - last - 1);
    }

    // Both lists are ordered by (key, from).
    private void Give(Guid tenant, long position, long after, IRowSink sink)
    {
        var old = 0;
        for (var i = 0; i < _next.Count; i++)
        {
            var row = _next[i];
            while (old < _open.Count && Before(_open[old], row))
                Close(tenant, _open[old++], position, after, sink);
            if (old < _open.Count && _open[old].Key == row.Key && _open[old].From == row.From)
            {
                var known = _open[old++];
                if (Same(ref known, ref row) && known.To == row.To)
                {
                    _next[i] = known;
                    continue;
                }

                Close(tenant, known, position, after, sink);
            }

            Write(ref row);
            _next[i] = row with { Opened = position };
        }

        while (old < _open.Count)
            Close(tenant, _open[old++], position, after, sink);
        (_open, _next) = (_next, _open);
        if (_bytes.Length > CompactFrom)
            Compact();
    }

    // Bytes of rows folded again and again would otherwise pile up with the square of the history.
    private void Compact()
    {
        _compacted.Clear();
        for (var i = 0; i < _open.Count; i++)
        {
            var row = _open[i];
            _open[i] = row with { Offset = _compacted.Length };
            _compacted.Raw(_bytes.Slice(row.Offset, row.Length));
        }

        (_bytes, _compacted) = (_compacted, _bytes);
    }

    private void Close(Guid tenant, OpenRow row, long position, long after, IRowSink sink)
    {
        if (row.Opened > after)
            sink.Row(tenant, row.Key, row.From, row.To, row.Opened, position, _bytes.Slice(row.Offset, row.Length));
        else
            sink.Close(tenant, row.Key, row.From, position);
    }

    // Rows that are equal have equal bytes; rows that are not (they hold lists) may have them all the same.
    private bool Same(ref OpenRow a, ref OpenRow b)
    {
        if (ReferenceEquals(a.Row, b.Row) || EqualityComparer<TRow>.Default.Equals(a.Row, b.Row))
        {
            if (b.Length == 0)
                (b.Offset, b.Length) = (a.Offset, a.Length);
            return true;
        }

        Write(ref a);
        Write(ref b);
        return _bytes.Slice(a.Offset, a.Length).SequenceEqual(_bytes.Slice(b.Offset, b.Length));
    }

    private void Write(ref OpenRow row)
    {
        if (row.Length > 0)
            return;
        row.Offset = _bytes.Length;
        foreach (var column in _columns)
            column.Write(_bytes, row.Row);
        row.Length = _bytes.Length - row.Offset;
    }

    private static bool Before(OpenRow a, OpenRow b) => a.Key.CompareTo(b.Key) is var byKey and not 0 ? byKey < 0 : a.From < b.From;
}
