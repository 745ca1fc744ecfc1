using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Governance.EventStore;

/// <summary>Reads a sequence on a thread of its own, in parts that are worked on side by side, while what was read before is taken in order.</summary>
public static class ReadAhead
{
    private const int PartSize = 512;
    private const int Parts = 6;

    /// <summary>The sequence in its order, in parts; what breaks it is thrown after the last part read whole.</summary>
    /// <param name="map">What is worked out of each by itself, on any thread.</param>
    public static async IAsyncEnumerable<IReadOnlyList<TTo>> InPartsAsync<TFrom, TTo>(
        IAsyncEnumerable<TFrom> sequence, Func<TFrom, TTo> map, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var parts = Channel.CreateBounded<Task<List<TTo>>>(new BoundedChannelOptions(Parts) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(sequence, map, parts.Writer, abandon.Token), CancellationToken.None);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(ct).ConfigureAwait(false))
                yield return await part.ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync<TFrom, TTo>(IAsyncEnumerable<TFrom> sequence, Func<TFrom, TTo> map, ChannelWriter<Task<List<TTo>>> parts, CancellationToken ct)
    {
        try
        {
            var part = new List<TFrom>(PartSize);
            await foreach (var one in sequence.WithCancellation(ct).ConfigureAwait(false))
            {
                part.Add(one);
                if (part.Count == PartSize)
                    await GiveAsync().ConfigureAwait(false);
            }

            if (part.Count > 0)
                await GiveAsync().ConfigureAwait(false);

            async ValueTask GiveAsync()
            {
                var read = part;
                part = new List<TFrom>(PartSize);
                await parts.WriteAsync(Task.Run(() => read.ConvertAll(one => map(one)), ct), ct).ConfigureAwait(false);
            }
        }
        finally
        {
            parts.Complete();
        }
    }
}
