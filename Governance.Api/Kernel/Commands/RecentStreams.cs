using System.Collections.Concurrent;
using Governance.Domain.Kernel;
using static Governance.EventStore.AppendResult;

namespace Governance.Api.Kernel.Commands;

/// <summary>
/// Streams as they were last read or written here, so that a command on a busy one need not read it again. What is kept may be behind what another host
/// has written: it only ever leads to an append, which the log refuses when a stream has moved. A refusal is never answered from it.
/// </summary>
/// <remarks>
/// Two generations: when the younger one is full the older one is let go, and what is still asked for moves over. Forgetting so costs nothing, however
/// much is asked.
/// </remarks>
public sealed class RecentStreams
{
    // Bytes in memory of one generation: more than the roll of the largest ballot, which is kept folded.
    private const long Most = 96 * 1024 * 1024;
    private const int LongestStream = 10_000;

    private readonly Lock _turn = new();
    private readonly ConcurrentDictionary<(AssociationId, StreamId), Lazy<Task<StreamRead>>> _reading = new();
    private volatile Generation _younger = new(), _older = new();

    internal StreamRead? Find(AssociationId association, StreamId stream)
    {
        var key = (association, stream);
        if (_younger.Streams.TryGetValue(key, out var read))
            return read;
        if (_older.Streams.TryGetValue(key, out read))
            Keep(association, read);
        return read;
    }

    /// <summary>Whether a stream is known up to the version that an append found: another caller here may just have written it.</summary>
    /// <remarks>One that is known beyond what the log holds is forgotten: the database was put back to an earlier state.</remarks>
    internal bool Reaches(AssociationId association, VersionConflict conflict)
    {
        var stream = new StreamId(conflict.Stream);
        if (conflict.Actual < conflict.Expected)
            Forget(association, stream);
        return Find(association, stream)?.Version >= conflict.Actual;
    }

    /// <summary>A stream that is read from the log: by one of those who ask at the same time, for all of them.</summary>
    internal async Task<StreamRead> OnceAsync(AssociationId association, StreamId stream, Func<Task<StreamRead>> read)
    {
        var reading = _reading.GetOrAdd((association, stream), _ => new(read));
        try
        {
            return await reading.Value;
        }
        finally
        {
            _reading.TryRemove(new((association, stream), reading));
        }
    }

    internal void Keep(AssociationId association, StreamRead read)
    {
        if (read.Version > LongestStream)
        {
            Forget(association, read.Stream);
            return;
        }

        var younger = _younger;
        younger.Streams.TryGetValue((association, read.Stream), out var known);
        if (known?.Version > read.Version)
            return;
        younger.Streams[(association, read.Stream)] = read;
        if (Interlocked.Add(ref younger.Weight, read.Weight - (known?.Weight ?? 0)) > Most)
            Turn(younger);
    }

    internal void Forget(AssociationId association, StreamId stream)
    {
        _younger.Streams.TryRemove((association, stream), out _);
        _older.Streams.TryRemove((association, stream), out _);
    }

    private void Turn(Generation full)
    {
        lock (_turn)
        {
            if (!ReferenceEquals(_younger, full))
                return;
            _older = full;
            _younger = new Generation();
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<(AssociationId, StreamId), StreamRead> Streams = new();

        // Two who keep one stream at once may count it wrongly by a little: it bounds memory, nothing else.
        public long Weight;
    }
}
