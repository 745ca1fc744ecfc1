using Governance.Domain.Kernel;
using Microsoft.Extensions.Caching.Memory;

namespace Governance.Api.Kernel.Commands;

/// <summary>
/// Streams as they were last read or written here, so that a command on a busy one need not read it again. What is kept may be behind what another host
/// has written: it only ever leads to an append, which the log refuses when a stream has moved. A refusal is never answered from it.
/// </summary>
public sealed class RecentStreams : IDisposable
{
    // Events kept in all; one weighs about a kilobyte in memory.
    private const long Most = 50_000;
    private const int LongestStream = 2_000;

    private readonly MemoryCache _streams = new(new MemoryCacheOptions { SizeLimit = Most });

    internal StreamRead? Find(AssociationId association, StreamId stream) => _streams.Get<StreamRead>((association, stream));

    internal void Keep(AssociationId association, StreamRead read)
    {
        if (read.Version <= LongestStream)
            _streams.Set((association, read.Stream), read, new MemoryCacheEntryOptions { Size = read.Version + 1 });
        else
            Forget(association, read.Stream);
    }

    internal void Forget(AssociationId association, StreamId stream) => _streams.Remove((association, stream));

    public void Dispose() => _streams.Dispose();
}
