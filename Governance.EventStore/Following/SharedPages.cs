namespace Governance.EventStore.Following;

/// <summary>
/// The end of the log as read once for all followers of a host. They stand near one another, so what one has read the others are about to ask for;
/// one that is far behind reads for itself.
/// </summary>
internal sealed class SharedPages(EventLog log) : IDisposable
{
    private const int MostEvents = 4096;
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly SemaphoreSlim _reading = new(1);

    // Neighbours in the log, in order; replaced whole, so that whoever looks at it needs no lock.
    private StoredEvent[] _kept = [];

    /// <summary>Up to <paramref name="limit"/> events after a position, as stored, in order; none only where the log ends.</summary>
    public async ValueTask<IReadOnlyList<StoredEvent>> AfterAsync(long after, int limit, CancellationToken ct) =>
        await SharedAfterAsync(after, limit, ct).ConfigureAwait(false)
        ?? await log.ReadPageAsync(after, limit: limit, asStored: true, ct: ct).ConfigureAwait(false);

    /// <summary>The same where others share it; null where it would be read for one alone.</summary>
    public async ValueTask<IReadOnlyList<StoredEvent>?> SharedAfterAsync(long after, int limit, CancellationToken ct)
    {
        var kept = Volatile.Read(ref _kept);
        if (Slice(kept, after, limit) is { } known)
            return known;
        if (kept.Length > 0 && after < kept[0].Position - 1)
            return null;
        await _reading.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            kept = _kept;
            if (Slice(kept, after, limit) is { } read)
                return read;
            var page = await log.ReadPageAsync(after, limit: limit, asStored: true, ct: ct).ConfigureAwait(false);
            if (page.Count > 0 && (kept.Length == 0 || page[0].Position > kept[^1].Position))
                Volatile.Write(ref _kept, Newest(kept.Length > 0 && kept[^1].Position + 1 == page[0].Position ? [.. kept, .. page] : [.. page]));
            return page;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private static ArraySegment<StoredEvent>? Slice(StoredEvent[] kept, long after, int limit)
    {
        if (kept.Length == 0 || after < kept[0].Position - 1 || after >= kept[^1].Position)
            return null;
        var from = (int)(after + 1 - kept[0].Position);
        return new ArraySegment<StoredEvent>(kept, from, Math.Min(limit, kept.Length - from));
    }

    private static StoredEvent[] Newest(StoredEvent[] events)
    {
        var (from, bytes) = (events.Length, 0L);
        while (from > 0 && events.Length - from < MostEvents && (bytes += events[from - 1].Data.Length + events[from - 1].Headers.Length) <= MostBytes)
            from--;
        return from == 0 ? events : events[from..];
    }
}
